// Whether a message of ours with this key is in a channel: its own marks say so. Where something of ours carries none, nobody can tell.
import { DAY, type Instant } from '../../src/domain/basics.ts';
import type { FindOutcome } from '../../src/ports/platform.ts';
import { keyMark } from './key-mark.ts';
import type { DiscordApi } from './parts.ts';
import { marksOf } from './render/index.ts';

/** Longer ago, nothing is sent again. */
const LOOKED_BACK = 3 * DAY;
const PAGE = 100;
const MOST_PAGES = 10;

interface Listed {
  readonly id: string;
  readonly author?: { readonly id?: string };
  readonly timestamp?: string;
  readonly edited_timestamp?: string | null;
  readonly interaction_metadata?: unknown;
  readonly webhook_id?: string;
}

export interface Search {
  readonly channel: string;
  readonly isDirect: boolean;
  readonly key: string;
  /** Our own user id. */
  readonly self: string;
  readonly now: Instant;
}

export async function findIn(api: DiscordApi, search: Search): Promise<FindOutcome> {
  const { channel, isDirect, key, self, now } = search;
  const mark = keyMark(key);
  let before: string | null = null;
  let seen = 0;
  let unmarked = false;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { limit: String(PAGE), ...(before !== null && { before }) };
    const called = await api.call<readonly Listed[]>('GET', `/channels/${channel}/messages`, {
      query,
      idempotent: true,
    });
    if (called.kind !== 'ok' || !Array.isArray(called.body)) return { kind: 'cannot_tell' };
    const messages: readonly Listed[] = called.body;
    for (const message of messages) {
      seen += 1;
      if (message.author?.id !== self) continue;
      const carried = marksOf(message as Parameters<typeof marksOf>[0]).mark;
      if (carried === mark) return { kind: 'found', ref: { channel, message: message.id } };
      unmarked ||= carried === null && mayBeAny(message);
    }
    const last = messages.at(-1);
    const isOld = last !== undefined && now - Date.parse(last.timestamp ?? '') > LOOKED_BACK;
    if (messages.length < PAGE || last === undefined || isOld) {
      // Who may not read the history gets an empty list.
      const mayRead = seen > 0 || isDirect;
      return mayRead && !unmarked ? { kind: 'absent' } : { kind: 'cannot_tell' };
    }
    before = last.id;
  }
  return { kind: 'cannot_tell' };
}

/** What was changed since was known to us; what answers an interaction was sent otherwise. */
function mayBeAny(message: Listed): boolean {
  return !message.edited_timestamp && !message.interaction_metadata && message.webhook_id === undefined;
}
