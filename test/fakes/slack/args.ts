// The arguments of a call, whatever they came as: a form holds every object as JSON text, a JSON body holds it as it is.
import { malformed, SlackError } from './errors.ts';
import type { Json } from './types.ts';

export class Args {
  readonly raw: Json;

  constructor(raw: Json) {
    this.raw = raw;
  }

  has(name: string): boolean {
    return this.raw[name] !== undefined && this.raw[name] !== null;
  }

  string(name: string): string | null {
    const value = this.raw[name];
    if (value === undefined || value === null) return null;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw malformed('invalid_arguments', [`[ERROR] must be a string [json-pointer:/${name}]`]);
  }

  need(name: string): string {
    const value = this.string(name);
    if (value === null || value === '')
      throw malformed('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
    return value;
  }

  boolean(name: string): boolean | undefined {
    const value = this.string(name);
    if (value === null || value === '') return undefined;
    return value === 'true' || value === '1';
  }

  integer(name: string, otherwise: number): number {
    const value = this.string(name);
    if (value === null || value === '') return otherwise;
    const number = Number(value);
    if (!Number.isInteger(number))
      throw malformed('invalid_arguments', [`[ERROR] must be an integer [json-pointer:/${name}]`]);
    return number;
  }

  /** An object or list; JSON text is read. `wrong` is the code for text that is no JSON. */
  value(name: string, wrong = 'invalid_arguments'): unknown {
    const value = this.raw[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw new SlackError(wrong, {
        response_metadata: { messages: [`[ERROR] not JSON [json-pointer:/${name}]`] },
      });
    }
  }
}

/** One page of a list, and the cursor to the next. */
export function page<T>(
  args: Args,
  all: readonly T[],
  otherwise: number,
  most = 1000,
): { readonly items: T[]; readonly next: string } {
  const limit = Math.min(Math.max(args.integer('limit', otherwise), 1), most);
  const cursor = args.string('cursor');
  const from = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace('from:', '')) : 0;
  if (!Number.isInteger(from) || from < 0 || from > all.length) throw new SlackError('invalid_cursor');
  const to = from + limit;
  return {
    items: all.slice(from, to),
    next: to < all.length ? Buffer.from(`from:${to}`).toString('base64') : '',
  };
}
