// What the decision about asking somebody looks at. The shell loads it under a lock on the person; nothing else is looked at.
import type { Id, Instant, ZoneName } from '../basics.ts';
import { isZone } from '../calendar.ts';
import type { SurveyKind } from '../survey/kind.ts';
import type { SurveyPolicy } from '../survey/policy.ts';
import type { InteractionClosed } from '../trigger/interaction.ts';

export type Policies = Readonly<Record<SurveyKind, SurveyPolicy>>;

/** The workspace as it is now. */
export interface WorkspaceFacts {
  readonly id: Id;
  readonly zone: ZoneName;
  /** The installation that the prompt would go through is still there. */
  readonly installed: boolean;
  /** Somebody said `/nps pause`. */
  readonly paused: boolean;
  readonly policies: Policies;
}

/** The person across all platforms: what is joined counts as one. */
export interface PersonFacts {
  readonly optedOut: boolean;
  /** What the platform tells; null or an unknown name: the workspace's zone. */
  readonly zone: ZoneName | null;
  /**
   * When the person's latest prompt was sent or, while it waits, is due: a scheduled prompt reserves the throttle, a
   * suppressed or undeliverable one gives it back. For the second look: the latest *other* one that sending began for.
   */
  readonly lastPromptAt: Instant | null;
  readonly lastDeclineAt: Instant | null;
  /** The like of `lastPromptAt` for NPS alone. */
  readonly lastNpsAt: Instant | null;
}

/** The interaction, and who it was with. */
export interface InteractionFacts
  extends Pick<InteractionClosed, 'closedAt' | 'closedBy' | 'survey' | 'explicit' | 'delay'> {
  /** Source and outside id in one text; the sample is drawn by it. */
  readonly key: string;
  readonly isTeam: boolean;
  readonly isBot: boolean;
  readonly reopened: boolean;
  /** Another prompt about the same conversation, or for an explicit ask to the same person, is scheduled or still open. */
  readonly duplicate: boolean;
  /** A channel, a thread or direct messages through which the person can be asked. */
  readonly reachable: boolean;
}

/** The person's zone where the platform tells a real one, else the workspace's. */
export function zoneOf(person: Pick<PersonFacts, 'zone'>, workspace: Pick<WorkspaceFacts, 'zone'>): ZoneName {
  return person.zone !== null && isZone(person.zone) ? person.zone : workspace.zone;
}
