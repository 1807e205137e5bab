// A connection to PostgreSQL that breaks in the middle of an answer: the customer is told to come back, what was acknowledged is kept, and
// pressing again is harmless.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiRoutes } from '../../adapters/http/index.ts';
import { loadConfig } from '../../src/config.ts';
import type { Id } from '../../src/domain/basics.ts';
import { DEFAULT_WORKSPACE, WEB } from '../../src/handlers/install.ts';
import { onTriggers } from '../../src/handlers/on-trigger.ts';
import { perform } from '../../src/handlers/perform.ts';
import { openRuntime, type Runtime } from '../../src/main.ts';
import type { HttpMount } from '../../src/ports/http.ts';
import { type CommitCutter, commitCutter } from '../support/commit-cutter.ts';
import { createDatabase, type ServerDatabase, TEST_DATABASE_URL } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { recordedLog } from '../support/recorded-log.ts';

const WHY = TEST_DATABASE_URL === undefined ? ' (TEST_DATABASE_URL is not set)' : '';

describe.skipIf(WHY !== '')(`given an answer whose connection to PostgreSQL breaks${WHY}`, () => {
  let database: ServerDatabase;
  let door: CommitCutter;
  let runtime: Runtime;
  let api: HttpMount;
  let admin: pg.Client;
  let workspaceId: Id;
  let promptId: Id;

  beforeEach(async () => {
    database = await createDatabase({ migrated: true });
    const url = new URL(database.url);
    door = await commitCutter({ host: url.hostname, port: Number(url.port || 5432) });
    url.hostname = '127.0.0.1';
    url.port = String(door.port);
    const { log } = recordedLog();
    const environment = { DATABASE_URL: url.href, ENCRYPTION_KEY: randomBytes(32).toString('base64') };
    const queue = { wake: async () => undefined };
    runtime = await openRuntime(loadConfig(environment), { role: 'guest', log, queue });
    api = apiRoutes(runtime.api, 'http://localhost', log);
    workspaceId = (await runtime.ctx.store.admin.workspace(DEFAULT_WORKSPACE))!.id;
    promptId = await askedPrompt(runtime, workspaceId);
    admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
  });

  afterEach(async () => {
    await runtime.close();
    await admin.end();
    await door.close();
    await database.drop();
  });

  async function press(score: number): Promise<Response> {
    const token = runtime.tokens.sign(workspaceId, promptId);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ score });
    const path = `http://localhost/api/v1/prompts/${promptId}/answers`;
    return await api.handle(new Request(path, { method: 'POST', headers, body }));
  }

  async function scores(): Promise<number[]> {
    const { rows } = await admin.query<{ score: number }>(
      'SELECT score FROM response_revisions ORDER BY revision',
    );
    return rows.map(({ score }) => score);
  }

  async function expectComeBack(response: Response): Promise<void> {
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('retry-after')).not.toBeNull();
    expect(await response.json()).toMatchObject({ status: 503, title: 'Not available' });
  }

  it('when the server ends it in mid-transaction, nothing is kept, and pressing again works', async () => {
    await admin.query('BEGIN');
    await admin.query('SELECT FROM prompts WHERE id = $1 FOR UPDATE', [promptId]);
    const pressed = press(3);
    const waiting = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    const pid = await eventually('the answer waits for the prompt', async () => {
      return (await admin.query<{ pid: number }>(waiting)).rows[0]?.pid;
    });
    await admin.query('SELECT pg_terminate_backend($1)', [pid]);
    await expectComeBack(await pressed);
    await admin.query('COMMIT');
    expect(await scores()).toEqual([]);
    expect((await press(3)).status).toBe(200);
    expect(await scores()).toEqual([3]);
  });

  it('when the server never hears the commit, nothing is kept, and pressing again works', async () => {
    door.cut('before');
    await expectComeBack(await press(3));
    await eventually('the transaction is undone', async () => (await scores()).length === 0);
    expect((await press(3)).status).toBe(200);
    expect(await scores()).toEqual([3]);
  });

  it('when nobody hears that it was committed, it is kept, not acknowledged, and pressing again changes nothing', async () => {
    door.cut('after');
    await expectComeBack(await press(3));
    expect(await scores()).toEqual([3]);
    expect((await press(3)).status).toBe(200);
    expect(await scores()).toEqual([3]);
    expect((await press(9)).status).toBe(200);
    expect(await scores()).toEqual([3, 9]);
  });
});

/** Somebody who was helped and asked on the page. */
async function askedPrompt({ ctx }: Runtime, workspaceId: Id): Promise<Id> {
  const place = { platform: WEB.platform, installation: WEB.installation, channel: null, thread: null };
  const [outcome] = await onTriggers(ctx, workspaceId, [
    {
      source: 'test',
      externalId: newId(),
      place,
      person: { platform: WEB.platform, installation: WEB.installation, externalId: 'alice' },
      profile: {},
      customer: null,
      agent: null,
      account: null,
      subject: null,
      locale: 'en',
      closedAt: ctx.clock.now(),
      closedBy: 'person',
      survey: 'nps',
      explicit: true,
    },
  ]);
  const now = ctx.clock.now();
  for (const { workId } of await ctx.store.work.due(now + 1, now, 10)) await perform(ctx, workId);
  return outcome!.prompt!.id;
}
