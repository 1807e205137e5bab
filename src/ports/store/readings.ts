// What classifiers have read in the answers' words: a newer one can read them again, and what each said before stays known.
import type { Id, Instant } from '../../domain/basics.ts';
import type { Classification } from '../../domain/classification/classification.ts';
import type { SurveyKind } from '../../domain/survey/kind.ts';

/** What a response with words says by itself. */
export interface Words {
  readonly survey: SurveyKind;
  readonly score: number;
  readonly text: string;
  readonly locale: string | null;
}

export interface ReadingFilter {
  readonly survey?: SurveyKind;
  /** By when they were answered: from, up to but without, to. */
  readonly from?: Instant;
  readonly to?: Instant;
}

/** What was said of one revision of a response. */
export interface Reading
  extends Pick<Classification, 'sentiment' | 'confidence' | 'language' | 'conflict' | 'classifier'> {
  readonly revision: number;
  /** `theme:polarity`. */
  readonly themes: readonly string[];
  readonly at: Instant;
}

/** Some that were read again. */
export interface ReadAgain {
  readonly read: number;
  /** Of those: how many say something else now. */
  readonly changed: number;
  /** To go on after; null when there are no more. */
  readonly last: Id | null;
}

export interface Rereading extends ReadingFilter {
  /** The version of `read`: what it has read already is left alone. */
  readonly classifier: string;
  readonly after: Id | null;
  /** Whether to wait for those that somebody else has in hand, or leave them out. Who is patient reads them one by one. */
  readonly patient: boolean;
  readonly read: (words: Words) => Classification;
}

export interface Readings {
  /** How many responses with words this classifier has not read. */
  unread(workspaceId: Id, classifier: string, filter: ReadingFilter): Promise<number>;
  /**
   * Reads the next few of them, in the order of their ids, and keeps what they said before. Where a larger model was asked, what that said holds, and the
   * reading is kept beside it. Several may do so at once: each response is read by one of them.
   */
  readNext(workspaceId: Id, work: Rereading, now: Instant): Promise<ReadAgain>;
  /** All that was said of a response, the oldest first; the last one holds. */
  of(workspaceId: Id, responseId: Id): Promise<readonly Reading[]>;
}
