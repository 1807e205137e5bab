// What a workspace decided, at hand for the hot paths: read again when older than a second, or when this process changed it.
import { AfterwordError, type Duration, type Id, type Instant, SECOND } from '../domain/basics.ts';
import type { SurveyKind } from '../domain/survey/kind.ts';
import type { SurveyPolicy } from '../domain/survey/policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { Desk } from '../ports/desk.ts';
import type { Administration, Installation, Workspace } from '../ports/store/administration.ts';

export interface WorkspaceCard {
  readonly workspace: Workspace;
  readonly policies: Readonly<Record<SurveyKind, SurveyPolicy>>;
  readonly installations: readonly Installation[];
}

export interface Directory {
  /** Throws `not_found` for a workspace that is not there. */
  of(workspaceId: Id): Promise<WorkspaceCard>;
  /** The workspace that owns an installation; null when nobody does. */
  ownerOf(platform: string, installation: string): Promise<Id | null>;
  /** What an adapter is told of it; null when nobody owns the installation or it was removed. */
  deskOf(platform: string, installation: string): Promise<Desk | null>;
  /** After a change by this process. */
  forget(workspaceId: Id): void;
}

const FRESH: Duration = SECOND;

export function createDirectory(admin: Administration, clock: Clock): Directory {
  const cards = new Map<Id, { readonly at: Instant; readonly card: Promise<WorkspaceCard> }>();
  const owners = new Map<string, { readonly at: Instant; readonly owner: Promise<Id | null> }>();

  const directory: Directory = {
    async deskOf(platform, installation) {
      const workspaceId = await directory.ownerOf(platform, installation);
      if (workspaceId === null) return null;
      const { workspace, installations } = await directory.of(workspaceId);
      const here = (one: { platform: string }, id: string) =>
        one.platform === platform && id === installation;
      if (!installations.some((one) => one.active && here(one, one.externalId))) return null;
      const { settings, locale } = workspace;
      const named = (all: typeof settings.teams) =>
        all.find((one) => here(one, one.installation))?.ref ?? null;
      const [team, leads] = [named(settings.teams), named(settings.leads)];
      return { workspaceId, team, leads, reaction: settings.reaction, locale };
    },
    of(workspaceId) {
      const known = cards.get(workspaceId);
      const now = clock.now();
      if (known && now - known.at < FRESH) return known.card;
      const card = read(admin, workspaceId);
      cards.set(workspaceId, { at: now, card });
      card.catch(() => cards.delete(workspaceId));
      return card;
    },
    ownerOf(platform, installation) {
      const key = `${platform}\n${installation}`;
      const known = owners.get(key);
      const now = clock.now();
      if (known && now - known.at < FRESH) return known.owner;
      const owner = admin
        .findInstallation(platform, installation)
        .then((found) => found?.workspaceId ?? null);
      owners.set(key, { at: now, owner });
      // That nobody owns it is not remembered: an event that comes right after the installation would be lost.
      owner.then(
        (found) => found ?? owners.delete(key),
        () => owners.delete(key),
      );
      return owner;
    },
    forget(workspaceId) {
      cards.delete(workspaceId);
      owners.clear();
    },
  };
  return directory;
}

async function read(admin: Administration, workspaceId: Id): Promise<WorkspaceCard> {
  const [workspace, policies, installations] = await Promise.all([
    admin.workspace(workspaceId),
    admin.policies(workspaceId),
    admin.installations(workspaceId),
  ]);
  if (!workspace)
    throw new AfterwordError(
      'not_found',
      `there is no workspace ${workspaceId}`,
      'see `afterword doctor` for those there are',
    );
  return { workspace, policies, installations };
}
