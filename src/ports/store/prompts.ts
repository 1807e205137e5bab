// Interactions and the one prompt that each may bring.
import type { Id, Instant } from '../../domain/basics.ts';
import type { Prompt } from '../../domain/prompt/prompt.ts';
import type { SurveyKind } from '../../domain/survey/kind.ts';
import type { IdentityRef, InteractionClosed, Place } from '../../domain/trigger/interaction.ts';
import type { WhichPrompts } from './people.ts';

export interface NewInteraction {
  readonly id: Id;
  readonly personId: Id;
  readonly interaction: InteractionClosed;
}

/** Everything that is needed to decide about one prompt. The prompt and its person are locked. */
export interface PromptDossier {
  readonly prompt: Prompt;
  readonly identity: IdentityRef;
  readonly identityName: string | null;
  readonly closedAt: Instant;
  readonly subject: string | null;
  readonly reopened: boolean;
  readonly personOptedOut: boolean;
  readonly personZone: string | null;
  /** When their direct messages were last found closed. */
  readonly personUnreachableAt: Instant | null;
}

export interface PromptTx {
  /** Inserts those whose `(source, externalId)` is new in the workspace and answers with their ids; waits for a concurrent twin to end. */
  addInteractions(rows: readonly NewInteraction[], now: Instant): Promise<ReadonlySet<Id>>;
  /** The interaction of that name with its prompt, and when that was last meant to be sent (null: never). */
  findByInteraction(
    source: string,
    externalId: string,
  ): Promise<{ interactionId: Id; prompt: Prompt | null; dueAt?: Instant | null } | null>;
  /** Each takes its source from its interaction. */
  add(prompts: readonly Prompt[]): Promise<void>;
  find(promptId: Id): Promise<Prompt | null>;
  lock(promptId: Id): Promise<PromptDossier | null>;
  /**
   * Of these, those that nobody else has in hand, locked. It never waits: two batches cannot block each other, and nobody who holds on to one
   * prompt holds up the others.
   */
  lockFree(promptIds: readonly Id[]): Promise<ReadonlyMap<Id, PromptDossier>>;
  /** Notes that an unclear answer was asked about once more; false where it was noted before. */
  noteAskedAgain(promptId: Id, at: Instant): Promise<boolean>;
  /** Writes the states of prompts that this transaction has locked, each once. */
  save(...prompts: readonly Prompt[]): Promise<void>;
  /**
   * How many prompts were sent or are scheduled in [from, to), for the daily cap; holds a lock so that two deciders cannot both take the last
   * place.
   */
  countReserved(from: Instant, to: Instant, which?: WhichPrompts): Promise<number>;
  /** Marks the interaction reopened; answers with its prompt, locked; null when there is no such interaction. */
  reopen(interactionId: Id, at: Instant): Promise<{ readonly prompt: Prompt | null } | null>;
  /** Interactions of a conversation (only those with one person, or that had ended by then, if named) whose prompt is still scheduled, newest first. */
  interactionsAt(
    place: Place,
    only?: { readonly personId?: Id | undefined; readonly closedBy?: Instant | undefined },
  ): Promise<readonly Id[]>;
  /** The newest prompt to this person in this place that could still take an answer. */
  openPromptFor(personId: Id, place: Place | null): Promise<Prompt | null>;
  /** Every ask and every skip of a person, newest first. */
  trail(
    personId: Id,
    limit: number,
  ): Promise<
    readonly { prompt: Prompt; survey: SurveyKind; source: string; externalId: string; closedAt: Instant }[]
  >;
}
