// What a channel was told and is true no more: of every week it was told of, whatever changed since it was last told of it, once.
import type { Instant } from '../basics.ts';
import { scoreOf } from '../statistics/score.ts';
import { answered, tallyOfCounts } from '../statistics/tally.ts';
import { SURVEY_KINDS, type SurveyKind } from '../survey/kind.ts';
import type { Correction } from './digest.ts';

/** Issues that are looked back at. */
export const ISSUES_CORRECTED = 26;

/** In one digest; what changed besides is told by the next. */
const MOST_CORRECTIONS = 12;

/** An issue as its readers saw it. */
export interface ToldIssue {
  readonly from: Instant;
  readonly to: Instant;
  readonly sections: readonly {
    readonly survey: SurveyKind;
    readonly answered: number;
    readonly score: number | null;
  }[];
  readonly corrections: readonly Correction[];
}

/** A survey's week, and what its readers were last told of it. */
export interface Told {
  readonly survey: SurveyKind;
  readonly from: Instant;
  readonly to: Instant;
  readonly figure: Correction['before'];
}

/** The same with what is true now. */
export interface Restated extends Told {
  readonly scores: ReadonlyMap<number, number>;
  /** How many different people answered; counting may stop at the minimum. */
  readonly people: number;
}

/** `issues`: the newest first. A survey that an issue left out had no answers. */
export function lastTold(issues: readonly ToldIssue[]): readonly Told[] {
  const told = new Map<string, Told>();
  const keyOf = ({ survey, from, to }: Omit<Told, 'figure'>) => `${survey} ${from} ${to}`;
  for (const { from, to, sections, corrections } of issues.toReversed()) {
    for (const survey of SURVEY_KINDS) {
      const section = sections.find((one) => one.survey === survey);
      const figure = { answered: section?.answered ?? 0, score: section?.score ?? null };
      const week = { survey, from, to, figure };
      told.set(keyOf(week), week);
    }
    for (const { survey, from: start, to: end, after } of corrections) {
      const week = { survey, from: start, to: end, figure: after };
      // A week so long ago that its own issue is not looked at any more has been told of for the last time.
      if (told.has(keyOf(week))) told.set(keyOf(week), week);
    }
  }
  return [...told.values()];
}

/** Whether what is true now is not what was told. */
export function isChanged({ survey, figure, scores }: Omit<Restated, 'people'>): boolean {
  const now = figureOf(survey, scores);
  return now.answered !== figure.answered || now.score !== figure.score;
}

/** The newest weeks first. A figure over fewer people than the minimum would tell on one of them; one over nobody does not. */
export function correctionsOf(restated: readonly Restated[], minimumPeople: number): readonly Correction[] {
  const telling = (people: number) => people > 0 && people < minimumPeople;
  return restated
    .filter((week) => {
      const count = answered(tallyOfCounts(week.survey, week.scores));
      const hidden =
        telling(week.figure.answered) || telling(count) || (count > 0 && week.people < minimumPeople);
      return isChanged(week) && !hidden;
    })
    .sort((a, b) => b.from - a.from || SURVEY_KINDS.indexOf(a.survey) - SURVEY_KINDS.indexOf(b.survey))
    .slice(0, MOST_CORRECTIONS)
    .map(({ survey, from, to, figure, scores }) => ({
      survey,
      from,
      to,
      before: figure,
      after: figureOf(survey, scores),
    }));
}

function figureOf(survey: SurveyKind, scores: ReadonlyMap<number, number>): Correction['after'] {
  const tally = tallyOfCounts(survey, scores);
  return { answered: answered(tally), score: scoreOf(tally) };
}
