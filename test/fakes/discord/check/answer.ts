// Which answers an interaction may be given.
import type { Discord } from '../discord.ts';
import { Answered, type Interaction, InteractionType } from '../interaction.ts';
import type { Json } from '../types.ts';
import { Field, Form, isObject } from './form.ts';
import { checkModal } from './modal.ts';

const { message, deferred, deferredUpdate, update, choices, modal, pong } = Answered;

function allowed({ type, message: pressed }: Interaction): number[] {
  if (type === InteractionType.ping) return [pong];
  if (type === InteractionType.autocomplete) return [choices];
  if (type === InteractionType.command) return [message, deferred, modal];
  if (type === InteractionType.component) return [message, deferred, deferredUpdate, update, modal];
  return [message, deferred, ...(pressed ? [deferredUpdate, update] : [])];
}

function checkChoices(data: Field): void {
  if (!data.object(['choices'])) return;
  for (const choice of data.key('choices').list({ max: 25, optional: true })) {
    choice.object(['name', 'name_localizations', 'value']);
    choice.key('name').string({ min: 1, max: 100 });
    const value = choice.key('value');
    if (typeof value.value === 'number') value.number();
    else value.string({ min: 1, max: 100 });
  }
}

export function checkAnswer(
  discord: Discord,
  interaction: Interaction,
  body: unknown,
  where: string,
): { readonly type: number; readonly data: Json | null } {
  const form = new Form();
  const field = new Field(form, body ?? {});
  field.object(['type', 'data']);
  const type = field.key('type').oneOf(allowed(interaction));
  const data = field.key('data');
  if (type === message || type === modal || type === choices) data.object(null);
  if (type === deferred && data.object(['flags'], true))
    data.key('flags').integer({ min: 0, optional: true });
  if (type === modal) checkModal(data);
  if (type === choices) checkChoices(data);
  for (const stray of form.strays) discord.violated(where, 'UNKNOWN_FIELD', stray);
  form.refuse();
  return { type: type ?? 0, data: isObject(data.value) ? data.value : null };
}
