// Makes a digest of what was counted: the figures by the statistics, a verdict on each change, a varied choice of words.
import type { Instant, ZoneName } from '../basics.ts';
import { scoreInterval } from '../statistics/interval.ts';
import type { Figures } from '../statistics/report.ts';
import { figuresOf, type SentimentCounts, type ThemeCounts } from '../statistics/report.ts';
import { responseRate } from '../statistics/response-rate.ts';
import { scoreOf } from '../statistics/score.ts';
import { answered, tallyOfCounts } from '../statistics/tally.ts';
import type { SurveyKind } from '../survey/kind.ts';
import { correctionsOf, type Restated } from './corrections.ts';
import { type AskedOf, hardlyAsked } from './coverage.ts';
import {
  type Digest,
  type DigestSection,
  ENOUGH_ANSWERS,
  type OpenCase,
  type TrendPoint,
  type Verdict,
} from './digest.ts';
import { movesOf } from './moves.ts';
import { chooseQuotes, type QuoteCandidate } from './quotes.ts';

export type Scores = ReadonlyMap<number, number>;

export interface SectionInput {
  readonly survey: SurveyKind;
  readonly scores: Scores;
  readonly previousScores: Scores;
  readonly sentiment: SentimentCounts;
  readonly themes: readonly ThemeCounts[];
  /** The like in the period before; left out, nothing is said of what moved. */
  readonly previous?: { readonly sentiment: SentimentCounts; readonly themes: readonly ThemeCounts[] };
  /** Prompts whose time to answer ended in the period. */
  readonly ended: { readonly sent: number; readonly answered: number };
  /** How many different people answered. */
  readonly people: number;
  readonly candidates: readonly QuoteCandidate[];
  readonly weeks: readonly { readonly from: Instant; readonly scores: Scores }[];
}

export interface DigestInput {
  readonly from: Instant;
  readonly to: Instant;
  readonly zone: ZoneName;
  readonly sections: readonly SectionInput[];
  readonly minimumPeople: number;
  readonly showNames: boolean;
  readonly open: readonly OpenCase[];
  readonly coverage: Digest['coverage'];
  /** Weeks that the channel was told of, as they are now. */
  readonly restated: readonly Restated[];
  /** How many of their conversations were asked after; left out, nobody is named. */
  readonly askedOf?: readonly AskedOf[];
}

export function buildDigest(input: DigestInput): Digest {
  // A quote is shown with its survey and score: among too few who answered that one, it would tell who said it.
  const candidates = input.sections.flatMap((section) =>
    section.people < input.minimumPeople ? [] : section.candidates,
  );
  return {
    from: input.from,
    to: input.to,
    zone: input.zone,
    sections: input.sections.map(sectionOf).filter((section) => section.answered > 0 || section.asked > 0),
    quotes: chooseQuotes(candidates, input.showNames),
    open: input.open,
    coverage: coverageOf(input),
    corrections: correctionsOf(input.restated, input.minimumPeople),
  };
}

function sectionOf(input: SectionInput): DigestSection {
  const figures = figuresOf({
    sent: null,
    answers: tallyOfCounts(input.survey, input.scores),
    sentiment: input.sentiment,
    themes: input.themes,
    previousAnswers: tallyOfCounts(input.survey, input.previousScores),
  });
  return {
    survey: input.survey,
    answered: figures.answered,
    score: figures.score,
    low: figures.low,
    high: figures.high,
    previous: figures.previous,
    difference: figures.change.difference,
    z: figures.change.z,
    verdict: verdictOn(figures),
    responseRate: responseRate(input.ended.answered, input.ended.sent)?.rate ?? null,
    asked: input.ended.sent,
    distribution: figures.distribution,
    positive: figures.positive,
    neutral: figures.neutral,
    negative: figures.negative,
    sentiment: figures.sentiment,
    themes: figures.themes,
    moves:
      input.previous === undefined
        ? []
        : movesOf(figures, { ...input.previous, answered: figures.previous.answered }),
    trend: input.weeks.map((week): TrendPoint => {
      const tally = tallyOfCounts(input.survey, week.scores);
      const interval = scoreInterval(tally);
      return {
        from: week.from,
        score: scoreOf(tally),
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        answered: answered(tally),
      };
    }),
  };
}

/** What a change may be called. Too few answers on either side conclude nothing, however large the change looks. */
export function verdictOn(figures: Pick<Figures, 'answered' | 'previous' | 'change'>): Verdict {
  if (figures.change.difference === null) return 'nothing_to_compare';
  if (figures.answered < ENOUGH_ANSWERS || figures.previous.answered < ENOUGH_ANSWERS) return 'too_few';
  return figures.change.significant ? 'real' : 'within_noise';
}

function coverageOf({ coverage, askedOf = [] }: DigestInput): Digest['coverage'] {
  const skipped = Object.values(coverage.skipped).reduce((sum, n) => sum + n, 0);
  const hardly = hardlyAsked(askedOf, { ended: coverage.asked + skipped, asked: coverage.asked });
  return hardly.length === 0 ? coverage : { ...coverage, hardly };
}
