// What people wrote, found by what it says and what about; and of how many people it is, so that nobody can be recognised where there are few.
import type { Id, Instant } from '../../domain/basics.ts';
import type { Segment, SurveyKind } from '../../domain/survey/kind.ts';
import type { VerbatimRow } from './reports.ts';

export interface VoicesQuery {
  readonly workspaceId: Id;
  readonly surveys: readonly SurveyKind[];
  /** By answer time. */
  readonly from: Instant;
  readonly to: Instant;
}

export interface CommentsQuery extends VoicesQuery {
  readonly sentiment: Segment | null;
  readonly theme: string | null;
}

export interface CommentRow extends VerbatimRow {
  readonly survey: SurveyKind;
}

export interface Voices {
  /** The newest words that fit. `people`: how many different people such words are of, counted no further than needed to tell a crowd from a few. */
  comments(
    query: CommentsQuery,
    limit: number,
  ): Promise<{ readonly rows: readonly CommentRow[]; readonly people: number }>;
  /** By theme, of how many different people the words about it are; exact below `enough`. */
  themePeople(query: VoicesQuery, enough: number): Promise<ReadonlyMap<string, number>>;
}
