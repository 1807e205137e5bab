// The one door for everything that people do on a platform: recognises redeliveries, finds the workspace, and says what came of it, in time.
import { assertNever, type Duration, type Id, SECOND } from '../domain/basics.ts';
import type { Actor, Inbound, InboundEvent, InboundOutcome, Where } from '../ports/platform.ts';
import { askedView } from '../views/command.ts';
import { failedView, notAllowedView } from '../views/replies.ts';
import { type Context, wake } from './context.ts';
import { openHome } from './home.ts';
import { noteContact, onInstalled, onUninstalled } from './installations.ts';
import { onAction } from './on-action.ts';
import { onMessage } from './on-message.ts';
import { onPosted } from './on-posted.ts';
import { onTriggers } from './on-trigger.ts';
import { reopenPlace } from './reopen.ts';
import { runCommand } from './run-command.ts';
import { raise } from './tell-lead.ts';

/** Platforms wait three seconds for an acknowledgement; what is not durable by then is told to the person as failed. */
const DEADLINE: Duration = 2.5 * SECOND;
/** What is asked, rather than done, a platform can answer later. */
const PATIENCE: Duration = 25 * SECOND;
/** However long something waited to be handled, it gets this much. */
const LEAST: Duration = 0.3 * SECOND;

type Timer = (ms: Duration) => { readonly done: Promise<void>; cancel(): void };

export function createInbound(ctx: Context, timer: Timer): Inbound {
  return async (event) => {
    const deadline = timer(timeFor(ctx, event));
    try {
      const work = handle(ctx, event);
      // When the deadline wins, the act may still end well: it is idempotent, so pressing again is harmless.
      work.catch(() => undefined);
      return await Promise.race([work, deadline.done.then(() => failed(ctx, event, 'not durable in time'))]);
    } catch (error) {
      return failed(ctx, event, error);
    } finally {
      deadline.cancel();
    }
  };
}

/** Counted from when it came in: what waited in this process has that much less. */
function timeFor(ctx: Context, event: InboundEvent): Duration {
  if (event.kind === 'command' || event.kind === 'home') return PATIENCE;
  const waited = Math.max(0, ctx.clock.now() - event.receivedAt);
  return Math.max(LEAST, DEADLINE - waited);
}

async function handle(ctx: Context, event: InboundEvent): Promise<InboundOutcome> {
  const { platform, installation } = whereOf(event);
  if (event.kind === 'installed') {
    await onInstalled(ctx, event);
    return NOTHING_TO_SAY;
  }
  const workspaceId = await ctx.directory.ownerOf(platform, installation);
  if (workspaceId === null) return { kind: 'ignored', reason: 'workspace_uninstalled' };
  if (event.eventId === null) return await dispatch(ctx, workspaceId, event);
  // Seen is what was handled: one that failed is handled when it comes again, and every act is idempotent.
  if (await ctx.store.work.hasSeen(platform, installation, event.eventId))
    return { kind: 'ignored', reason: 'duplicate' };
  const outcome = await dispatch(ctx, workspaceId, event);
  await ctx.store.work.markSeen(platform, installation, event.eventId, ctx.clock.now());
  return outcome;
}

async function dispatch(
  ctx: Context,
  workspaceId: Id,
  event: Exclude<InboundEvent, { kind: 'installed' }>,
): Promise<InboundOutcome> {
  switch (event.kind) {
    case 'interaction_closed': {
      const t = ctx.texts(localeOf(event));
      // Whoever is known not to be of the team cannot have the customer asked.
      if (event.triggeredBy?.profile.isTeam === false) return { kind: 'rejected', reply: notAllowedView(t) };
      if (event.triggeredBy) await noteContact(ctx, workspaceId, event.triggeredBy);
      const [outcome] = await onTriggers(ctx, workspaceId, [event.interaction]);
      const { person, profile } = event.interaction;
      // Whoever triggered is told what will come of it, above all when nothing will.
      const reply = outcome?.prompt
        ? askedView(t, {
            person: profile.name ?? person.externalId,
            state: outcome.prompt.state,
            reason: outcome.prompt.reason,
          })
        : null;
      return { kind: 'done', shared: null, reply, subject: outcome?.interactionId ?? null };
    }
    case 'interaction_reopened': {
      const cancelled = await reopenPlace(ctx, workspaceId, event.place);
      return cancelled
        ? { kind: 'done', shared: null, reply: null, subject: null }
        : { kind: 'ignored', reason: 'nothing was waiting' };
    }
    case 'action':
      return await onAction(ctx, workspaceId, event.action, event.by, event.values);
    case 'message':
      return await onMessage(ctx, workspaceId, event);
    case 'command':
      await noteContact(ctx, workspaceId, event.by);
      return { kind: 'done', shared: null, reply: await runCommand(ctx, workspaceId, event), subject: null };
    case 'home':
      await noteContact(ctx, workspaceId, event.by);
      return {
        kind: 'done',
        shared: null,
        reply: await openHome(ctx, workspaceId, event.by),
        subject: null,
      };
    case 'posted':
      return (await onPosted(ctx, workspaceId, event))
        ? NOTHING_TO_SAY
        : { kind: 'ignored', reason: 'known already' };
    case 'trouble': {
      const { at, trouble } = event;
      wake(ctx, await ctx.store.transaction(workspaceId, (tx) => raise(ctx, tx, at, [trouble])));
      return NOTHING_TO_SAY;
    }
    case 'uninstalled':
      return (await onUninstalled(ctx, event))
        ? NOTHING_TO_SAY
        : { kind: 'ignored', reason: 'installed again since' };
    default:
      return assertNever(event);
  }
}

const NOTHING_TO_SAY: InboundOutcome = { kind: 'done', shared: null, reply: null, subject: null };

function failed(ctx: Context, event: InboundEvent, error: unknown): InboundOutcome {
  ctx.log.error(
    { event: event.kind, error: error instanceof Error ? error.message : String(error) },
    'an event could not be handled',
  );
  return { kind: 'failed', reply: failedView(ctx.texts(localeOf(event))) };
}

function whereOf(event: InboundEvent): Where {
  switch (event.kind) {
    case 'interaction_closed':
      return event.interaction.place;
    case 'action':
    case 'home':
      return event.by.identity;
    case 'posted':
    case 'trouble':
    case 'installed':
    case 'uninstalled':
      return event.at;
    default:
      return event.place;
  }
}

function localeOf(event: InboundEvent): string | null {
  const by: Actor | null =
    event.kind === 'interaction_closed' ? event.triggeredBy : 'by' in event ? event.by : null;
  return (event.kind === 'command' ? event.locale : null) ?? by?.profile.locale ?? null;
}
