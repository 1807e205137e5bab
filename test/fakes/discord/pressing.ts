// Finding what is pressed in a message, and what a press says.
import { isObject } from './check/form.ts';
import { Kind, SELECTS } from './check/selects.ts';
import type { Json } from './types.ts';

/** A custom id, a label, or a test of the component. */
export type Matcher = string | RegExp | ((component: Json) => boolean);

/** Every component, however deep. */
export function all(components: readonly unknown[]): Json[] {
  return components.flatMap((each) => {
    if (!isObject(each)) return [];
    const inner = [
      ...((each['components'] as unknown[] | undefined) ?? []),
      each['component'],
      each['accessory'],
    ];
    return [each, ...all(inner)];
  });
}

function matches(component: Json, matcher: Matcher): boolean {
  if (typeof matcher === 'function') return matcher(component);
  const names = [component['custom_id'], component['label']].filter((each) => typeof each === 'string');
  return names.some((each) => (typeof matcher === 'string' ? each === matcher : matcher.test(each)));
}

/** In the newest version that has it. */
export function find(versions: readonly (readonly Json[])[], matcher: Matcher): Json {
  for (const components of [...versions].reverse()) {
    const found = all(components).find(
      (each) => typeof each['custom_id'] === 'string' && matches(each, matcher),
    );
    if (found) return found;
  }
  throw new Error(`nothing to press that is ${String(matcher)}`);
}

export function pressData(component: Json, choose: readonly string[] = []): Json {
  const type = component['type'] as number;
  const base = { custom_id: component['custom_id'], component_type: type, id: component['id'] };
  if (!SELECTS.includes(type)) return base;
  if (type === Kind.stringSelect) {
    const values = ((component['options'] as Json[] | undefined) ?? []).map((each) => each['value']);
    for (const each of choose) if (!values.includes(each)) throw new Error(`there is no option ${each}`);
  }
  const [min, max] = [component['min_values'] ?? 1, component['max_values'] ?? 1] as [number, number];
  if (choose.length < min || choose.length > max)
    throw new Error(`between ${min} and ${max} options can be chosen`);
  return { ...base, values: [...choose], ...(type === Kind.stringSelect ? {} : { resolved: {} }) };
}
