// Filling in a modal as a client lets people do, and what is sent then.
import { lengthOf } from './check/form.ts';
import { Kind } from './check/selects.ts';
import type { Modal } from './interaction.ts';
import { all } from './pressing.ts';
import type { Json } from './types.ts';

/** By custom id: a text, the options chosen, or a tick. */
export type Answers = Readonly<Record<string, string | readonly string[] | boolean>>;

function text(field: Json, answer: Answers[string] | undefined): Json {
  const value = String(answer ?? field['value'] ?? '');
  const [min, max] = [Number(field['min_length'] ?? 0), Number(field['max_length'] ?? 4000)];
  if (value === '' && field['required'] !== false)
    throw new Error(`${String(field['custom_id'])} is required`);
  if (value !== '' && lengthOf(value) < min) throw new Error(`${String(field['custom_id'])} is too short`);
  if (lengthOf(value) > max) throw new Error(`${String(field['custom_id'])} is too long`);
  return { value };
}

function chosen(field: Json, answer: Answers[string] | undefined): string[] {
  const options = (field['options'] as Json[] | undefined) ?? [];
  const usual = options.filter((each) => each['default'] === true).map((each) => String(each['value']));
  const values = answer === undefined ? usual : Array.isArray(answer) ? [...answer] : [String(answer)];
  for (const each of values)
    if (options.length > 0 && !options.some((one) => one['value'] === each))
      throw new Error(`there is no option ${each}`);
  if (values.length === 0 && field['required'] !== false)
    throw new Error(`${String(field['custom_id'])} is required`);
  return values;
}

function filled(field: Json, answers: Answers): Json {
  const id = String(field['custom_id']);
  const base = { type: field['type'], id: field['id'] ?? 0, custom_id: id };
  const answer = answers[id];
  if (field['type'] === Kind.textInput) return { ...base, ...text(field, answer) };
  if (field['type'] === Kind.checkbox) return { ...base, value: answer ?? field['default'] ?? false };
  if (field['type'] === Kind.radio) return { ...base, value: chosen(field, answer)[0] ?? null };
  return { ...base, values: chosen(field, answer) };
}

export function modalData(modal: Modal, answers: Answers): Json {
  const known = all(modal.components).map((each) => each['custom_id']);
  for (const id of Object.keys(answers))
    if (!known.includes(id)) throw new Error(`the modal has no field ${id}`);
  const components = modal.components.map((each, place) => {
    const base = { type: each['type'], id: each['id'] ?? place + 1 };
    if (each['type'] === Kind.label)
      return { ...base, component: filled(each['component'] as Json, answers) };
    if (each['type'] === Kind.row)
      return { ...base, components: (each['components'] as Json[]).map((one) => filled(one, answers)) };
    return base;
  });
  return { custom_id: modal.customId, components, resolved: {} };
}
