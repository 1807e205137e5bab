// Many connections share the one session of the embedded engine: what one does must not touch another.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureTemplate } from '../../../adapters/postgres/embedded/cluster.ts';
import { DurableFiles, engineParameters } from '../../../adapters/postgres/embedded/durable-files.ts';
import { Gateway } from '../../../adapters/postgres/embedded/gateway.ts';
import { eventually } from '../../support/eventually.ts';

vi.setConfig({ testTimeout: 60_000 });

const IDLE_IN_TRANSACTION = 300;
const MAX_CLIENTS = 60;

let directory: string;
let engine: PGlite;
let server: Server;
let gateway: Gateway;
const broken: string[] = [];
const clients: pg.Client[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'afterword-gateway-'));
  await cp((await ensureTemplate())!, join(directory, 'pgdata'), { recursive: true });
  engine = await PGlite.create({
    fs: new DurableFiles(join(directory, 'pgdata')),
    startParams: engineParameters(false),
  });
  gateway = await Gateway.open(
    { run: (messages, answer) => engine.execProtocolRawStream(messages, { onRawData: answer }) },
    {
      maxClients: MAX_CLIENTS,
      idleInTransactionMs: IDLE_IN_TRANSACTION,
      broken: (error) => broken.push(error.message),
    },
  );
  server = createServer((socket) => gateway.accept(socket));
  await new Promise<void>((resolve) => server.listen(join(directory, '.s.PGSQL.5432'), resolve));
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end().catch(() => {})));
  expect(broken).toEqual([]);
});

afterAll(async () => {
  server.close();
  await gateway.close();
  await engine.close();
  await rm(directory, { recursive: true, force: true });
});

async function connection(options: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({ host: directory, user: 'postgres', database: 'postgres', ...options });
  client.on('error', () => {});
  await client.connect();
  clients.push(client);
  return client;
}

async function connections(count: number): Promise<pg.Client[]> {
  return await Promise.all(Array.from({ length: count }, () => connection()));
}

async function table(columns: string): Promise<string> {
  const name = `t${Math.random().toString(36).slice(2)}`;
  await (await connection()).query(`CREATE TABLE ${name} (${columns})`);
  return name;
}

async function count(from: string): Promise<number> {
  const { rows } = await (await connection()).query(`SELECT count(*)::int AS n FROM ${from}`);
  return rows[0].n;
}

/** As a process that is killed: the socket goes, nothing is said. */
function vanish(client: pg.Client): void {
  wire(client).stream.destroy();
}

interface Wire {
  once(event: string, listener: (message: unknown) => void): void;
  stream: { destroy(): void; end(): void };
  parse(query: { text: string }): void;
  bind(config: object): void;
  execute(config: object): void;
  flush(): void;
  query(text: string): void;
}

function wire(client: pg.Client): Wire {
  return (client as unknown as { connection: Wire }).connection;
}

describe('transactions of many connections', () => {
  it('given 20 connections that each read, think and write in a transaction, no step is lost', async () => {
    const t = await table('n int');
    const all = await connections(20);
    await all[0]!.query(`INSERT INTO ${t} VALUES (0)`);

    const work = async (client: pg.Client) => {
      for (let i = 0; i < 5; i++) {
        await client.query('BEGIN');
        const { rows } = await client.query(`SELECT n FROM ${t}`);
        await new Promise((resolve) => setImmediate(resolve));
        await client.query(`UPDATE ${t} SET n = $1`, [rows[0].n + 1]);
        await client.query('COMMIT');
      }
    };
    await Promise.all(all.map(work));

    expect((await all[0]!.query(`SELECT n FROM ${t}`)).rows[0].n).toBe(100);
  });

  it('given statements of megabytes, which arrive in many pieces, each answer belongs to its question', async () => {
    const all = await connections(8);
    const long = 'x'.repeat(3_000_000);

    const ask = async (client: pg.Client, i: number) => {
      const text = i % 2 === 0 ? long : 'short';
      const result = await client.query(`SELECT $1::int AS a, ${i} AS b, length($2) AS c`, [i, text]);
      return { i, expected: text.length, ...result.rows[0] };
    };
    const tens = all.map(async (client, k) => {
      const answers = [];
      for (let i = 10 * k; i < 10 * (k + 1); i++) answers.push(await ask(client, i));
      return answers;
    });
    const answers = (await Promise.all(tens)).flat();

    expect(answers.filter(({ i, a, b, c, expected }) => a !== i || b !== i || c !== expected)).toEqual([]);
  });

  it('given an error inside a transaction, it fails until rolled back, and nobody else notices', async () => {
    const t = await table('n int UNIQUE');
    const [one, other] = await connections(2);
    await one!.query('BEGIN');
    await one!.query(`INSERT INTO ${t} VALUES (1)`);
    await expect(one!.query(`INSERT INTO ${t} VALUES (1)`)).rejects.toMatchObject({ code: '23505' });
    await expect(one!.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    await one!.query('ROLLBACK');
    await other!.query(`INSERT INTO ${t} VALUES (1)`);
    expect(await count(t)).toBe(1);
  });

  it('given an open transaction, a new connection is answered at once, and its query after the commit', async () => {
    const t = await table('n int');
    const one = await connection();
    await one.query('BEGIN');
    await one.query(`INSERT INTO ${t} VALUES (1)`);

    const other = await connection();
    const counted = other.query(`SELECT count(*)::int AS n FROM ${t}`);
    await one.query(`INSERT INTO ${t} VALUES (2)`);
    await one.query('COMMIT');

    expect((await counted).rows[0].n).toBe(2);
  });
});

describe('connections that end', () => {
  it('given one that vanishes in mid-transaction, its work is undone and the others go on', async () => {
    const t = await table('n int');
    const [one, other] = await connections(2);
    await one!.query('BEGIN');
    await one!.query(`INSERT INTO ${t} VALUES (1)`);
    const waiting = other!.query(`SELECT count(*)::int AS n FROM ${t}`);
    vanish(one!);
    expect((await waiting).rows[0].n).toBe(0);
  });

  it('given one that vanishes after a failed statement in mid-transaction, the others go on', async () => {
    const [one, other] = await connections(2);
    await one!.query('BEGIN');
    await one!.query('SELECT 1/0').catch(() => {});
    vanish(one!);
    expect((await other!.query('SELECT 1 AS n')).rows[0].n).toBe(1);
  });

  it('given one that vanishes before it synchronised, what it had sent is undone', async () => {
    const t = await table('n int');
    const [one, other] = await connections(2);
    const raw = wire(one!);
    const inserted = new Promise((resolve) => raw.once('commandComplete', resolve));
    raw.parse({ text: `INSERT INTO ${t} VALUES (1)` });
    raw.bind({});
    raw.execute({});
    raw.flush();
    await inserted;
    vanish(one!);
    expect((await other!.query(`SELECT count(*)::int AS n FROM ${t}`)).rows[0].n).toBe(0);
  });

  it('given one that says COMMIT and leaves without waiting for the answer, it is committed', async () => {
    const t = await table('n int');
    const one = await connection();
    await one.query('BEGIN');
    await one.query(`INSERT INTO ${t} VALUES (1)`);
    wire(one).query('COMMIT');
    wire(one).stream.end();
    await eventually('the row', async () => (await count(t)) === 1);
  });

  it('given one that does nothing inside a transaction, it is rolled back, told, and cut', async () => {
    const t = await table('n int');
    const [idle, other] = await connections(2);
    await idle!.query('BEGIN');
    await idle!.query(`INSERT INTO ${t} VALUES (1)`);
    const told = new Promise<pg.DatabaseError>((resolve) => idle!.once('error', resolve));

    expect((await other!.query(`SELECT count(*)::int AS n FROM ${t}`)).rows[0].n).toBe(0);
    expect(await told).toMatchObject({ code: '25P03' });
  });

  it('given traffic of others, the idle one is cut in time all the same', async () => {
    const idle = await connection();
    await idle.query('BEGIN');
    let told = false;
    idle.once('error', () => {
      told = true;
    });
    const waiting: Promise<unknown>[] = [];
    const more = async () => {
      const other = await connection();
      waiting.push(other.query('SELECT 1'));
      return told;
    };
    await eventually('the idle one to be cut', more, 3 * IDLE_IN_TRANSACTION);
    await Promise.all(waiting);
  });

  it('given more connections than it takes, the last is told so, and there is room again when one leaves', async () => {
    const all = await connections(MAX_CLIENTS);
    await expect(connection()).rejects.toMatchObject({ code: '53300' });
    await all[0]!.end();
    const next = async () =>
      await connection().then(
        () => true,
        () => false,
      );
    await eventually('room for one more', next);
  });
});

describe('what a session keeps', () => {
  it('given SET in one connection, no other sees it', async () => {
    const [one, other] = await connections(2);
    await one!.query(`SET timezone = 'Asia/Tokyo'`);
    await one!.query(`SELECT set_config('application_name', 'one', false)`);
    expect((await other!.query('SHOW timezone')).rows[0].TimeZone).toBe('UTC');
    expect((await other!.query('SHOW application_name')).rows[0].application_name).toBe('');
  });

  it('given search paths in the options of two connections, each keeps its own, turn by turn', async () => {
    const first = await connection();
    await first.query('CREATE SCHEMA IF NOT EXISTS "Other one"');
    const other = await connection({ options: '-c search_path="Other\\ one"' });
    const name = `t${Math.random().toString(36).slice(2)}`;
    for (const client of [first, other]) await client.query(`CREATE TABLE ${name} (n int)`);
    for (let i = 0; i < 3; i++) {
      await first.query(`INSERT INTO ${name} VALUES (1)`);
      await other.query(`SET statement_timeout = 0`);
      await other.query(`INSERT INTO ${name} VALUES (2), (3)`);
    }
    expect((await first.query(`SELECT sum(n)::int AS sum FROM ${name}`)).rows[0].sum).toBe(3);
    expect((await other.query(`SELECT sum(n)::int AS sum FROM ${name}`)).rows[0].sum).toBe(15);
  });

  it('given options that name no setting, the connection is refused, and nobody else', async () => {
    const wrong = await connection({ options: '-c no_such_setting_at_all=1' });
    await expect(wrong.query('SELECT 1')).rejects.toThrow();
    expect((await (await connection()).query('SELECT 1 AS n')).rows[0].n).toBe(1);
  });

  it('given one name for two prepared statements, each connection runs its own', async () => {
    const [one, other] = await connections(2);
    for (let i = 0; i < 3; i++) {
      expect(
        (await one!.query({ name: 'same', text: 'SELECT $1::int + 1 AS n', values: [i] })).rows[0].n,
      ).toBe(i + 1);
      expect(
        (await other!.query({ name: 'same', text: `SELECT $1::text || '!' AS s`, values: [`${i}`] })).rows[0]
          .s,
      ).toBe(`${i}!`);
    }
    await one!.end();
    expect(
      (await other!.query({ name: 'same', text: `SELECT $1::text || '!' AS s`, values: ['x'] })).rows[0].s,
    ).toBe('x!');
    await eventually('the statement of the one that left to go', async () => {
      const { rows } = await other!.query('SELECT count(*)::int AS n FROM pg_prepared_statements');
      return rows[0].n === 1;
    });
  });

  it('given COPY FROM STDIN, which the engine would die of, it is refused', async () => {
    const t = await table('n int');
    const one = await connection();
    await expect(one.query(`COPY ${t} FROM STDIN`)).rejects.toMatchObject({ code: '0A000' });
    await expect(one.query(`BEGIN; COPY ${t} FROM STDIN; COMMIT`)).rejects.toMatchObject({ code: '0A000' });
    expect(await count(t)).toBe(0);
  });
});

describe('notifications', () => {
  async function listener(channel: string): Promise<{ client: pg.Client; heard: string[] }> {
    const client = await connection();
    const heard: string[] = [];
    client.on('notification', (note) => note.channel === channel && heard.push(note.payload ?? ''));
    await client.query(`LISTEN ${channel}`);
    return { client, heard };
  }

  it('given two listeners, both hear what a third commits, and nothing that is rolled back', async () => {
    const one = await listener('news');
    const other = await listener('news');
    const teller = await connection();
    await teller.query(`BEGIN; NOTIFY news, 'never'; ROLLBACK`);
    await teller.query('BEGIN');
    await teller.query(`SELECT pg_notify('news', 'first')`);
    expect(one.heard).toEqual([]);
    await teller.query('COMMIT');
    await teller.query(`NOTIFY news, 'second'`);
    await eventually('both notes, twice', () => one.heard.length === 2 && other.heard.length === 2);
    expect(one.heard).toEqual(['first', 'second']);
    expect(other.heard).toEqual(['first', 'second']);
  });

  it('given a listener that stops or leaves, the others still hear', async () => {
    const [stops, leaves, stays] = [await listener('news'), await listener('news'), await listener('news')];
    await stops.client.query('UNLISTEN *');
    await leaves.client.end();
    await (await connection()).query(`NOTIFY news, 'still'`);
    await eventually('the note', () => stays.heard.length === 1);
  });
});
