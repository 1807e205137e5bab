// "Not now" and "Don't ask me again", each of which can be taken back; and the opt-out that anybody can type.
import type { Id, Instant } from '../domain/basics.ts';
import type { Prompt, PromptStatus } from '../domain/prompt/prompt.ts';
import { decline, mayBecome } from '../domain/prompt/transition.ts';
import type { IdentityRef } from '../domain/trigger/interaction.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { PromptDossier } from '../ports/store/prompts.ts';
import { type Context, wake } from './context.ts';
import { isGiver } from './record-answer.ts';

export type Withdrawn =
  | { readonly kind: 'done'; readonly prompt: Prompt }
  | { readonly kind: 'not_theirs' }
  | { readonly kind: 'closed'; readonly status: PromptStatus }
  | { readonly kind: 'not_found' };

export type Withdrawal = 'decline' | 'opt_out' | 'undo';

/**
 * An explicit decline of one prompt; with `opt_out` of all to come; `undo` lets the prompt be answered again, and takes back the opt-out that was
 * given with it, not one that was typed.
 */
export async function withdraw(
  ctx: Context,
  workspaceId: Id,
  promptId: Id,
  by: IdentityRef | 'bearer',
  what: Withdrawal,
): Promise<Withdrawn> {
  const { withdrawn, wakes } = await ctx.store.transaction(workspaceId, async (tx) => {
    const before = await tx.prompts.lock(promptId);
    const withdrawn = await decide(ctx, tx, before, by, what);
    // Who holds the token does not act through the message, which is to show it all the same; a reminded prompt has two messages.
    const elsewhere = by === 'bearer' || before?.prompt.state.status === 'reminded';
    if (!elsewhere || withdrawn.kind !== 'done') return { withdrawn, wakes: [] };
    const now = ctx.clock.now();
    const repaint = { id: ctx.ids.next(), kind: 'repaint' as const, subjectId: promptId, dueAt: now };
    return { withdrawn, wakes: await tx.work.add([repaint], now) };
  });
  wake(ctx, wakes);
  return withdrawn;
}

async function decide(
  ctx: Context,
  tx: StoreTx,
  dossier: PromptDossier | null,
  by: IdentityRef | 'bearer',
  what: Withdrawal,
): Promise<Withdrawn> {
  const now = ctx.clock.now();
  if (!dossier) return { kind: 'not_found' };
  const { prompt } = dossier;
  if (by !== 'bearer' && !(await isGiver(tx, by, dossier.identity, prompt.personId)))
    return { kind: 'not_theirs' };
  if (what === 'undo') {
    const person = dossier.personOptedOut ? await tx.people.lock(prompt.personId) : null;
    if (person && person.optedOutAt === endOf(prompt)) await tx.people.setOptOut(prompt.personId, null);
    return mayBecome(prompt.state, 'answered')
      ? { kind: 'done', prompt }
      : { kind: 'closed', status: prompt.state.status };
  }
  if (mayBecome(prompt.state, 'declined')) {
    const declined: Prompt = { ...prompt, state: decline(prompt.state, now) };
    await tx.prompts.save(declined);
    await tx.work.cancel(['remind', 'expire'], [prompt.id]);
    if (what === 'opt_out') await tx.people.setOptOut(prompt.personId, endOf(declined) ?? now);
    return { kind: 'done', prompt: declined };
  }
  if (what === 'opt_out') await tx.people.setOptOut(prompt.personId, endOf(prompt) ?? now);
  // An opt-out always holds, whatever became of the prompt that offered it; declining twice is declining.
  if (what === 'opt_out' || prompt.state.status === 'declined') return { kind: 'done', prompt };
  return { kind: 'closed', status: prompt.state.status };
}

/** When a prompt was settled. An opt-out given with it bears this very time, by which `undo` knows it. */
function endOf({ state }: Prompt): Instant | null {
  switch (state.status) {
    case 'declined':
      return state.declinedAt;
    case 'answered':
      return state.answeredAt;
    case 'expired':
      return state.expiredAt;
    default:
      return null;
  }
}

/** `/nps optout` and `/nps optin`: for whoever types it, across all their platforms. */
export async function setOptOut(
  ctx: Context,
  workspaceId: Id,
  identity: IdentityRef,
  optOut: boolean,
): Promise<void> {
  await ctx.store.transaction(workspaceId, async (tx) => {
    const now = ctx.clock.now();
    const request = { identity, profile: {}, customer: null };
    const [person] = await tx.people.resolve([request], () => ctx.ids.next(), now);
    if (person) await tx.people.setOptOut(person.id, optOut ? now : null);
  });
}
