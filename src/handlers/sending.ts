// What all that goes out has in common: where it goes, what an earlier attempt may have sent, and when a refusal is worth another try.
import { AfterwordError, DAY, type Duration, MINUTE } from '../domain/basics.ts';
import type { Prompt } from '../domain/prompt/prompt.ts';
import type {
  Destination,
  FindOutcome,
  Outgoing,
  Platform,
  SendOutcome,
  Trouble,
} from '../ports/platform.ts';
import type { PromptDossier } from '../ports/store/prompts.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import { promptView } from '../views/prompt.ts';
import { askingOf } from './asking.ts';
import { type Context, wake } from './context.ts';
import type { WorkspaceCard } from './directory.ts';

/** Closed direct messages are believed to be closed for so long; then they are tried again, for people change their mind. */
const CLOSED: Duration = 30 * DAY;

/** Where the prompt may go and what it says, the place that the policy prefers first; empty when there is nowhere to say it. */
export function outgoingOf(ctx: Context, card: WorkspaceCard, dossier: PromptDossier): readonly Outgoing[] {
  const { prompt, identity } = dossier;
  const { channel, thread, installation } = prompt.place;
  const platform = ctx.platforms.get(prompt.place.platform);
  const t = ctx.texts(prompt.locale, card.workspace.locale);
  const view = promptView(t, askingOf(card, prompt, dossier.subject));
  const places: Destination[] = [];
  if (thread !== null) places.push({ kind: 'thread', channel: channel ?? '', thread });
  const closedAt = dossier.personUnreachableAt;
  const closed = closedAt !== null && ctx.clock.now() - closedAt < CLOSED;
  if (platform?.capabilities.direct && !closed)
    places.push({ kind: 'person', externalId: identity.externalId });
  // Where a conversation is seen by its customer alone, it is as good as a direct message.
  if (card.policies[prompt.survey].place === 'direct' && !platform?.capabilities.privateThreads)
    places.reverse();
  return places.map((to) => ({ installation, key: `prompt-${prompt.id}`, view, to }));
}

/** What came of trying one place after the other, and what was learnt on the way. */
export interface Attempted<O = SendOutcome> {
  readonly outcome: O;
  /** Their direct messages were found closed. */
  readonly directClosed: boolean;
  readonly troubles: readonly Trouble[];
}

/** Sends to the first place that takes it. A place that proved that it cannot be written to gives way to the next; anything else is the answer. */
export async function sendAnywhere(platform: Platform, all: readonly Outgoing[]): Promise<Attempted> {
  let outcome: SendOutcome = nowhere;
  let directClosed = false;
  const troubles: Trouble[] = [];
  for (const outgoing of all) {
    outcome = await platform.send(outgoing);
    if (outcome.kind !== 'refused') break;
    if (outcome.trouble) troubles.push(outcome.trouble);
    if (outcome.reason !== 'no_reachable_channel') break;
    // What somebody can put right is not theirs to have closed.
    if (outgoing.to.kind === 'person' && !outcome.trouble) directClosed = true;
  }
  return { outcome, directClosed, troubles };
}

const nowhere: SendOutcome = {
  kind: 'refused',
  reason: 'no_reachable_channel',
  retryAfter: null,
  detail: 'there is neither a conversation nor a direct way',
};

/** Looks in every place: found where it is, absent only where every place says so. */
export async function findAnywhere(platform: Platform, all: readonly Outgoing[]): Promise<FindOutcome> {
  let outcome: FindOutcome = { kind: 'absent' };
  for (const outgoing of all) {
    const found = await platform.find(outgoing);
    if (found.kind === 'found') return found;
    if (found.kind === 'cannot_tell') outcome = found;
  }
  return outcome;
}

/** The workspace as eligibility looks at it, for a prompt of it. */
export function workspaceFacts(card: WorkspaceCard, prompt: Prompt) {
  const { workspace, policies, installations } = card;
  const { platform, installation } = prompt.place;
  return {
    id: workspace.id,
    zone: workspace.zone,
    installed: installations.some(
      (i) => i.active && i.platform === platform && i.externalId === installation,
    ),
    paused: workspace.settings.paused,
    policies,
  };
}

/** Sends what an earlier attempt may have sent: looks first, and sends again only where that cannot say it twice. */
export async function settle(platform: Platform, all: readonly Outgoing[]): Promise<Attempted> {
  const found = await findAnywhere(platform, all);
  const learnt = { directClosed: false, troubles: [] };
  if (found.kind === 'found') return { outcome: { kind: 'sent', ref: found.ref }, ...learnt };
  if (found.kind === 'absent' || platform.capabilities.idempotentSend)
    return await sendAnywhere(platform, all);
  return { outcome: untold, ...learnt };
}

/** Where nobody answered, the platform may show the message all the same: then it was sent. */
export async function lookAgain(
  platform: Platform,
  all: readonly Outgoing[],
  attempted: Attempted,
): Promise<Attempted> {
  if (attempted.outcome.kind !== 'unknown') return attempted;
  const found = await findAnywhere(platform, all);
  return found.kind === 'found' ? { ...attempted, outcome: { kind: 'sent', ref: found.ref } } : attempted;
}

export const untold: Extract<SendOutcome, { kind: 'unknown' }> = {
  kind: 'unknown',
  detail: 'sending was interrupted, and the platform cannot tell what became of it',
};

/**
 * What came of replacing a message. Saying it twice is saying it once, so what may help is tried again: a refusal that passes, and silence, which
 * throws `broken` and so is retried ever less often and at last given up visibly. What is refused for good is left alone.
 */
export async function settleUpdate(
  ctx: Context,
  work: LeasedWork,
  outcome: SendOutcome | null,
): Promise<void> {
  if (outcome?.kind === 'unknown')
    throw new AfterwordError('broken', outcome.detail, 'look whether the platform answers');
  const wait = outcome?.kind === 'refused' ? waitAfter(outcome) : null;
  const dueAt = ctx.clock.now() + (wait ?? 0);
  await ctx.store.transaction(work.workspaceId, (tx) =>
    wait === null ? tx.work.finish(work) : tx.work.postpone(work, dueAt),
  );
  if (wait !== null) wake(ctx, [{ workId: work.id, dueAt }]);
}

/** How long to wait after a refusal before trying again; null when it is final. */
export function waitAfter(refusal: Extract<SendOutcome, { kind: 'refused' }>): Duration | null {
  if (refusal.reason !== 'rate_limited' && refusal.reason !== 'unavailable') return null;
  return refusal.retryAfter ?? MINUTE;
}
