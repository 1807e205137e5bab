// A report as a value: every figure of a period, compared with the period before, for all answers and for each group.

import { Temporal } from 'temporal-polyfill';
import { AfterwordError, type Instant, type ZoneName } from '../basics.ts';
import type { Segment, SurveyKind } from '../survey/kind.ts';
import { type Change, compare } from './change.ts';
import { marginOfError, scoreInterval } from './interval.ts';
import type { Period } from './previous-period.ts';
import { responseRate } from './response-rate.ts';
import { scoreOf } from './score.ts';
import { answered, emptyTally, merge, scoreCounts, segments, type Tally, tallyOfCounts } from './tally.ts';

export type ReportDimension = 'week' | 'agent' | 'channel' | 'account' | 'theme' | 'servqual' | 'locale';

/** Which responses a report counts: those whose prompt was sent in the period, or those that came in it. */
export type ReportBasis = 'sent' | 'answered';

/** Counts of answers by score. */
export type ScoreCounts = ReadonlyMap<number, number>;

export interface ThemeCounts {
  readonly theme: string;
  /** Answers that mention it, of whatever sentiment. */
  readonly mentions: number;
  readonly positive: number;
  readonly negative: number;
}

/** Answers by what their words say; answers without words are in none of them. */
export type SentimentCounts = Readonly<Record<Segment, number>>;

/** What was counted of a report or of one group of it. */
interface Counts {
  /** Prompts sent. */
  readonly sent: number;
  /** How many of the `sent` prompts were answered, whenever; by basis `sent` it is the number of answers anyway. */
  readonly answeredOfSent?: number;
  readonly scores: ScoreCounts;
  readonly sentiment: SentimentCounts;
  readonly themes?: readonly ThemeCounts[];
}

/** What was counted for one agent, one week, …; `key` is null for what has none. */
export interface GroupCounts extends Counts {
  readonly key: string | null;
}

export interface ReportInput extends Counts {
  readonly survey: SurveyKind;
  readonly period: Period;
  readonly basis: ReportBasis;
  readonly by: ReportDimension | null;
  /** The key of a week is its Monday, `2026-11-16`. */
  readonly groups: readonly GroupCounts[];
  /** The answers of the period before (`previousPeriod`). */
  readonly previous: ScoreCounts;
  /** The answers of the groups before (`previousGroupsPeriod`). */
  readonly previousGroups: readonly { readonly key: string | null; readonly scores: ScoreCounts }[];
}

/** The figures of a period, not rounded. Null is what cannot be known, never 0. */
export interface Figures {
  /** Prompts sent; null by theme, since only an answer has one. */
  readonly sent: number | null;
  readonly answered: number;
  /** Percent of the prompts sent, with its 95 % Wilson interval. */
  readonly responseRate: number | null;
  readonly responseRateLow: number | null;
  readonly responseRateHigh: number | null;
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
  /** NPS points, CES mean, or CSAT top-2-box percent, with the 95 % interval `low` to `high`. */
  readonly score: number | null;
  readonly marginOfError: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly previous: { readonly answered: number; readonly score: number | null };
  readonly change: Change;
  /** How many answers each score of the scale got, zeros included. */
  readonly distribution: Readonly<Record<string, number>>;
  /** Answers by what their words say; `none` had no words, or none that were understood. */
  readonly sentiment: SentimentCounts & { readonly none: number };
  /** The most mentioned first. */
  readonly themes: readonly ThemeCounts[];
}

export interface ReportGroup extends Figures {
  readonly key: string | null;
}

export interface Report extends Figures {
  readonly survey: SurveyKind;
  readonly from: Instant;
  readonly to: Instant;
  readonly basis: ReportBasis;
  readonly by: ReportDimension | null;
  /** Weeks in their order, all else by the number of answers, the most first; the group without a key is last. */
  readonly groups: readonly ReportGroup[];
}

export type ReportJson = Omit<Report, 'from' | 'to'> & { readonly from: string; readonly to: string };

/**
 * Assembles the report of what was counted; the order of groups and themes in the input does not matter. A group is
 * compared with the same group in the period before, a week with the calendar week before it.
 */
export function buildReport(input: ReportInput): Report {
  const { survey, period, basis, by } = input;
  const figures = (counts: Counts, previousAnswers: Tally, sent: number | null) => {
    const answers = tallyOfCounts(survey, counts.scores);
    const answeredOfSent = counts.answeredOfSent ?? (basis === 'sent' ? answered(answers) : null);
    const { sentiment, themes = [] } = counts;
    return figuresOf({ sent, answeredOfSent, answers, sentiment, themes, previousAnswers });
  };
  const before = previousTallies(input);
  return {
    survey,
    from: period.from,
    to: period.to,
    basis,
    ...figures(input, tallyOfCounts(survey, input.previous), input.sent),
    by,
    groups: input.groups
      .map((group): ReportGroup => {
        const sent = by === 'theme' || by === 'servqual' ? null : group.sent;
        return { key: group.key, ...figures(group, before(group.key), sent) };
      })
      .sort(by === 'week' ? byKey : byAnswers),
  };
}

/** What the figures of one period are made of. */
export interface FigureInput {
  /** Prompts sent; null where they are not counted. */
  readonly sent: number | null;
  /** How many of the `sent` prompts were answered; left out or null where that is not known. */
  readonly answeredOfSent?: number | null;
  readonly answers: Tally;
  readonly sentiment: SentimentCounts;
  readonly themes: readonly ThemeCounts[];
  readonly previousAnswers: Tally;
}

/** The figures of one period or group. Throws `broken` when its counts contradict one another. */
export function figuresOf(input: FigureInput): Figures {
  const { sent, answeredOfSent = null, answers, previousAnswers } = input;
  const rate = sent === null || answeredOfSent === null ? null : responseRate(answeredOfSent, sent);
  const interval = scoreInterval(answers);
  return {
    sent,
    answered: answered(answers),
    responseRate: rate?.rate ?? null,
    responseRateLow: rate?.low ?? null,
    responseRateHigh: rate?.high ?? null,
    ...segments(answers),
    score: scoreOf(answers),
    marginOfError: interval && marginOfError(interval),
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    previous: { answered: answered(previousAnswers), score: scoreOf(previousAnswers) },
    change: compare(answers, previousAnswers),
    distribution: Object.fromEntries(scoreCounts(answers).map(({ score, count }) => [score, count])),
    sentiment: withNone(input.sentiment, answered(answers)),
    themes: [...input.themes].sort((a, b) => b.mentions - a.mentions || inOrder(a.theme, b.theme)),
  };
}

/** The report as its JSON form: times as ISO 8601 in `zone`, all else as it is. */
export function reportJson(report: Report, zone: ZoneName): ReportJson {
  return { ...report, from: iso(report.from, zone), to: iso(report.to, zone) };
}

function iso(at: Instant, zone: ZoneName): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(at);
  return zone === 'UTC' ? instant.toString() : instant.toString({ timeZone: zone });
}

/** Finds what a group is compared with: the tally of the same key, for a week of the Monday before. */
function previousTallies({ survey, by, groups, previousGroups }: ReportInput): (key: string | null) => Tally {
  const tallies = new Map<string | null, Tally>();
  // A week may lie partly in the period and partly before it; then both parts make the whole.
  for (const { key, scores } of by === 'week' ? [...previousGroups, ...groups] : previousGroups) {
    tallies.set(key, merge(tallies.get(key) ?? emptyTally(survey), tallyOfCounts(survey, scores)));
  }
  return (key) => tallies.get(by === 'week' && key !== null ? weekBefore(key) : key) ?? emptyTally(survey);
}

function weekBefore(monday: string): string {
  return Temporal.PlainDate.from(monday).subtract({ days: 7 }).toString();
}

function withNone(sentiment: SentimentCounts, n: number): Figures['sentiment'] {
  const { positive, neutral, negative } = sentiment;
  const none = n - positive - neutral - negative;
  if (none < 0) {
    throw new AfterwordError('broken', `${n - none} sentiments of ${n} answers`, 'count each answer once');
  }
  return { positive, neutral, negative, none };
}

function byKey(a: ReportGroup, b: ReportGroup): number {
  if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
  return inOrder(a.key, b.key);
}

function byAnswers(a: ReportGroup, b: ReportGroup): number {
  if (a.key === null || b.key === null) return byKey(a, b);
  return b.answered - a.answered || byKey(a, b);
}

/** By code units, so that the order does not hang on the reader's locale. */
function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
