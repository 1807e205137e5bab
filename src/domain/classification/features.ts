// Reads a page once and notes its features: words and their neighbours, pieces of words, what a negation or a contrast does to them, and the sums
// of praise and complaint that the lexicon finds.
import { fold, mixed, SEED } from './hash.ts';
import { EN, JA, UNTOLD, ZH } from './languages.ts';
import { BOOSTS, CONTRASTS, DAMPS, type Lexicon, NAMES, NEGATES, PARTS, SCORED, THEME } from './lexicon.ts';
import { isCalled } from './names.ts';
import type { Page } from './normalise.ts';
import { phrase, phraseAt, termAt } from './phrases.ts';
import { MOST_CLAUSES, type Sheet } from './sheet.ts';
import { signsInto, type Tally, tallyOf } from './signs.ts';
import type { Tokens } from './tokens.ts';
import { HAN, KANA, KIND, LATIN, PAUSE, PICTURE, SPACE, STOP, VALENCE } from './units.ts';

/** What a feature is, folded into its hash. */
const WORD = 0x1001;
const PAIR = 0x1002;
const BEGINNING = 0x1003;
const GROUP = 0x1004;
const PIECE = 0x1005;
const NEGATED = 0x1006;
const AFTER = 0x1007;
const TERM = 0x1008;
const SKIP = 0x1009;

/** How many words, and how many units without spaces, a negation reaches. */
const REACH = 4;
const UNITS_REACH = 5;

const tally: Tally = tallyOf();

export function featuresInto(
  sheet: Sheet,
  page: Page,
  tokens: Tokens,
  language: number,
  lexicon: Lexicon,
): void {
  const { units, length } = page;
  const lexical = language === UNTOLD ? EN : language;
  /** Words that are spelled alike say other things in other languages. */
  const tongue = lexical === ZH || lexical === JA ? EN : lexical;
  sheet.wordCount = sheet.pieceCount = sheet.signCount = sheet.clauseCount = 0;
  tally.begin();
  let token = 0;
  let start = 0;
  /** Words that the last negation still reaches, and the unit up to which it does. */
  let reach = 0;
  let reachUnit = -1;
  let force = 1;
  let before = SEED;
  let beforeThat = SEED;
  let against = false;
  /** The last term of the lexicon ends here: shorter ones inside it do not count. */
  let termEnd = 0;
  let names = 0;

  const note = (hash: number) => {
    sheet.words[sheet.wordCount++] = mixed(hash);
  };
  const noteAside = (hash: number) => {
    sheet.pieces[sheet.pieceCount++] = mixed(hash);
  };
  const weigh = (weight: number, negated: boolean) => {
    tally.add(weight, negated, force, against);
    force = 1;
  };
  const closeClause = (end: number) => {
    if (end <= start) return;
    piecesOf(sheet, units, start, end, length, tongue);
    const c = sheet.clauseCount;
    if (c < MOST_CLAUSES) sheet.clauseCount++;
    sheet.wordsEnd[c] = sheet.wordCount;
    sheet.piecesEnd[c] = sheet.pieceCount;
    sheet.unitsEnd[c] = end;
    sheet.against[c] = against ? 1 : 0;
    sheet.names[c] = names;
    names = 0;
    tally.closeClause(sheet, c);
    start = end;
    force = 1;
    reach = 0;
    reachUnit = -1;
  };

  for (let i = 1; i < length; ) {
    const unit = units[i]!;
    const kind = KIND[unit]!;
    if (kind === LATIN) {
      while (token < tokens.count && tokens.start[token]! < i) token++;
      if (token >= tokens.count) {
        i++;
        continue;
      }
      const hash = fold(tokens.hash[token]!, tongue);
      const end = tokens.end[token]!;
      note(fold(hash, WORD));
      if (before !== SEED) note(fold(fold(before, hash), PAIR));
      if (beforeThat !== SEED) noteAside(fold(fold(beforeThat, hash), SKIP));
      if (end - i > 5) note(fold(fold(tokens.stem[token]!, tongue), BEGINNING));
      if (reach > 0) noteAside(fold(hash, NEGATED));
      if (against) noteAside(fold(hash, AFTER));
      beforeThat = before;
      before = hash;
      if (reach > 0) reach--;
      const named = phraseAt(tokens, token, tongue, THEME, lexicon, units);
      if (named >= 0 && lexicon.flags[named]! & NAMES) names |= 1 << lexicon.weights[named]!;
      if (i >= termEnd) {
        const slot = phraseAt(tokens, token, tongue, 0, lexicon, units);
        if (slot >= 0) {
          termEnd = phrase.end;
          const flags = lexicon.flags[slot]!;
          if (flags & CONTRASTS && i > 1) {
            closeClause(i);
            against = true;
          }
          if (flags & SCORED) weigh(lexicon.weights[slot]! / PARTS, reach > 0);
          if (flags & NEGATES) {
            reach = REACH;
            tally.negations++;
          } else if (flags & BOOSTS) force = 1.4;
          else if (flags & DAMPS) force = 0.6;
        } else if (isShortNot(units, end)) {
          reach = REACH;
          tally.negations++;
        }
      }
      i = end;
      token++;
      continue;
    }
    if (kind === HAN && isCalled(units, i)) {
      i += 2;
      continue;
    }
    if (kind === HAN || kind === KANA) {
      let hash = SEED;
      const to = Math.min(i + 5, length);
      for (let at = i; at < to; at++) {
        const k = KIND[units[at]!];
        if (k !== HAN && k !== KANA) break;
        hash = fold(hash, units[at]!);
        if (at - i < 3) note(fold(hash, GROUP));
        else noteAside(fold(hash, GROUP));
        if (against && at - i === 1) noteAside(fold(hash, AFTER));
        if (i <= reachUnit && at - i === 1) noteAside(fold(hash, NEGATED));
      }
      const named = termAt(units, i, length, lexical === JA ? JA : ZH, THEME, lexicon);
      if (named >= 0 && lexicon.flags[named]! & NAMES) names |= 1 << lexicon.weights[named]!;
      if (i >= termEnd) {
        const slot = termAt(units, i, length, lexical === JA ? JA : ZH, 0, lexicon);
        if (slot >= 0) {
          termEnd = phrase.end;
          const flags = lexicon.flags[slot]!;
          if (flags & CONTRASTS && i > 1) {
            closeClause(i);
            against = true;
          }
          note(fold(phrase.hash, TERM));
          if (flags & SCORED) {
            const negated = i <= reachUnit;
            if (negated) noteAside(fold(fold(phrase.hash, TERM), NEGATED));
            weigh(lexicon.weights[slot]! / PARTS, negated);
          }
          if (flags & NEGATES) {
            tally.negations++;
            // In Japanese the negation follows what it negates.
            if (language === JA) tally.turnLast(against);
            else reachUnit = termEnd + UNITS_REACH;
          } else if (flags & BOOSTS) force = 1.4;
          else if (flags & DAMPS) force = 0.6;
        }
      }
      i++;
      continue;
    }
    if (kind === PICTURE) {
      note(fold(fold(SEED, unit), WORD));
      tally.picture(VALENCE[unit]!);
      before = SEED;
      i++;
      continue;
    }
    if (kind === PAUSE && sheet.wordCount === 0) {
      // After the name of who is spoken to, as in "Anna: thanks".
      start = ++i;
      continue;
    }
    if (kind === STOP || kind === PAUSE) {
      // Aside, for a mark says how something is said, and never what about.
      noteAside(fold(fold(SEED, unit), WORD));
      if (before !== SEED) noteAside(fold(fold(before, unit), PAIR));
      if (kind === STOP) {
        before = beforeThat = SEED;
        against = false;
      }
      closeClause(i + 1);
      i++;
      continue;
    }
    if (kind === SPACE) {
      const k = KIND[units[i - 1]!];
      if (k === HAN || k === KANA) closeClause(i + 1);
    } else before = SEED;
    i++;
  }
  closeClause(length);
  tally.close();
  signsInto(sheet, page, tally, language, tokens.count);
}

/** Groups of four units, over the bounds of words, where words have bounds. */
function piecesOf(
  sheet: Sheet,
  units: Uint16Array,
  start: number,
  end: number,
  length: number,
  tongue: number,
): void {
  const { pieces } = sheet;
  const seed = fold(fold(SEED, PIECE), tongue);
  let count = sheet.pieceCount;
  const to = Math.min(end, length - 3);
  for (let i = start; i < to; i++) {
    const kind = KIND[units[i]!];
    if (kind === HAN || kind === KANA) continue;
    let hash = seed;
    for (let at = i; at < i + 4; at++) hash = fold(hash, units[at]!);
    pieces[count++] = mixed(hash);
  }
  sheet.pieceCount = count;
}

/** "n't" at the end of a word. */
function isShortNot(units: Uint16Array, end: number): boolean {
  return units[end - 1] === 0x74 && units[end - 2] === 0x27 && units[end - 3] === 0x6e;
}
