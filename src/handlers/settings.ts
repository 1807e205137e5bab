// What a workspace decides for itself, by a command or by the form: read strictly, field by field, saved as one, and noted in the trail.
import type { Id } from '../domain/basics.ts';
import type { Command } from '../domain/command/command.ts';
import type { Schedule } from '../domain/digest/schedule.ts';
import type { Actor, InboundEvent, InboundOutcome, Where } from '../ports/platform.ts';
import type { Wake } from '../ports/queue.ts';
import type { Workspace } from '../ports/store/administration.ts';
import type { StoreTx } from '../ports/store/index.ts';
import { SHOWN_ACTIONS } from '../views/audit.ts';
import {
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

/** Of the trail, how much is looked at for what is shown of it. */
const LOOKED_AT = 50;
const SHOWN_CHANGES = 5;

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

async function save(ctx: Context, workspaceId: Id, by: Actor, at: Where, wish: Wish): Promise<void> {
  let zoneBefore = '';
  let before: Facts | null = null;
  await ctx.store.admin.changeWorkspace(workspaceId, (workspace) => {
    zoneBefore = workspace.zone;
    before = factsIn(workspace, at);
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
  const after = factsIn((await ctx.directory.of(workspaceId)).workspace, at);
  await trail(ctx, workspaceId, by.identity, 'settings.set', Object.keys(wish).join(', '), {
    ...wish,
    changed: differences(before ?? after, after),
  });
}

/** What was and what is, of whatever is not as it was. */
function differences(before: Facts, after: Facts): Readonly<Record<string, readonly [unknown, unknown]>> {
  const names = (Object.keys(after) as (keyof Facts)[]).filter((name) => before[name] !== after[name]);
  return Object.fromEntries(names.map((name) => [name, [before[name], after[name]]]));
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

type Facts = Omit<SettingsFacts, 'digest' | 'changes'>;

async function factsOf(ctx: Context, workspaceId: Id, at: Where): Promise<SettingsFacts> {
  const { workspace } = await ctx.directory.of(workspaceId);
  const [digest] = await ctx.store.transaction(workspaceId, (tx) => digestsAt(tx, at));
  const trail = await ctx.store.admin.auditTrail(workspaceId, LOOKED_AT);
  return {
    ...factsIn(workspace, at),
    digest: digest ? { channel: digest.channel, schedule: digest.schedule } : null,
    changes: trail.filter(({ action }) => SHOWN_ACTIONS.has(action)).slice(0, SHOWN_CHANGES),
  };
}

/** As they are for one installation. */
function factsIn({ settings, zone }: Pick<Workspace, 'settings' | 'zone'>, at: Where): Facts {
  const { alerts, reaction, paused } = settings;
  return {
    team: settings.teams.find((one) => isAt(one, at))?.ref ?? null,
    leads: settings.leads.find((one) => isAt(one, at))?.ref ?? null,
    alerts: alerts && isAt(alerts, at) ? alerts.channel : null,
    alertsElsewhere: alerts !== null && !isAt(alerts, at),
    ...{ zone, reaction, paused },
  };
}
