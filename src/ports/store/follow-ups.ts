// Cases that bad answers open.
import type { Id } from '../../domain/basics.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import type { MessageRef } from '../../domain/prompt/prompt.ts';
import type { Response } from '../../domain/response/response.ts';
import type { Place } from '../../domain/trigger/interaction.ts';

/** A case with what its alert shows. */
export interface FollowUpDossier {
  readonly followUp: FollowUp;
  /** What people type: 1, 2, 3 … in a workspace. */
  readonly number: number;
  /** The newest response of the case. */
  readonly response: Response;
  /** Its words say the opposite of its score. */
  readonly conflict: boolean;
  readonly personName: string | null;
  readonly personExternalId: string | null;
  readonly place: Place;
  readonly agent: string | null;
  readonly account: string | null;
  readonly alert: {
    readonly platform: string;
    readonly installation: string;
    readonly ref: MessageRef;
  } | null;
}

export interface FollowUpTx {
  /** By person, their newest case, closed or not, locked; missing for whom there never was one. */
  latestOf(personIds: readonly Id[]): Promise<ReadonlyMap<Id, FollowUp>>;
  /** Writes cases, each once (new ones get the next numbers of the workspace, in their order), and ties their responses to them. */
  save(...followUps: readonly FollowUp[]): Promise<void>;
  lock(followUpId: Id): Promise<FollowUpDossier | null>;
  /** As it is now, for whoever only shows it. */
  find(followUpId: Id): Promise<FollowUpDossier | null>;
  /** By account, what it weighs; one that is not known is ordinary. */
  weightsOf(accounts: readonly string[]): Promise<ReadonlyMap<string, number>>;
  findByNumber(number: number): Promise<Id | null>;
  noteAlert(
    followUpId: Id,
    alert: { platform: string; installation: string; ref: MessageRef },
  ): Promise<void>;
  /** Not closed, oldest first. */
  open(limit: number): Promise<readonly FollowUpDossier[]>;
}
