// The main job from end to end, through real processes over HTTP: an interaction ends, somebody is asked, answers, the team hears of it and reads
// it in the digest. On the embedded store in one process; on PostgreSQL and Redis in four at once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, SECOND } from '../../src/domain/basics.ts';
import { localDate, weekdayOf } from '../../src/domain/calendar.ts';
import { WEB } from '../../src/handlers/install.ts';
import { Instance } from '../chaos/instance.ts';
import { prepareSite, type Site } from '../chaos/site.ts';
import { cli } from '../support/cli.ts';
import { createDatabase, TEST_DATABASE_URL } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { redisInstalled, redisProcess } from '../support/redis-process.ts';
import { Outside, SOON } from './outside.ts';

const LONG = 180 * SECOND;
const RUN = fileURLToPath(new URL('../../deploy/run.mjs', import.meta.url));

interface Row {
  readonly name: string;
  readonly processes: number;
  readonly missing: string;
}

const missing = [
  ...(TEST_DATABASE_URL === undefined ? ['TEST_DATABASE_URL is not set'] : []),
  ...(redisInstalled ? [] : ['redis-server is not installed']),
].join(', ');

const ROWS: readonly Row[] = [
  { name: 'the embedded store, one process', processes: 1, missing: '' },
  { name: 'PostgreSQL and Redis, four processes', processes: 4, missing },
];

for (const row of ROWS) {
  const title = `the main job on ${row.name}${row.missing === '' ? '' : ` (${row.missing})`}`;
  describe.skipIf(row.missing !== '')(title, { timeout: LONG }, () => {
    let site: Site;
    const instances: Instance[] = [];
    const ends: (() => Promise<unknown>)[] = [];
    let outside: Outside;

    beforeAll(async () => {
      const served = row.processes > 1;
      const database = served ? await createDatabase({ migrated: true }) : null;
      if (database) ends.push(database.drop);
      const redis = served ? await redisProcess() : null;
      if (redis) ends.push(redis.dispose);
      site = await prepareSite(
        { databaseUrl: database?.url ?? null, redisUrl: redis ? `redis://127.0.0.1:${redis.port}/0` : null },
        [],
      );
      ends.push(site.dispose);
      for (let i = 0; i < row.processes; i++) {
        instances.push(new Instance(site, `process-${i}`, await freePort(), ['main']));
      }
      outside = new Outside(instances, site.apiKey);
      for (const instance of instances) instance.start();
      await eventually('every process to run', () => instances.every((one) => one.isRunning), LONG);
    }, LONG);
    afterAll(async () => {
      await Promise.all(instances.map((instance) => instance.kill()));
      for (const end of ends.reverse()) await end();
    }, LONG);

    /** How many rows of one person's there are. */
    const count = (what: 'prompts' | 'responses' | 'revisions', promptId: string) =>
      site.look(async ({ database }) => {
        const sql = {
          prompts: `SELECT count(*)::int AS n FROM prompts p JOIN prompts me ON me.person_id = p.person_id WHERE me.id = $1`,
          responses: 'SELECT count(*)::int AS n FROM responses WHERE prompt_id = $1',
          revisions: `SELECT count(*)::int AS n FROM response_revisions v JOIN responses r ON r.id = v.response_id WHERE r.prompt_id = $1`,
        }[what];
        return (await database.pool.query<{ n: number }>(sql, [promptId])).rows[0]!.n;
      });
    const report = async () => {
      const span = [
        '--from',
        new Date(Date.now() - DAY).toISOString(),
        '--to',
        new Date(Date.now() + DAY).toISOString(),
      ];
      const ran = await cli(['report', '--survey', 'nps', ...span, '--json'], {
        environment: site.environment(0),
        directory: site.directory,
      });
      if (ran.code !== 0) throw new Error(ran.stderr);
      return JSON.parse(ran.stdout) as {
        sent: number;
        answered: number;
        positive: number;
        negative: number;
        score: number;
      };
    };

    it('given somebody was helped, when they answer badly, then they are thanked, the team is alerted, and the digest tells of it', async () => {
      const told = await outside.tell('T-1', 'ann');
      expect(told.status).toBe(202);
      expect(told.body).toMatchObject({
        interactionId: expect.any(String),
        prompt: { state: 'scheduled', reason: null },
      });
      const { id } = told.body['prompt'] as { id: string };
      const token = await outside.asked(id);
      expect(await outside.page('ann', 'customer')).toEqual([
        expect.stringContaining('How likely are you to recommend us'),
      ]);

      const given = await outside.answer(id, token, {
        score: 2,
        verbatim: 'Waited & waited, <b>too slow</b>.',
      });
      expect(given).toMatchObject({
        status: 200,
        body: { state: 'answered', response: { score: 2, revision: 1 } },
      });
      expect((await outside.look(id)).response).toMatchObject({
        score: 2,
        verbatim: 'Waited & waited, <b>too slow</b>.',
      });
      await eventually(
        'the customer to be thanked',
        async () => (await outside.page('ann', 'customer'))[0]?.includes('Your answer: 2 of 10'),
        SOON,
      );
      const alert = await eventually('the alert', async () => (await outside.page('ann', 'team'))[0], SOON);
      expect(alert).toContain('Unhappy customer: case #1');
      expect(alert).toContain('ann answered 2 of 10');
      expect(alert).toContain('Waited & waited, <b>too slow</b>.');

      await dueNow(site);
      const digest = await eventually(
        'the digest',
        async () => (await outside.page('ann', 'team')).find((text) => text.includes('Support feedback')),
        SOON,
      );
      expect(digest).toContain('NPS -100');
      expect(digest).toContain('1 answer');
      expect(
        (await outside.page('ann', 'team')).filter((text) => text.includes('Support feedback')),
      ).toHaveLength(1);
      expect(await report()).toMatchObject({ sent: 1, answered: 1, negative: 1, score: -100 });
    });

    it('given an interaction, when it is told fifty times at once, then it is one, and its customer is asked once', async () => {
      const replies = await Promise.all(Array.from({ length: 50 }, () => outside.tell('T-50', 'bea')));
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202]));
      const told = replies.map(({ body }) => ({
        interaction: body['interactionId'],
        prompt: (body['prompt'] as { id: string }).id,
      }));
      expect(
        told.filter((one) => one.prompt !== told[0]!.prompt || one.interaction !== told[0]!.interaction),
      ).toEqual([]);
      const { prompt } = told[0]!;
      await outside.asked(prompt);
      expect(await count('prompts', prompt)).toBe(1);
      expect(await outside.page('bea', 'customer')).toHaveLength(1);
      expect((await outside.tell('T-50', 'bea')).body).toMatchObject({ prompt: { id: prompt } });
    });

    it('given a question, when the same answer comes twenty times at once, then it is there once', async () => {
      const id = await outside.helped('cem');
      const token = await outside.asked(id);
      const before = await report();
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => outside.answer(id, token, { score: 9, verbatim: 'Quick.' })),
      );
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
      for (const { body } of replies) expect(body['response']).toMatchObject({ score: 9, revision: 1 });
      expect(await count('responses', id)).toBe(1);
      expect(await count('revisions', id)).toBe(1);
      expect(await report()).toMatchObject({ answered: before.answered + 1, positive: before.positive + 1 });
    });

    it('given an answer, when it is changed, then there is one response with two versions, and the counts follow', async () => {
      const id = await outside.helped('dee');
      const token = await outside.asked(id);
      const before = await report();
      await outside.answer(id, token, { score: 10 });
      expect(await report()).toMatchObject({
        answered: before.answered + 1,
        positive: before.positive + 1,
        negative: before.negative,
      });
      const changed = await outside.answer(id, token, { score: 1, verbatim: 'It broke again.' });
      expect(changed.body['response']).toMatchObject({ score: 1, verbatim: 'It broke again.', revision: 2 });
      expect(await count('responses', id)).toBe(1);
      expect(await count('revisions', id)).toBe(2);
      expect(await report()).toMatchObject({
        answered: before.answered + 1,
        positive: before.positive,
        negative: before.negative + 1,
      });
      await eventually(
        'the customer to read it',
        async () => (await outside.page('dee', 'customer'))[0]?.includes('It broke again.'),
        SOON,
      );
    });

    it('given a token, when it is another prompt’s or forged, then nothing is answered', async () => {
      const [mine, theirs] = [await outside.helped('eva'), await outside.helped('fay')];
      const token = await outside.asked(theirs);
      await outside.asked(mine);
      for (const bad of [token, `${token.slice(0, -2)}xx`, 'nonsense'])
        expect((await outside.answer(mine, bad, { score: 0 })).status).toBe(403);
      expect((await outside.look(mine)).state).toBe('sent');
    });

    if (row.processes === 1) {
      it('given a process that owns the store, when a second one starts, then it is refused and told what to do, and the first goes on', async () => {
        const environment = site.environment(await freePort());
        const child = spawn(process.execPath, [RUN, 'main'], { cwd: site.directory, env: environment });
        const said: string[] = [];
        child.stdout.on('data', (chunk) => said.push(String(chunk)));
        child.stderr.on('data', (chunk) => said.push(String(chunk)));
        const [code] = (await once(child, 'close')) as [number];
        expect(code).toBe(1);
        expect(said.join('')).toContain(`process ${instances[0]!.pid}`);
        expect(said.join('')).toMatch(/→ .*(?:stop|DATABASE_URL|AFTERWORD_DATA_DIR)/);
        expect(said.join('')).not.toMatch(/^ {4}at /m);
        expect((await outside.ask('GET', '/readyz')).status).toBe(200);
      });
    }

    it('given work in hand and an open page, when a process is told to end, then it does so in time, and nothing is lost', async () => {
      const [busy] = instances as [Instance];
      const stream = await fetch(
        `http://127.0.0.1:${busy.port}/web/events?${new URLSearchParams({ conversation: 'of-dee', after: '0' })}`,
      );
      const acknowledged: string[] = [];
      let over = false;
      const helpdesk = Array.from({ length: 8 }, async (_, desk) => {
        for (let i = 0; !over; i++) {
          const person = `gus-${desk}-${i}`;
          const body = { source: 'helpdesk', externalId: person, person, thread: `of-${person}` };
          const reply = await fetch(`http://127.0.0.1:${busy.port}/api/v1/interactions`, {
            method: 'POST',
            headers: { authorization: `Bearer ${site.apiKey}`, 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }).catch(() => null);
          if (reply?.status === 202)
            acknowledged.push(((await reply.json()) as { prompt: { id: string } }).prompt.id);
          else over = true;
        }
      });
      await eventually('it to be busy', () => acknowledged.length >= 40, SOON);
      const departure = await busy.terminate();
      over = true;
      await Promise.all(helpdesk);
      await stream.body?.cancel().catch(() => undefined);
      expect(departure).toMatchObject({ code: 0, signal: null, wasRunning: true });
      expect(departure.ms).toBeLessThan(10 * SECOND);

      busy.start();
      await eventually('it to run again', () => busy.isRunning, LONG);
      const settled = () =>
        site.look(async ({ database }) => {
          const { rows } = await database.pool.query<{ status: string; n: number }>(
            'SELECT status, count(*)::int AS n FROM prompts WHERE id = ANY ($1::uuid[]) GROUP BY 1',
            [acknowledged],
          );
          return rows.length === 1 && rows[0]!.status === 'sent' && rows[0]!.n === acknowledged.length;
        });
      await eventually('everybody to have been asked', settled, SOON);
      expect(await outside.page('gus-0-0', 'customer')).toHaveLength(1);
      expect(instances.flatMap((one) => one.surprises)).toEqual([]);
    });
  });
}

/** The team channel's digest falls due, its week ending now. */
async function dueNow(site: Site): Promise<void> {
  await site.look(async ({ ctx }, workspaceId) => {
    const now = ctx.clock.now();
    await ctx.store.transaction(workspaceId, async (tx) => {
      const known = (await tx.digests.list()).find((one) => one.channel === WEB.channel)!;
      // On any day but today's, so that the week that has just ended is the one up to now.
      const schedule = {
        ...known.schedule,
        weekday: weekdayOf(localDate(now + 3 * DAY, 'UTC')),
        zone: 'UTC',
      };
      await tx.digests.saveSchedule({ ...known, schedule, nextDueAt: now });
      await tx.work.add([{ id: v7(), kind: 'digest', subjectId: known.id, dueAt: now }], now);
    });
  });
}
