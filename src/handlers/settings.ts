// What a workspace decides for itself, by a command or by the form: read strictly, field by field, saved as one, and noted in the trail.
import type { Id } from '../domain/basics.ts';
import { formatClock } from '../domain/calendar.ts';
import type { Command } from '../domain/command/command.ts';
import type { Schedule } from '../domain/digest/schedule.ts';
import type { Actor, InboundEvent, InboundOutcome, Where } from '../ports/platform.ts';
import type { Wake } from '../ports/queue.ts';
import type { StoreTx } from '../ports/store/index.ts';
import {
  digestSetView,
  type SettingsFacts,
  settingsFormView,
  settingsProblemView,
  settingsView,
} from '../views/settings.ts';
import type { Translate } from '../views/text.ts';
import type { View } from '../views/view.ts';
import { trail } from './audit.ts';
import { type Context, wake } from './context.ts';
import { digestsAt, endDigest, isAt, planDigest } from './digest-schedules.ts';
import { changed, readSetting, readSettings, type Wish } from './read-settings.ts';

type CommandEvent = Extract<InboundEvent, { kind: 'command' }>;

/** When a digest comes where nobody said otherwise: Mondays at nine. */
const USUAL = { weekday: 1, time: 9 * 60 } as const satisfies Omit<Schedule, 'zone'>;

/** `/nps settings`, and one setting by name. */
export async function settingsCommand(
  ctx: Context,
  workspaceId: Id,
  event: CommandEvent,
  change: Extract<Command, { kind: 'settings' }>['change'],
  t: Translate,
): Promise<View> {
  const { place } = event;
  if (change !== null) {
    const here = change.name === 'alerts' && /^(?:here|这里|本频道)$/iu.test(change.value ?? '');
    if (here && place.channel === null)
      return settingsProblemView(t, { name: 'alerts', value: change.value! });
    const wish = readSetting(change.name, here ? place.channel : change.value);
    if ('name' in wish) return settingsProblemView(t, wish);
    await save(ctx, workspaceId, event.by, place, wish);
  }
  return settingsView(t, await factsOf(ctx, workspaceId, place));
}

/** The form; and what was filled into it, saved. */
export async function onSettings(
  ctx: Context,
  workspaceId: Id,
  by: Actor,
  values: Readonly<Record<string, string>> | null,
  t: Translate,
): Promise<InboundOutcome> {
  const facts = await factsOf(ctx, workspaceId, by.identity);
  if (values === null)
    return { kind: 'done', shared: null, reply: settingsFormView(t, facts), subject: null };
  const wish = readSettings(values);
  if ('name' in wish) return { kind: 'rejected', reply: settingsProblemView(t, wish) };
  // The form cannot show a channel of another chat, so that none picked is none taken back.
  const { alerts, ...others } = wish;
  const elsewhere = alerts === null && facts.alertsElsewhere;
  await save(ctx, workspaceId, by, by.identity, elsewhere ? others : wish);
  const reply = settingsView(t, await factsOf(ctx, workspaceId, by.identity));
  return { kind: 'done', shared: null, reply, subject: null };
}

/** `/nps digest weekly …` and `/nps digest off`, for the channel where it was typed. */
export async function digestCommand(
  ctx: Context,
  workspaceId: Id,
  event: CommandEvent,
  command: Extract<Command, { kind: 'digest_weekly' | 'digest_off' }>,
  t: Translate,
): Promise<View> {
  const { platform, installation, channel } = event.place;
  if (channel === null) return settingsProblemView(t, { name: 'digest', value: '' });
  const { workspace } = await ctx.directory.of(workspaceId);
  const where = { platform, installation, channel };
  if (command.kind === 'digest_off') {
    await ctx.store.transaction(workspaceId, (tx) => endDigest(tx, where));
    await trail(ctx, workspaceId, event.by.identity, 'digest.off', channel);
    return digestSetView(t, { channel, schedule: null });
  }
  const schedule = { weekday: command.weekday, time: command.time, zone: command.zone ?? workspace.zone };
  const { locale } = workspace;
  const wakes = await ctx.store.transaction(workspaceId, (tx) =>
    planDigest(ctx, tx, { ...where, locale }, schedule),
  );
  wake(ctx, wakes);
  await trail(ctx, workspaceId, event.by.identity, 'digest.weekly', channel, {
    ...schedule,
    time: formatClock(schedule.time),
  });
  return digestSetView(t, { channel, schedule });
}

async function save(ctx: Context, workspaceId: Id, by: Actor, at: Where, wish: Wish): Promise<void> {
  let zoneBefore = '';
  await ctx.store.admin.changeWorkspace(workspaceId, (workspace) => {
    zoneBefore = workspace.zone;
    return changed(workspace, at, wish);
  });
  ctx.directory.forget(workspaceId);
  const { digest } = wish;
  if (digest) {
    const { workspace } = await ctx.directory.of(workspaceId);
    const { locale, zone } = workspace;
    const wakes = await ctx.store.transaction(workspaceId, (tx) =>
      moveDigest(ctx, tx, at, digest, { locale, zone, zoneChanged: zone !== zoneBefore }),
    );
    wake(ctx, wakes);
  }
  await trail(ctx, workspaceId, by.identity, 'settings.set', Object.keys(wish).join(', '), { ...wish });
}

/** The digest that the form shows goes where and when the form says; what it says already is left alone, above all when it is next due. */
async function moveDigest(
  ctx: Context,
  tx: StoreTx,
  { platform, installation }: Where,
  { channel, weekday, time }: NonNullable<Wish['digest']>,
  { locale, zone, zoneChanged }: { locale: string; zone: string; zoneChanged: boolean },
): Promise<readonly Wake[]> {
  const at = { platform, installation };
  const [known] = await digestsAt(tx, at);
  if (channel === null) {
    if (known) await endDigest(tx, known);
    return [];
  }
  const before = known?.schedule;
  const schedule: Schedule = {
    weekday: weekday ?? before?.weekday ?? USUAL.weekday,
    time: time ?? before?.time ?? USUAL.time,
    // A digest may have been given a zone of its own.
    zone: zoneChanged ? zone : (before?.zone ?? zone),
  };
  if (known?.channel === channel && isSame(known.schedule, schedule)) return [];
  if (known && known.channel !== channel) await endDigest(tx, known);
  return await planDigest(ctx, tx, { ...at, channel, locale }, schedule);
}

function isSame(a: Schedule, b: Schedule): boolean {
  return a.weekday === b.weekday && a.time === b.time && a.zone === b.zone;
}

async function factsOf(ctx: Context, workspaceId: Id, at: Where): Promise<SettingsFacts> {
  const { workspace } = await ctx.directory.of(workspaceId);
  const { settings } = workspace;
  const [digest] = await ctx.store.transaction(workspaceId, (tx) => digestsAt(tx, at));
  return {
    team: settings.teams.find((one) => isAt(one, at))?.ref ?? null,
    alerts: settings.alerts && isAt(settings.alerts, at) ? settings.alerts.channel : null,
    alertsElsewhere: settings.alerts !== null && !isAt(settings.alerts, at),
    digest: digest ? { channel: digest.channel, schedule: digest.schedule } : null,
    zone: workspace.zone,
    reaction: settings.reaction,
  };
}
