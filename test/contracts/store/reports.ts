// Contract: every figure of a report equals a count by hand over the same facts, whatever it is grouped by.
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, type Instant, MINUTE } from '../../../src/domain/basics.ts';
import type { PromptState } from '../../../src/domain/prompt/prompt.ts';
import type { ReportDimension, ReportQuery } from '../../../src/ports/store/reports.ts';
import { addAll, plain, said, someRows } from './archive-rows.ts';
import { byText, countedByHand, sorted } from './counted-by-hand.ts';
import { CLASSIFIED, NOW, newWorld, type StoreUnderTest, sent, type World } from './world.ts';

const FROM = Date.UTC(2026, 9, 15);
const TO = Date.UTC(2026, 10, 3);
const BASES = ['sent', 'answered'] as const;
const DIMENSIONS: readonly (ReportDimension | null)[] = [
  null,
  'week',
  'agent',
  'channel',
  'account',
  'theme',
  'servqual',
  'locale',
];

function query(world: World, more: Partial<ReportQuery> = {}): ReportQuery {
  const whole = {
    from: FROM,
    to: TO,
    basis: 'sent',
    by: null,
    zone: 'Europe/Berlin',
    survey: 'nps',
  } as const;
  return { workspaceId: world.workspaceId, ...whole, ...more };
}

export function reportsContract(test: () => StoreUnderTest): void {
  describe('reports', () => {
    it('given a few hundred answers, when they are counted by anything on either basis, then it is as by hand', async () => {
      const world = await newWorld(test());
      const rows = someRows(400, 2);
      await addAll(world, rows);
      for (const basis of BASES) {
        for (const by of DIMENSIONS) {
          for (const only of [
            {},
            { channel: 'C1' },
            { agent: 'eve', account: 'acme' },
            { survey: 'ces' } as const,
          ]) {
            const q = query(world, { basis, by, ...only });
            const counts = await world.store.reports.counts(q);
            expect(sorted(counts), JSON.stringify({ basis, by, only })).toEqual(
              sorted(countedByHand(rows, q)),
            );
          }
        }
      }
    });

    it('given the same answers, when scores alone are asked for, then they are those of the report', async () => {
      const world = await newWorld(test());
      const rows = someRows(200, 3);
      await addAll(world, rows);
      for (const basis of BASES) {
        const q = query(world, { basis, agent: 'bob' });
        expect([...(await world.store.reports.scores(q))].sort()).toEqual(
          [...countedByHand(rows, q).scores].sort(),
        );
      }
    });

    it('given no answers, when they are counted, then everything is 0 and there are no groups', async () => {
      const world = await newWorld(test());
      for (const by of DIMENSIONS) {
        const counts = await world.store.reports.counts(query(world, { by }));
        const nothing = { positive: 0, neutral: 0, negative: 0, none: 0 };
        expect(counts).toEqual({
          sent: 0,
          answeredOfSent: 0,
          scores: new Map(),
          sentiment: nothing,
          themes: [],
          groups: [],
        });
      }
      expect(await world.store.reports.people(query(world), 3)).toBe(0);
      expect(await world.store.reports.span(world.workspaceId, 'nps')).toBeNull();
      expect(await world.store.reports.verbatims(query(world), 10)).toEqual([]);
    });

    it('given weeks around a change of the clocks, when they are grouped, then each begins on local Monday at midnight', async () => {
      const world = await newWorld(test());
      const lastSecond = Date.UTC(2026, 9, 25, 22, 59, 59); // Sunday 23:59:59 in Berlin, winter time since that morning
      const times = [
        lastSecond,
        lastSecond + 1_000,
        Date.UTC(2026, 9, 18, 21, 59, 59),
        Date.UTC(2026, 9, 18, 22),
      ];
      await addAll(
        world,
        times.map((sentAt) => plain({ sentAt, answeredAt: sentAt })),
      );
      const keys = async (zone: string) => {
        const { groups } = await world.store.reports.counts(query(world, { by: 'week', zone }));
        return Object.fromEntries(groups.map(({ key, sent: n }) => [key, n]));
      };
      expect(await keys('Europe/Berlin')).toEqual({ '2026-10-12': 1, '2026-10-19': 2, '2026-10-26': 1 });
      expect(await keys('UTC')).toEqual({ '2026-10-12': 2, '2026-10-19': 2 });
      expect(await keys('Pacific/Auckland')).toEqual({ '2026-10-19': 2, '2026-10-26': 2 });
    });

    it('given a period of a thousand years, when weeks are grouped, then those with answers are there, at once', async () => {
      const world = await newWorld(test());
      await addAll(world, [plain({ sentAt: FROM, answeredAt: FROM + 30 * DAY })]);
      const q = query(world, {
        by: 'week',
        from: Date.UTC(1500, 0, 1),
        to: Date.UTC(2500, 0, 1),
        basis: 'answered',
      });
      const { groups } = await world.store.reports.counts(q);
      expect(groups.map(({ key, sent: n, scores }) => [key, n, scores.size])).toEqual([
        ['2026-10-12', 1, 0],
        ['2026-11-09', 0, 1],
      ]);
    });

    it('given an answer that praises and blames one theme, when themes are counted, then it is one mention', async () => {
      const world = await newWorld(test());
      const classification = said(['speed:positive', 'speed:negative', 'price:negative'], 'negative');
      await addAll(world, [{ ...plain(), classification }]);
      const { themes } = await world.store.reports.counts(query(world, { from: 0 }));
      expect([...themes].sort(byText)).toEqual([
        { theme: 'price', mentions: 1, positive: 0, negative: 1 },
        { theme: 'speed', mentions: 1, positive: 0, negative: 0 },
      ]);
    });

    it('given a changed answer, when it is counted, then only what it says now counts', async () => {
      const world = await newWorld(test());
      const { response } = await world.answered({ score: 2 });
      const changed = { ...response, score: 10, verbatim: null, revision: 2, revisedAt: NOW + 1 };
      const silent = { ...CLASSIFIED, sentiment: null, themes: [] };
      await world.tx((tx) => tx.responses.save({ response: changed, classification: silent }));
      const counts = await world.store.reports.counts(query(world, { from: NOW - 1, to: NOW + 1 }));
      expect(counts).toMatchObject({
        sent: 1,
        scores: new Map([[10, 1]]),
        sentiment: { negative: 0, none: 1 },
        themes: [],
      });
    });

    it('given prompts in every state, when the sent ones are counted, then it is whatever became of them, except never sent', async () => {
      const world = await newWorld(test());
      const ref = { channel: 'c', message: 'm' };
      const states: readonly PromptState[] = [
        { status: 'scheduled', dueAt: NOW },
        { status: 'sending', dueAt: NOW, attemptedAt: NOW },
        sent(),
        { status: 'reminded', sentAt: NOW, ref, remindedAt: NOW },
        { status: 'declined', sentAt: NOW, ref, declinedAt: NOW + 1 },
        { status: 'expired', sentAt: NOW, ref, expiredAt: NOW + 1 },
        { status: 'suppressed', reason: 'throttled', at: NOW },
        { status: 'suppressed', reason: 'throttled', at: NOW },
        { status: 'suppressed', reason: 'opted_out', at: NOW },
        { status: 'undeliverable', reason: 'no_reachable_channel', at: NOW },
        { status: 'uncertain', attemptedAt: NOW },
      ];
      for (const state of states) await world.asked({ state });
      const counts = await world.store.reports.counts(query(world, { from: NOW, to: NOW + 1, by: 'agent' }));
      expect(counts).toMatchObject({ sent: 4, answeredOfSent: 0, groups: [{ key: 'bob', sent: 4 }] });
      expect(await world.store.reports.coverage(world.workspaceId, NOW, NOW + 1)).toEqual({
        asked: 4,
        waiting: 2,
        skipped: { throttled: 2, opted_out: 1, no_reachable_channel: 1, uncertain: 1 },
      });
      expect(await world.store.reports.coverage(world.workspaceId, NOW + 1, NOW + DAY)).toEqual({
        asked: 0,
        waiting: 0,
        skipped: {},
      });
    });

    it('given prompts that ended in many ways, when the closed ones are asked for, then each counts when its time ended', async () => {
      const world = await newWorld(test());
      const ref = { channel: 'c', message: 'm' };
      const sentAt = NOW - 3 * DAY;
      const closed = (from: Instant, to: Instant) =>
        world.store.reports.closedPrompts(world.workspaceId, 'nps', from, to);
      await world.asked({ state: sent(sentAt) });
      await world.asked({ state: { status: 'declined', sentAt, ref, declinedAt: NOW } });
      await world.asked({ state: { status: 'expired', sentAt, ref, expiredAt: NOW } });
      await world.asked({ state: { status: 'answered', sentAt, ref, answeredAt: NOW, late: false } });
      await world.asked({ survey: 'ces', state: { status: 'expired', sentAt, ref, expiredAt: NOW } });
      const late = await world.asked({ state: { status: 'expired', sentAt, ref, expiredAt: NOW + HOUR } });
      const undone = await world.asked({
        state: { status: 'declined', sentAt, ref, declinedAt: NOW + HOUR },
      });
      await world.tx(async (tx) => {
        await tx.prompts.lock(late.prompt.id);
        await tx.prompts.lock(undone.prompt.id);
        await tx.prompts.save({
          ...late.prompt,
          state: { status: 'answered', sentAt, ref, answeredAt: NOW + 2 * HOUR, late: true },
        });
        await tx.prompts.save({ ...undone.prompt, state: sent(sentAt) });
      });
      expect(await closed(NOW, NOW + 1)).toEqual({ sent: 3, answered: 1 });
      expect(await closed(NOW + HOUR, NOW + HOUR + 1)).toEqual({ sent: 1, answered: 0 });
      expect(await closed(NOW + 2 * HOUR, NOW + DAY)).toEqual({ sent: 0, answered: 0 });
    });

    it('given words and silence, when words are asked for, then the newest come first, with who said them and what about', async () => {
      const world = await newWorld(test());
      await world.answered({ verbatim: null });
      const one = await world.answered({ verbatim: 'Too slow.', answeredAt: NOW + 1 });
      await world.person(one.who, { profile: { name: 'Ann' } });
      const two = await world.answered({ verbatim: '很好！', score: 9, answeredAt: NOW + 2 });
      const answered = { basis: 'answered', from: NOW, to: NOW + MINUTE } as const;
      const rows = await world.store.reports.verbatims(query(world, answered), 10);
      expect(rows).toEqual([
        {
          responseId: two.response.id,
          personId: two.person.id,
          personName: null,
          score: 9,
          segment: 'positive',
          sentiment: 'negative',
          verbatim: '很好！',
          themes: ['speed'],
          answeredAt: NOW + 2,
        },
        expect.objectContaining({
          responseId: one.response.id,
          personName: 'Ann',
          segment: 'negative',
          verbatim: 'Too slow.',
        }),
      ]);
      expect(await world.store.reports.verbatims(query(world, answered), 1)).toEqual([rows[0]]);
    });

    it('given people who answered once and more, when they are counted, then each is one, and who is not named is another', async () => {
      const world = await newWorld(test());
      await addAll(
        world,
        ['ann', 'ann', 'bea', null, null].map((person) => plain({ person })),
      );
      await addAll(world, [plain({ person: 'cyd', score: null, answeredAt: null })]);
      for (const basis of BASES) {
        const people = (enough: number) =>
          world.store.reports.people(query(world, { from: 0, basis }), enough);
        expect(await people(9)).toBe(4);
        expect(await people(4)).toBe(4);
        expect(await people(3)).toBe(3);
        expect(await people(1)).toBe(1);
      }
    });

    it('given prompts and answers, when the span is asked for, then it is from the first sent to the last of either', async () => {
      const world = await newWorld(test());
      await addAll(world, [
        plain({ sentAt: FROM, answeredAt: FROM + DAY }),
        plain({ sentAt: FROM + 1, score: null, answeredAt: null }),
      ]);
      expect(await world.store.reports.span(world.workspaceId, 'nps')).toEqual({
        from: FROM,
        to: FROM + DAY,
      });
      expect(await world.store.reports.span(world.workspaceId, 'csat')).toBeNull();
      await addAll(world, [plain({ sentAt: FROM + 2 * DAY, score: null, answeredAt: null })]);
      expect(await world.store.reports.span(world.workspaceId, 'nps')).toEqual({
        from: FROM,
        to: FROM + 2 * DAY,
      });
    });
  });
}
