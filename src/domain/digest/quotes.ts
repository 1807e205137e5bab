// Chooses a handful of customers' words for variety: bad, good and in between, different people, different themes.
import type { Id, Instant } from '../basics.ts';
import type { Segment, SurveyKind } from '../survey/kind.ts';
import type { Quote } from './digest.ts';

export interface QuoteCandidate {
  readonly responseId: Id;
  readonly personId: Id;
  readonly personName: string | null;
  readonly survey: SurveyKind;
  readonly score: number;
  readonly segment: Segment;
  readonly words: string;
  readonly themes: readonly string[];
  readonly answeredAt: Instant;
}

const MOST_QUOTES = 5;

/** Longer words are cut here, at a space where there is one. */
const LONGEST = 280;

/**
 * At most five, one a person: turn by turn from the negative, the positive and the neutral, each time the one that brings the most new themes,
 * then the longer (up to the cut), then the newer.
 */
export function chooseQuotes(candidates: readonly QuoteCandidate[], showNames: boolean): readonly Quote[] {
  const turns: readonly Segment[] = ['negative', 'positive', 'neutral'];
  const left = new Set(candidates);
  const seen = new Set<string>();
  const people = new Set<Id>();
  const chosen: QuoteCandidate[] = [];
  for (let turn = 0, misses = 0; chosen.length < MOST_QUOTES && misses < turns.length; turn++) {
    const segment = turns[turn % turns.length];
    const fresh = (c: QuoteCandidate) => c.themes.filter((theme) => !seen.has(theme)).length;
    const best = [...left]
      .filter((c) => c.segment === segment && !people.has(c.personId))
      .sort(
        (a, b) =>
          fresh(b) - fresh(a) ||
          weight(b) - weight(a) ||
          b.answeredAt - a.answeredAt ||
          (a.responseId < b.responseId ? -1 : 1),
      )[0];
    misses = best ? 0 : misses + 1;
    if (!best) continue;
    left.delete(best);
    people.add(best.personId);
    for (const theme of best.themes) seen.add(theme);
    chosen.push(best);
  }
  return chosen.map((c) => ({
    responseId: c.responseId,
    survey: c.survey,
    score: c.score,
    words: cut(maskPersonalData(c.words)),
    by: showNames ? c.personName : null,
  }));
}

/** Letters of scripts that are written without spaces stand next to an address or a number without being part of it. */
const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}';
const NOT_IN_MAIL = `\\s@<>()[\\],;:"'，。；：、！？（）【】《》“”${CJK}`;
const MAIL = new RegExp(`[^${NOT_IN_MAIL}]{1,64}[@＠][^${NOT_IN_MAIL}]+\\.[^${NOT_IN_MAIL}]+`, 'gu');

/** `anna (at) example (dot) com`, as people hide an address from machines. */
const HIDDEN_MAIL = new RegExp(
  `[^${NOT_IN_MAIL}]{1,64} ?[([{] ?(?:at|ät|arroba|arobase|アット) ?[)\\]}] ?[^${NOT_IN_MAIL}]+(?: ?[([{] ?(?:dot|punkt|punto|point|ponto) ?[)\\]}] ?[^${NOT_IN_MAIL}]+)*`,
  'giu',
);

/** Account numbers that begin with letters: a country, two digits to check by, and groups of four. */
const IBAN =
  /(?<![\p{L}\p{Nd}])[A-Z]{2}\d{2}(?:[ \u00A0]?[A-Z\d]{4}){2,7}(?:[ \u00A0]?[A-Z\d]{1,4})?(?![\p{L}\p{Nd}])/giu;

/** Dates are nobody's: 2026-11-20, 20.11.2026, 2026年11月20日. */
const DATE =
  '(?:19|20)\\p{Nd}{2}[-/.年]\\p{Nd}{1,2}[-/.月]\\p{Nd}{1,2}|\\p{Nd}{1,2}[-/.]\\p{Nd}{1,2}[-/.](?:19|20)\\p{Nd}{2}';
/** What people put between the groups of a number: spaces, hyphens and dashes of every kind. */
const BETWEEN = '[ \\u00A0\\u202F().\\-/‐‑‒–—−－ー·]';
const LETTER = '[\\p{Script=Latin}\\p{Nd}]';

/** Seven digits or more, as people group them; an X ends Chinese identity numbers. */
const NUMBER = new RegExp(
  `(?<!${LETTER})(?!(?:${DATE})(?![-/.]?\\p{Nd}))[+＋]?\\p{Nd}(?:${BETWEEN}{0,2}\\p{Nd}){6,18}[xX]?(?!${LETTER})`,
  'gu',
);

/** E-mail addresses, phone, card, account and identity numbers become `[…]`: a digest is read by more people than the answer was meant for. */
export function maskPersonalData(words: string): string {
  return [MAIL, HIDDEN_MAIL, IBAN, NUMBER].reduce((rest, one) => rest.replace(one, '[…]'), words);
}

function weight(candidate: QuoteCandidate): number {
  return Math.min(candidate.words.length, LONGEST);
}

function cut(words: string): string {
  const letters = Array.from(words.replace(/\s+/gu, ' ').trim());
  if (letters.length <= LONGEST) return letters.join('');
  const head = letters.slice(0, LONGEST).join('');
  const space = head.lastIndexOf(' ');
  return `${space > LONGEST / 2 ? head.slice(0, space) : head}…`;
}
