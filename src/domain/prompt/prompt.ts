// One invitation to answer, as a state machine: what it can be, and what may follow.
import type { Id, Instant, Locale } from '../basics.ts';
import type { SuppressionReason } from '../eligibility/reason.ts';
import type { SurveyKind } from '../survey/kind.ts';
import type { Place } from '../trigger/interaction.ts';

/** Where a platform put a message, as that platform alone understands it. */
export interface MessageRef {
  readonly channel: string;
  readonly message: string;
}

export type PromptState =
  | { readonly status: 'scheduled'; readonly dueAt: Instant }
  /** An attempt to send was noted before the platform was called; its outcome is not known yet. */
  | { readonly status: 'sending'; readonly dueAt: Instant; readonly attemptedAt: Instant }
  | { readonly status: 'sent'; readonly sentAt: Instant; readonly ref: MessageRef }
  | {
      readonly status: 'reminded';
      readonly sentAt: Instant;
      readonly ref: MessageRef;
      readonly remindedAt: Instant;
    }
  | {
      readonly status: 'answered';
      readonly sentAt: Instant;
      readonly ref: MessageRef | null;
      readonly answeredAt: Instant;
      readonly late: boolean;
    }
  | {
      readonly status: 'declined';
      readonly sentAt: Instant;
      readonly ref: MessageRef | null;
      readonly declinedAt: Instant;
    }
  | {
      readonly status: 'expired';
      readonly sentAt: Instant;
      readonly ref: MessageRef | null;
      readonly expiredAt: Instant;
    }
  | { readonly status: 'suppressed'; readonly reason: SuppressionReason; readonly at: Instant }
  | { readonly status: 'undeliverable'; readonly reason: string; readonly at: Instant }
  /** Sending was neither proven nor refused; never sent again. */
  | { readonly status: 'uncertain'; readonly attemptedAt: Instant };

export type PromptStatus = PromptState['status'];

export interface Prompt {
  readonly id: Id;
  readonly workspaceId: Id;
  readonly interactionId: Id;
  readonly personId: Id;
  readonly survey: SurveyKind;
  readonly place: Place;
  readonly locale: Locale;
  readonly agent: string | null;
  readonly account: string | null;
  readonly explicit: boolean;
  readonly createdAt: Instant;
  readonly state: PromptState;
}
