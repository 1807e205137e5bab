// What an adapter asks about the workspace behind an installation of its platform.
import type { Id, Locale } from '../domain/basics.ts';

export interface Desk {
  readonly workspaceId: Id;
  /** Who is team, by the platform's own id of a group, a channel or a role; null: whoever triggers, if a full member. */
  readonly team: string | null;
  /** Who decides for the workspace, named in the same way; null or left out: whoever is team. */
  readonly leads?: string | null;
  /** The emoji that says that a conversation is done. */
  readonly reaction: string;
  readonly locale: Locale;
}

/** Null when no workspace owns it, or it was removed. At most a second old. */
export type DeskOf = (installation: string) => Promise<Desk | null>;
