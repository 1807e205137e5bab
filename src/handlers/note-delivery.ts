// What came of an attempt to send a prompt, in one transaction with what follows from it: its reminder and expiry, another try, or its end.
import { type Id, type Instant, MINUTE, SECOND } from '../domain/basics.ts';
import type { Prompt } from '../domain/prompt/prompt.ts';
import {
  deliver,
  giveUp,
  locate,
  loseTrack,
  mayBecome,
  mustBecome,
  reschedule,
  suppress,
} from '../domain/prompt/transition.ts';
import type { FindOutcome, SendOutcome } from '../ports/platform.ts';
import type { Wake } from '../ports/queue.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { PromptDossier } from '../ports/store/prompts.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { type Context, wake } from './context.ts';
import type { WorkspaceCard } from './directory.ts';
import { type Attempted, waitAfter } from './sending.ts';
import { raise } from './tell-lead.ts';

/** What came of an attempt: what the platform said, that an earlier one was found, or that there is nowhere to send it. */
type Outcome = SendOutcome | Extract<FindOutcome, { kind: 'found' }> | typeof unreachable;

export const unreachable = { kind: 'unreachable' } as const;

export function simply(outcome: Outcome): Attempted<Outcome> {
  return { outcome, directClosed: false, troubles: [] };
}

export async function noteDelivery(
  ctx: Context,
  work: LeasedWork,
  promptId: Id,
  { outcome, directClosed, troubles }: Attempted<Outcome>,
): Promise<void> {
  const card = await ctx.directory.of(work.workspaceId);
  const wakes = await ctx.store.transaction(work.workspaceId, async (tx) => {
    const now = ctx.clock.now();
    const dossier = await tx.prompts.lock(promptId);
    if (dossier && directClosed) await tx.people.markUnreachable(dossier.identity, now);
    const told = dossier ? await raise(ctx, tx, dossier.prompt.place, troubles) : [];
    return [...told, ...(await noteOutcome(ctx, tx, card, work, dossier, outcome, now))];
  });
  wake(ctx, wakes);
}

async function noteOutcome(
  ctx: Context,
  tx: StoreTx,
  card: WorkspaceCard,
  work: LeasedWork,
  dossier: PromptDossier | null,
  outcome: Outcome,
  now: Instant,
): Promise<readonly Wake[]> {
  if (!dossier) {
    await tx.work.finish(work);
    return [];
  }
  const { prompt } = dossier;
  const { state } = prompt;
  const save = (next: Prompt['state']) => tx.prompts.save({ ...prompt, state: next });

  // The customer can be quicker than we are: then only where the message stands is noted, and what came of it shown there.
  if (state.status === 'answered' || state.status === 'declined') {
    await tx.work.finish(work);
    if (outcome.kind !== 'sent' && outcome.kind !== 'found') return [];
    await save(locate(state, outcome.ref));
    return await tx.work.add(
      [{ id: ctx.ids.next(), kind: 'repaint', subjectId: prompt.id, dueAt: now }],
      now,
    );
  }
  if (!mayBecome(state, 'sent')) {
    await tx.work.finish(work);
    return [];
  }
  switch (outcome.kind) {
    case 'sent':
    case 'found': {
      const sentAt = outcome.kind === 'sent' ? now : state.attemptedAt;
      await save(deliver(state, outcome.ref, sentAt));
      await tx.work.finish(work);
      return await tx.work.add(afterSending(ctx, card, prompt, sentAt), now);
    }
    case 'unreachable': {
      await save(suppress(mustBecome(state, 'suppressed'), 'no_reachable_channel', now));
      await tx.work.finish(work);
      return [];
    }
    case 'refused': {
      const sending = mustBecome(state, 'scheduled');
      const again = retryAt(sending.dueAt, outcome, now);
      if (again !== null) {
        await save(reschedule(sending, sending.dueAt));
        await tx.work.postpone(work, again);
        return [{ workId: work.id, dueAt: again }];
      }
      const isReason =
        outcome.reason === 'no_reachable_channel' || outcome.reason === 'workspace_uninstalled';
      await save(
        isReason
          ? suppress(mustBecome(state, 'suppressed'), outcome.reason, now)
          : giveUp(mustBecome(state, 'undeliverable'), outcome.reason, now),
      );
      await tx.work.finish(work);
      return [];
    }
    case 'unknown': {
      await save(loseTrack(mustBecome(state, 'uncertain')));
      await tx.work.finish(work);
      return await tx.work.add(afterSending(ctx, card, prompt, now), now);
    }
  }
}

function afterSending(ctx: Context, card: WorkspaceCard, prompt: Prompt, sentAt: Instant) {
  const { reminder, expiry } = card.policies[prompt.survey];
  const expire = {
    id: ctx.ids.next(),
    kind: 'expire' as const,
    subjectId: prompt.id,
    dueAt: sentAt + expiry,
  };
  if (reminder === null || reminder >= expiry) return [expire];
  return [
    { id: ctx.ids.next(), kind: 'remind' as const, subjectId: prompt.id, dueAt: sentAt + reminder },
    expire,
  ];
}

/** When a refusal is worth another try (each wait as long as all before it; `too_old` ends it); null when it is final. */
function retryAt(
  dueAt: Instant,
  refusal: Extract<SendOutcome, { kind: 'refused' }>,
  now: Instant,
): Instant | null {
  if (waitAfter(refusal) === null) return null;
  const wait = Math.min(10 * MINUTE, Math.max(2 * SECOND, now - dueAt));
  return now + Math.max(refusal.retryAfter ?? 0, wait);
}
