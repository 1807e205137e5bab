// What a route of the API is.
import type { Upload } from '../body.ts';
import { Field, Form } from '../check/form.ts';
import type { Discord } from '../discord.ts';
import type { Json } from '../types.ts';

export interface Request {
  readonly discord: Discord;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly Upload[];
  /** Whether the app's token came with it. */
  readonly authorized: boolean;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Route {
  readonly method: string;
  /** As the official specification writes it. */
  readonly template: string;
  /** `token`: what is in the path is secret enough. */
  readonly auth: 'bot' | 'token';
  readonly run: (request: Request) => Answer | Promise<Answer>;
}

type Run = Route['run'];

export const route = (method: string, template: string, run: Run, auth: Route['auth'] = 'bot'): Route => ({
  method,
  template,
  run,
  auth,
});

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const nothing: Answer = { status: 204 };

/** Checks a body: refuses what is wrong, and notes what the specification does not know. */
export function checked(request: Request, where: string, check: (field: Field) => void): Json {
  const form = new Form();
  check(new Field(form, request.body ?? {}));
  for (const stray of form.strays) request.discord.violated(where, 'UNKNOWN_FIELD', stray);
  form.refuse();
  return (request.body ?? {}) as Json;
}

/** A number in the query, within its limits; Discord refuses what is not. */
export function count(request: Request, name: string, low: number, high: number, usual: number): number {
  const text = request.query.get(name);
  if (text === null) return usual;
  const form = new Form();
  const value = new Field(form, Number(text), [name]).integer({ min: low, max: high });
  form.refuse();
  return value ?? usual;
}
