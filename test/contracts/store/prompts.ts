// Contract: an interaction brings one prompt, which says exactly what was saved and is decided about by one at a time.
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../src/domain/basics.ts';
import type { Prompt, PromptState } from '../../../src/domain/prompt/prompt.ts';
import {
  type Asked,
  atOnce,
  identity,
  NOW,
  newId,
  newWorld,
  type StoreUnderTest,
  scheduled,
  sent,
} from './world.ts';

const ref = { channel: 'support', message: 'm-1' };

const EVERY_STATE: readonly PromptState[] = [
  { status: 'scheduled', dueAt: NOW + 1 },
  { status: 'sending', dueAt: NOW + 1, attemptedAt: NOW + 2 },
  { status: 'sent', sentAt: NOW + 3, ref },
  { status: 'reminded', sentAt: NOW + 3, ref, remindedAt: NOW + 4 },
  { status: 'answered', sentAt: NOW + 3, ref, answeredAt: NOW + 5, late: true },
  { status: 'answered', sentAt: NOW + 3, ref: null, answeredAt: NOW + 5, late: false },
  { status: 'declined', sentAt: NOW + 3, ref: null, declinedAt: NOW + 6 },
  { status: 'expired', sentAt: NOW + 3, ref, expiredAt: NOW + 7 },
  { status: 'suppressed', reason: 'daily_cap', at: NOW + 8 },
  { status: 'undeliverable', reason: 'blocked by the user', at: NOW + 9 },
  { status: 'uncertain', attemptedAt: NOW + 10 },
];

export function promptsContract(test: () => StoreUnderTest): void {
  describe('a prompt', () => {
    it.each(EVERY_STATE.map((state) => [state.status, state] as const))(
      'that is %s comes back as it was added and as it was saved',
      async (_status, state) => {
        const world = await newWorld(test());
        const added = await world.asked({
          state,
          survey: 'csat',
          agent: null,
          account: null,
          explicit: true,
        });
        expect(await world.tx((tx) => tx.prompts.find(added.prompt.id))).toEqual(added.prompt);
        const { prompt } = await world.asked();
        await world.tx((tx) => tx.prompts.save({ ...prompt, state }));
        expect(await world.tx((tx) => tx.prompts.find(prompt.id))).toEqual({ ...prompt, state });
      },
    );

    it('keeps each state of a whole life apart from the ones before', async () => {
      const world = await newWorld(test());
      const { prompt } = await world.asked();
      const life: readonly PromptState[] = [
        { status: 'sending', dueAt: NOW, attemptedAt: NOW + 1 },
        { status: 'scheduled', dueAt: NOW },
        { status: 'sending', dueAt: NOW, attemptedAt: NOW + 2 },
        { status: 'sent', sentAt: NOW + 3, ref },
        { status: 'declined', sentAt: NOW + 3, ref, declinedAt: NOW + 4 },
        { status: 'answered', sentAt: NOW + 3, ref, answeredAt: NOW + 5, late: false },
      ];
      for (const state of life) {
        await world.tx((tx) => tx.prompts.save({ ...prompt, state }));
        expect((await world.tx((tx) => tx.prompts.find(prompt.id)))?.state).toEqual(state);
      }
    });

    it('is locked together with all that decides about it', async () => {
      const world = await newWorld(test());
      const who = identity();
      const { id } = await world.person(who, { profile: { name: 'Ann', zone: 'Asia/Shanghai' } });
      const { prompt } = await world.asked({}, who, { subject: 'Cannot log in', closedAt: NOW - 1 });
      expect(await world.tx((tx) => tx.prompts.lock(prompt.id))).toEqual({
        prompt,
        identity: who,
        identityName: 'Ann',
        closedAt: NOW - 1,
        subject: 'Cannot log in',
        reopened: false,
        personOptedOut: false,
        personZone: 'Asia/Shanghai',
        personUnreachableAt: null,
      });
      await world.tx(async (tx) => {
        await tx.people.setOptOut(id, NOW);
        await tx.people.markUnreachable(who, NOW);
      });
      expect(await world.tx((tx) => tx.prompts.lock(prompt.id))).toMatchObject({
        personOptedOut: true,
        personUnreachableAt: NOW,
      });
    });

    it('is asked of the identity that was helped, not of another one of the same person', async () => {
      const world = await newWorld(test());
      const [first, second] = [identity(), identity()];
      await world.person(first, { customer: 'c-1' });
      await world.person(second, { customer: 'c-1' });
      const { prompt } = await world.asked({}, second);
      expect((await world.tx((tx) => tx.prompts.lock(prompt.id)))?.identity).toEqual(second);
    });

    it('is decided about by one at a time', async () => {
      const world = await newWorld(test());
      const { prompt } = await world.asked();
      const won = await atOnce(20, (i) =>
        world.tx(async (tx) => {
          const dossier = await tx.prompts.lock(prompt.id);
          if (dossier?.prompt.state.status !== 'scheduled') return false;
          const state: PromptState = { status: 'sending', dueAt: NOW, attemptedAt: NOW + i };
          await tx.prompts.save({ ...prompt, state });
          return true;
        }),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it('is saved with others, each in its own state', async () => {
      const world = await newWorld(test());
      const saved: Prompt[] = [];
      for (const state of EVERY_STATE) saved.push({ ...(await world.asked()).prompt, state });
      await world.tx((tx) => tx.prompts.save(...saved));
      for (const prompt of saved) expect(await world.tx((tx) => tx.prompts.find(prompt.id))).toEqual(prompt);
      const some = world.tx((tx) => tx.prompts.save(saved[0]!, world.prompt(newId(), newId()), saved[1]!));
      await expect(some).rejects.toMatchObject({ kind: 'not_found' });
      await world.tx((tx) => tx.prompts.save());
    });

    it('is locked with others as it is alone, those that are not there left out', async () => {
      const world = await newWorld(test());
      const who = identity();
      const asked = [
        await world.asked({}, who),
        await world.asked({ state: sent() }, who),
        await world.asked(),
      ];
      const ids = asked.map(({ prompt }) => prompt.id);
      const locked = await world.tx((tx) => tx.prompts.lockFree([newId(), ...ids]));
      expect(locked.size).toBe(3);
      for (const id of ids) expect(locked.get(id)).toEqual(await world.tx((tx) => tx.prompts.lock(id)));
    });

    it('that somebody else has in hand, itself or its person, holds up nobody who can do without it', async () => {
      const world = await newWorld(test());
      if (!world.test.parallel) return;
      const who = identity();
      const [taken, sibling, free] = [
        await world.asked({}, who),
        await world.asked({}, who),
        await world.asked(),
      ];
      const ids = [taken, sibling, free].map(({ prompt }) => prompt.id);
      const found = await world.tx(async (tx) => {
        await tx.prompts.lock(taken.prompt.id);
        return await world.tx((other) => other.prompts.lockFree(ids));
      });
      expect([...found.keys()]).toEqual([free.prompt.id]);
      expect((await world.tx((tx) => tx.prompts.lockFree(ids))).size).toBe(3);
    });

    it('locked with others is as it was left by whoever had it before', async () => {
      const world = await newWorld(test());
      const { prompt } = await world.asked();
      const counted = await atOnce(20, async (i) => {
        for (;;) {
          const won = await world.tx(async (tx) => {
            const dossier = (await tx.prompts.lockFree([prompt.id])).get(prompt.id);
            if (dossier?.prompt.state.status !== 'scheduled') return dossier ? false : null;
            await tx.prompts.save({
              ...prompt,
              state: { status: 'sending', dueAt: NOW, attemptedAt: NOW + i },
            });
            return true;
          });
          if (won !== null) return won;
        }
      });
      expect(counted.filter(Boolean)).toHaveLength(1);
    });

    it('is one an interaction: a second one is refused', async () => {
      const world = await newWorld(test());
      const { interactionId, person } = await world.asked();
      const second = world.tx((tx) => tx.prompts.add([world.prompt(interactionId, person.id)]));
      await expect(second).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('that is not there is null, and cannot be saved', async () => {
      const world = await newWorld(test());
      expect(await world.tx((tx) => tx.prompts.find(newId()))).toBeNull();
      expect(await world.tx((tx) => tx.prompts.lock(newId()))).toBeNull();
      const saving = world.tx((tx) => tx.prompts.save(world.prompt(newId(), newId())));
      await expect(saving).rejects.toMatchObject({ kind: 'not_found' });
    });

    it('that can still take an answer is found by its person and conversation, the newest first', async () => {
      const world = await newWorld(test());
      const who = identity();
      const place = { platform: 'web', installation: 'local', channel: 'support', thread: 't-1' };
      const older = await world.asked({ state: sent(NOW - DAY) }, who, { place });
      const newer = await world.asked(
        { state: { status: 'expired', sentAt: NOW - HOUR, ref, expiredAt: NOW } },
        who,
        { place },
      );
      const elsewhere = await world.asked({ state: sent(NOW - 1) }, who);
      await world.asked({ state: scheduled() }, who, { place });
      await world.asked({ state: { status: 'suppressed', reason: 'throttled', at: NOW } }, who, { place });
      await world.asked({ state: { status: 'undeliverable', reason: 'blocked', at: NOW } }, who, { place });
      await world.asked({ state: sent() }, identity(), { place });
      const { id } = older.person;
      const open = (where: typeof place | null) => world.tx((tx) => tx.prompts.openPromptFor(id, where));
      expect(await open(place)).toEqual(newer.prompt);
      expect(await open(null)).toEqual(elsewhere.prompt);
      expect(await open({ ...place, thread: 't-2' })).toBeNull();
    });

    it('leaves a trail: every ask and every skip of a person, newest first', async () => {
      const world = await newWorld(test());
      const who = identity();
      const made: Asked[] = [];
      for (const [n, state] of [sent(), EVERY_STATE[8]!, scheduled()].entries()) {
        made.push(await world.asked({ state, createdAt: NOW + n }, who, { externalId: `T-${n}` }));
      }
      const trail = await world.tx((tx) => tx.prompts.trail(made[0]!.person.id, 10));
      expect(trail).toEqual(
        made.reverse().map(({ prompt, interaction }) => ({
          prompt,
          survey: 'nps',
          source: 'web',
          externalId: interaction.externalId,
          closedAt: interaction.closedAt,
        })),
      );
      expect(await world.tx((tx) => tx.prompts.trail(made[0]!.person.id, 1))).toHaveLength(1);
    });
  });
}
