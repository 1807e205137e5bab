// Contract: an erased person leaves scores and nothing else. Every figure holds, nobody else loses a word, and an opt-out is remembered.
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/domain/basics.ts';
import { addAll, plain } from './archive-rows.ts';
import { ANN, annAtWork, annsWorld, BEA, BEA_SAYS, type Erasure } from './erasure-world.ts';
import { dice, Operations } from './random-operations.ts';
import { identity, NOW, newId, newWorld, type StoreUnderTest } from './world.ts';

export function erasureContract(test: () => StoreUnderTest): void {
  describe('erasing a person', () => {
    const erase = ({ world, personId }: Erasure) =>
      world.store.archive.erase(world.workspaceId, personId, NOW + DAY);

    it('given answers of several people, when one is erased, then every figure holds and she is nobody any more', async () => {
      const ann = await annsWorld(test());
      const { world } = ann;
      const figures = async () => {
        const q = {
          workspaceId: world.workspaceId,
          survey: 'nps',
          from: 0,
          to: NOW + DAY,
          zone: 'UTC',
        } as const;
        const all = [];
        for (const basis of ['sent', 'answered'] as const) {
          for (const by of [null, 'week', 'agent', 'account', 'theme', 'locale'] as const) {
            all.push(await world.store.reports.counts({ ...q, basis, by }));
          }
        }
        return all;
      };
      const before = await figures();
      expect(await erase(ann)).toEqual({ identities: 2, responses: 1 });
      expect(await figures()).toEqual(before);
      const everybody = {
        workspaceId: world.workspaceId,
        survey: 'nps',
        from: 0,
        to: NOW + DAY,
        basis: 'sent',
        by: null,
        zone: 'UTC',
      } as const;
      expect(await world.store.reports.people(everybody, 9)).toBe(1);
      for (const name of [ann.personId, ANN.customer, ANN.id, ANN.slack]) {
        expect(await world.store.archive.findPerson(world.workspaceId, name)).toBeNull();
      }
      expect(await erase(ann)).toEqual({ identities: 0, responses: 0 });
    });

    it('given what others said, when she is erased, then it is as before', async () => {
      const ann = await annsWorld(test());
      const { mailbox, reports } = ann.world.store;
      const ws = ann.world.workspaceId;
      await erase(ann);
      const talk = await mailbox.findThread(ws, 'talk-bea');
      expect(await mailbox.read(ws, talk!.id, 10)).toMatchObject([
        { body: { text: BEA_SAYS }, author: { externalId: BEA } },
      ]);
      const team = await mailbox.findThread(ws, 'team');
      const [alert, digest] = await mailbox.read(ws, team!.id, 10);
      expect(JSON.stringify(alert)).toContain('gave 3 of 10');
      expect(digest).toMatchObject({
        body: {
          view: {
            blocks: [{ kind: 'quote' }, { text: BEA_SAYS, by: 'Bea' }, { text: ['Delivery was named once'] }],
          },
        },
      });
      expect(await mailbox.since(ws, 0, 100)).toHaveLength(3);
      const verbatims = await reports.verbatims(
        { workspaceId: ws, survey: 'nps', from: 0, to: NOW + DAY, basis: 'answered', by: null, zone: 'UTC' },
        10,
      );
      expect(verbatims.map(({ verbatim }) => verbatim)).toEqual([BEA_SAYS]);
    });

    it('given a page that follows the team’s channel, when she is erased, then it is told of what changed there', async () => {
      const ann = await annsWorld(test());
      const { mailbox } = ann.world.store;
      const cursor = await mailbox.cursor(ann.world.workspaceId);
      await erase(ann);
      const changed = await mailbox.since(ann.world.workspaceId, cursor, 10);
      expect(changed.map(({ body }) => (body.kind === 'view' ? body.view.summary : ''))).toEqual([
        expect.stringContaining('gave 3'),
        'The week',
      ]);
    });

    it('given prompts and cases in every state, when she is erased, then all have ended, and only her alert is painted anew', async () => {
      const ann = await annsWorld(test());
      const { world } = ann;
      await erase(ann);
      const rows = (await world.test.rowsOf(world.workspaceId)) as unknown;
      const text = JSON.stringify(rows);
      for (const status of ['scheduled', 'sending', 'reminded', 'claimed', 'open'])
        expect(text).not.toContain(`"status":"${status}"`);
      const due = await world.store.work.due(NOW + 2 * DAY, NOW + 2 * DAY, 1_000);
      const leased = await Promise.all(
        due.map(({ workId }) => world.store.work.lease(workId, newId(), NOW + 2 * DAY, 1)),
      );
      const left = leased.filter((work) => work?.workspaceId === world.workspaceId).map((work) => work!.kind);
      // Work of other kinds on a prompt is not hers: no handler makes such.
      expect(left.filter((kind) => ['deliver', 'remind', 'expire', 'repaint'].includes(kind))).toEqual([]);
      expect(left.filter((kind) => kind === 'refresh')).not.toEqual([]);
      expect(await world.tx((tx) => tx.followUps.open(10))).toEqual([]);
      const hers = await world.tx((tx) => tx.followUps.findByNumber(2));
      const dossier = await world.tx((tx) => tx.followUps.lock(hers!));
      expect(dossier).toMatchObject({
        personName: null,
        personExternalId: null,
        response: { verbatim: null, score: 3 },
        alert: { platform: 'web' },
      });
    });

    it('given she had opted out, when she is erased and comes back, then she is another person who is opted out', async () => {
      const ann = await annsWorld(test());
      const { world } = ann;
      await world.tx((tx) => tx.people.setOptOut(ann.personId, NOW));
      await erase(ann);
      const back = await world.person(identity(ANN.slack, 'slack'));
      expect(back.id).not.toBe(ann.personId);
      expect(back.optedOutAt).not.toBeNull();
    });

    it('given she had not opted out, when she is erased and comes back, then nothing is known of her', async () => {
      const ann = await annsWorld(test());
      await erase(ann);
      expect(await ann.world.person(identity(ANN.id))).toMatchObject({
        optedOutAt: null,
        zone: null,
        locale: null,
      });
    });

    it('given she was imported, when she is erased and the file is imported again, then nothing comes back', async () => {
      const world = await newWorld(test());
      const rows = [
        plain({ id: `${ANN.id}-1`, person: ANN.id, verbatim: ANN.words }),
        plain({ id: 'T-2', person: ANN.id }),
      ];
      await addAll(world, rows);
      const person = await world.store.archive.findPerson(world.workspaceId, ANN.id);
      expect(await world.store.archive.erase(world.workspaceId, person!.id, NOW)).toEqual({
        identities: 1,
        responses: 2,
      });
      expect(await addAll(world, rows)).toEqual({ added: 0, known: 2 });
      expect(JSON.stringify(await world.test.rowsOf(world.workspaceId))).not.toContain(ANN.id);
    });

    it('given she is one of the team too, when she is erased, then what she did stays done, by nobody who is named', async () => {
      const ann = await annsWorld(test());
      await annAtWork(ann);
      const { world } = ann;
      const before = await world.tx((tx) => tx.followUps.open(10));
      expect(before.map(({ followUp }) => followUp.state)).toContainEqual(
        expect.objectContaining({ status: 'claimed', by: ANN.name }),
      );
      await erase(ann);
      const after = await world.tx((tx) => tx.followUps.open(10));
      expect(after.map(({ followUp }) => followUp.state)).toEqual([
        expect.objectContaining({ status: 'claimed', by: '…', who: null }),
      ]);
      const closed = await world.tx((tx) => tx.followUps.findByNumber(4));
      expect(await world.tx((tx) => tx.followUps.find(closed!))).toMatchObject({
        followUp: { state: { status: 'closed', by: '…', note: 'All is well' } },
      });
      expect(await world.store.tallies.check(world.workspaceId, () => {})).toMatchObject({ different: 0 });
    });

    it('given a digest that quoted her, when she is erased, then it is shown anew without her, and no figure in it moves', async () => {
      const ann = await annsWorld(test());
      const { world } = ann;
      const issues = async () =>
        ((await test().rowsOf(world.workspaceId)) as { name: string; row: { id: string } }[])
          .filter(({ name }) => name === 'digest_issues')
          .map(({ row }) => row.id);
      const [id] = await issues();
      const before = await world.tx((tx) => tx.digests.posted(id!));
      await erase(ann);
      const after = await world.tx((tx) => tx.digests.posted(id!));
      expect(after).toEqual({
        ...before,
        content: {
          ...before!.content,
          quotes: [before!.content.quotes[1]],
          summary: { ...before!.content.summary, points: [before!.content.summary!.points[1]] },
        },
      });
      const due = await world.store.work.due(NOW + 2 * DAY, NOW + 2 * DAY, 1_000);
      const leased = await Promise.all(
        due.map(({ workId }) => world.store.work.lease(workId, newId(), NOW + 2 * DAY, 1)),
      );
      expect(leased.filter((work) => work?.kind === 'reprint' && work.subjectId === id)).toHaveLength(1);
    });

    it.each([1, 2, 3, 4, 5, 6])(
      'given a random past (%i), when any one is erased, then every row that is not theirs stays as it is, byte for byte',
      async (seed) => {
        const world = await newWorld(test());
        await new Operations(world, seed * 7919).run(60);
        const roll = dice(seed);
        const rowsNow = async () => {
          const rows = (await test().rowsOf(world.workspaceId)) as { name: string; row: Row }[];
          // What is counted of the facts is compared as a whole.
          return rows.filter(({ name }) => !['tallies', 'tally_changes'].includes(name));
        };
        const before = await rowsNow();
        const people = before.filter(({ name }) => name === 'people').map(({ row }) => row.id!);
        const victim = people[roll(people.length)]!;
        const theirs = idsOf(before, victim);
        await world.store.archive.erase(world.workspaceId, victim, NOW + DAY);
        const after = new Set((await rowsNow()).map((row) => JSON.stringify(row)));
        const others = before
          .map((row) => JSON.stringify(row))
          .filter((row) => !theirs.some((id) => row.includes(id)));
        expect(others.filter((row) => !after.has(row))).toEqual([]);
        expect(
          [...after].filter((row) => !others.includes(row) && !theirs.some((id) => row.includes(id))),
        ).toEqual([]);
        expect(JSON.stringify([...after])).not.toContain(victim);
        expect(await world.store.tallies.check(world.workspaceId, () => {})).toMatchObject({ different: 0 });
      },
    );

    it('given twenty erasures of one person at once, when they end, then one has done it', async () => {
      const ann = await annsWorld(test());
      const all = await Promise.all(Array.from({ length: 20 }, () => erase(ann)));
      expect(all.filter(({ identities }) => identities > 0)).toHaveLength(1);
    });
  });
}

interface Row {
  readonly id?: string;
  readonly person_id?: string;
}

/** Ours of a person and of what is theirs. */
function idsOf(rows: readonly { readonly row: Row }[], personId: string): readonly string[] {
  return [personId, ...rows.flatMap(({ row }) => (row.person_id === personId && row.id ? [row.id] : []))];
}
