// The product was installed somewhere, or removed: which workspace owns the installation from then on, and who to turn to there.
import type { Id } from '../domain/basics.ts';
import { DEFAULT_SETTINGS } from '../domain/survey/settings.ts';
import type { Actor, InboundEvent } from '../ports/platform.ts';
import type { Installation } from '../ports/store/administration.ts';
import { trail } from './audit.ts';
import type { Context } from './context.ts';
import { DEFAULT_WORKSPACE } from './install.ts';

/**
 * A known installation stays with its workspace. The only one of a platform that comes without credentials of its own is the deployment's own and joins
 * the default workspace. Any other, and one that somebody installed by themselves, is a tenant of its own, and can join another workspace by a code.
 */
export async function onInstalled(
  ctx: Context,
  event: Extract<InboundEvent, { kind: 'installed' }>,
): Promise<Installation> {
  const { platform, installation: externalId } = event.at;
  const { admin } = ctx.store;
  const known = await admin.findInstallation(platform, externalId);
  const workspaceId = known?.workspaceId ?? (await workspaceFor(ctx, event));
  const installed = await admin.install(
    {
      id: known?.id ?? ctx.ids.next(),
      workspaceId,
      platform,
      externalId,
      name: event.name,
      active: true,
      installer: event.installer ?? known?.installer ?? null,
      installedAt: event.installedAt,
    },
    event.credentials,
  );
  ctx.directory.forget(installed.workspaceId);
  const actor = `${platform}:${event.installer ?? 'operator'}`;
  // The deployment's own is installed anew at every start, which is no news.
  if (installed.active && !known?.active)
    await trail(ctx, installed.workspaceId, actor, 'installed', externalId);
  return installed;
}

/** True when that changed anything: what is older than the newest installation says nothing. */
export async function onUninstalled(
  ctx: Context,
  event: Extract<InboundEvent, { kind: 'uninstalled' }>,
): Promise<boolean> {
  const { platform, installation } = event.at;
  const known = await ctx.store.admin.findInstallation(platform, installation);
  if (!known || !(await ctx.store.admin.uninstall(platform, installation, event.removedAt))) return false;
  ctx.directory.forget(known.workspaceId);
  await trail(ctx, known.workspaceId, platform, 'uninstalled', installation);
  return true;
}

/** The first of the team to use an installation is who to turn to, where nobody installed it by name. */
export async function noteContact(ctx: Context, workspaceId: Id, by: Actor): Promise<void> {
  const { platform, installation, externalId } = by.identity;
  if (by.profile.isTeam !== true) return;
  const { installations } = await ctx.directory.of(workspaceId);
  const here = installations.find((one) => one.platform === platform && one.externalId === installation);
  if (!here || here.installer !== null) return;
  await ctx.store.admin.noteInstaller(platform, installation, externalId);
  ctx.directory.forget(workspaceId);
}

async function workspaceFor(ctx: Context, event: Extract<InboundEvent, { kind: 'installed' }>): Promise<Id> {
  const { admin } = ctx.store;
  const base = await admin.workspace(DEFAULT_WORKSPACE);
  if (event.credentials === null && base) {
    const known = await admin.installations(base.id);
    if (!known.some((one) => one.active && one.platform === event.at.platform)) return base.id;
  }
  const name = `${event.at.platform} ${event.at.installation}`;
  const made = await admin.ensureWorkspace(
    {
      id: ctx.ids.next(),
      name,
      locale: base?.locale ?? 'en',
      zone: base?.zone ?? 'UTC',
      settings: DEFAULT_SETTINGS,
    },
    ctx.clock.now(),
  );
  return made.id;
}
