// The weekly digest: the last seven days for whoever asks, and when, whether and in which language it comes to a channel.
import { formatClock } from '../../domain/calendar.ts';
import { digestView } from '../../views/digest.ts';
import { languageView, noDigestHereView } from '../../views/personal.ts';
import { digestSetView, settingsProblemView } from '../../views/settings.ts';
import { trail } from '../audit.ts';
import { wake } from '../context.ts';
import { countDigest, lastSevenDays } from '../count-digest.ts';
import { type DigestChannel, digestsAt, endDigest, planDigest } from '../digest-schedules.ts';
import type { Asked, Handler } from './asked.ts';

export const digestNow: Handler<'digest_now'> = async ({ ctx, card, t }) => {
  const span = lastSevenDays(ctx.clock.now(), card.workspace.zone);
  return digestView(t, await countDigest(ctx, card, span, []));
};

export const digestWeekly: Handler<'digest_weekly'> = async (asked) => {
  const { ctx, workspaceId, card, event, command, t } = asked;
  const where = channelOf(asked);
  if (where === null) return settingsProblemView(t, { name: 'digest', value: '' });
  const schedule = {
    weekday: command.weekday,
    time: command.time,
    zone: command.zone ?? card.workspace.zone,
  };
  const { before, wakes } = await ctx.store.transaction(workspaceId, async (tx) => {
    const known = (await digestsAt(tx, where)).find(({ channel }) => channel === where.channel);
    const { locale } = known ?? card.workspace;
    return { before: known?.schedule, wakes: await planDigest(ctx, tx, { ...where, locale }, schedule) };
  });
  wake(ctx, wakes);
  const said = (one: typeof schedule | undefined) =>
    one ? `${one.weekday} ${formatClock(one.time)} ${one.zone}` : null;
  const detail = {
    ...schedule,
    time: formatClock(schedule.time),
    changed: { when: [said(before), said(schedule)] },
  };
  await trail(ctx, workspaceId, event.by.identity, 'digest.weekly', where.channel, detail);
  return digestSetView(t, { channel: where.channel, schedule });
};

export const digestOff: Handler<'digest_off'> = async (asked) => {
  const { ctx, workspaceId, event, t } = asked;
  const where = channelOf(asked);
  if (where === null) return settingsProblemView(t, { name: 'digest', value: '' });
  await ctx.store.transaction(workspaceId, (tx) => endDigest(tx, where));
  await trail(ctx, workspaceId, event.by.identity, 'digest.off', where.channel);
  return digestSetView(t, { channel: where.channel, schedule: null });
};

export const digestLanguage: Handler<'digest_language'> = async (asked) => {
  const { ctx, workspaceId, card, event, command, t } = asked;
  const where = channelOf(asked);
  if (where === null) return settingsProblemView(t, { name: 'digest', value: '' });
  const locale = command.locale ?? card.workspace.locale;
  const before = await ctx.store.transaction(workspaceId, async (tx) => {
    const here = (await digestsAt(tx, where)).find(({ channel }) => channel === where.channel);
    const known = here && (await tx.digests.lock(here.id));
    if (known) await tx.digests.saveSchedule({ ...known, locale });
    return known?.locale ?? null;
  });
  if (before === null) return noDigestHereView(t);
  const detail = { changed: { language: [before, locale] } };
  await trail(ctx, workspaceId, event.by.identity, 'digest.language', where.channel, detail);
  return languageView(ctx.texts(locale), 'digest');
};

/** Null where it was typed to the product directly. */
function channelOf({ event }: Pick<Asked, 'event'>): DigestChannel | null {
  const { platform, installation, channel } = event.place;
  return channel === null ? null : { platform, installation, channel };
}
