// Small checks that combine: each looks at one value at one place and reports what Slack would say of it.
import type { Json } from '../types.ts';

export type Surface = 'message' | 'modal' | 'home';

export interface Spot {
  /** A JSON pointer. */
  readonly path: string;
  readonly surface: Surface;
  readonly errors: string[];
  /** Whether a file of this id or address may be shown. */
  readonly fileShown: (ref: { readonly id?: string; readonly url?: string }) => boolean;
}

export type Check = (value: unknown, at: Spot) => void;

const LONE_SURROGATE = /\p{Surrogate}/u;

export function wrong(at: Spot, message: string): void {
  at.errors.push(`[ERROR] ${message} [json-pointer:${at.path}]`);
}

export function under(at: Spot, key: string | number): Spot {
  return { ...at, path: `${at.path}/${key}` };
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const boolean: Check = (value, at) => {
  if (typeof value !== 'boolean') wrong(at, 'must be a boolean');
};

export function string(most: number, least = 1): Check {
  return (value, at) => {
    if (typeof value !== 'string') return wrong(at, 'must be a string');
    if (LONE_SURROGATE.test(value)) wrong(at, 'must be valid Unicode');
    if (value.length < least) wrong(at, `must be more than ${least - 1} characters`);
    if (value.length > most) wrong(at, `must be less than ${most + 1} characters`);
  };
}

export function integer(least: number, most: number): Check {
  return (value, at) => {
    if (!Number.isInteger(value)) return wrong(at, 'must be an integer');
    if ((value as number) < least) wrong(at, `must be greater than ${least - 1}`);
    if ((value as number) > most) wrong(at, `must be less than ${most + 1}`);
  };
}

export function oneOf(...values: readonly unknown[]): Check {
  return (value, at) => {
    if (!values.includes(value)) wrong(at, `must be a valid enum value (${values.join(', ')})`);
  };
}

export function matching(pattern: RegExp, what: string): Check {
  return (value, at) => {
    if (typeof value !== 'string' || !pattern.test(value)) wrong(at, `must be ${what}`);
  };
}

export function list(item: Check, most: number, least = 1): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return wrong(at, 'must be an array');
    if (value.length < least) wrong(at, `no fewer than ${least} items allowed`);
    if (value.length > most) wrong(at, `no more than ${most} items allowed`);
    for (const [index, each] of value.entries()) item(each, under(at, index));
  };
}

/** An object of exactly these fields; those that end in `!` must be there. */
export function shape(
  fields: Readonly<Record<string, Check>>,
  also?: (value: Json, at: Spot) => void,
): Check {
  const checks = new Map<string, Check>();
  const required: string[] = [];
  for (const [name, check] of Object.entries(fields)) {
    const bare = name.replace(/!$/, '');
    checks.set(bare, check);
    if (bare !== name) required.push(bare);
  }
  return (value, at) => {
    if (!isObject(value)) return wrong(at, 'must be an object');
    for (const name of required)
      if (value[name] === undefined || value[name] === null) wrong(at, `missing required field: ${name}`);
    for (const [name, field] of Object.entries(value)) {
      const check = checks.get(name);
      if (name === 'type' && !check) continue;
      if (!check) wrong(at, `invalid additional property: ${name}`);
      else if (field !== undefined && field !== null) check(field, under(at, name));
      else if (field === null && required.includes(name)) continue;
      else if (field === null) wrong(under(at, name), 'must not be null');
    }
    also?.(value, at);
  };
}

/** Objects told apart by their `type`. */
export function kinds(checks: Readonly<Record<string, Check>>): Check {
  return (value, at) => {
    if (!isObject(value)) return wrong(at, 'must be an object');
    const type = value['type'];
    const check = typeof type === 'string' && Object.hasOwn(checks, type) ? checks[type] : undefined;
    if (check) check(value, at);
    else wrong(under(at, 'type'), `unsupported type: ${String(type)}`);
  };
}
