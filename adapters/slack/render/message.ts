// View → message: what it says in notifications, and its blocks.
import type { KnownBlock } from '@slack/types';
import type { ChartSpec, View } from '../../../src/views/view.ts';
import { inShort } from './blocks.ts';
import { fitted, MESSAGE_ROOM } from './fit.ts';
import { escaped, isBlank, MORE } from './words.ts';

const LONGEST_FALLBACK = 3_000;
const KEY = 'key:';

export interface MessageOptions {
  /** Carried by the message, so that the platform's own event about it says which it is ({@link keyOf}); at most 64 characters. */
  readonly key?: string;
  /** The ids of the files that the charts were uploaded as; a chart without one is told in words. */
  readonly images?: ReadonlyMap<ChartSpec, string>;
}

export interface Message {
  /** For notifications and screen readers; the blocks are what is seen. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

const NONE: ReadonlyMap<ChartSpec, string> = new Map();

/** For chat.postMessage, chat.postEphemeral, chat.update and response_url. */
export function renderMessage(view: View, { key, images = NONE }: MessageOptions = {}): Message {
  const text = escaped(view.summary, LONGEST_FALLBACK);
  const blocks = fitted(view, images, MESSAGE_ROOM);
  // A message has at least one block: the key needs a place.
  const [first, ...rest] = blocks.length > 0 ? blocks : inShort(view);
  // The other blocks get their ids from Slack, so that there are never two alike.
  const named = key === undefined ? first! : { ...first!, block_id: KEY + key };
  return { text: isBlank(text) ? MORE : text, blocks: [named, ...rest] };
}

/** The key that a message of ours was sent under; null where it carries none. `blocks` is whatever Slack sent. */
export function keyOf(blocks: unknown): string | null {
  const first: unknown = Array.isArray(blocks) ? blocks[0] : null;
  const id = typeof first === 'object' && first !== null && 'block_id' in first ? first.block_id : null;
  return typeof id === 'string' && id.startsWith(KEY) ? id.slice(KEY.length) : null;
}
