// Runs SQL on one connection or on any of the pool's; what goes wrong comes out in the product's words.
import { createHash } from 'node:crypto';
import type { Pool, PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { AfterwordError, type ErrorKind, type Id } from '../../../src/domain/basics.ts';
import { translate } from './errors.ts';
import { TYPES } from './values.ts';

export interface Answer<R> {
  readonly rows: readonly R[];
  /** Rows returned, or changed where none are returned. */
  readonly count: number;
}

export type Values = readonly unknown[];

/** Inside one transaction of one workspace. */
export interface Sql {
  readonly workspaceId: Id;
  query<R extends QueryResultRow>(text: string, values: Values): Promise<Answer<R>>;
  /** The same for the few statements that every answer runs: where it may be, the connection keeps them planned. */
  hot<R extends QueryResultRow>(text: string, values: Values): Promise<Answer<R>>;
  /** Gives the whole transaction up, even where the body catches what this throws. */
  giveUp(kind: ErrorKind, message: string, remedy: string): never;
}

/** A statement of its own, on any connection. */
export async function poolQuery<R extends QueryResultRow>(
  pool: Pool,
  text: string,
  values: Values,
): Promise<Answer<R>> {
  try {
    return answerOf(await pool.query<R>({ text, values: values as unknown[], types: TYPES }));
  } catch (error) {
    throw translate(error);
  }
}

/** The connection of a transaction while it lasts; a call that comes after its end is refused rather than run outside it. */
export class Session implements Sql {
  readonly workspaceId: Id;
  /** The first error: the transaction is lost from there on, even if the body goes on. */
  failure: AfterwordError | null = null;
  readonly #client: PoolClient;
  readonly #keepsPlans: boolean;
  #ended = false;

  constructor(client: PoolClient, workspaceId: Id, keepsPlans: boolean) {
    this.#client = client;
    this.workspaceId = workspaceId;
    this.#keepsPlans = keepsPlans;
  }

  query<R extends QueryResultRow>(text: string, values: Values): Promise<Answer<R>> {
    return this.#run({ text, values: values as unknown[], types: TYPES });
  }

  hot<R extends QueryResultRow>(text: string, values: Values): Promise<Answer<R>> {
    if (!this.#keepsPlans) return this.query(text, values);
    return this.#run({ name: nameOf(text), text, values: values as unknown[], types: TYPES });
  }

  async #run<R extends QueryResultRow>(query: QueryConfig): Promise<Answer<R>> {
    if (this.#ended) {
      const remedy = 'await every call inside the transaction';
      throw new AfterwordError('broken', 'a call came after its transaction had ended', remedy);
    }
    try {
      return answerOf(await this.#client.query<R>(query));
    } catch (error) {
      const failure = translate(error);
      this.failure ??= failure;
      throw failure;
    }
  }

  giveUp(kind: ErrorKind, message: string, remedy: string): never {
    const error = new AfterwordError(kind, message, remedy);
    this.failure ??= error;
    throw error;
  }

  end(): void {
    this.#ended = true;
  }
}

const names = new Map<string, string>();

/** Made of the text itself: behind a pooler, other processes use the same names on the same connections. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('hex').slice(0, 24);
    names.set(text, name);
  }
  return name;
}

function answerOf<R extends QueryResultRow>(result: QueryResult<R>): Answer<R> {
  return { rows: result.rows, count: result.rowCount ?? 0 };
}
