// Somebody is forgotten while the program runs: no byte of their name, ids or words is left in the store, the queue, the logs, an export or a backup,
// and what they decided about being asked still holds.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { EMBEDDED, LONG, prepareStage, SERVED, SOON, type Stage } from './scene.ts';

const PERSON = 'visitor-Q7Z-0001';
const CUSTOMER = 'cust-Q7Z-9';
const WORDS = 'The zeppelin never landed, and nobody told me why';
const LATER = 'A zeppelin did land in the end';
const SUBJECT = 'Where is my zeppelin';
const TRACE = /Q7Z|zeppelin/i;

/** Every text of every table of every schema, the queue's too. */
async function textsOf({ site }: Stage): Promise<string> {
  return await site.look(async ({ database: { pool } }) => {
    const { rows } = await pool.query<{ schema: string; name: string }>(
      `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    const texts: string[] = [];
    for (const { schema, name } of rows) {
      const all = await pool.query<{ text: string }>(`SELECT t::text AS text FROM "${schema}"."${name}" t`);
      texts.push(...all.rows.map(({ text }) => `${schema}.${name} ${text}`));
    }
    return texts.filter((text) => TRACE.test(text)).join('\n');
  });
}

async function redisTexts(url: string | undefined): Promise<string> {
  if (url === undefined) return '';
  const redis = new Redis(url);
  const texts: string[] = [];
  for (const key of await redis.keys('*')) texts.push(key, (await redis.dump(key)) ?? '');
  redis.disconnect();
  return texts.join('\n');
}

for (const store of [EMBEDDED, SERVED]) {
  const title = `Somebody is forgotten on ${store.name}${store.missing === '' ? '' : ` (${store.missing})`}`;
  describe.skipIf(store.missing !== '')(title, { timeout: LONG }, () => {
    it('then nothing of them is left anywhere, and their opt-out still holds', async () => {
      const ends: (() => Promise<unknown>)[] = [];
      const stage = await prepareStage({
        processes: store.processes,
        settings: () => ({ LOG_LEVEL: 'debug' }),
        ends,
      });
      const { site, instances, environment } = stage;
      const run = async (...args: string[]) => {
        const ran = await cli(args, { environment, directory: site.directory });
        expect(ran.code, ran.stderr).toBe(0);
        return ran.stdout;
      };
      const api = async (method: string, path: string, body?: unknown, key = site.apiKey) => {
        const response = await fetch(`http://127.0.0.1:${instances[0]!.port}/api/v1/${path}`, {
          method,
          headers: { authorization: `Bearer ${key}` },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        return { status: response.status, body: JSON.parse(await response.text()) };
      };
      const help = (externalId: string) =>
        api('POST', 'interactions', {
          source: 'desk',
          externalId,
          person: PERSON,
          customer: CUSTOMER,
          subject: SUBJECT,
          survey: 'nps',
        });
      try {
        for (const instance of instances) instance.start();
        await eventually('every process to run', () => instances.every((one) => one.isRunning), 2 * SOON);

        const asked = await help(`${PERSON}/1`);
        expect(asked.status, JSON.stringify(asked.body)).toBe(202);
        const prompt = () => api('GET', `prompts/${asked.body.prompt.id}`);
        await eventually('the prompt to be sent', async () => (await prompt()).body.state === 'sent', SOON);
        const { answerToken } = (await prompt()).body;
        for (const verbatim of [WORDS, LATER]) {
          const answer = { score: 2, verbatim };
          expect(
            (await api('POST', `prompts/${asked.body.prompt.id}/answers`, answer, answerToken)).status,
          ).toBe(200);
        }
        const known = await api('GET', `people/${CUSTOMER}/export`);
        const document = JSON.stringify(known.body);
        for (const text of [PERSON, CUSTOMER, WORDS, LATER, SUBJECT]) expect(document).toContain(text);
        expect(JSON.parse(await run('person', 'export', PERSON))).toMatchObject({
          person: known.body.person,
        });
        await site.look(({ ctx }, workspaceId) =>
          ctx.store.transaction(workspaceId, (tx) =>
            tx.people.setOptOut(known.body.person.id, ctx.clock.now()),
          ),
        );
        expect(await textsOf(stage)).toMatch(TRACE);
        // What came of the answer is told to the team before the person is gone.
        await eventually(
          'nothing to be waiting',
          () => site.look(async ({ ctx }) => (await ctx.store.work.counts(ctx.clock.now())).overdue === 0),
          SOON,
        );

        expect(await api('DELETE', `people/${CUSTOMER}`)).toMatchObject({
          body: { erased: true, responses: 1 },
        });
        expect(await api('DELETE', `people/${CUSTOMER}`)).toMatchObject({ body: { erased: false } });
        await eventually(
          'what was posted to be shown anew',
          () => site.look(async ({ ctx }) => (await ctx.store.work.counts(ctx.clock.now())).overdue === 0),
          SOON,
        );

        expect(await textsOf(stage)).toBe('');
        expect(await redisTexts(environment['REDIS_URL'])).not.toMatch(TRACE);
        expect(await run('export', '--format', 'jsonl')).not.toMatch(TRACE);
        expect(await run('audit', '--json')).not.toMatch(TRACE);
        const trail = JSON.parse(await run('audit', '--json')) as {
          who: string;
          what: string;
          action: string;
        }[];
        expect(trail.filter(({ action }) => action === 'person.erase')).toMatchObject([
          { who: 'api', subject: 'a person' },
        ]);
        const file = join(site.directory, 'after.backup');
        await run('backup', file);
        expect(gunzipSync(await readFile(file)).toString()).not.toMatch(TRACE);
        expect(JSON.parse(await run('tallies', 'check', '--json'))).toMatchObject({ equal: true });
        const report = JSON.parse(
          await run('report', '--survey', 'nps', '--from', '2020-01-01', '--to', '2100-01-01', '--json'),
        );
        expect(report).toMatchObject({ answered: 1, distribution: { 2: 1 } });

        const again = await help(`${PERSON}/2`);
        expect(again.body.prompt).toMatchObject({ state: 'suppressed', reason: 'opted_out' });
        await Promise.all(instances.map((one) => one.terminate()));
        const logs = await promisify(execFile)(
          'cat',
          instances.map(({ name }) => join(site.directory, `${name}.log`)),
        );
        expect(logs.stdout).toContain('Afterword is running.');
        expect(logs.stdout).not.toMatch(TRACE);
      } finally {
        await Promise.all(instances.map((one) => one.kill()));
        for (const end of ends.reverse()) await end();
      }
    });
  });
}
