// Figures over responses and prompts, as raw counts; the domain makes scores and intervals of them.
import type { Id, Instant } from '../../domain/basics.ts';
import type { AskedOf } from '../../domain/digest/coverage.ts';
import type { Segment, SurveyKind } from '../../domain/survey/kind.ts';

export type ReportDimension = 'week' | 'agent' | 'channel' | 'account' | 'theme' | 'servqual' | 'locale';

export interface ReportQuery {
  readonly workspaceId: Id;
  readonly survey: SurveyKind;
  readonly from: Instant;
  readonly to: Instant;
  /** `sent`: responses whose prompt was sent in [from, to); `answered`: by answer time. */
  readonly basis: 'sent' | 'answered';
  readonly by: ReportDimension | null;
  /** For `week`: weeks begin on local Monday here. */
  readonly zone: string;
  /** Only this channel, agent or account. */
  readonly channel?: string;
  readonly agent?: string;
  readonly account?: string;
}

export interface ThemeCount {
  readonly theme: string;
  readonly mentions: number;
  readonly positive: number;
  readonly negative: number;
}

export interface CountsOf {
  /** Prompts sent in the period, whatever became of them. 0 for a theme: only an answer has one. */
  readonly sent: number;
  /** How many of those were answered, whenever. */
  readonly answeredOfSent: number;
  /** How many answered, by score. */
  readonly scores: ReadonlyMap<number, number>;
  readonly sentiment: {
    readonly positive: number;
    readonly neutral: number;
    readonly negative: number;
    readonly none: number;
  };
}

export interface ReportCounts extends CountsOf {
  readonly themes: readonly ThemeCount[];
  /** By the dimension asked for; a key of null is "unknown". For `week` the key is the local Monday, `2026-11-16`. */
  readonly groups: readonly (CountsOf & { readonly key: string | null })[];
}

/** A customer's words with what is needed to choose among them. */
export interface VerbatimRow {
  readonly responseId: Id;
  readonly personId: Id;
  readonly personName: string | null;
  readonly score: number;
  readonly segment: Segment;
  readonly sentiment: string | null;
  readonly verbatim: string;
  readonly themes: readonly string[];
  readonly answeredAt: Instant;
}

/** From `from` up to, but without, `to`. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

export interface Reports {
  counts(query: ReportQuery): Promise<ReportCounts>;
  /** Scores alone, for the period before. */
  scores(query: ReportQuery): Promise<ReadonlyMap<number, number>>;
  /** Scores alone by answer time, of many periods at one moment, in their order. */
  scoresOf(
    workspaceId: Id,
    survey: SurveyKind,
    periods: readonly Period[],
  ): Promise<readonly ReadonlyMap<number, number>[]>;
  /** How many different people answered in the period; stops counting at `enough`. */
  people(query: ReportQuery, enough: number): Promise<number>;
  /** The newest first. */
  verbatims(query: ReportQuery, limit: number): Promise<readonly VerbatimRow[]>;
  /** Prompts by fate in [from, to) of their interaction: asked, still to be sent, and skipped by reason. */
  coverage(
    workspaceId: Id,
    from: Instant,
    to: Instant,
  ): Promise<{
    readonly asked: number;
    readonly waiting: number;
    readonly skipped: Readonly<Record<string, number>>;
  }>;
  /** The like for each agent and each channel with at least so many interactions in [from, to) whose prompt does not wait. */
  askedOf(workspaceId: Id, from: Instant, to: Instant, atLeast: number): Promise<readonly AskedOf[]>;
  /** Prompts whose time to answer ended in [from, to), and how many of them were answered (in time). */
  closedPrompts(
    workspaceId: Id,
    survey: SurveyKind,
    from: Instant,
    to: Instant,
  ): Promise<{ readonly sent: number; readonly answered: number }>;
  /** From the first sent prompt or answer to the last of either; null when there is nothing. */
  span(workspaceId: Id, survey: SurveyKind): Promise<{ readonly from: Instant; readonly to: Instant } | null>;
}
