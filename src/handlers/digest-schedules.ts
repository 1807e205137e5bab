// When a channel's digest comes, and that it comes no more: within a transaction, so that one that moves is never two, nor none.
import type { Locale } from '../domain/basics.ts';
import { nextDue, type Schedule } from '../domain/digest/schedule.ts';
import type { Where } from '../ports/platform.ts';
import type { Wake } from '../ports/queue.ts';
import type { DigestSchedule } from '../ports/store/digests.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { Context } from './context.ts';

export interface DigestChannel extends Where {
  readonly channel: string;
}

/** Sets when a channel's digest is due; its work row moves along. */
export async function planDigest(
  ctx: Context,
  tx: StoreTx,
  { platform, installation, channel, locale }: DigestChannel & { readonly locale: Locale },
  schedule: Schedule,
): Promise<readonly Wake[]> {
  const now = ctx.clock.now();
  const where = { platform, installation, channel };
  const known = await digestIn(tx, where);
  const id = known?.id ?? ctx.ids.next();
  const nextDueAt = nextDue(schedule, now);
  await tx.digests.saveSchedule({ id, ...where, locale, schedule, enabled: true, nextDueAt });
  return await tx.work.add([{ id: ctx.ids.next(), kind: 'digest', subjectId: id, dueAt: nextDueAt }], now);
}

/** Ends a channel's digest. It is kept, with what it posted; its work ends when it is next due. */
export async function endDigest(tx: StoreTx, where: DigestChannel): Promise<void> {
  const known = await digestIn(tx, where);
  const current = known && (await tx.digests.lock(known.id));
  if (current?.enabled) await tx.digests.saveSchedule({ ...current, enabled: false });
}

/** The digests of an installation that are on. */
export async function digestsAt(tx: StoreTx, at: Where): Promise<readonly DigestSchedule[]> {
  return (await tx.digests.list()).filter((one) => one.enabled && isAt(one, at));
}

async function digestIn(tx: StoreTx, where: DigestChannel): Promise<DigestSchedule | undefined> {
  return (await tx.digests.list()).find((one) => isAt(one, where) && one.channel === where.channel);
}

export function isAt(one: Where, at: Where): boolean {
  return one.platform === at.platform && one.installation === at.installation;
}
