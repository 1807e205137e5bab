// The peer: raw `pg`, running the very statements of one answer in one transaction, on as many connections, with nothing else to do.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { argumentOfScript } from './support/program.ts';

export interface Statement {
  readonly name: string | null;
  readonly text: string;
  /** A text value in braces is replaced for each answer: `{prompt}`, `{person}`, or `{new:N}` for a new id. */
  readonly values: readonly unknown[];
}

export interface Peer {
  readonly databaseUrl: string;
  readonly connections: number;
  readonly statements: readonly Statement[];
  readonly prompts: readonly { readonly promptId: string; readonly personId: string }[];
}

const peer = await argumentOfScript<Peer>();
const pool = new pg.Pool({ connectionString: peer.databaseUrl, max: peer.connections });
const clients = await Promise.all(Array.from({ length: peer.connections }, () => pool.connect()));
let next = 0;
const begin = performance.now();
await Promise.all(
  clients.map(async (client) => {
    for (let i = next++; i < peer.prompts.length; i = next++) {
      const { promptId, personId } = peer.prompts[i]!;
      const fresh = new Map<string, string>();
      const fill = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(fill);
        if (value === '{prompt}') return promptId;
        if (value === '{person}') return personId;
        if (typeof value !== 'string' || !value.startsWith('{new:')) return value;
        const id = fresh.get(value) ?? randomUUID();
        fresh.set(value, id);
        return id;
      };
      for (const { name, text, values } of peer.statements) {
        await client.query({ ...(name === null ? {} : { name }), text, values: values.map(fill) });
      }
    }
  }),
);
const seconds = (performance.now() - begin) / 1000;
for (const client of clients) client.release();
await pool.end();
process.stdout.write(JSON.stringify({ seconds }));
