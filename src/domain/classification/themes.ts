// What an answer is about, each theme with what is said of it: by the clauses that speak of it most, or by the whole where they say nothing.
import { type Polarity, THEMES, type Theme, type ThemeMention } from './classification.ts';
import type { Model } from './model.ts';
import { blankPage, type Page, readInto } from './normalise.ts';
import { clauseOdds, themeOdds } from './score.ts';
import type { Sheet } from './sheet.ts';
import { HAN, KANA, KIND } from './units.ts';

export type ThemeWords = Readonly<Partial<Record<Theme, readonly string[]>>>;

/** A clause leans when praise and complaint differ by this, or else it says nothing of its own. */
const LEANS = 0.35;

const odds = new Float64Array(THEMES.length);
const inClause = new Float64Array(THEMES.length);
const strongest = new Float64Array(THEMES.length);
const clauseOf = new Int32Array(THEMES.length);

export function themesOf(
  sheet: Sheet,
  page: Page,
  model: Model,
  whole: Polarity,
  words: ThemeWords = {},
): readonly ThemeMention[] {
  if (sheet.clauseCount === 0) return [];
  themeOdds(sheet, model, 0, sheet.clauseCount - 1, odds);
  const named = namedBy(words, page);
  if (named.size === 0 && !odds.some((one) => one > 0)) return [];
  strongest.fill(-Infinity);
  for (let c = 0; c < sheet.clauseCount; c++) {
    themeOdds(sheet, model, c, c, inClause);
    for (let t = 0; t < THEMES.length; t++) {
      if (inClause[t]! <= strongest[t]!) continue;
      strongest[t] = inClause[t]!;
      clauseOf[t] = c;
    }
  }
  return THEMES.flatMap((theme, t) => {
    const place = named.get(theme);
    if (place === undefined && odds[t]! <= 0) return [];
    const clause = place === undefined ? clauseOf[t]! : clauseAt(sheet, place);
    return [{ theme, polarity: sheet.clauseCount < 2 ? whole : polarityIn(sheet, model, clause, whole) }];
  });
}

function polarityIn(sheet: Sheet, model: Model, clause: number, whole: Polarity): Polarity {
  const { bad, good } = clauseOdds(sheet, model, clause);
  if (Math.abs(good - bad) < LEANS) return whole;
  return good > bad ? 'positive' : 'negative';
}

function clauseAt({ unitsEnd, clauseCount }: Sheet, place: number): number {
  let c = 0;
  while (c < clauseCount - 1 && unitsEnd[c]! <= place) c++;
  return c;
}

const wordPage = blankPage();

/** Where in the page the words of a workspace name a theme. */
function namedBy(words: ThemeWords, { units, length }: Page): ReadonlyMap<Theme, number> {
  const named = new Map<Theme, number>();
  let text: string | null = null;
  for (const theme of THEMES) {
    for (const word of words[theme] ?? []) {
      readInto(wordPage, word);
      const first = KIND[wordPage.units[1]!];
      const spaced = first !== HAN && first !== KANA;
      const term = String.fromCharCode(
        ...wordPage.units.subarray(spaced ? 0 : 1, wordPage.length - (spaced ? 0 : 1)),
      );
      if (term.trim() === '') continue;
      text ??= plain(units, length);
      const place = text.indexOf(term);
      if (place >= 0 && !named.has(theme)) named.set(theme, place + 1);
    }
  }
  return named;
}

/** Marks as spaces, so that words end where they do. */
function plain(units: Uint16Array, length: number): string {
  const parts: string[] = [];
  for (let i = 0; i < length; i += 4096) {
    parts.push(String.fromCharCode(...units.subarray(i, Math.min(length, i + 4096))));
  }
  return parts.join('').replace(/[^\p{L}\p{N}']/gu, ' ');
}
