import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/domain/basics.ts';
import { DEFAULT_WORKSPACE } from '../../src/handlers/install.ts';
import { type StoreUnderTest, World } from '../contracts/store/world.ts';
import { describeOnEachInstallation, type Installation } from '../support/installation.ts';

interface Check {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly remedy: string | null;
}

interface Doctor {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  readonly dead: readonly { id: string; error: string }[];
  readonly revived: number;
  readonly installations: readonly unknown[];
  readonly notices: readonly unknown[];
}

interface Person {
  readonly id: string;
  readonly identities: readonly { platform: string; externalId: string }[];
  readonly prompts: number;
  readonly responses: number;
  readonly trail: readonly { externalId: string; state: { status: string } }[];
}

async function workspaceOf({ runtime }: Installation): Promise<string> {
  return (await runtime.ctx.store.admin.workspace(DEFAULT_WORKSPACE))!.id;
}

async function lastAudit(at: Installation) {
  const [entry] = await at.runtime.ctx.store.admin.auditTrail(await workspaceOf(at), 1);
  return { action: entry?.action, subject: entry?.subject, detail: entry?.detail };
}

describeOnEachInstallation('the command line of an operator', (at) => {
  describe('survey', () => {
    it('given nothing set, then it lists the defaults', async () => {
      const policies = await at().json<Readonly<Record<string, unknown>>[]>(['survey', 'list']);
      expect(policies.map(({ kind }) => kind)).toEqual(['nps', 'ces', 'csat']);
      expect(policies[1]).toMatchObject({
        enabled: true,
        delay: '10m',
        reminder: '24h',
        expiry: '7d',
        throttle: '30d',
        declineThrottle: '90d',
        sampling: 100,
        place: 'thread',
      });
    });

    it('given every option, then all of it holds, and what is not named stays', async () => {
      const args = [
        '--delay',
        '5m',
        '--reminder',
        'off',
        '--expiry',
        '3d',
        '--throttle',
        '60d',
        '--decline-throttle',
        '120d',
      ];
      const more = [
        '--sampling',
        '50',
        '--quiet-hours',
        '21:00-08:00',
        '--daily-cap',
        '100',
        '--place',
        'direct',
        '--off',
        '--question',
        'en=How was it?',
        '--question',
        'zh-cn=如何？',
      ];
      const set = await at().json(['survey', 'set', 'csat', ...args, ...more]);
      expect(set).toEqual({
        kind: 'csat',
        enabled: false,
        question: { en: 'How was it?', 'zh-CN': '如何？' },
        delay: '5m',
        reminder: null,
        expiry: '3d',
        throttle: '60d',
        declineThrottle: '120d',
        sampling: 50,
        quietHours: '21:00-08:00',
        dailyCap: 100,
        place: 'direct',
      });
      expect(await lastAudit(at())).toMatchObject({ action: 'survey.set', subject: 'csat' });
      const next = await at().json([
        'survey',
        'set',
        'csat',
        '--on',
        '--quiet-hours',
        'off',
        '--question',
        'ZH-CN=',
      ]);
      expect(next).toEqual({
        ...(set as object),
        enabled: true,
        quietHours: null,
        question: { en: 'How was it?' },
      });
      expect(await at().json<unknown[]>(['survey', 'list'])).toContainEqual(next);
      const listed = (await at().cli(['survey', 'list'])).stdout;
      expect(listed).toMatch(/quietHours +off +off +off\n/);
      expect(listed).toMatch(/place +thread +thread +direct\n/);
    });

    it('given a value that cannot be, then it is wrong use, with the remedy, and nothing changes', async () => {
      const before = await at().json(['survey', 'list']);
      const ran = await at().cli(['survey', 'set', 'csat', '--delay', '10 minutes']);
      expect(ran).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(/delay cannot be "10 minutes"\n {2}→ .*10m/),
      });
      const nowhere = await at().cli(['survey', 'set', 'csat', '--place', 'everywhere']);
      expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('write thread or direct') });
      expect(await at().json(['survey', 'list'])).toEqual(before);
    });
  });

  describe('apikey', () => {
    it('given a new key, then it opens the API until it is revoked, and is shown only once', async () => {
      const created = await at().cli(['apikey', 'create', '--name', 'helpdesk']);
      const key = created.stdout.trim();
      expect(key).toMatch(/^aw_[\w-]{40,}$/);
      const { tokens, ctx } = at().runtime;
      expect(await ctx.store.admin.findApiKey(tokens.hashKey(key))).toMatchObject({
        name: 'helpdesk',
        revokedAt: null,
      });
      const [listed] = await at().json<{ id: string; name: string; revokedAt: string | null }[]>([
        'apikey',
        'list',
      ]);
      expect(listed).toMatchObject({ name: 'helpdesk', revokedAt: null });
      expect(JSON.stringify(listed)).not.toContain(key);

      expect(await at().json(['apikey', 'revoke', listed!.id])).toEqual({ id: listed!.id, revoked: true });
      expect((await ctx.store.admin.findApiKey(tokens.hashKey(key)))?.revokedAt ?? 1).not.toBeNull();
      expect(await lastAudit(at())).toEqual({ action: 'apikey.revoke', subject: listed!.id, detail: {} });
      expect(await at().cli(['apikey', 'revoke', listed!.id])).toMatchObject({ code: 1, stdout: '' });
      expect(await at().cli(['apikey', 'revoke', 'nonsense'])).toMatchObject({ code: 1, stdout: '' });
    });
  });

  describe('person', () => {
    const answers = (person: string, n: number) =>
      Array.from({ length: n }, (_, i) =>
        JSON.stringify({
          id: `${person} ${i}`,
          survey: 'nps',
          score: 9,
          verbatim: `I am ${person}`,
          sentAt: '2026-08-03',
          person,
          account: 'people',
        }),
      ).join('\n');

    it('given two people who are one, then they are joined, and parted again with what was said as each', async () => {
      await at().cli(['import', '-'], { stdin: answers('ann', 2) });
      await at().cli(['import', '-', '--platform', 'slack'], { stdin: answers('U0ANN', 3) });
      expect(await at().json<Person>(['person', 'link', 'ann', 'slack:import:U0ANN'])).toMatchObject({
        prompts: 5,
        responses: 5,
      });
      expect((await at().json<Person>(['person', 'show', 'U0ANN'])).trail).toHaveLength(5);
      expect(await at().json<Person>(['person', 'unlink', 'slack:import:U0ANN'])).toMatchObject({
        prompts: 3,
        identities: [{ platform: 'slack', externalId: 'U0ANN' }],
      });
      expect(await at().json<Person>(['person', 'show', 'ann'])).toMatchObject({ prompts: 2 });
      expect((await at().cli(['person', 'show', 'ann'])).stdout).toContain('import:import:ann');
      expect(await at().cli(['person', 'unlink', 'slack:import:U0ANN'])).toMatchObject({ code: 1 });
    });

    it('given somebody to forget, then nobody finds them, their words are gone, their scores stay', async () => {
      await at().cli(['import', '-'], { stdin: answers('eve', 2) });
      expect(await at().cli(['forget', 'eve'])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('--yes'),
      });
      expect(await at().json(['forget', 'eve', '--yes'])).toEqual({
        erased: true,
        identities: 1,
        responses: 2,
      });
      expect(await lastAudit(at())).toEqual({
        action: 'person.erase',
        subject: 'a person',
        detail: { identities: 1, responses: 2 },
      });
      expect(await at().cli(['person', 'show', 'eve'])).toMatchObject({ code: 1, stdout: '' });
      expect((await at().cli(['export'])).stdout).not.toContain('I am eve');
      expect(await at().json(['report', '--account', 'people'])).toMatchObject({ answered: 7, score: 100 });
      expect(await at().json(['import', '-'], { stdin: answers('eve', 2) })).toMatchObject({
        added: 0,
        known: 2,
      });
    });
  });

  describe('digest', () => {
    it('given a week, then it is told as text, as JSON and as a chart', async () => {
      const stdin = ['2026-09-01', '2026-09-09']
        .flatMap((day) =>
          Array.from({ length: 40 }, (_, i) =>
            JSON.stringify({ survey: 'ces', score: 1 + (i % 7), sentAt: day, person: `p${i}` }),
          ),
        )
        .join('\n');
      await at().cli(['import', '-'], { stdin });
      const week = ['digest', '--from', '2026-09-07', '--to', '2026-09-14'];
      const digest = await at().json<{
        from: string;
        sections: { survey: string; answered: number; trend: { from: string }[] }[];
      }>(week);
      expect(digest.from).toBe('2026-09-07T00:00:00.000Z');
      expect(digest.sections).toMatchObject([{ survey: 'ces', answered: 40, previous: { answered: 40 } }]);
      expect(digest.sections[0]?.trend.at(-1)?.from).toBe('2026-09-07T00:00:00.000Z');
      const chart = join(at().directory, 'week.png');
      const text = await at().cli([...week, '--chart', chart, '--locale', 'zh']);
      expect(text.stdout).toContain('2026年9月7日至13日'.slice(0, 8));
      expect((await readFile(chart)).subarray(1, 4).toString()).toBe('PNG');
    });

    it('given a channel that gets none, then it says which do', async () => {
      expect(await at().cli(['digest', '--channel', 'nowhere'])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('team'),
      });
      expect(await at().cli(['digest', '--channel', 'team'])).toMatchObject({ code: 0 });
    });
  });

  describe('workspace', () => {
    it('given one of that name, then commands work in it; given none, then they say which there are', async () => {
      expect(await at().json<{ name: string }[]>(['workspace', 'list'])).toMatchObject([
        { name: 'default', installations: [{ platform: 'web' }] },
      ]);
      expect(await at().cli(['report', '--workspace', 'default'])).toMatchObject({ code: 0 });
      expect(await at().cli(['report', '--workspace', 'other'])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('default'),
      });
    });
  });

  describe('doctor', () => {
    const statuses = ({ checks }: Doctor) =>
      Object.fromEntries(checks.map(({ name, status }) => [name, status]));

    it('given nothing wrong, then all is well', async () => {
      const doctor = await at().json<Doctor>(['doctor']);
      expect(doctor).toMatchObject({ ok: true, dead: [], revived: 0 });
      expect(statuses(doctor)).toMatchObject({
        configuration: 'ok',
        store: 'ok',
        queue: 'ok',
        work: 'ok',
        'given up': 'ok',
        slack: 'ok',
      });
      expect((await at().cli(['doctor'])).stdout).toMatch(/^ok +store: /m);
    });

    it('given work that nobody does, and work that was given up, then it says so, and can have it tried again', async () => {
      const { store, ids } = at().runtime.ctx;
      const workspaceId = await workspaceOf(at());
      const now = Date.now();
      const [late, lost] = [ids.next(), ids.next()];
      await store.transaction(workspaceId, (tx) =>
        tx.work.add(
          [
            { id: late, kind: 'expire', subjectId: ids.next(), dueAt: now - 30 * MINUTE },
            { id: lost, kind: 'remind', subjectId: ids.next(), dueAt: now - DAY },
          ],
          now,
        ),
      );
      const leased = await store.work.lease(lost, ids.next(), now, MINUTE);
      await store.work.fail(leased!, 'the platform said no', null);

      const sick = await at().json<Doctor>(['doctor'], { code: 1 });
      expect(statuses(sick)).toMatchObject({ work: 'wrong', 'given up': 'wrong', store: 'ok' });
      expect(sick.dead).toMatchObject([{ id: lost, error: 'the platform said no' }]);
      expect(sick.checks.find(({ name }) => name === 'given up')?.remedy).toContain('--revive');
      expect((await at().cli(['doctor'])).stdout).toContain('the platform said no');

      const revived = await at().json<Doctor>(['doctor', '--revive'], { code: 1 });
      expect(revived).toMatchObject({ revived: 1, dead: [] });
      for (const id of [late, lost]) {
        const work = await store.work.lease(id, ids.next(), Date.now(), MINUTE);
        if (work) await store.transaction(workspaceId, (tx) => tx.work.finish(work));
      }
    });

    it('given chats in use and removed, and what somebody has to see to, then it names them, and who looks after them', async () => {
      const { store, ids } = at().runtime.ctx;
      const workspaceId = await workspaceOf(at());
      const now = Date.now();
      for (const [platform, externalId] of [
        ['web', 'W2'],
        ['pigeon', 'P1'],
      ] as const)
        await store.admin.ensureInstallation({
          id: ids.next(),
          workspaceId,
          platform,
          externalId,
          name: 'Acme',
          active: true,
          installer: null,
          installedAt: now,
        });
      await store.admin.noteInstaller('pigeon', 'P1', 'U7');
      await store.admin.uninstall('web', 'W2', now);
      const raise = (subject: string, raisedAt: number) => {
        const trouble = { kind: 'not_in_channel', subject } as const;
        const notice = { id: ids.next(), platform: 'pigeon', installation: 'P1', trouble, raisedAt };
        return store.transaction(workspaceId, (tx) => tx.notices.raise(notice, DAY));
      };
      await raise('C1', now);
      await raise('C2', now - 8 * DAY);

      const doctor = await at().json<Doctor>(['doctor']);
      const check = (wanted: string) => doctor.checks.find(({ name }) => name === wanted);
      expect(check('installations')).toMatchObject({
        status: 'attention',
        detail: expect.stringMatching(
          /W2 \(Acme\): removed, nobody[\s\S]*pigeon P1 \(Acme\): active, looked after by U7/,
        ),
        remedy: expect.stringContaining('pigeon is off'),
      });
      expect(check('trouble')).toMatchObject({
        status: 'attention',
        detail: expect.stringContaining('pigeon P1: not_in_channel C1, '),
      });
      expect(check('trouble')?.detail).not.toContain('C2');
      expect(doctor.installations).toContainEqual({
        workspace: DEFAULT_WORKSPACE,
        platform: 'pigeon',
        installation: 'P1',
        name: 'Acme',
        active: true,
        installer: 'U7',
      });
      expect(doctor.notices).toMatchObject([{ trouble: 'not_in_channel', subject: 'C1' }]);
      expect((await at().cli(['doctor'])).stdout).toMatch(/^look +trouble: 1 thing in the last 7 days/m);
    });

    it('given an unhappy customer of whom the team was never told, then it says so', async () => {
      const { store } = at().runtime.ctx;
      const workspaceId = await workspaceOf(at());
      const world = new World({ store } as StoreUnderTest, workspaceId);
      const { response } = await world.answered();
      const openedAt = Date.now() - 30 * MINUTE;
      const followUp = world.followUp(response, { openedAt, dueAt: openedAt + DAY });
      await world.tx((tx) => tx.followUps.save(followUp));
      const sick = await at().json<Doctor>(['doctor'], { code: 1 });
      expect(sick.checks.find(({ name }) => name === 'alerts')).toMatchObject({
        status: 'wrong',
        detail: '1 open case of which the team was never told',
      });
      const alert = { platform: 'web', installation: 'local', ref: { channel: 'team', message: 'm' } };
      await world.tx((tx) => tx.followUps.noteAlert(followUp.id, alert));
      expect(statuses(await at().json<Doctor>(['doctor']))).toMatchObject({ alerts: 'ok' });
    });
  });
});
