// What has been kept for long enough goes, in batches: each call is a few transactions, done again until nothing is left of it.
import type { Id, Instant } from '../../domain/basics.ts';

/** How many of each lost their words. */
export interface DroppedWords {
  readonly answers: number;
  /** Versions of answers, the newest too. */
  readonly versions: number;
  readonly notes: number;
  readonly subjects: number;
  /** Digests that quoted. */
  readonly digests: number;
  /** What stood on the web page. */
  readonly messages: number;
}

export interface Retention {
  /**
   * Drops words written before that time: of answers and all their versions, notes of cases that were closed and subjects of conversations that ended
   * before it, quotes in digests, and messages of the web page. Scores, sentiment and themes stay, so that no figure changes. What was posted with
   * them is shown anew. At most `limit` of each kind; `more`: there may be others.
   */
  dropWords(
    workspaceId: Id,
    before: Instant,
    now: Instant,
    limit: number,
  ): Promise<{ readonly dropped: DroppedWords; readonly more: boolean }>;
  /**
   * Erases people of whom nothing was heard since that time, and nothing is waited for, as `Archive.erase` does. Looks at no more than `limit`;
   * `more`: there may be others.
   */
  forgetQuiet(
    workspaceId: Id,
    before: Instant,
    now: Instant,
    limit: number,
  ): Promise<{ readonly people: number; readonly more: boolean }>;
}
