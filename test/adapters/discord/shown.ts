// What the tests read out of a rendered message or modal: an outline, its words, what can be pressed, and what in it is more than words.
import type { Message } from '../../../adapters/discord/render/index.ts';
import { Field, Form } from '../../fakes/discord/check/form.ts';
import { checkMessage as checkBody } from '../../fakes/discord/check/message.ts';
import { checkModal as checkData } from '../../fakes/discord/check/modal.ts';
import { aliveIn } from '../../fakes/discord/looking.ts';

interface Json {
  readonly [key: string]: unknown;
}

/** Every object in it, outermost first. */
export function objectsIn(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Json, ...Object.values(value).flatMap(objectsIn)];
}

/** As people read it, with what stands behind it, so that a change can be read; nothing is left out. */
export function outline({ content, embeds, components, attachments, ...rest }: Message): string {
  return [
    content,
    ...embeds.map((embed) => `[embed] ${JSON.stringify(Object.keys(embed))}\n${embed.description}`),
    ...components.map((row) => row.components.map((one) => `  ${JSON.stringify(one)}`).join('\n')),
    ...attachments.map((one) => JSON.stringify(one)),
    JSON.stringify(rest),
    '',
  ].join('\n');
}

export function idsIn(message: unknown): readonly string[] {
  return objectsIn(message).flatMap((one) =>
    typeof one['custom_id'] === 'string' ? [one['custom_id']] : [],
  );
}

/** The texts in which Discord reads markup. */
export function textsIn({ content, embeds }: Message): readonly string[] {
  return [content, ...embeds.flatMap((embed) => embed.description ?? [])];
}

/** As it is read: without the backslashes that nobody sees. */
export function readIn(message: Message): string {
  return textsIn(message)
    .join('\n')
    .replace(/\\([\\`*_~|>#[\]()<@:.+-])/gu, '$1');
}

/** What Discord makes more of, without the markup that begins our own lines, our own bold words, and links to these addresses. */
export function aliveBeside(message: Message, addresses: readonly string[] = []): readonly string[] {
  return textsIn(message)
    .map((text) => addresses.reduce((rest, address) => rest.replaceAll(`](<${address}>)`, ''), text))
    .flatMap((text) => aliveIn(ours(text)))
    .map((one) => `${one.kind} ${one.text}`);
}

/** Our own marks are the only ones that no backslash stands before. */
function ours(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/^(?:#{2,3} |-# |> |- )/u, ''))
    .join('\n')
    .replace(/(?<!\\)((?:\\\\)*)\*\*/gu, '$1');
}

/** As Discord takes it; throws what Discord would say. */
export function checkMessage(message: Message): void {
  const form = new Form();
  checkBody(new Field(form, message), {
    as: 'create',
    files: message.attachments.map((one) => one.filename),
  });
  form.refuse();
  if (form.strays.length > 0) throw new Error(`no such field: ${form.strays.join(', ')}`);
  if (message.content.trim() === '') throw new Error('a message has to say something');
}

export function checkModal(modal: unknown): void {
  const form = new Form();
  checkData(new Field(form, modal));
  form.refuse();
  if (form.strays.length > 0) throw new Error(`no such field: ${form.strays.join(', ')}`);
}
