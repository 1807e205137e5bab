// Discord as a platform: sends once, replaces, looks for what nobody answered for, and says who and where.
import { DAY, HOUR, SECOND } from '../../src/domain/basics.ts';
import type { Health } from '../../src/ports/health.ts';
import type {
  Destination,
  Inbound,
  Lookup,
  Outgoing,
  OutgoingFile,
  Platform,
  SendOutcome,
} from '../../src/ports/platform.ts';
import type { View } from '../../src/views/view.ts';
import { createMemory } from '../shared/memory.ts';
import { isSnowflake } from './custom-id.ts';
import { findIn } from './find.ts';
import { keyMark } from './key-mark.ts';
import type { Called, CallOptions, DiscordApi, DiscordParts, Members } from './parts.ts';
import { drawn } from './pictures.ts';
import { type About, outcomeOfCall, refusal } from './refusals.ts';
import { renderMessage } from './render/index.ts';
import { archiveAgain, setArchived, threadState } from './threads.ts';

export interface PlatformParts
  extends Pick<DiscordParts, 'deskOf' | 'conversations' | 'charts' | 'now' | 'log'> {
  readonly api: DiscordApi;
  readonly members: Members;
  readonly health: () => Promise<Health>;
  readonly start: (inbound: Inbound) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Longer than making a connection may take: who cannot connect is told apart from who does not answer. */
const SEND_TIMEOUT = 12 * SECOND;

/** What every server takes, with room for the rest of the request. */
const MOST_BYTES = 9_000_000;

type NotSent = Exclude<SendOutcome, { kind: 'sent' }>;

/** Where a message goes, in Discord's words. */
interface Spot {
  readonly channel: string;
  readonly isDirect: boolean;
  /** Was over before we came. */
  readonly archived: boolean;
  readonly about: About;
}

export function createPlatform(parts: PlatformParts): Platform {
  const { deskOf, conversations, now, log, api, members } = parts;
  const directs = createMemory<string>({ now, most: 20_000, keptFor: HOUR });
  const selves = createMemory<string>({ now, most: 1, keptFor: DAY });

  /** Null: it can be called. */
  const closed = async (installation: string) => {
    try {
      const desk = await deskOf(installation);
      return desk === null ? refusal('workspace_uninstalled', 'no workspace owns this installation') : null;
    } catch {
      return refusal('unavailable', 'our own store could not be reached');
    }
  };

  const directOf = async (installation: string, user: string): Promise<Spot | NotSent> => {
    if (!isSnowflake(user)) return refusal('person_gone', 'this is nobody of Discord');
    const about: About = { installation, channel: null, thread: false };
    let failed: NotSent | null = null;
    const channel = await directs.get(user, async () => {
      const body = { recipient_id: user };
      const opened = await api.call('POST', '/users/@me/channels', { body, idempotent: true });
      if (opened.kind === 'ok') return textIn(opened.body, 'id');
      failed = outcomeOfCall(opened, about);
      return null;
    });
    if (channel !== null) return { channel, isDirect: true, archived: false, about };
    // Nothing was sent, whatever became of opening the conversation.
    return failed !== null && (failed as NotSent).kind === 'refused'
      ? failed
      : refusal('unavailable', 'a direct conversation could not be opened');
  };

  const spotOf = async (installation: string, to: Destination): Promise<Spot | NotSent> => {
    if (to.kind === 'person') return await directOf(installation, to.externalId);
    const inThread = to.kind === 'thread';
    const channel = inThread ? to.thread : to.channel;
    if (!isSnowflake(channel)) return refusal('no_reachable_channel', 'this is no conversation of Discord');
    const known = isSnowflake(to.channel) ? to.channel : null;
    const about: About = { installation, channel: known ?? channel, thread: inThread };
    if (!inThread) return { channel, isDirect: false, archived: false, about };
    const state = await threadState(api, channel);
    if (state.kind === 'refused') return outcomeOfCall(state, about);
    // Whoever does not say whether it is archived may still take a message.
    if (state.kind === 'unknown') return { channel, isDirect: false, archived: false, about };
    const { archived, locked, guild, parent } = state.body;
    if (guild !== null && guild !== installation)
      return refusal('no_reachable_channel', 'this conversation is in another server');
    // Nobody but those who may manage threads can press anything in it.
    if (archived && locked)
      return refusal('no_reachable_channel', 'this conversation is archived and locked');
    return { channel, isDirect: false, archived, about: { ...about, channel: known ?? parent ?? channel } };
  };

  /** With its pictures. Where Discord does not take those after all it refused the message, so that it can be sent without them. */
  const withPictures = async (
    view: View,
    installation: string,
    key: string | undefined,
    call: (given: CallOptions) => Promise<Called>,
  ): Promise<Called> => {
    const options = { guild: installation, ...(key !== undefined && { key }) };
    const { images, files } = await drawn(parts, view, key);
    if (files.length === 0) return await call({ body: renderMessage(view, options) });
    const called = await call({ body: renderMessage(view, { ...options, images }), files });
    if (called.kind !== 'refused' || !(ABOUT_CONTENT.has(called.code) || called.status === 413))
      return called;
    log.warn({ installation, code: called.code, detail: called.detail }, 'sent without its picture');
    return await call({ body: renderMessage(view, options) });
  };

  return {
    name: 'discord',
    // A nonce holds for some minutes, and not for good.
    capabilities: { direct: true, idempotentSend: false, privateThreads: false, fileBytes: MOST_BYTES },

    async send({ installation, to, key, view, file }: Outgoing) {
      const no = await closed(installation);
      if (no) return no;
      const spot = await spotOf(installation, to);
      if ('kind' in spot) return spot;
      const { channel, archived, about } = spot;
      // While the nonce holds, sending twice is sending once.
      const nonce = { nonce: keyMark(key), enforce_nonce: true };
      const post = ({ body, ...rest }: CallOptions) =>
        api.call('POST', `/channels/${channel}/messages`, {
          ...rest,
          body: { ...(body as object), ...nonce },
          timeout: SEND_TIMEOUT,
          idempotent: true,
        });
      const posted = await (file
        ? post({ body: withFile(renderMessage(view, { guild: installation, key }), file), files: [file] })
        : withPictures(view, installation, key, post));
      if (posted.kind !== 'ok') {
        if (to.kind === 'person') directs.forget(to.externalId);
        return outcomeOfCall(posted, about);
      }
      if (archived) await archiveAgain(parts, api, channel);
      const message = textIn(posted.body, 'id');
      if (message === null) return { kind: 'unknown', detail: 'the answer names no message' };
      return { kind: 'sent', ref: { channel: textIn(posted.body, 'channel_id') ?? channel, message } };
    },

    async update(installation, ref, view) {
      const no = await closed(installation);
      if (no) return no;
      const { channel, message } = ref;
      if (!isSnowflake(channel) || !isSnowflake(message))
        return refusal('invalid', 'this is no message of Discord');
      const edit = () =>
        withPictures(view, installation, undefined, (given) =>
          api.call('PATCH', `/channels/${channel}/messages/${message}`, { ...given, idempotent: true }),
        );
      let edited = await edit();
      if (edited.kind === 'refused' && edited.code === ARCHIVED) {
        const opened = await setArchived(api, channel, false);
        if (opened.kind === 'ok') {
          edited = await edit();
          await archiveAgain(parts, api, channel);
        }
      }
      if (edited.kind === 'ok') return { kind: 'sent', ref };
      // It may be a direct message: whose channel that is nobody can see to.
      return outcomeOfCall(edited, { installation, channel: null, thread: false });
    },

    async find({ installation, to, key }) {
      for (const name of [key, keyMark(key)]) {
        const ref = await conversations.echo(installation, name).catch(() => null);
        if (ref !== null) return { kind: 'found', ref };
      }
      const self = await selves.get('', async () => {
        const called = await api.call('GET', '/users/@me', { idempotent: true });
        return called.kind === 'ok' ? textIn(called.body, 'id') : null;
      });
      if (self === null) return { kind: 'cannot_tell' };
      if (to.kind === 'person') {
        const spot = await directOf(installation, to.externalId);
        if ('kind' in spot) return { kind: 'cannot_tell' };
        return await findIn(api, { channel: spot.channel, isDirect: true, key, self, now: now() });
      }
      const channel = to.kind === 'thread' ? to.thread : to.channel;
      if (!isSnowflake(channel)) return { kind: 'absent' };
      return await findIn(api, { channel, isDirect: false, key, self, now: now() });
    },

    async lookUp(installation, externalId): Promise<Lookup> {
      if (await closed(installation)) return { kind: 'cannot_tell' };
      const member = await members.find(installation, externalId).catch(() => null);
      if (member === null) return { kind: 'cannot_tell' };
      return member === 'nobody' ? { kind: 'nobody' } : { kind: 'found', profile: member.profile };
    },

    async link({ installation, channel, thread }) {
      const where = thread ?? channel;
      if (where === null || !isSnowflake(where) || !isSnowflake(installation)) return null;
      return `https://discord.com/channels/${installation}/${where}`;
    },

    health: parts.health,
    start: parts.start,
    stop: parts.stop,
  };
}

/** Files without the permission to attach them, too large, of a kind that is not taken, or not taken in this form. */
const ABOUT_CONTENT = new Set([50013, 40005, 50046, 50035]);
const ARCHIVED = 50083;

function withFile(message: ReturnType<typeof renderMessage>, { name }: OutgoingFile): object {
  return { ...message, attachments: [{ id: '0', filename: name }] };
}

function textIn(body: unknown, name: string): string | null {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : null;
  return typeof value === 'string' ? value : null;
}
