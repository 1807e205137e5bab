// Contract: what stored answers say can be read again by another classifier, by many at once, at any time; what was said before is kept.
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/domain/basics.ts';
import type { Classification } from '../../../src/domain/classification/classification.ts';
import type { Rereading, Words } from '../../../src/ports/store/readings.ts';
import { said } from './archive-rows.ts';
import { dice, Operations } from './random-operations.ts';
import { atOnce, CLASSIFIED, identity, NOW, newWorld, type StoreUnderTest, World } from './world.ts';

const LATER = NOW + 3 * DAY;
const GOOD: Classification = {
  ...said(['ease:positive'], 'positive'),
  confidence: 0.5,
  classifier: 'lexicon-2',
};

const work = (more: Partial<Rereading> = {}): Rereading => ({
  classifier: 'lexicon-2',
  after: null,
  patient: false,
  read: () => GOOD,
  ...more,
});

/** All that there is to read, by so many at once; answers with how often each was read. */
async function readAll(worlds: readonly World[], classifier: string): Promise<ReadonlyMap<string, number>> {
  const texts = new Map<string, number>();
  const read = (words: Words): Classification => {
    texts.set(words.text, (texts.get(words.text) ?? 0) + 1);
    return { ...GOOD, classifier };
  };
  await Promise.all(
    worlds.map(async ({ store, workspaceId }) => {
      for (let after: string | null | undefined; after !== null; ) {
        const next = work({ classifier, after: after ?? null, patient: false, read });
        after = (await store.readings.readNext(workspaceId, next, LATER)).last;
      }
    }),
  );
  return texts;
}

export function readingsContract(test: () => StoreUnderTest): void {
  describe('what was read in answers', () => {
    it('given another classifier, when it reads an answer, then it says so, and what was said before is kept', async () => {
      const world = await newWorld(test());
      const { readings } = world.store;
      const { response } = await world.answered();
      expect(await readings.unread(world.workspaceId, 'lexicon-2', {})).toBe(1);
      const given: Words[] = [];
      const read = (words: Words) => {
        given.push(words);
        return GOOD;
      };
      const again = await readings.readNext(world.workspaceId, work({ read }), LATER);
      expect(again).toEqual({ read: 1, changed: 1, last: null });
      expect(given).toEqual([{ survey: 'nps', score: 3, text: 'Too slow.', locale: 'en' }]);
      expect(await readings.unread(world.workspaceId, 'lexicon-2', {})).toBe(0);
      const before = { revision: 1, classifier: 'lexicon-1', sentiment: 'negative', confidence: 0.75 };
      const now = { revision: 1, classifier: 'lexicon-2', sentiment: 'positive', confidence: 0.5 };
      const expected = [
        { ...before, language: 'en', themes: ['speed:negative'], conflict: false, at: NOW },
        { ...now, language: 'en', themes: ['ease:positive'], conflict: false, at: LATER },
      ];
      expect(await readings.of(world.workspaceId, response.id)).toEqual(expected);
      expect(await readings.readNext(world.workspaceId, work(), LATER)).toEqual({
        read: 0,
        changed: 0,
        last: null,
      });
      expect(await readings.of(world.workspaceId, response.id)).toEqual(expected);
    });

    it('given an answer that is edited, then what its earlier words said is kept', async () => {
      const world = await newWorld(test());
      const { response } = await world.answered();
      const edited = { ...response, revision: 2, verbatim: 'Fast now!', revisedAt: NOW + DAY };
      const classification = said(['speed:positive'], 'positive');
      await world.tx((tx) => tx.responses.save({ response: edited, classification }));
      const said2 = await world.store.readings.of(world.workspaceId, response.id);
      expect(said2.map(({ revision, themes, at }) => [revision, themes, at])).toEqual([
        [1, ['speed:negative'], NOW],
        [2, ['speed:positive'], NOW + DAY],
      ]);
    });

    it('given answers without words, and words that were erased, then nothing is read in them and what they said stays', async () => {
      const world = await newWorld(test());
      const { readings } = world.store;
      await world.answered({ verbatim: null });
      const who = identity();
      const { person, response } = await world.answered({}, who);
      const { response: other } = await world.answered({}, who);
      await readings.readNext(world.workspaceId, work(), LATER);
      await world.store.archive.erase(world.workspaceId, person.id, LATER);
      expect(await readings.unread(world.workspaceId, 'lexicon-3', {})).toBe(0);
      for (const { id } of [response, other]) {
        const left = await readings.of(world.workspaceId, id);
        expect(left.map(({ classifier, sentiment }) => [classifier, sentiment])).toEqual([
          ['lexicon-2', 'positive'],
        ]);
      }
    });

    it('given what a larger model said, when another classifier reads it, then the larger model’s goes on to hold', async () => {
      const world = await newWorld(test());
      const { readings } = world.store;
      const { prompt } = await world.asked({
        state: { status: 'sent', sentAt: NOW, ref: { channel: 'c', message: 'm' } },
      });
      const response = world.response(prompt);
      const classification = { ...CLASSIFIED, classifier: 'model:large' };
      await world.tx((tx) => tx.responses.save({ response, classification }));
      expect(await readings.readNext(world.workspaceId, work(), LATER)).toMatchObject({
        read: 1,
        changed: 0,
      });
      expect(await readings.readNext(world.workspaceId, work(), LATER)).toMatchObject({ read: 0 });
      expect((await readings.of(world.workspaceId, response.id)).map((one) => one.classifier)).toEqual([
        'lexicon-2',
        'model:large',
      ]);
    });

    it('given answers that somebody has in hand, when whoever is not patient reads, then those are left to a patient one', async () => {
      const world = await newWorld(test());
      const { readings } = world.store;
      const { prompt, response } = await world.answered();
      await world.answered();
      const patient = work({ patient: true });
      if (test().parallel) {
        await world.tx(async (tx) => {
          await tx.prompts.lock(prompt.id);
          const again = { ...response, score: 4, revision: 2 };
          await tx.responses.save({ response: again, classification: CLASSIFIED });
          const left = await readings.readNext(world.workspaceId, work(), LATER);
          expect(left).toMatchObject({ read: 1, last: null });
        });
      }
      const first = await readings.readNext(world.workspaceId, patient, LATER);
      expect(first).toMatchObject({ read: 1, last: expect.any(String) });
      for (let { last } = first; last !== null; )
        ({ last } = await readings.readNext(world.workspaceId, { ...patient, after: last }, LATER));
      expect(await readings.unread(world.workspaceId, 'lexicon-2', {})).toBe(0);
    });

    it('given a survey and a period, then only those are read', async () => {
      const world = await newWorld(test());
      const { readings } = world.store;
      await world.answered({ answeredAt: NOW - 1 });
      await world.answered();
      const filter = { survey: 'nps', from: NOW, to: NOW + 1 } as const;
      expect(await readings.unread(world.workspaceId, 'lexicon-2', filter)).toBe(1);
      expect(await readings.unread(world.workspaceId, 'lexicon-2', { survey: 'ces' })).toBe(0);
      expect(await readings.readNext(world.workspaceId, work(filter), LATER)).toMatchObject({ read: 1 });
      expect(await readings.unread(world.workspaceId, 'lexicon-2', {})).toBe(1);
    });

    it('given many answers and three readers at once, then each answer is read once, and the counts are right', async () => {
      const world = await newWorld(test());
      const { store, workspaceId } = world;
      const roll = dice(5);
      const rows = Array.from({ length: 1_200 }, (_, i) => ({
        row: {
          ...({
            id: `T-${i}`,
            source: 'file',
            survey: 'csat',
            score: 1 + roll(5),
            verbatim: `words ${i}`,
          } as const),
          ...{ sentAt: NOW + i, answeredAt: NOW + i, person: null, locale: null, agent: null },
          ...{ channel: null, account: null },
        },
        classification: CLASSIFIED,
      }));
      let n = 0;
      const ids = () => `00000000-0000-7000-8000-${workspaceId.slice(-8)}${String(n++).padStart(4, '0')}`;
      await store.archive.addRows(workspaceId, 'import', rows, ids, NOW);
      const readers = [
        world,
        ...[1, 2].map(() => new World({ ...test(), store: test().another() }, workspaceId)),
      ] as World[];
      const texts = await readAll(readers, 'lexicon-2');
      const rest = await readAll([world], 'lexicon-2');
      const times = [...texts.values(), ...rest.values()];
      expect(times).toHaveLength(1_200);
      expect(new Set(times)).toEqual(new Set([1]));
      expect(await store.readings.unread(workspaceId, 'lexicon-2', {})).toBe(0);
      expect(await store.tallies.check(workspaceId, () => {})).toMatchObject({ different: 0 });
      const query = { workspaceId, survey: 'csat', from: NOW, to: NOW + DAY } as const;
      const counts = await store.reports.counts({ ...query, basis: 'answered', by: null, zone: 'UTC' });
      expect(counts).toMatchObject({ sentiment: { positive: 1_200, negative: 0 } });
    });

    it('given people who edit and are erased meanwhile, when answers are read again, then the counts are right', async () => {
      const world = await newWorld(test());
      await new Operations(world, 41).run(40);
      await atOnce(test().parallel ? 3 : 1, async (lane) => {
        if (lane > 0) await new Operations(world, lane).run(60);
        else for (const version of ['a', 'b', 'c']) await readAll([world], version);
      });
      expect(await world.store.tallies.check(world.workspaceId, () => {})).toMatchObject({ different: 0 });
    });
  });
}
