// What a channel's weekly digest says, as a value: figures with their uncertainty, words, what is still open, and what was corrected.
import type { Id, Instant, ZoneName } from '../basics.ts';
import type { FollowUpStatus } from '../follow-up/follow-up.ts';
import type { ThemeCounts } from '../statistics/report.ts';
import type { SurveyKind } from '../survey/kind.ts';
import type { AskedOf } from './coverage.ts';

/** Below this many answers a digest says that they are too few to conclude from. */
export const ENOUGH_ANSWERS = 30;

/** What may be said of a change: nothing to compare, too few answers, noise, or real. */
export type Verdict = 'nothing_to_compare' | 'too_few' | 'within_noise' | 'real';

/** One week of the trend; null where nobody answered. */
export interface TrendPoint {
  readonly from: Instant;
  readonly score: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly answered: number;
}

/** Shares in percent that changed for real: of all answers that mention a theme, or of the words that tell a sentiment. */
export interface Move {
  readonly about: { readonly theme: string } | { readonly sentiment: 'positive' | 'negative' };
  readonly now: number;
  readonly before: number;
}

export interface DigestSection {
  readonly survey: SurveyKind;
  readonly answered: number;
  readonly score: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly previous: { readonly answered: number; readonly score: number | null };
  readonly difference: number | null;
  readonly z: number | null;
  readonly verdict: Verdict;
  /** Over the prompts whose time to answer ended in the period; null where none did. */
  readonly responseRate: number | null;
  readonly asked: number;
  readonly distribution: Readonly<Record<string, number>>;
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
  readonly sentiment: {
    readonly positive: number;
    readonly neutral: number;
    readonly negative: number;
    readonly none: number;
  };
  readonly themes: readonly ThemeCounts[];
  /** What moved compared to the period before; digests of old do not say. */
  readonly moves?: readonly Move[];
  readonly trend: readonly TrendPoint[];
}

export interface Quote {
  readonly responseId: Id;
  readonly survey: SurveyKind;
  readonly score: number;
  readonly words: string;
  /** null where the policy shows no names. */
  readonly by: string | null;
}

export interface OpenCase {
  readonly number: number;
  readonly status: FollowUpStatus;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly owner: string | null;
}

/** A week already posted that edits, imports or erasures changed since. */
export interface Correction {
  readonly survey: SurveyKind;
  readonly from: Instant;
  readonly to: Instant;
  readonly before: { readonly answered: number; readonly score: number | null };
  readonly after: { readonly answered: number; readonly score: number | null };
}

export interface SummaryPoint {
  readonly text: string;
  /** Whose comments say so; when one of them is erased, so is the point. */
  readonly responseIds: readonly Id[];
}

/** What many comments have in common, by a larger model. */
export interface Summary {
  /** The name of the model. */
  readonly by: string;
  /** How many comments it was shown. */
  readonly read: number;
  readonly points: readonly SummaryPoint[];
}

export interface Digest {
  readonly from: Instant;
  readonly to: Instant;
  readonly zone: ZoneName;
  /** Kinds that were asked or answered, in a fixed order. */
  readonly sections: readonly DigestSection[];
  /** What many comments have in common, where the workspace wishes to be told so; left out where nothing is said. */
  readonly summary?: Summary;
  readonly quotes: readonly Quote[];
  readonly open: readonly OpenCase[];
  /** What became of the conversations that ended in the period. `waiting`: their question was still to come. */
  readonly coverage: {
    readonly asked: number;
    readonly waiting?: number;
    readonly skipped: Readonly<Record<string, number>>;
    /** Agents and channels whose customers are hardly ever asked; left out where there are none. */
    readonly hardly?: readonly AskedOf[];
  };
  readonly corrections: readonly Correction[];
  /** How many issues in a row, this one included, had nothing to say; digests of old do not say. */
  readonly silentWeeks?: number;
}

/** Without what is quoted of other responses than these, and without what is said of several of which one is not among them. */
export function keepingWords(digest: Digest, kept: ReadonlySet<Id>): Digest {
  const { summary, ...rest } = digest;
  const points = summary?.points.filter(({ responseIds }) => responseIds.every((id) => kept.has(id))) ?? [];
  return {
    ...rest,
    quotes: digest.quotes.filter(({ responseId }) => kept.has(responseId)),
    ...(summary && points.length > 0 ? { summary: { ...summary, points } } : {}),
  };
}

/** Whose words it brings. */
export function quotedIn({ quotes, summary }: Digest): readonly Id[] {
  const ids = [
    ...quotes.map(({ responseId }) => responseId),
    ...(summary?.points ?? []).flatMap((one) => one.responseIds),
  ];
  return [...new Set(ids)];
}

/** After so many silent weeks a digest offers to pause. */
export const SILENT_WEEKS = 4;

/** Nothing was asked, answered or left open: one line says so. */
export function isQuiet(digest: Digest): boolean {
  const skipped = Object.values(digest.coverage.skipped).reduce((sum, n) => sum + n, 0);
  return (
    digest.sections.every((section) => section.answered === 0 && section.asked === 0) &&
    digest.open.length === 0 &&
    digest.corrections.length === 0 &&
    digest.coverage.asked + (digest.coverage.waiting ?? 0) + skipped === 0
  );
}

/** How many digests in a row have had nothing to say, up to and with this one; `before` is the one before it. */
export function silenceOf(digest: Digest, before: Digest | null): number {
  if (!isQuiet(digest)) return 0;
  if (before === null) return 1;
  return 1 + (before.silentWeeks ?? Number(isQuiet(before)));
}
