// The one question that a customer is asked when their case is closed: is it solved? As a state machine.
import type { Instant } from '../basics.ts';
import type { MessageRef } from '../prompt/prompt.ts';

export type Confirmation =
  /** An attempt to ask was noted before the platform was called; its outcome is not known yet. */
  | { readonly status: 'asking'; readonly at: Instant }
  /** `ref` is null where nobody can tell whether the question was sent. */
  | { readonly status: 'asked'; readonly at: Instant; readonly ref: MessageRef | null }
  /** `ref` is null where nobody ever learnt where the question stands. */
  | {
      readonly status: 'answered';
      readonly at: Instant;
      readonly solved: boolean;
      readonly ref: MessageRef | null;
    }
  /** They could not be asked, did not wish to be, or nobody can tell whether they were. Never asked again. */
  | { readonly status: 'not_asked'; readonly at: Instant };

/** Where the question stands; null: nobody knows, or it was never asked. */
function whereAsked(confirmation: Confirmation | null): MessageRef | null {
  return confirmation !== null && 'ref' in confirmation ? confirmation.ref : null;
}

/** What the customer says; the same again changes nothing. They may change their mind. */
export function answerConfirmation(from: Confirmation | null, solved: boolean, now: Instant): Confirmation {
  if (from?.status === 'answered' && from.solved === solved) return from;
  return { status: 'answered', at: now, solved, ref: whereAsked(from) };
}
