// Random tallies for the statistics' rules, and tallies made of segments for published figures.

import fc from 'fast-check';
import { type Tally, tallyOf, tallyOfCounts } from '../../../src/domain/statistics/tally.ts';
import { SURVEY_KINDS, type SurveyKind, scoresOf } from '../../../src/domain/survey/kind.ts';

export const anyKind = fc.constantFrom(...SURVEY_KINDS);

export function anyScores(kind: SurveyKind, minLength = 0): fc.Arbitrary<number[]> {
  return fc.array(fc.constantFrom(...scoresOf(kind)), { minLength, maxLength: 60 });
}

export function anyTally(kind: SurveyKind, minAnswers = 0): fc.Arbitrary<Tally> {
  return anyScores(kind, minAnswers).map((scores) => tallyOf(kind, scores));
}

/** Two tallies of one kind. */
export const anyPair = anyKind.chain((kind) => fc.tuple(anyTally(kind), anyTally(kind)));

/** An NPS tally of so many promoters, passives and detractors. */
export function nps(promoters: number, passives: number, detractors: number): Tally {
  return tallyOfCounts('nps', [
    [9, promoters],
    [7, passives],
    [6, detractors],
  ]);
}

/** The tally with every count taken `times` times. */
export function repeated(tally: Tally, times: number): Tally {
  return { kind: tally.kind, counts: tally.counts.map((count) => count * times) };
}
