// An answer that was typed instead of tapped: a score at its beginning, with or without words behind it. What could be a score and is not clear is
// never guessed: the question is asked again.
import { SCALES, type SurveyKind } from '../survey/kind.ts';
import { parseScore } from './score.ts';
import {
  BEFORE,
  BETWEEN,
  FULL_MARKS,
  NUMBER_WORD,
  NUMBER_WORDS,
  OUT_OF,
  POINTS,
  STARS,
} from './score-words.ts';

export type TypedAnswer =
  | { readonly kind: 'score'; readonly score: number; readonly words: string | null }
  /** It looks like an answer, and could be several scores or none: `11`, `8-9`, `9.5`, `100%`, a thumb on a scale of eleven. */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'words' };

const WORDS: TypedAnswer = { kind: 'words' };
const UNCLEAR: TypedAnswer = { kind: 'unclear' };

/** Longer texts are words; nobody types a score in front of so many. */
const LONGEST = 20_000;

/** Longer ones are no unclear score. */
const LONGEST_UNCLEAR = 40;

/**
 * The end, or a mark that no further number follows ("9.5", "9 - 10" and "3 people" are no score and words, and so is what a list begins with:
 * "1. It fails"), or a new line, a bracket or an emoji.
 */
const THEN = String.raw`\s*(?:$|[.、!?]+\s*$|[-–—:,;!，。：；](?!\s*\d)\s*(.*)$|\n\s*(?!\d)(.*)$|(?=[(（]|\p{Extended_Pictographic})(.*)$)`;
const NUMBER = String.raw`(\d{1,3}|${NUMBER_WORD})`;

const SCORE = new RegExp(
  `^(?:(?:${BEFORE})\\s*)?${NUMBER}(?:\\s*(?:${OUT_OF})\\s*${NUMBER})?(?:\\s*(?:${POINTS}))?${THEN}`,
  'su',
);
const JAPANESE_SCORE = new RegExp(`^(\\d{1,3})点満点中?(?:で)?(\\d{1,3})(?:${POINTS})?${THEN}`, 'su');
const STARRED = new RegExp(`^(?:${NUMBER}\\s*(?:${STARS})|[星★](\\d)つ?)${THEN}`, 'su');
const DRAWN = /^([⭐★🌟]+)(☆*)[\s!.]*$/u;
const THUMBS = /^(?:(👍)[\u{1F3FB}-\u{1F3FF}]?\s*)+[!.]*$|^(?:👎[\u{1F3FB}-\u{1F3FF}]?\s*)+[!.]*$/u;

/** One or two numbers and nothing but what belongs to numbers. */
const LIKE_A_SCORE = new RegExp(
  `^[-+~≈<>]?\\s*\\d{1,3}(?:[.,]\\d{1,2})?\\s*(?:[%+]|(?:${POINTS})|(?:${STARS}))?` +
    `(?:\\s*(?:[-–—~/,.]|(?:${BETWEEN})|(?:${OUT_OF}))?\\s*\\d{1,3}(?:[.,]\\d{1,2})?\\s*(?:[%+]|(?:${POINTS})|(?:${STARS}))?)?[.!?\\s]*$`,
  'u',
);

/**
 * Reads `9`, `9/10`, `９`, `nine`, `九分`, `9 – quick help`; stars and a thumb on a scale of five, where they mean what they say: as many points, and
 * the best or the worst. A number off the scale, out of another scale or beside another number is unclear.
 */
export function readTypedAnswer(kind: SurveyKind, text: string): TypedAnswer {
  if (text.length > LONGEST) return WORDS;
  const { min, max } = SCALES[kind];
  const typed = text
    .normalize('NFKC')
    .replaceAll('🔟', '10')
    .replace(/[\uFE0E\uFE0F\u20E3\u200B-\u200D\u2060\uFEFF]/gu, '')
    .trim();
  const lower = typed.toLowerCase();
  if (FULL_MARKS.has(lower)) return scored(kind, max, null);

  const thumbs = THUMBS.exec(lower);
  if (thumbs) return max === 5 ? scored(kind, thumbs[1] === undefined ? min : max, null) : UNCLEAR;
  const drawn = DRAWN.exec(lower);
  if (drawn) {
    const count = Array.from(drawn[1] ?? '').length;
    const all = count + (drawn[2] ?? '').length;
    return max === 5 && (all === count || all === 5) ? scored(kind, count, null) : UNCLEAR;
  }
  const starred = STARRED.exec(lower);
  if (starred)
    return max === 5 ? scored(kind, numberIn(starred[1] ?? starred[2]), wordsIn(typed, starred, 3)) : UNCLEAR;
  const [outOf, points] = (JAPANESE_SCORE.exec(lower) ?? []).slice(1);
  if (points !== undefined) return numberIn(outOf) === max ? scored(kind, numberIn(points), null) : UNCLEAR;
  const found = SCORE.exec(lower);
  if (found && (found[2] === undefined || numberIn(found[2]) === max))
    return scored(kind, numberIn(found[1]), wordsIn(typed, found, 3));
  if (found && wordsIn(typed, found, 3) === null) return UNCLEAR;
  return lower.length <= LONGEST_UNCLEAR && LIKE_A_SCORE.test(lower) ? UNCLEAR : WORDS;
}

function scored(kind: SurveyKind, value: number, words: string | null): TypedAnswer {
  const score = parseScore(kind, value);
  if (score.ok) return { kind: 'score', score: score.score, words };
  // "11 people are waiting: when?" is about something else.
  return words === null ? UNCLEAR : WORDS;
}

function numberIn(said: string | undefined): number {
  if (said === undefined) return Number.NaN;
  // A leading zero is no way to write a score.
  return NUMBER_WORDS.get(said) ?? (/^(?:0|[1-9]\d*)$/u.test(said) ? Number(said) : Number.NaN);
}

/** What stands behind the score, as it was typed: lower case may be longer or shorter, so it is counted from the end where it cannot be told apart. */
function wordsIn(typed: string, found: RegExpExecArray, from: number): string | null {
  const rest =
    found
      .slice(from)
      .find((part) => part !== undefined)
      ?.trim() ?? '';
  if (rest === '') return null;
  const lower = typed.toLowerCase();
  return lower.length === typed.length ? typed.slice(lower.lastIndexOf(rest)).trim() : rest;
}
