// The body of a message: what is posted, edited, answered with, or sent after an answer.
import type { Json } from '../types.ts';
import { checkComponents } from './components.ts';
import { checkEmbeds } from './embeds.ts';
import type { Field } from './form.ts';

export const Flag = { suppressEmbeds: 4, ephemeral: 64, silent: 4096, version2: 32_768 } as const;

// With those that discord.js sends of itself with every message, whatever is done with it.
const SHARED = [
  'content',
  'embeds',
  'allowed_mentions',
  'components',
  'attachments',
  'flags',
  'tts',
  'nonce',
  'enforce_nonce',
];
const FIELDS = {
  create: [...SHARED, 'message_reference', 'sticker_ids', 'poll'],
  edit: SHARED,
  answer: [...SHARED, 'poll'],
  webhook: [...SHARED, 'poll', 'username', 'avatar_url', 'thread_name', 'applied_tags'],
} as const;

export interface MessageUse {
  readonly as: keyof typeof FIELDS;
  /** Names of the files that come with it, and of those that the message has already. */
  readonly files: readonly string[];
  /** The flags that it already has. */
  readonly flags?: number;
}

const TYPES = ['users', 'roles', 'everyone'];

function checkAllowedMentions(field: Field): void {
  if (!field.object(['parse', 'users', 'roles', 'replied_user'], true)) return;
  const parse = field.key('parse').list({ optional: true });
  for (const each of parse) each.oneOf(TYPES);
  for (const name of ['users', 'roles'] as const) {
    const listed = field.key(name).list({ max: 100, optional: true });
    for (const each of listed) each.snowflake();
    if (listed.length > 0 && parse.some((each) => each.value === name))
      field.wrong(
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${name}"] and ${name}: [ids...] are mutually exclusive.`,
      );
  }
  field.key('replied_user').boolean();
}

function checkAttachments(field: Field): void {
  for (const each of field.list({ max: 10, optional: true })) {
    each.object([
      'id',
      'filename',
      'description',
      'title',
      'duration_secs',
      'waveform',
      'is_spoiler',
      'url',
      'size',
      'proxy_url',
      'content_type',
      'width',
      'height',
      'placeholder',
      'placeholder_version',
      'flags',
      'ephemeral',
    ]);
    each.key('id').snowflake();
    each.key('filename').string({ min: 1, max: 1024, optional: true });
    each.key('description').string({ max: 1024, optional: true });
  }
}

function checkNonce(field: Field): void {
  const { value } = field.key('nonce');
  if (typeof value === 'string') field.key('nonce').string({ min: 0, max: 25 });
  else field.key('nonce').integer({ optional: true });
  field.key('enforce_nonce').boolean();
}

export function checkMessage(body: Field, use: MessageUse): void {
  if (!body.object(FIELDS[use.as])) return;
  body.key('content').string({ max: 2000, min: 0, optional: true });
  const flags = body.key('flags').integer({ min: 0, optional: true });
  const version2 = (((flags ?? 0) | (use.flags ?? 0)) & Flag.version2) !== 0;
  if (version2)
    for (const name of ['content', 'embeds', 'sticker_ids', 'poll'] as const) {
      const field = body.key(name);
      const empty =
        field.absent || field.value === '' || (Array.isArray(field.value) && field.value.length === 0);
      if (!empty)
        field.wrong(
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        );
    }
  checkEmbeds(body.key('embeds'), use.files);
  checkComponents(body.key('components'), version2, use.files);
  checkAllowedMentions(body.key('allowed_mentions'));
  checkAttachments(body.key('attachments'));
  checkNonce(body);
  const reference = body.key('message_reference');
  if (reference.object(['type', 'message_id', 'channel_id', 'guild_id', 'fail_if_not_exists'], true))
    reference.key('message_id').snowflake();
}

/** A customer's words must never call anybody: every message that says something carries `parse: []`. */
export function mentionsLeftOpen(body: Json): string | null {
  const says = ['content', 'embeds', 'components'].some(
    (name) => body[name] !== undefined && body[name] !== null,
  );
  if (!says) return null;
  const allowed = body['allowed_mentions'] as Json | null | undefined;
  if (allowed === undefined || allowed === null) return 'allowed_mentions is missing';
  const { parse, users, roles } = allowed as { parse?: unknown; users?: unknown[]; roles?: unknown[] };
  if (!Array.isArray(parse) || parse.length > 0) return 'allowed_mentions.parse is not empty';
  return (users?.length ?? 0) + (roles?.length ?? 0) > 0 ? 'allowed_mentions names somebody' : null;
}
