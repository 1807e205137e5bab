// Slack as a platform: sends once, replaces, looks for what nobody answered for, and says who and where.
import { setTimeout as delay } from 'node:timers/promises';
import { DAY, HOUR, SECOND } from '../../src/domain/basics.ts';
import type { Health } from '../../src/ports/health.ts';
import type {
  Destination,
  FindOutcome,
  Inbound,
  Lookup,
  Outgoing,
  Platform,
  SendOutcome,
} from '../../src/ports/platform.ts';
import { createMemory } from '../shared/memory.ts';
import { isPerson } from './members.ts';
import type { Called, Members, SlackApi, SlackParts } from './parts.ts';
import { outcomeOfCall, refusal } from './refusals.ts';
import { renderMessage } from './render/index.ts';
import type { Pictures } from './upload.ts';

export interface PlatformParts extends Pick<SlackParts, 'deskOf' | 'conversations' | 'now' | 'log'> {
  readonly api: SlackApi;
  readonly members: Members;
  readonly pictures: Pictures;
  readonly health: () => Promise<Health>;
  readonly start: (inbound: Inbound) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Longer than making a connection may take: who cannot connect is told apart from who does not answer. */
const SEND_TIMEOUT = 12 * SECOND;
/** Far less than Slack takes: it goes along while somebody waits. */
const MOST_BYTES = 20_000_000;
const LINK = { idempotent: true, patience: 0.2 * SECOND, timeout: 1.2 * SECOND } as const;
/** How long the platform's own event about a message may take to come in. */
const ECHO = 3 * SECOND;
const LOOK_EVERY = 0.15 * SECOND;

/** Where a message goes, in Slack's words; `about` is null for a direct message. */
interface Spot {
  readonly channel: string;
  readonly thread: string | null;
  readonly about: string | null;
}

export function createPlatform(parts: PlatformParts): Platform {
  const { deskOf, conversations, now, log, api, members, pictures } = parts;
  const directs = createMemory<string>({ now, most: 20_000, keptFor: HOUR });
  const links = createMemory<string>({ now, most: 5_000, keptFor: DAY, nullFor: 10 * SECOND });

  /** Null: it can be called. */
  const closed = async (installation: string) => {
    try {
      const desk = await deskOf(installation);
      return desk === null ? refusal('workspace_uninstalled', 'no workspace owns this installation') : null;
    } catch {
      return refusal('unavailable', 'our own store could not be reached');
    }
  };

  const spotOf = async (
    installation: string,
    to: Destination,
  ): Promise<Spot | Exclude<SendOutcome, { kind: 'sent' }>> => {
    if (to.kind !== 'person') {
      const { channel } = to;
      const thread = to.kind === 'thread' ? to.thread : null;
      if (channel === '' || (thread !== null && !/^\d+\.\d+$/.test(thread)))
        return refusal('no_reachable_channel', 'this is no conversation of Slack');
      return { channel, thread, about: isDirect(channel) ? null : channel };
    }
    if (!isPerson(to.externalId)) return refusal('person_gone', 'this is nobody of Slack');
    let failed: Exclude<SendOutcome, { kind: 'sent' }> | null = null;
    const channel = await directs.get(`${installation} ${to.externalId}`, async () => {
      const opened = await api.call(
        installation,
        'conversations.open',
        { users: to.externalId },
        { idempotent: true },
      );
      if (opened.kind === 'ok') return idOf(opened.body['channel']);
      failed = outcomeOfCall(opened, installation, null);
      return null;
    });
    if (channel !== null) return { channel, thread: null, about: null };
    // Nothing was sent, whatever became of opening the conversation.
    return failed !== null && (failed as SendOutcome).kind === 'refused'
      ? failed
      : refusal('unavailable', 'a direct conversation could not be opened');
  };

  /** Posts once. A picture that Slack does not take after all is left out: it refused the message, so there is none yet. */
  const post = async ({ installation, key, view }: Outgoing, spot: Spot): Promise<Called> => {
    const images = await pictures.of(installation, view);
    const once = async (shown: typeof images) =>
      await api.call(
        installation,
        'chat.postMessage',
        {
          channel: spot.channel,
          ...renderMessage(view, { key, images: shown }),
          ...(spot.thread !== null && { thread_ts: spot.thread }),
          unfurl_links: false,
          unfurl_media: false,
          metadata: { event_type: 'afterword', event_payload: { key } },
        },
        { channel: spot.channel, timeout: SEND_TIMEOUT },
      );
    const posted = await once(images);
    if (images.size === 0 || posted.kind !== 'refused' || !ABOUT_CONTENT.has(posted.error)) return posted;
    log.warn({ installation, error: posted.error, detail: posted.detail }, 'sent without its picture');
    return await once(new Map());
  };

  return {
    name: 'slack',
    capabilities: { direct: true, idempotentSend: false, privateThreads: false, fileBytes: MOST_BYTES },

    async send(message) {
      const { installation, to } = message;
      const no = await closed(installation);
      if (no) return no;
      const spot = await spotOf(installation, to);
      if ('kind' in spot) return spot;
      if (message.file) {
        const shared = await pictures.share(installation, spot.channel, message.file, message.view);
        if (shared.kind !== 'ok') return outcomeOfCall(shared, installation, spot.about);
        return { kind: 'sent', ref: { channel: spot.channel, message: message.key } };
      }
      const posted = await post(message, spot);
      if (posted.kind !== 'ok') {
        if (to.kind === 'person') directs.forget(`${installation} ${to.externalId}`);
        return outcomeOfCall(posted, installation, spot.about);
      }
      const { ts, channel } = posted.body;
      if (typeof ts !== 'string') return { kind: 'unknown', detail: 'the answer names no message' };
      return {
        kind: 'sent',
        ref: { channel: typeof channel === 'string' ? channel : spot.channel, message: ts },
      };
    },

    async update(installation, ref, view) {
      const no = await closed(installation);
      if (no) return no;
      const images = await pictures.of(installation, view);
      const once = async (shown: typeof images) =>
        await api.call(
          installation,
          'chat.update',
          { channel: ref.channel, ts: ref.message, ...renderMessage(view, { images: shown }) },
          { idempotent: true },
        );
      let updated = await once(images);
      if (images.size > 0 && updated.kind === 'refused' && ABOUT_CONTENT.has(updated.error))
        updated = await once(new Map());
      return updated.kind === 'ok'
        ? { kind: 'sent', ref }
        : outcomeOfCall(updated, installation, isDirect(ref.channel) ? null : ref.channel);
    },

    async find({ installation, key }): Promise<FindOutcome> {
      for (const until = performance.now() + ECHO; ; ) {
        const ref = await conversations.echo(installation, key).catch(() => null);
        if (ref !== null) return { kind: 'found', ref };
        // Slack shows what is there, and never what is not.
        if (performance.now() + LOOK_EVERY > until) return { kind: 'cannot_tell' };
        await delay(LOOK_EVERY);
      }
    },

    async lookUp(installation, externalId): Promise<Lookup> {
      if (await closed(installation)) return { kind: 'cannot_tell' };
      const member = await members.find(installation, externalId).catch(() => null);
      if (member === null) return { kind: 'cannot_tell' };
      return member === 'nobody' ? { kind: 'nobody' } : { kind: 'found', profile: member.profile };
    },

    async link({ installation, channel, thread }) {
      if (channel === null || thread === null) return null;
      const learn = async () => {
        const args = { channel, message_ts: thread };
        const called = await api.call(installation, 'chat.getPermalink', args, LINK);
        const link = called.kind === 'ok' ? called.body['permalink'] : null;
        return typeof link === 'string' && /^https?:\/\//.test(link) ? link : null;
      };
      return await links.get(`${installation} ${channel} ${thread}`, learn).catch(() => null);
    },

    health: parts.health,
    start: parts.start,
    stop: parts.stop,
  };
}

const ABOUT_CONTENT = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'file_not_found',
  'invalid_attachments',
]);

function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

function idOf(channel: unknown): string | null {
  const id = typeof channel === 'object' && channel !== null && 'id' in channel ? channel.id : null;
  return typeof id === 'string' ? id : null;
}
