// Contract: cases are numbered without gaps, one open case a person, and show their newest answer.
import { describe, expect, it } from 'vitest';
import { DAY, type Id } from '../../../src/domain/basics.ts';
import type { FollowUp, FollowUpState } from '../../../src/domain/follow-up/follow-up.ts';
import type { Prompt } from '../../../src/domain/prompt/prompt.ts';
import {
  atOnce,
  CLASSIFIED,
  crossed,
  identity,
  NOW,
  newId,
  newWorld,
  type StoreUnderTest,
  sent,
  type World,
} from './world.ts';

async function latestOf(world: World, personId: Id): Promise<FollowUp | undefined> {
  return (await world.tx((tx) => tx.followUps.latestOf([personId]))).get(personId);
}

export function followUpsContract(test: () => StoreUnderTest): void {
  describe('a follow-up', () => {
    it('comes back as it was saved, in every state of its life', async () => {
      const world = await newWorld(test());
      const { response } = await world.answered();
      const states: readonly FollowUpState[] = [
        { status: 'open' },
        { status: 'claimed', by: 'U-bob', who: identity('U-bob'), claimedAt: NOW + 1 },
        { status: 'closed', by: 'U-bob', closedAt: NOW + 2, note: 'Called back; 已解决' },
        { status: 'open' },
        { status: 'claimed', by: 'U-eve', who: null, claimedAt: NOW + 3 },
        { status: 'closed', by: 'U-eve', closedAt: NOW + 4, note: '' },
      ];
      const first = world.followUp(response);
      for (const [n, state] of states.entries()) {
        const followUp: FollowUp = { ...first, state, dueAt: NOW + n };
        await world.tx((tx) => tx.followUps.save(followUp));
        expect(await latestOf(world, response.personId)).toEqual(followUp);
        expect((await world.tx((tx) => tx.followUps.lock(first.id)))?.number).toBe(1);
      }
    });

    it('takes the next number of its workspace; what is undone leaves no gap', async () => {
      const world = await newWorld(test());
      const answers = [];
      for (let n = 0; n < 10; n++) answers.push(await world.answered());
      await Promise.allSettled(
        answers.map(({ response }, n) =>
          world.tx(async (tx) => {
            await tx.followUps.save(world.followUp(response));
            if (n % 3 === 0) throw new Error('undone');
          }),
        ),
      );
      const open = await world.tx((tx) => tx.followUps.open(100));
      expect(open.map((dossier) => dossier.number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
      for (const { number, followUp } of open) {
        expect(await world.tx((tx) => tx.followUps.findByNumber(number))).toBe(followUp.id);
      }
    });

    it('is found by its number only: other numbers, however odd, are nobody’s', async () => {
      const world = await newWorld(test());
      for (const number of [1, 0, -1, 1.5, 2 ** 40, Number.NaN]) {
        expect(await world.tx((tx) => tx.followUps.findByNumber(number))).toBeNull();
      }
    });

    it('is one a person while it is not closed', async () => {
      const world = await newWorld(test());
      const who = identity();
      const [one, two] = [await world.answered({}, who), await world.answered({}, who)];
      const first = world.followUp(one.response);
      await world.tx((tx) => tx.followUps.save(first));
      const second = world.tx((tx) => tx.followUps.save(world.followUp(two.response)));
      await expect(second).rejects.toMatchObject({ kind: 'conflict' });

      const state: FollowUpState = { status: 'closed', by: 'U-bob', closedAt: NOW, note: 'done' };
      await world.tx((tx) => tx.followUps.save({ ...first, state }));
      const next = world.followUp(two.response, { openedAt: NOW + 1 });
      await world.tx((tx) => tx.followUps.save(next));
      expect(await latestOf(world, one.response.personId)).toEqual(next);
    });

    it('saved with others takes its number in their order, beside those that have theirs already', async () => {
      const world = await newWorld(test());
      const answers = [];
      for (let n = 0; n < 4; n++) answers.push(await world.answered());
      const [old, ...fresh] = answers.map(({ response }) => world.followUp(response));
      await world.tx((tx) => tx.followUps.save(old!));
      const claimed: FollowUpState = {
        status: 'claimed',
        by: 'U-bob',
        who: null,
        claimedAt: NOW + 1,
      };
      const noted: FollowUpState = { status: 'closed', by: 'U-eve', closedAt: NOW + 2, note: 'Called back' };
      const batch = [
        { ...fresh[0]!, state: noted },
        fresh[1]!,
        { ...old!, state: claimed },
        { ...fresh[2]!, state: claimed },
      ];
      await world.tx((tx) => tx.followUps.save(...batch));
      for (const [n, followUp] of [old, ...fresh].entries())
        expect(await world.tx((tx) => tx.followUps.findByNumber(n + 1))).toBe(followUp!.id);
      const people = batch.map((followUp) => followUp.personId);
      const latest = await world.tx((tx) => tx.followUps.latestOf([...people, newId()]));
      expect(latest).toEqual(new Map(batch.map((followUp) => [followUp.personId, followUp])));
    });

    it('of a batch with one of nobody is not saved either, and no number is lost', async () => {
      const world = await newWorld(test());
      const { response } = await world.answered();
      const nobodys = world.followUp({ ...response, personId: newId() });
      const saving = world.tx((tx) => tx.followUps.save(world.followUp(response), nobodys));
      await expect(saving).rejects.toMatchObject({ kind: 'not_found' });
      expect(await latestOf(world, response.personId)).toBeUndefined();
      await world.tx((tx) => tx.followUps.save(world.followUp(response)));
      expect(await world.tx((tx) => tx.followUps.findByNumber(1))).not.toBeNull();
    });

    it('is taken in one order, whatever the order of the batch, so that two batches never block each other for good', async () => {
      const world = await newWorld(test());
      const people: Id[] = [];
      for (let n = 0; n < 3; n++) {
        const { response } = await world.answered();
        await world.tx((tx) => tx.followUps.save(world.followUp(response)));
        people.push(response.personId);
      }
      const [a, m, z] = people.toSorted();
      expect(await crossed(world, [a!, m!, z!], (tx, some) => tx.followUps.latestOf(some))).toBe(2);
    });

    it('is opened once when two bad answers of one person come at once', async () => {
      const world = await newWorld(test());
      const who = identity();
      const prompts: Prompt[] = [];
      for (let n = 0; n < 4; n++) prompts.push((await world.asked({ state: sent() }, who)).prompt);
      await atOnce(4, (n) =>
        world.tx(async (tx) => {
          await tx.prompts.lock(prompts[n]!.id);
          const response = world.response(prompts[n]!, { answeredAt: NOW + n });
          await tx.responses.save({ response, classification: CLASSIFIED });
          const latest = (await tx.followUps.latestOf([response.personId])).get(response.personId);
          await tx.followUps.save(
            latest
              ? { ...latest, responseIds: [...latest.responseIds, response.id] }
              : world.followUp(response),
          );
        }),
      );
      const open = await world.tx((tx) => tx.followUps.open(10));
      expect(open.map((dossier) => [dossier.number, dossier.followUp.responseIds.length])).toEqual([[1, 4]]);
      expect(open[0]!.response.answeredAt).toBe(NOW + 3);
    });

    it('shows its newest answer, whose it is and where it came from', async () => {
      const world = await newWorld(test());
      const who = identity('U-ann');
      await world.person(who, { profile: { name: 'Ann' } });
      const older = await world.answered({ answeredAt: NOW - DAY, revisedAt: NOW - DAY }, who);
      const newer = await world.answered({ score: 0 }, who);
      const followUp = world.followUp(older.response, {
        responseIds: [older.response.id, newer.response.id],
      });
      await world.tx((tx) => tx.followUps.save(followUp));
      const dossier = {
        followUp,
        number: 1,
        response: newer.response,
        personName: 'Ann',
        personExternalId: 'U-ann',
        place: newer.prompt.place,
        agent: 'bob',
        account: 'acme',
        conflict: false,
        alert: null,
      };
      expect(await world.tx((tx) => tx.followUps.lock(followUp.id))).toEqual(dossier);

      const alert = { platform: 'slack', installation: 'T1', ref: { channel: 'C1', message: '1.2' } };
      await world.tx((tx) => tx.followUps.noteAlert(followUp.id, alert));
      expect(await world.tx((tx) => tx.followUps.lock(followUp.id))).toEqual({ ...dossier, alert });
      expect(await world.tx((tx) => tx.followUps.find(followUp.id))).toEqual({ ...dossier, alert });
      await world.tx((tx) => tx.followUps.save(followUp));
      expect(await world.tx((tx) => tx.followUps.open(1))).toEqual([{ ...dossier, alert }]);
    });

    it('is listed while it is not closed, oldest first', async () => {
      const world = await newWorld(test());
      const saved: FollowUp[] = [];
      for (const openedAt of [NOW + 2, NOW, NOW + 1]) {
        const { response } = await world.answered();
        const followUp = world.followUp(response, { openedAt });
        await world.tx((tx) => tx.followUps.save(followUp));
        saved.push(followUp);
      }
      const state: FollowUpState = { status: 'closed', by: 'U-bob', closedAt: NOW, note: 'done' };
      await world.tx((tx) => tx.followUps.save({ ...saved[2]!, state }));
      const ids = async (limit: number) =>
        (await world.tx((tx) => tx.followUps.open(limit))).map((dossier) => dossier.followUp.id);
      expect(await ids(10)).toEqual([saved[1]!.id, saved[0]!.id]);
      expect(await ids(1)).toEqual([saved[1]!.id]);
    });

    it('that is not there is null, and one of nobody is refused', async () => {
      const world = await newWorld(test());
      expect(await world.tx((tx) => tx.followUps.lock(newId()))).toBeNull();
      expect(await world.tx((tx) => tx.followUps.find(newId()))).toBeNull();
      expect(await latestOf(world, newId())).toBeUndefined();
      const { response } = await world.answered();
      const nobodys = world.followUp({ ...response, personId: newId() });
      await expect(world.tx((tx) => tx.followUps.save(nobodys))).rejects.toMatchObject({ kind: 'not_found' });
    });
  });
}
