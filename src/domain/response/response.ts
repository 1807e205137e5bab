// The validated record of what a customer answered. A changed answer replaces, and every version that was ever true is kept.
import type { Id, Instant } from '../basics.ts';
import type { SurveyKind } from '../survey/kind.ts';

/** One version of an answer: what it said from `at` on. The first has number 1. */
export interface Revision {
  readonly revision: number;
  readonly score: number;
  readonly verbatim: string | null;
  readonly at: Instant;
}

export interface Response {
  readonly id: Id;
  readonly workspaceId: Id;
  readonly promptId: Id;
  readonly personId: Id;
  readonly survey: SurveyKind;
  readonly score: number;
  /** The customer's own words; null: none. */
  readonly verbatim: string | null;
  /** When the first answer came; an edit does not move it. */
  readonly answeredAt: Instant;
  /** The first answer came after the prompt's expiry. */
  readonly late: boolean;
  /** The number of the version that holds now. */
  readonly revision: number;
  /** When the version that holds now came. */
  readonly revisedAt: Instant;
}

/** Whose answer to what; `id` is the response's if this is the first. */
export type ResponseIdentity = Pick<
  Response,
  'id' | 'workspaceId' | 'promptId' | 'personId' | 'survey' | 'late'
>;

/** What came in: left out is not said and stays as it was; a verbatim of null takes the words back. */
export interface AnswerChange {
  /** Known to be on the survey's scale. */
  readonly score?: number;
  readonly verbatim?: string | null;
}

export type Revised =
  | {
      readonly kind: 'recorded';
      readonly changed: true;
      readonly response: Response;
      readonly revision: Revision;
    }
  | { readonly kind: 'unchanged'; readonly changed: false; readonly response: Response }
  /** Words alone are no answer yet: ask for the score and hand the words in again with it. */
  | { readonly kind: 'score_first'; readonly changed: false; readonly verbatim: string | null };

/** The longest verbatim that is kept, in code points. */
export const VERBATIM_LIMIT = 4_000;

/**
 * What the answer says after a change. The same again changes nothing; anything new makes the next revision, which keeps
 * what was not said anew, the time of the first answer and whether that was late.
 */
export function reviseResponse(
  existing: Response | null,
  change: AnswerChange,
  identity: ResponseIdentity,
  now: Instant,
): Revised {
  const verbatim =
    change.verbatim === undefined ? (existing?.verbatim ?? null) : cleanVerbatim(change.verbatim);
  const score = change.score ?? existing?.score;
  if (score === undefined) return { kind: 'score_first', changed: false, verbatim };
  if (existing !== null && existing.score === score && existing.verbatim === verbatim) {
    return { kind: 'unchanged', changed: false, response: existing };
  }
  const number = (existing?.revision ?? 0) + 1;
  const base = existing ?? { ...identity, answeredAt: now };
  const response: Response = { ...base, score, verbatim, revision: number, revisedAt: now };
  return {
    kind: 'recorded',
    changed: true,
    response,
    revision: { revision: number, score, verbatim, at: now },
  };
}

/**
 * Words as they can be stored anywhere: without NUL, half characters replaced by U+FFFD, at most 4,000 code points. Nothing
 * else is touched. Words of nothing but white space are no words (null).
 */
export function cleanVerbatim(text: string | null): string | null {
  if (text === null) return null;
  // Twice as many code units hold all the code points that may stay, so that a megabyte costs no more than a page.
  const head = text.replaceAll('\0', '').slice(0, VERBATIM_LIMIT * 2);
  const cut = Array.from(head)
    .slice(0, VERBATIM_LIMIT)
    .join('')
    .replace(/\p{Cs}/gu, '\uFFFD');
  return cut.trim() === '' ? null : cut;
}
