// Does one piece of work that fell due: takes it in hand, runs the arrow that it stands for, and on an error gives it back for later or lays it
// among the dead. Safe to call twice, and safe to be killed in.
import { AfterwordError, type Id, MINUTE } from '../domain/basics.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { backoff } from './backoff.ts';
import { escalate, nudge } from './case-reminders.ts';
import { confirmCase } from './confirm-case.ts';
import { type Context, wake } from './context.ts';
import { deliverPrompt } from './deliver-prompt.ts';
import { expirePrompt } from './expire-prompt.ts';
import { LEASE } from './lease.ts';
import { postAlert, refreshAlert } from './post-alert.ts';
import { publishDigest } from './publish-digest.ts';
import { reconsider } from './reconsider.ts';
import { remindPrompt } from './remind-prompt.ts';
import { repaintPrompt } from './repaint-prompt.ts';
import { reprintDigest } from './reprint-digest.ts';
import { tellNotice } from './tell-lead.ts';

/** After so many failed attempts work is dead: `doctor` shows it, and it can be revived. */
const MAX_ATTEMPTS = 12;

const ARROWS: Readonly<Record<LeasedWork['kind'], (ctx: Context, work: LeasedWork) => Promise<void>>> = {
  deliver: deliverPrompt,
  remind: remindPrompt,
  expire: expirePrompt,
  repaint: repaintPrompt,
  alert: postAlert,
  refresh: refreshAlert,
  digest: publishDigest,
  reprint: reprintDigest,
  notice: tellNotice,
  nudge,
  escalate,
  confirm: confirmCase,
  reconsider,
};

/** `inHand`: what this process is at work on, for `renewLeases`. */
export async function perform(ctx: Context, workId: Id, inHand: Set<LeasedWork> = new Set()): Promise<void> {
  const work = await take(ctx, workId);
  if (work === null) return;
  inHand.add(work);
  try {
    await ARROWS[work.kind](ctx, work);
  } catch (error) {
    await giveBack(ctx, work, error);
  } finally {
    inHand.delete(work);
  }
}

/** Null when it is not due, in other hands, or cannot be had at the moment. */
async function take(ctx: Context, workId: Id): Promise<LeasedWork | null> {
  try {
    return await ctx.store.work.lease(workId, ctx.ids.next(), ctx.clock.now(), LEASE);
  } catch (error) {
    if (!isAway(error)) throw error;
    const fields = { work: workId, error: error.message };
    ctx.log.warn(fields, 'work could not be taken in hand; the sweeper will wake it again');
    return null;
  }
}

function isAway(error: unknown): error is AfterwordError {
  return error instanceof AfterwordError && (error.kind === 'unavailable' || error.kind === 'busy');
}

async function giveBack(ctx: Context, work: LeasedWork, error: unknown): Promise<void> {
  const kind = error instanceof AfterwordError ? error.kind : 'broken';
  const message = error instanceof Error ? error.message : String(error);
  const hopeless = kind === 'invalid' || kind === 'forbidden' || work.attempts >= MAX_ATTEMPTS;
  // What is merely away comes back soon and is never given up.
  const away = isAway(error);
  const dueAt =
    hopeless && !away
      ? null
      : ctx.clock.now() + Math.min(backoff(work.attempts), away ? MINUTE : Number.POSITIVE_INFINITY);
  const fields = {
    work: work.id,
    kind: work.kind,
    subject: work.subjectId,
    attempts: work.attempts,
    error: message,
  };
  if (dueAt === null)
    ctx.log.error(fields, 'work is dead after its last attempt; `afterword doctor` shows it');
  else ctx.log.warn(fields, 'work failed and will be tried again');
  try {
    await ctx.store.work.fail(work, message, dueAt);
    if (dueAt !== null) wake(ctx, [{ workId: work.id, dueAt }]);
  } catch (failure) {
    ctx.log.warn(
      { ...fields, failure: String(failure) },
      'the failure could not be noted; the lease will run out',
    );
  }
}
