// A second team or server joins a workspace: a code is made in the one and typed in the other.
import { type Duration, type Id, MINUTE } from '../domain/basics.ts';
import type { InboundEvent, Where } from '../ports/platform.ts';
import { connectCodeView, connectedView } from '../views/settings.ts';
import type { Translate } from '../views/text.ts';
import type { View } from '../views/view.ts';
import { trail } from './audit.ts';
import { type Context, wake } from './context.ts';
import { digestsAt, endDigest, isAt, planDigest } from './digest-schedules.ts';

const GOOD_FOR: Duration = 30 * MINUTE;

export async function connect(
  ctx: Context,
  workspaceId: Id,
  event: Extract<InboundEvent, { kind: 'command' }>,
  code: string | null,
  t: Translate,
): Promise<View> {
  const { admin } = ctx.store;
  const { identity } = event.by;
  if (code === null) {
    const made = ctx.codes.make();
    const expiresAt = ctx.clock.now() + GOOD_FOR;
    await admin.createCode({ hash: ctx.codes.hash(made), workspaceId, purpose: 'connect', expiresAt });
    await trail(ctx, workspaceId, identity, 'connect.code', 'a code');
    return connectCodeView(t, { code: made, lasts: GOOD_FOR });
  }
  const target = await admin.redeemCode(ctx.codes.hash(code), 'connect', ctx.clock.now());
  if (target === null) return connectedView(t, 'unknown_code');
  if (target === workspaceId) return connectedView(t, 'same');
  const moved = await admin.moveInstallation(identity.platform, identity.installation, target);
  ctx.directory.forget(workspaceId);
  ctx.directory.forget(target);
  if (moved !== 'moved') return connectedView(t, 'in_use');
  await carryOver(ctx, workspaceId, target, identity);
  await trail(ctx, target, identity, 'connect', `${identity.platform}:${identity.installation}`);
  return connectedView(t, 'connected');
}

/** What was set up for the installation goes with it: its team, its digests, and its channel for alerts where the workspace that it joins has none. */
async function carryOver(ctx: Context, from: Id, to: Id, at: Where): Promise<void> {
  const { admin } = ctx.store;
  const { settings: left } = (await ctx.directory.of(from)).workspace;
  const teams = left.teams.filter((one) => isAt(one, at));
  const alerts = left.alerts && isAt(left.alerts, at) ? left.alerts : null;
  await admin.changeWorkspace(to, (workspace) => {
    const { settings } = workspace;
    const others = settings.teams.filter((one) => !isAt(one, at));
    return {
      ...workspace,
      settings: { ...settings, teams: [...others, ...teams], alerts: settings.alerts ?? alerts },
    };
  });
  const digests = await ctx.store.transaction(from, async (tx) => {
    const found = await digestsAt(tx, at);
    for (const one of found) await endDigest(tx, one);
    return found;
  });
  const wakes = await ctx.store.transaction(to, async (tx) => {
    const planned = [];
    for (const one of digests) planned.push(...(await planDigest(ctx, tx, one, one.schedule)));
    return planned;
  });
  wake(ctx, wakes);
  await admin.changeWorkspace(from, (workspace) => {
    const { settings } = workspace;
    const others = settings.teams.filter((one) => !isAt(one, at));
    return {
      ...workspace,
      settings: { ...settings, teams: others, alerts: alerts ? null : settings.alerts },
    };
  });
  ctx.directory.forget(from);
  ctx.directory.forget(to);
}
