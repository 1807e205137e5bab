// What Discord adds to components and embeds that came without it: numbers, usual values, the addresses of pictures.
import { isObject } from './check/form.ts';
import { Kind, SELECTS } from './check/selects.ts';
import type { Json } from './types.ts';

const INNER = ['components', 'component', 'accessory'];

function usual(component: Json): Json {
  const type = component['type'] as number;
  if (SELECTS.includes(type)) return { min_values: 1, max_values: 1, ...component };
  return type === Kind.container ? { accent_color: null, spoiler: false, ...component } : component;
}

/** Every component has a number; Discord gives one to those that came without. */
export function completeComponents(components: readonly Json[]): Json[] {
  let last = 0;
  const complete = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(complete);
    if (!isObject(value) || typeof value['type'] !== 'number') return value;
    last += 1;
    const out: Json = { ...usual(value), id: value['id'] ?? last };
    for (const name of INNER) if (name in out) out[name] = complete(out[name]);
    return out;
  };
  return components.map((each) => complete(each) as Json);
}

/** `addressOf` knows where an attachment of this name is found. */
export function completeEmbed(embed: Json, addressOf: (filename: string) => string | null): Json {
  const out: Json = { type: 'rich', ...embed };
  if (Array.isArray(embed['fields']))
    out['fields'] = (embed['fields'] as Json[]).map((each) => ({ inline: false, ...each }));
  for (const name of ['image', 'thumbnail']) {
    const picture = embed[name];
    if (!isObject(picture)) continue;
    const file = /^attachment:\/\/(.+)$/.exec(String(picture['url']))?.[1];
    if (file !== undefined) out[name] = { ...picture, url: addressOf(file) ?? picture['url'] };
  }
  return out;
}
