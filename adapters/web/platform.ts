// The web page as a platform. Its messages live in our own store, so that sending twice with one key is sending once, for good, and what was
// sent can always be found.
import { assertNever, type Id } from '../../src/domain/basics.ts';
import type { Mailbox, MailThread } from '../../src/ports/mailbox.ts';
import type {
  Destination,
  FindOutcome,
  Inbound,
  InboundEvent,
  InboundOutcome,
  Outgoing,
  Platform,
  Refusal,
  SendOutcome,
} from '../../src/ports/platform.ts';

export interface WebParts {
  readonly mailbox: Mailbox;
  /** The workspace of a web installation; null when nobody owns it. */
  readonly workspaceOf: (installation: string) => Promise<Id | null>;
  readonly now: () => number;
}

export interface WebPlatform extends Platform {
  /** What came of an event of the page; null when nothing is taken: before `start` and after `stop`. */
  take(event: InboundEvent): Promise<InboundOutcome> | null;
}

export function createPlatform(parts: WebParts, lookingOn: () => number): WebPlatform {
  const { mailbox, workspaceOf, now } = parts;
  const inHand = new Set<Promise<unknown>>();
  let inbound: Inbound | null = null;

  return {
    name: 'web',
    capabilities: { direct: true, idempotentSend: true, privateThreads: true, fileBytes: 0 },

    async send(message: Outgoing): Promise<SendOutcome> {
      const workspaceId = await workspaceOf(message.installation);
      if (workspaceId === null) return refused('workspace_uninstalled', 'no workspace owns this page');
      const thread = await threadFor(mailbox, workspaceId, message.to, now());
      if (thread === null)
        return refused('no_reachable_channel', 'this name is taken by another kind of place');
      const body = { kind: 'view', view: message.view } as const;
      const post = { threadId: thread.id, author: { kind: 'bot' }, body, key: message.key } as const;
      const posted = await mailbox.post(workspaceId, post, now());
      return { kind: 'sent', ref: { channel: posted.threadId, message: posted.id } };
    },

    async update(installation, ref, view) {
      const workspaceId = await workspaceOf(installation);
      if (workspaceId === null) return refused('workspace_uninstalled', 'no workspace owns this page');
      const replaced = await mailbox.replace(workspaceId, ref.message, { kind: 'view', view });
      return replaced ? { kind: 'sent', ref } : refused('invalid', 'there is no such message');
    },

    async find({ installation, key }): Promise<FindOutcome> {
      const workspaceId = await workspaceOf(installation);
      const found = workspaceId === null ? null : await mailbox.findByKey(workspaceId, key);
      return found
        ? { kind: 'found', ref: { channel: found.threadId, message: found.id } }
        : { kind: 'absent' };
    },

    async lookUp() {
      // Whoever comes to the page says who they are, and nobody keeps that.
      return { kind: 'cannot_tell' };
    },

    async link() {
      return null;
    },

    async health() {
      return { ok: true, detail: `served by this process, ${lookingOn()} looking on` };
    },

    async start(handler) {
      inbound = handler;
    },

    async stop() {
      inbound = null;
      await Promise.allSettled(inHand);
    },

    take(event) {
      if (inbound === null) return null;
      const outcome = inbound(event);
      inHand.add(outcome);
      const done = () => inHand.delete(outcome);
      outcome.then(done, done);
      return outcome;
    },
  };
}

function refused(reason: Refusal, detail: string): Extract<SendOutcome, { kind: 'refused' }> {
  return { kind: 'refused', reason, retryAfter: null, detail };
}

/** The thread of a destination, made where there is none yet; null where a conversation has a channel's name or the other way round. */
async function threadFor(
  mailbox: Mailbox,
  workspaceId: Id,
  to: Destination,
  now: number,
): Promise<MailThread | null> {
  const open = async (kind: MailThread['kind'], name: string, person: string | null) => {
    const thread = await mailbox.openThread(workspaceId, { kind, name, person }, now);
    return thread.kind === kind ? thread : null;
  };
  switch (to.kind) {
    case 'thread':
      return await open('conversation', to.thread, null);
    case 'channel':
      return await open('channel', to.channel, null);
    case 'person':
      return (
        (await mailbox.threadOf(workspaceId, to.externalId)) ??
        (await open('conversation', `direct-${to.externalId}`, to.externalId))
      );
    default:
      return assertNever(to);
  }
}
