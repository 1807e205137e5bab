// What an answer is about, each theme with what is said of it: by the clauses that speak of it most, or by the whole where they say nothing.
import { type Polarity, THEMES, type Theme, type ThemeMention } from './classification.ts';
import type { Model } from './model.ts';
import { blankPage, type Page, readInto } from './normalise.ts';
import { blankThemeSums, namesIn, themeOdds, themeSumsInto } from './score.ts';
import type { Sheet } from './sheet.ts';
import { HAN, KANA, KIND } from './units.ts';

export type ThemeWords = Readonly<Partial<Record<Theme, readonly string[]>>>;

/** A clause leans when praise and complaint differ by this, or else it says nothing of its own. */
const LEANS = 0.35;

/** A theme that no word names must be likelier by this. */
const UNNAMED = 0.8;

const odds = new Float64Array(THEMES.length);
const inClause = new Float64Array(THEMES.length);
const strongest = new Float64Array(THEMES.length);
const clauseOf = new Int32Array(THEMES.length);
const sums = blankThemeSums();

const NONE: ReadonlyMap<Theme, number> = new Map();

export function themesOf(
  sheet: Sheet,
  leans: Float64Array,
  page: Page,
  model: Model,
  whole: Polarity,
  words?: ThemeWords,
  unnamed = UNNAMED,
): readonly ThemeMention[] {
  if (sheet.clauseCount === 0) return [];
  const named = words === undefined ? NONE : namedBy(words, page);
  themeSumsInto(sums, sheet, model.themes);
  themeOdds(odds, sums, sheet, model, 0, sheet.clauseCount - 1);
  const told = namesIn(sheet, 0, sheet.clauseCount - 1);
  for (let t = 0; t < THEMES.length; t++) if (!((told >> t) & 1)) odds[t]! -= unnamed;
  const divided = sheet.clauseCount > 1;
  let any = named.size > 0;
  for (let t = 0; t < THEMES.length; t++) if (odds[t]! > 0) any = true;
  if (divided && (any || told !== 0)) findClauses(sheet, model);
  // What one clause names counts, whatever the others are about.
  for (let t = 0; divided && t < THEMES.length; t++) {
    if (!((told >> t) & 1) || strongest[t]! <= 0 || !((sheet.names[clauseOf[t]!]! >> t) & 1)) continue;
    odds[t] = Math.max(odds[t]!, strongest[t]!);
    any = true;
  }
  if (!any) return [];
  const mentions: ThemeMention[] = [];
  for (let t = 0; t < THEMES.length; t++) {
    const theme = THEMES[t]!;
    const place = named === NONE ? undefined : named.get(theme);
    if (place === undefined && odds[t]! <= 0) continue;
    const clause = place === undefined ? clauseOf[t]! : clauseAt(sheet, place);
    mentions.push({ theme, polarity: divided ? polarityOf(leans[clause]!, whole) : whole });
  }
  return mentions;
}

/** Where each theme is spoken of most. */
function findClauses(sheet: Sheet, model: Model): void {
  strongest.fill(-Infinity);
  for (let c = 0; c < sheet.clauseCount; c++) {
    themeOdds(inClause, sums, sheet, model, c, c);
    for (let t = 0; t < THEMES.length; t++) {
      if (inClause[t]! <= strongest[t]!) continue;
      strongest[t] = inClause[t]!;
      clauseOf[t] = c;
    }
  }
}

function polarityOf(lean: number, whole: Polarity): Polarity {
  if (Math.abs(lean) < LEANS) return whole;
  return lean > 0 ? 'positive' : 'negative';
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
