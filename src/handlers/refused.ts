// Who may do what the team may, and what its leads, and what everybody else is told.
import type { Id } from '../domain/basics.ts';
import type { Command } from '../domain/command/command.ts';
import { mayRun, type Role } from '../domain/command/permission.ts';
import type { Actor } from '../ports/platform.ts';
import { failedView, leadsOnlyView, notAllowedView } from '../views/replies.ts';
import type { Translate } from '../views/text.ts';
import type { View } from '../views/view.ts';
import type { Context } from './context.ts';
import { isAt } from './digest-schedules.ts';

export interface Standing {
  readonly role: Role;
  /** Looks after the product there: whoever installed it, or was the first of the team to use it. */
  readonly isInstaller: boolean;
  /** It could not be told in time whether they are more than that. */
  readonly unsure: boolean;
}

/** Where no leads are named, all of the team are. */
export async function standingOf(
  ctx: Context,
  workspaceId: Id,
  { identity, profile }: Actor,
): Promise<Standing> {
  const { platform, installation, externalId } = identity;
  const { workspace, installations } = await ctx.directory.of(workspaceId);
  const isInstaller = installations.some(
    (one) =>
      one.active &&
      one.platform === platform &&
      one.externalId === installation &&
      one.installer === externalId,
  );
  const namesLeads = workspace.settings.leads.some((one) => isAt(one, identity));
  const isTeam = profile.isTeam === true;
  const isLead = namesLeads ? profile.isLead === true : isTeam;
  const unsure = profile.isTeam === undefined || (namesLeads && profile.isLead === undefined);
  return { role: isLead ? 'lead' : isTeam ? 'team' : 'anyone', isInstaller, unsure: unsure && !isLead };
}

/** A team, or leads, may be named whom nobody is among, or that do not exist: whoever looks after the product there can still name others. */
export function isAllowed(command: Pick<Command, 'kind'>, { role, isInstaller }: Standing): boolean {
  return mayRun(role, command) || (command.kind === 'settings' && isInstaller);
}

/** Where it could not be told in time who they are, they may try again; only who is known not to be is told that. */
export function refusedView(t: Translate, { role, unsure }: Standing): View {
  if (unsure) return failedView(t);
  return role === 'team' ? leadsOnlyView(t) : notAllowedView(t);
}
