// Responses are facts: the newest version and every earlier one.
import type { Id, Instant } from '../../domain/basics.ts';
import type { Classification } from '../../domain/classification/classification.ts';
import type { Response } from '../../domain/response/response.ts';

/** What a response says from `revisedAt` on. */
export interface ResponseVersion {
  readonly response: Response;
  readonly classification: Classification;
}

export interface ResponseTx {
  /** The response of a prompt that this transaction has locked. */
  ofPrompt(promptId: Id): Promise<Response | null>;
  /** By prompt. */
  ofPrompts(promptIds: readonly Id[]): Promise<ReadonlyMap<Id, Response>>;
  /** Writes new responses or new revisions of them, and the revisions' own rows. Of one response there may be several, in their order. */
  save(...versions: readonly ResponseVersion[]): Promise<void>;
  revisions(
    responseId: Id,
  ): Promise<readonly { revision: number; score: number; verbatim: string | null; at: Instant }[]>;
}
