// From the body of a request to a message: checked, its files put away, and refused when it says nothing.
import type { Upload } from './body.ts';
import { Field, Form } from './check/form.ts';
import { checkMessage, Flag, type MessageUse, mentionsLeftOpen } from './check/message.ts';
import type { Discord } from './discord.ts';
import { refusal } from './errors.ts';
import type { Change } from './messages.ts';
import type { Attachment, Json, Message } from './types.ts';

interface Listed {
  readonly id: string | number;
  readonly filename?: string | null;
  readonly description?: string | null;
}

const listed = (body: Json): Listed[] | null => (body['attachments'] as Listed[] | null | undefined) ?? null;

/** New files become attachments; those that the message had stay when they are listed, or when nothing is. */
function attachmentsOf(
  discord: Discord,
  body: Json,
  files: readonly Upload[],
  had: readonly Attachment[],
): Attachment[] {
  const list = listed(body);
  const kept = list === null ? had : had.filter((each) => list.some((one) => String(one.id) === each.id));
  const fresh = files.map((file) => {
    const about = list?.find((each) => String(each.id) === file.key);
    return {
      id: discord.ids.next(),
      filename: (about?.filename ?? file.filename).replace(/[^\w.-]+/g, '_'),
      contentType: file.contentType,
      bytes: file.bytes,
      description: about?.description ?? null,
    };
  });
  return [...kept, ...fresh];
}

/** Checks what would be posted, and notes what would call somebody. Nothing is changed yet. */
export function checkedContent(
  discord: Discord,
  where: string,
  body: unknown,
  files: readonly Upload[],
  as: MessageUse['as'],
  message: Message | null = null,
  path: readonly string[] = [],
): Change {
  const form = new Form();
  const had = message?.attachments ?? [];
  const names = [...files.map((each) => each.filename), ...had.map((each) => each.filename)];
  checkMessage(new Field(form, body ?? {}, path), {
    as,
    files: names,
    ...(message ? { flags: message.flags } : {}),
  });
  for (const stray of form.strays) discord.violated(where, 'UNKNOWN_FIELD', stray);
  form.refuse();
  const said = (body ?? {}) as Json;
  const open = mentionsLeftOpen(said);
  if (open) discord.violated(where, 'ALLOWED_MENTIONS', open);
  const attachments = attachmentsOf(discord, said, files, had);
  return {
    ...(said['content'] === undefined
      ? {}
      : {
          content: String(said['content'] ?? '')
            .replaceAll('\0', '')
            .trim(),
        }),
    ...(said['embeds'] === undefined ? {} : { embeds: (said['embeds'] as Json[] | null) ?? [] }),
    ...(said['components'] === undefined ? {} : { components: (said['components'] as Json[] | null) ?? [] }),
    attachments,
    ...(typeof said['flags'] === 'number' ? { flags: said['flags'] } : {}),
    allowedMentions: (said['allowed_mentions'] as Json | null | undefined) ?? null,
  };
}

/** A message has to say something; a row of buttons alone says nothing. */
export function refuseEmpty(change: Change, before: Message | null = null): void {
  const content = change.content ?? before?.content ?? '';
  const embeds = change.embeds ?? before?.embeds ?? [];
  const components = change.components ?? before?.components ?? [];
  const version2 = (((change.flags ?? 0) | (before?.flags ?? 0)) & Flag.version2) !== 0;
  const says = content !== '' || embeds.length > 0 || (change.attachments?.length ?? 0) > 0;
  if (!says && !(version2 && components.length > 0)) throw refusal(50006);
}
