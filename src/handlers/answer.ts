// What is handed in as an answer, and what came of it.
import type { Id } from '../domain/basics.ts';
import type { Prompt, PromptStatus } from '../domain/prompt/prompt.ts';
import type { Response } from '../domain/response/response.ts';
import type { IdentityRef } from '../domain/trigger/interaction.ts';

/** An answer as it came in: nothing of it is trusted. */
export interface RawAnswer {
  readonly promptId: Id;
  /** Who says so; `bearer`: whoever holds the prompt's own signed token. */
  readonly by: IdentityRef | 'bearer';
  /** Left out: the score stays as it was. */
  readonly score?: unknown;
  /** Left out: the words stay as they were; null takes them back. */
  readonly verbatim?: string | null;
  /** Words to be put behind those that there are; a line that is there already is not put there twice. */
  readonly adding?: string;
  /** The prompt's message must be brought up to date, because the answer did not come through it. */
  readonly elsewhere: boolean;
}

export type Recorded =
  | {
      readonly kind: 'recorded';
      readonly prompt: Prompt;
      readonly response: Response;
      readonly changed: boolean;
    }
  /** Words without a score: the score is to be asked for. */
  | { readonly kind: 'score_first'; readonly prompt: Prompt; readonly verbatim: string | null }
  | { readonly kind: 'invalid'; readonly prompt: Prompt; readonly message: string }
  | { readonly kind: 'not_theirs' }
  /** It was never sent, or cannot take an answer any more. */
  | { readonly kind: 'closed'; readonly status: PromptStatus }
  | { readonly kind: 'not_found' };

/** What one answer changed, and how that was before it. */
export interface Change {
  readonly before: { readonly prompt: Prompt; readonly response: Response | null };
  readonly prompt: Prompt;
  readonly response: Response;
  readonly elsewhere: boolean;
}

/** Records one answer, perhaps together with others; settles after the commit that holds it. */
export type RecordOne = (workspaceId: Id, raw: RawAnswer) => Promise<Recorded>;
