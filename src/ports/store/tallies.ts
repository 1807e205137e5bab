// Counts that are kept beside the facts, so that a report over any period costs days and not answers. They are never the truth: they can be
// compared with the facts, and made of them again, while everybody goes on working.
import type { Id, Instant } from '../../domain/basics.ts';

/** A tally that is not what the facts say. */
export interface TallyDifference {
  /** By which time it counts, such as `answered`. */
  readonly what: string;
  readonly survey: string;
  readonly grain: 'hour' | 'day';
  readonly from: Instant;
  readonly key: string;
  readonly kept: number;
  readonly counted: number;
}

export interface TallyCheck {
  readonly compared: number;
  readonly different: number;
  /** The first few that differ. */
  readonly examples: readonly TallyDifference[];
}

/** How many parts of the work are done. */
export type TallyProgress = (done: number, of: number) => void;

export interface Tallies {
  /** Now and then: adds the changes since the last time to the tallies, so that counting need not. One process at a time; others go on at once. */
  fold(): Promise<void>;
  check(workspaceId: Id, progress: TallyProgress): Promise<TallyCheck>;
  /** Answers with how many tallies there are. */
  rebuild(workspaceId: Id, progress: TallyProgress): Promise<number>;
}
