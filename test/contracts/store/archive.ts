// Contract: what is imported is there once, all of a batch or nothing, and comes out of an export as it went in.
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/domain/basics.ts';
import { defaultPolicy } from '../../../src/domain/survey/policy.ts';
import type { ArchiveRow } from '../../../src/ports/store/archive.ts';
import { addAll, type Imported, plain, said, someRows } from './archive-rows.ts';
import { atOnce, NOW, newId, newWorld, type StoreUnderTest, sent, type World } from './world.ts';

type Filter = Parameters<World['store']['archive']['rows']>[1];

async function exported(world: World, filter: Filter = {}): Promise<readonly ArchiveRow[]> {
  const rows: ArchiveRow[] = [];
  for await (const batch of world.store.archive.rows(world.workspaceId, filter)) rows.push(...batch);
  return rows;
}

const byTime = (a: ArchiveRow, b: ArchiveRow): number => a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1);

export function archiveContract(test: () => StoreUnderTest): void {
  describe('import and export', () => {
    it('given rows of every kind, when they are added and exported, then they are as they were, oldest first', async () => {
      const world = await newWorld(test());
      const rows = someRows(300, 5);
      expect(await addAll(world, rows)).toEqual({ added: 300, known: 0 });
      const out = await exported(world);
      expect(out.map(({ sentAt }) => sentAt)).toEqual(out.map(({ sentAt }) => sentAt).sort((a, b) => a - b));
      expect([...out].sort(byTime)).toEqual(rows.map(({ row }) => row).sort(byTime));
      expect(await world.store.archive.countRows(world.workspaceId, {})).toBe(300);
    });

    it('given a filter, when rows are exported and counted, then only those sent in its period and of its survey are', async () => {
      const world = await newWorld(test());
      const rows = someRows(200, 6);
      await addAll(world, rows);
      const [from, to] = [Date.UTC(2026, 9, 20), Date.UTC(2026, 9, 30)];
      const filters: readonly Filter[] = [{ survey: 'ces' }, { from, to }, { survey: 'nps', from }, { to }];
      for (const filter of filters) {
        const expected = rows.filter(
          ({ row }) =>
            (filter.survey ?? row.survey) === row.survey &&
            row.sentAt >= (filter.from ?? 0) &&
            row.sentAt < (filter.to ?? NOW),
        );
        expect((await exported(world, filter)).map(({ id }) => id).sort()).toEqual(
          expected.map(({ row }) => row.id).sort(),
        );
        expect(await world.store.archive.countRows(world.workspaceId, filter)).toBe(expected.length);
      }
    });

    it('given more rows of one moment than a page holds, when they are exported, then each comes once', async () => {
      const world = await newWorld(test());
      const rows = Array.from({ length: 4_500 }, () => plain());
      await addAll(world, rows);
      const ids = (await exported(world)).map(({ id }) => id);
      expect(ids).toHaveLength(4_500);
      expect(new Set(ids)).toEqual(new Set(rows.map(({ row }) => row.id)));
    });

    it('given rows that are there, when they are added again with others, then only the others are new and nothing is changed', async () => {
      const world = await newWorld(test());
      const rows = someRows(40, 7);
      await addAll(world, rows.slice(0, 30));
      const changed = rows.map(({ row, classification }) => ({
        row: { ...row, agent: 'somebody else' },
        classification,
      }));
      expect(await addAll(world, [...changed, changed[39]!])).toEqual({ added: 10, known: 31 });
      expect((await exported(world)).filter(({ agent }) => agent === 'somebody else')).toHaveLength(10);
      expect(await addAll(world, [])).toEqual({ added: 0, known: 0 });
    });

    it('given one id in two sources, when both are added, then both are there', async () => {
      const world = await newWorld(test());
      expect(
        await addAll(world, [plain({ id: '1', source: 'a' }), plain({ id: '1', source: 'b' })]),
      ).toMatchObject({ added: 2 });
    });

    it('given five imports of the same rows at once, in different orders, when they end, then every row is there once', async () => {
      const world = await newWorld(test());
      const rows = someRows(120, 8);
      const answers = await atOnce(5, (i) => addAll(world, i % 2 === 0 ? rows : [...rows].reverse()));
      expect(answers.reduce((sum, { added }) => sum + added, 0)).toBe(120);
      expect(answers.reduce((sum, { known }) => sum + known, 0)).toBe(480);
      expect([...(await exported(world))].sort(byTime)).toEqual(rows.map(({ row }) => row).sort(byTime));
    });

    it('given a row that cannot be, when its batch is added, then nothing of it is there', async () => {
      const world = await newWorld(test());
      const before = await world.test.rowsOf(world.workspaceId);
      const bad = addAll(world, [plain({ person: 'ann' }), plain({ score: 11 })]);
      await expect(bad).rejects.toMatchObject({ kind: 'invalid' });
      expect(await world.test.rowsOf(world.workspaceId)).toEqual(before);
    });

    it('given NUL and half a character, when they are imported, then the rest is kept and known again', async () => {
      const world = await newWorld(test());
      const odd = plain({
        id: 'a\0b',
        verbatim: 'good\0 \uDC4D',
        person: 'ann\0',
        agent: '\uD83D',
        channel: 'C\0',
      });
      expect(await addAll(world, [odd])).toEqual({ added: 1, known: 0 });
      expect(await addAll(world, [odd])).toEqual({ added: 0, known: 1 });
      expect(await exported(world)).toMatchObject([
        { id: 'ab', verbatim: 'good \uFFFD', person: 'ann', agent: '\uFFFD', channel: 'C' },
      ]);
    });

    it('given what is not told, when it is imported, then an answer came at once, and silence expired in the product’s own time', async () => {
      const world = await newWorld(test());
      const sentAt = Date.UTC(2026, 9, 1);
      await addAll(world, [
        plain({ sentAt, answeredAt: null }),
        plain({ sentAt: sentAt + 1, score: null, answeredAt: null }),
      ]);
      expect((await exported(world)).map(({ answeredAt }) => answeredAt)).toEqual([sentAt, null]);
      const expiry = sentAt + 1 + defaultPolicy('nps').expiry;
      const closed = world.store.reports.closedPrompts(world.workspaceId, 'nps', sentAt, expiry + 1);
      expect(await closed).toEqual({ sent: 2, answered: 1 });
      expect(await world.store.reports.closedPrompts(world.workspaceId, 'nps', sentAt, expiry)).toEqual({
        sent: 1,
        answered: 1,
      });
    });

    it('given an imported answer, when its response is read, then it is as one given here, with its first version', async () => {
      const world = await newWorld(test());
      const classification = said(['speed:negative'], 'negative');
      const one: Imported = {
        row: plain({ id: 'T-9', score: 2, verbatim: 'Too slow.', person: 'ann' }).row,
        classification,
      };
      await addAll(world, [one]);
      const found = await world.tx((tx) => tx.prompts.findByInteraction('file', 'T-9'));
      const response = await world.tx((tx) => tx.responses.ofPrompt(found!.prompt!.id));
      expect(found?.prompt).toMatchObject({
        state: { status: 'answered', late: false, ref: null },
        survey: 'nps',
        agent: 'bob',
      });
      expect(response).toMatchObject({
        score: 2,
        verbatim: 'Too slow.',
        revision: 1,
        answeredAt: one.row.answeredAt,
      });
      expect(await world.tx((tx) => tx.responses.revisions(response!.id))).toEqual([
        { revision: 1, score: 2, verbatim: 'Too slow.', at: one.row.answeredAt },
      ]);
    });

    it('given one installation of the platform, when people are imported, then they are those who talk to us there', async () => {
      const world = await newWorld(test());
      const place = { platform: 'slack', installation: `T-${newId()}` };
      const ann = await world.person({ ...place, externalId: 'U-ann' });
      const install = {
        id: newId(),
        workspaceId: world.workspaceId,
        platform: 'slack',
        name: 'Acme',
        active: true,
        installer: null,
        installedAt: NOW,
      };
      await world.store.admin.ensureInstallation({ ...install, externalId: place.installation });
      await addAll(world, [plain({ person: 'U-ann', sentAt: NOW - DAY })], 'slack');
      const history = await world.tx((tx) => tx.people.history([ann.id]));
      expect(history.get(ann.id)).toMatchObject({ lastPromptAt: NOW - DAY, lastNpsAt: NOW - DAY });
      await world.store.admin.ensureInstallation({ ...install, id: newId(), externalId: `T-${newId()}` });
      await addAll(world, [plain({ person: 'U-ann' }), plain({ person: 'U-ann' })], 'slack');
      const imported = await world.tx((tx) =>
        tx.people.find({ platform: 'slack', installation: 'import', externalId: 'U-ann' }),
      );
      expect(imported?.id).not.toBe(ann.id);
    });

    it('given prompts asked here, when rows are exported, then every sent one is there and no other', async () => {
      const world = await newWorld(test());
      const answered = await world.answered({ score: 4, verbatim: 'Fine' });
      const declined = await world.asked({
        state: {
          status: 'declined',
          sentAt: NOW + 1,
          ref: { channel: 'c', message: 'm' },
          declinedAt: NOW + 2,
        },
      });
      await world.asked({ state: { status: 'suppressed', reason: 'throttled', at: NOW } });
      await world.asked();
      await world.asked({ state: sent(NOW + 3), locale: 'zh-CN' });
      const out = await exported(world);
      expect(out).toEqual([
        {
          id: answered.interaction.externalId,
          source: 'web',
          survey: 'nps',
          score: 4,
          verbatim: 'Fine',
          sentAt: NOW,
          answeredAt: NOW,
          person: answered.who.externalId,
          locale: 'en',
          agent: 'bob',
          channel: 'support',
          account: 'acme',
        },
        expect.objectContaining({
          score: null,
          answeredAt: null,
          person: declined.who.externalId,
          sentAt: NOW + 1,
        }),
        expect.objectContaining({ score: null, locale: 'zh-CN', sentAt: NOW + 3 }),
      ]);
    });
  });
}
