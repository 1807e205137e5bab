// response_url: an address that may be posted to five times in half an hour, without a token.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkedMessageBlocks } from './block-kit/content.ts';
import { parsed } from './delivery.ts';
import { SlackError } from './errors.ts';
import { addMessage, asBot, changeMessage, makeMessage, removeMessage } from './messages.ts';
import type { Slack } from './slack.ts';
import type { Channel, Json, Message } from './types.ts';

const USES = 5;
const LIFE = 30 * 60 * 1000;

interface Hook {
  readonly teamId: string;
  readonly channelId: string;
  readonly userId: string;
  /** What was pressed; null for a command. */
  readonly message: Message | null;
  readonly at: number;
  uses: number;
}

export class Hooks {
  readonly #slack: Slack;
  readonly #hooks = new Map<string, Hook>();

  constructor(slack: Slack) {
    this.#slack = slack;
  }

  make(kind: 'actions' | 'commands' | 'app', hook: Omit<Hook, 'at' | 'uses'>): string {
    const path = `/${kind}/${hook.teamId}/${this.#slack.ids.number()}/${this.#slack.ids.secret(12)}`;
    this.#hooks.set(path, { ...hook, at: this.#slack.clock.now(), uses: 0 });
    return `${this.#slack.origin}${path}`;
  }

  serves(path: string): boolean {
    return /^\/(actions|commands|app)\/T/.test(path);
  }

  answer(path: string, incoming: IncomingMessage, raw: Buffer, outgoing: ServerResponse): void {
    const [status, text] = this.#answer(path, incoming.method === 'POST' ? raw.toString() : '');
    outgoing.writeHead(status, { 'content-type': 'text/plain' }).end(text);
  }

  #answer(path: string, text: string): [status: number, text: string] {
    const hook = this.#hooks.get(path);
    if (!hook) return [404, 'no_service'];
    if (this.#slack.clock.now() > hook.at + LIFE) return [404, 'expired_url'];
    if (hook.uses >= USES) return [404, 'used_url'];
    hook.uses += 1;
    try {
      const body = parsed(text);
      if (body === null) throw new SlackError('invalid_payload');
      this.respond(hook, body);
      return [200, 'ok'];
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      this.#slack.violated('response_url', error);
      return [error.error === 'invalid_payload' ? 400 : 500, error.error];
    }
  }

  /** Also what a command's acknowledgement says, which is of the same shape. */
  respond(hook: Pick<Hook, 'teamId' | 'channelId' | 'userId' | 'message'>, body: Json): void {
    const { world, options, ids } = this.#slack;
    const channel = world.channel(hook.channelId);
    if (body['delete_original'] === true) {
      this.#remove(channel, hook);
      return;
    }
    const blocks = checkedMessageBlocks(
      typeof body['blocks'] === 'string' ? JSON.parse(body['blocks']) : (body['blocks'] ?? undefined),
      (ref) => world.fileShown(ref, options.fileProcessing),
      ids,
    );
    const text = typeof body['text'] === 'string' ? body['text'] : '';
    if (text === '' && (blocks === undefined || blocks.length === 0) && !Array.isArray(body['attachments']))
      throw new SlackError('no_text');
    if (text.length > 40_000) throw new SlackError('msg_too_long');
    const content = { text, ...(blocks ? { blocks } : {}) };
    if (body['replace_original'] === true) {
      this.#replace(channel, hook, content);
      return;
    }
    const type = body['response_type'] ?? 'ephemeral';
    if (type !== 'ephemeral' && type !== 'in_channel') throw new SlackError('invalid_payload');
    const installation = this.#slack.installationFor(hook.teamId);
    if (!installation) throw new SlackError('invalid_payload');
    const bot = world.user(installation.botUserId);
    const thread = typeof body['thread_ts'] === 'string' ? { thread_ts: body['thread_ts'] } : {};
    const draft = { ...asBot(this.#slack, bot, hook.teamId), ...content, ...thread };
    if (type === 'in_channel') {
      // What comes this way is signed with the bot's id alone.
      const { user: _user, app_id: _app, bot_profile: _profile, ...unsigned } = draft;
      addMessage(this.#slack, channel, { ...unsigned, subtype: 'bot_message' });
      return;
    }
    world.ephemerals.push(
      makeMessage(this.#slack, channel, { ...draft, is_ephemeral: true, ephemeralTo: hook.userId }),
    );
  }

  #replace(
    channel: Channel,
    hook: Pick<Hook, 'message'>,
    content: { readonly text: string; readonly blocks?: Message['blocks'] },
  ): void {
    const { message } = hook;
    if (!message || message.deleted) throw new SlackError('message_not_found');
    const change = (of: Message): void => {
      of.text = content.text;
      if (content.blocks) of.blocks = content.blocks;
      else delete of.blocks;
    };
    if (message.ephemeralTo === undefined) {
      changeMessage(this.#slack, channel, message, change);
      return;
    }
    message.versions.push({ text: message.text, blocks: structuredClone(message.blocks) });
    change(message);
  }

  #remove(channel: Channel, hook: Pick<Hook, 'message'>): void {
    const { message } = hook;
    if (!message || message.deleted) throw new SlackError('message_not_found');
    if (message.ephemeralTo === undefined) removeMessage(this.#slack, channel, message);
    else message.deleted = true;
  }
}
