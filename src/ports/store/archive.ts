// Long streams over the facts: import, export, and the erasure of one person.
import type { Id, Instant } from '../../domain/basics.ts';
import type { Classification } from '../../domain/classification/classification.ts';
import type { SurveyKind } from '../../domain/survey/kind.ts';
import type { IdentityRef } from '../../domain/trigger/interaction.ts';

/** One line of an import or an export. Fields are those of the contract. */
export interface ArchiveRow {
  readonly id: string;
  readonly source: string;
  readonly survey: SurveyKind;
  /** null: the prompt was sent and not answered. */
  readonly score: number | null;
  readonly verbatim: string | null;
  readonly sentAt: Instant;
  readonly answeredAt: Instant | null;
  /** The person's outside id; null: somebody of whom nothing is known, another one in every row. */
  readonly person: string | null;
  readonly locale: string | null;
  readonly agent: string | null;
  readonly channel: string | null;
  readonly account: string | null;
}

export interface PersonSummary {
  readonly id: Id;
  readonly customer: string | null;
  readonly optedOut: boolean;
  readonly identities: readonly (IdentityRef & { readonly name: string | null })[];
  readonly prompts: number;
  readonly responses: number;
}

/** In this order. `presence`: where they were seen to say something, without a word of it; `actions`: what the trail says that they did. */
export const PERSON_PARTS = [
  'person',
  'identities',
  'interactions',
  'cases',
  'quotes',
  'messages',
  'actions',
  'presence',
] as const;
export type PersonPart = (typeof PERSON_PARTS)[number];

export interface PersonPage {
  readonly part: PersonPart;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export interface Erased {
  /** 0 when there was no such person. */
  readonly identities: number;
  readonly responses: number;
}

export interface Archive {
  /** Adds rows whose `(source, id)` is not there yet, all or nothing; answers with how many were new. At most a few thousand a call. */
  addRows(
    workspaceId: Id,
    platform: string,
    rows: readonly { readonly row: ArchiveRow; readonly classification: Classification | null }[],
    newId: () => Id,
    now: Instant,
  ): Promise<{ readonly added: number; readonly known: number }>;
  /** Every sent prompt with its answer, oldest first, in batches. */
  rows(
    workspaceId: Id,
    filter: { readonly survey?: SurveyKind; readonly from?: Instant; readonly to?: Instant },
  ): AsyncIterable<readonly ArchiveRow[]>;
  countRows(
    workspaceId: Id,
    filter: { readonly survey?: SurveyKind; readonly from?: Instant; readonly to?: Instant },
  ): Promise<number>;
  /**
   * By person id, customer id, or an identity's outside id (`platform:installation:externalId`, or the outside id alone). Throws `conflict`
   * where an outside id alone is several people.
   */
  findPerson(workspaceId: Id, text: string): Promise<PersonSummary | null>;
  /** Joins two people into the first, who keeps a customer id of their own; the stricter of two opt-outs wins. */
  link(workspaceId: Id, into: Id, from: Id, now: Instant): Promise<void>;
  /** Gives an identity a person of its own again, with what was said as it; an opt-out goes with it. False when there is nothing to part. */
  unlink(workspaceId: Id, identity: IdentityRef, newPersonId: Id, now: Instant): Promise<boolean>;
  /**
   * Everything kept about one person, as JSON, part by part; one that is long comes in several pages, one that is empty not at all. Nothing when there
   * is no such person. What the team wrote among itself, and who of it, is left out.
   */
  record(workspaceId: Id, personId: Id): AsyncIterable<PersonPage>;
  /** Erases names, ids and words of one person; scores stay as nobody's. Keeps keyed hashes if they had opted out. */
  erase(workspaceId: Id, personId: Id, now: Instant): Promise<Erased>;
}
