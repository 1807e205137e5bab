// What a fresh store needs before anybody can be asked: a workspace, the web page as its first installation, and a weekly digest there.
import type { Id, Locale } from '../domain/basics.ts';
import type { Schedule } from '../domain/digest/schedule.ts';
import { DEFAULT_SETTINGS } from '../domain/survey/settings.ts';
import type { Workspace } from '../ports/store/administration.ts';
import { type Context, wake } from './context.ts';
import { type DigestChannel, planDigest } from './digest-schedules.ts';

/** The workspace of those who never named one. */
export const DEFAULT_WORKSPACE = 'default';

/** The web page's installation, and the team's channel on it. */
export const WEB = { platform: 'web', installation: 'local', channel: 'team' } as const;

/** Idempotent, and safe for many processes at once. */
export async function installDefaults(
  ctx: Context,
  defaults: { readonly locale: string; readonly zone: string },
): Promise<Workspace> {
  const now = ctx.clock.now();
  const wish = {
    id: ctx.ids.next(),
    name: DEFAULT_WORKSPACE,
    locale: defaults.locale,
    zone: defaults.zone,
    settings: DEFAULT_SETTINGS,
  };
  const workspace = await ctx.store.admin.ensureWorkspace(wish, now);
  await ctx.store.admin.ensureInstallation({
    id: ctx.ids.next(),
    workspaceId: workspace.id,
    platform: WEB.platform,
    externalId: WEB.installation,
    name: 'Web page',
    active: true,
    installer: null,
    installedAt: now,
  });
  await ctx.store.mailbox.openThread(workspace.id, { kind: 'channel', name: WEB.channel, person: null }, now);
  await ensureSchedule(ctx, workspace);
  ctx.directory.forget(workspace.id);
  return workspace;
}

/** The web channel's digest: Mondays at nine, until somebody says otherwise. */
async function ensureSchedule(ctx: Context, workspace: Workspace): Promise<void> {
  const missing = () =>
    ctx.store.transaction(
      workspace.id,
      async (tx) => !(await tx.digests.list()).some((known) => known.platform === WEB.platform),
    );
  if (!(await missing())) return;
  const schedule: Schedule = { weekday: 1, time: 9 * 60, zone: workspace.zone };
  try {
    await setSchedule(ctx, workspace.id, { ...WEB, locale: workspace.locale }, schedule);
  } catch (error) {
    // Another process was quicker.
    if (await missing()) throw error;
  }
}

/** Sets when a channel's digest is due; its work row moves along. */
export async function setSchedule(
  ctx: Context,
  workspaceId: Id,
  where: DigestChannel & { readonly locale: Locale },
  schedule: Schedule,
): Promise<void> {
  const wakes = await ctx.store.transaction(workspaceId, (tx) => planDigest(ctx, tx, where, schedule));
  wake(ctx, wakes);
}
