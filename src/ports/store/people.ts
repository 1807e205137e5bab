// Who was helped, and what decides whether they may be asked.
import type { Id, Instant, Locale, ZoneName } from '../../domain/basics.ts';
import type { IdentityRef, Place, Profile } from '../../domain/trigger/interaction.ts';

export interface PersonRequest {
  readonly identity: IdentityRef;
  readonly profile: Profile;
  /** The API's `customer`; joins this identity to the person who has it already. */
  readonly customer: string | null;
}

export interface Person {
  readonly id: Id;
  /** The one they chose, else what the platform tells. */
  readonly locale: Locale | null;
  /** The one they chose; null: none. */
  readonly language: Locale | null;
  readonly zone: ZoneName | null;
  readonly optedOutAt: Instant | null;
}

/** What this person was asked before, read from the prompts themselves; suppressed and undeliverable ones do not count. */
export interface PromptHistory {
  /** When they were last asked, or will be: a scheduled prompt reserves its time. */
  readonly lastPromptAt: Instant | null;
  readonly lastNpsAt: Instant | null;
  readonly lastDeclinedAt: Instant | null;
  /** Their prompts that are scheduled, on their way, or wait for an answer, by the conversation that they are about. */
  readonly live: readonly Place[];
}

/** Which prompts count in a look at the past. */
export interface WhichPrompts {
  /** Leaves out the one being decided. */
  readonly except?: Id;
  /** Only those that sending began for (`attempted_at` or `sent_at` is set); those that merely wait do not count. */
  readonly begunOnly?: boolean;
}

export interface PeopleTx {
  /**
   * The people behind these identities, in the order asked, made where they are new. Their rows are locked until the transaction ends (in one
   * order, so that two batches cannot block each other). What the profile tells (locale, zone, name) is kept. Someone erased who had opted out
   * comes back opted out.
   */
  resolve(requests: readonly PersonRequest[], newId: () => Id, now: Instant): Promise<readonly Person[]>;
  find(identity: IdentityRef): Promise<Person | null>;
  /** Locks the person; null when there is none. */
  lock(personId: Id): Promise<Person | null>;
  /** By person; someone never asked may be missing. */
  history(personIds: readonly Id[], which?: WhichPrompts): Promise<ReadonlyMap<Id, PromptHistory>>;
  setOptOut(personId: Id, at: Instant | null): Promise<void>;
  /** The language they chose for themselves; null: what the platform tells. */
  setLanguage(personId: Id, language: Locale | null): Promise<void>;
  /** Of each in its turn, whether the identity is one of the person's. */
  owns(
    ...claims: readonly { readonly personId: Id; readonly identity: IdentityRef }[]
  ): Promise<readonly boolean[]>;
  /** Remembers that direct messages to them are closed. */
  markUnreachable(identity: IdentityRef, at: Instant): Promise<void>;
}
