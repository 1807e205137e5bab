// View → message. What is short is the message's own text; what is longer stands in an embed below one line that says it all.
import { type APIEmbed, type APIMessage, MessageFlags } from 'discord.js';
import { isBlank, line, MORE, words } from '../../../src/domain/words.ts';
import type { ChartSpec, View } from '../../../src/views/view.ts';
import { readCustomId } from '../custom-id.ts';
import { keyMark } from '../key-mark.ts';
import { type Row, rowsOf } from './actions.ts';
import { fitted } from './fit.ts';
import { escaped } from './markdown.ts';

const LONGEST_CONTENT = 2_000;
const LONGEST_EMBED = 4_096;
const LONGEST_ALT = 1_024;
const MOST_FILES = 10;

export interface MessageOptions {
  /** The server that it is about: a direct message names none. */
  readonly guild: string;
  /** The key under which it is sent, so that it can be found again ({@link marksOf}). */
  readonly key?: string;
  /** The names of the files that show the charts; a chart without one is told in words. */
  readonly images?: ReadonlyMap<ChartSpec, string>;
}

/** Every field, so that as an edit it leaves nothing of what was there. */
export interface Message {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly Row[];
  /** The files that come with it, in their order. */
  readonly attachments: readonly {
    readonly id: string;
    readonly filename: string;
    readonly description: string;
  }[];
  readonly allowed_mentions: { readonly parse: readonly never[] };
  readonly flags: number;
}

const NONE: ReadonlyMap<ChartSpec, string> = new Map();

export function renderMessage(view: View, { guild, key, images = NONE }: MessageOptions): Message {
  const text = fitted(view, images, LONGEST_EMBED);
  const isLong = text.length > LONGEST_CONTENT;
  const charts = view.blocks.flatMap((block) => (block.kind === 'image' ? [block] : []));
  const files = new Set<string>();
  const attachments = charts.flatMap(({ chart, alt }) => {
    const filename = images.get(chart);
    if (filename === undefined || files.has(filename) || files.size === MOST_FILES) return [];
    files.add(filename);
    const told = words(alt, LONGEST_ALT);
    return [{ id: String(files.size - 1), filename, description: isBlank(told) ? MORE : told }];
  });
  return {
    content: isLong || isBlank(text) ? summaryOf(view) : text,
    embeds: isLong ? [{ description: text }] : [],
    components: rowsOf(view, guild, key === undefined ? null : keyMark(key)),
    attachments,
    allowed_mentions: { parse: [] },
    // No address is shown as more than it is. The flag would hide an embed of our own too.
    flags: isLong ? 0 : MessageFlags.SuppressEmbeds,
  };
}

function summaryOf({ summary }: View): string {
  for (let most = LONGEST_CONTENT; ; most = Math.floor(most * 0.9)) {
    const said = escaped(line(summary, most));
    if (said.length <= LONGEST_CONTENT) return isBlank(said) ? MORE : said;
  }
}

/** The name of the n-th chart of a message with this key: where there is no button, it carries the mark. */
export function fileName(index: number, key: string | undefined): string {
  return key === undefined ? `chart-${index + 1}.png` : `chart-${index + 1}-${keyMark(key)}.png`;
}

/** The server and the mark that a message of ours carries; null for what it does not. `message` is whatever Discord sent. */
export function marksOf(message: Partial<APIMessage>): {
  readonly guild: string | null;
  readonly mark: string | null;
} {
  let guild: string | null = null;
  let mark = typeof message.nonce === 'string' ? message.nonce : null;
  for (const row of message.components ?? []) {
    for (const one of 'components' in row ? row.components : []) {
      const read = 'custom_id' in one ? readCustomId(String(one.custom_id)) : null;
      guild ??= read?.guild ?? null;
      mark ??= read?.mark ?? null;
    }
  }
  for (const { filename } of message.attachments ?? [])
    mark ??= /^chart-\d+-([\w-]{23})\.png$/u.exec(filename)?.[1] ?? null;
  return { guild, mark };
}
