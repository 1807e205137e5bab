// What chat methods have in common: the content of a message out of the arguments, looked at as Slack looks at it.
import type { Args } from '../args.ts';
import { checkedMessageBlocks, checkedMetadata } from '../block-kit/content.ts';
import { SlackError } from '../errors.ts';
import type { Slack } from '../slack.ts';
import type { Json, Message, PostFlags } from '../types.ts';

const LONGEST = 40_000;
const LONE_SURROGATE = /\p{Surrogate}/u;

export type Content = Pick<Message, 'text'> & Partial<Pick<Message, 'blocks' | 'attachments' | 'metadata'>>;

export function contentOf(slack: Slack, args: Args): Content & { readonly given: readonly string[] } {
  const { world, options, ids } = slack;
  const blocks = checkedMessageBlocks(
    args.value('blocks', 'invalid_blocks_format'),
    (ref) => world.fileShown(ref, options.fileProcessing),
    ids,
  );
  const attachments = args.value('attachments', 'invalid_attachments');
  const metadata = checkedMetadata(args.value('metadata', 'invalid_metadata_format'));
  const text = args.string('text');
  const markdown = args.string('markdown_text');
  if (markdown !== null && (text !== null || blocks !== undefined))
    throw new SlackError('markdown_text_conflict');
  if (text !== null && (text.length > LONGEST || LONE_SURROGATE.test(text)))
    throw new SlackError('msg_too_long');
  if (markdown !== null && markdown.length > 12_000) throw new SlackError('msg_too_long');
  return {
    text: text ?? markdown ?? '',
    ...(blocks === undefined ? {} : { blocks }),
    ...(Array.isArray(attachments) ? { attachments: attachments as Json[] } : {}),
    ...(metadata === undefined ? {} : { metadata }),
    given: Object.keys({ text, markdown, blocks, attachments }).filter((name) => {
      const value = { text, markdown, blocks, attachments }[name];
      return value !== undefined && value !== null && value !== '';
    }),
  };
}

export function isEmpty(content: Content): boolean {
  return content.text === '' && !content.blocks?.length && !content.attachments?.length;
}

export function flagsOf(args: Args): PostFlags {
  const flags: Json = {};
  for (const name of ['unfurl_links', 'unfurl_media', 'link_names', 'mrkdwn', 'reply_broadcast'] as const) {
    const value = args.boolean(name);
    if (value !== undefined) flags[name] = value;
  }
  const parse = args.string('parse');
  return { ...flags, ...(parse === null ? {} : { parse }) };
}
