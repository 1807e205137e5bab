// Contract: what a person was asked before, read from the prompts themselves.
import { describe, expect, it } from 'vitest';
import { DAY, type Instant } from '../../../src/domain/basics.ts';
import type { PromptState } from '../../../src/domain/prompt/prompt.ts';
import { identity, NOW, newId, newWorld, type StoreUnderTest, scheduled, sent } from './world.ts';

export function historyContract(test: () => StoreUnderTest): void {
  describe('the history of a person', () => {
    const ref = { channel: 'c', message: 'm' };
    const at = (days: number): Instant => NOW - days * DAY;

    it('tells when they were last asked, or will be; suppressed and undeliverable prompts do not count', async () => {
      const world = await newWorld(test());
      const cases: readonly (readonly [PromptState, Instant | null])[] = [
        [{ status: 'scheduled', dueAt: at(-1) }, at(-1)],
        [{ status: 'sending', dueAt: at(2), attemptedAt: at(1) }, at(1)],
        [{ status: 'sent', sentAt: at(3), ref }, at(3)],
        [{ status: 'reminded', sentAt: at(4), ref, remindedAt: at(2) }, at(4)],
        [{ status: 'answered', sentAt: at(5), ref: null, answeredAt: at(1), late: false }, at(5)],
        [{ status: 'declined', sentAt: at(6), ref, declinedAt: at(5) }, at(6)],
        [{ status: 'expired', sentAt: at(9), ref, expiredAt: at(2) }, at(9)],
        [{ status: 'uncertain', attemptedAt: at(7) }, at(7)],
        [{ status: 'suppressed', reason: 'throttled', at: at(1) }, null],
        [{ status: 'undeliverable', reason: 'blocked', at: at(1) }, null],
      ];
      for (const [state, expected] of cases) {
        const { person } = await world.asked({ state, survey: 'ces' });
        const history = (await world.tx((tx) => tx.people.history([person.id]))).get(person.id);
        expect(history?.lastPromptAt ?? null, state.status).toBe(expected);
        expect(history?.lastNpsAt ?? null, state.status).toBeNull();
        expect(history?.lastDeclinedAt ?? null, state.status).toBe(
          state.status === 'declined' ? state.declinedAt : null,
        );
      }
    });

    it('does not count what was sent to be suppressed later, and counts the newest of several', async () => {
      const world = await newWorld(test());
      const who = identity();
      await world.asked({ state: sent(at(40)), survey: 'nps' }, who);
      await world.asked({ state: sent(at(20)), survey: 'ces' }, who);
      const { prompt, person } = await world.asked({ state: scheduled(at(0)), survey: 'nps' }, who);
      const look = async () => (await world.tx((tx) => tx.people.history([person.id]))).get(person.id);
      expect(await look()).toMatchObject({ lastPromptAt: at(0), lastNpsAt: at(0) });
      await world.tx((tx) =>
        tx.prompts.save({ ...prompt, state: { status: 'suppressed', reason: 'reopened', at: NOW } }),
      );
      expect(await look()).toMatchObject({ lastPromptAt: at(20), lastNpsAt: at(40) });
    });

    it('forgets a decline that was followed by an answer', async () => {
      const world = await newWorld(test());
      const { prompt, person } = await world.asked({
        state: { status: 'declined', sentAt: at(3), ref, declinedAt: at(2) },
      });
      await world.tx((tx) =>
        tx.prompts.save({
          ...prompt,
          state: { status: 'answered', sentAt: at(3), ref, answeredAt: at(1), late: false },
        }),
      );
      const history = await world.tx((tx) => tx.people.history([person.id]));
      expect(history.get(person.id)?.lastDeclinedAt).toBeNull();
    });

    it('leaves out the prompt being decided, and those that merely wait where only begun ones count', async () => {
      const world = await newWorld(test());
      const who = identity();
      const first = await world.asked({ state: sent(at(10)) }, who);
      const waiting = await world.asked({ state: scheduled(at(-1)) }, who);
      const { id } = first.person;
      const last = async (which?: { except?: string; begunOnly?: boolean }) =>
        (await world.tx((tx) => tx.people.history([id], which))).get(id)?.lastPromptAt;
      expect(await last()).toBe(at(-1));
      expect(await last({ except: waiting.prompt.id })).toBe(at(10));
      expect(await last({ begunOnly: true })).toBe(at(10));
      expect(await last({ begunOnly: true, except: first.prompt.id })).toBeUndefined();
    });

    it('names the conversations whose prompts are still live', async () => {
      const world = await newWorld(test());
      const who = identity();
      const live = [
        scheduled(),
        { status: 'sending', dueAt: NOW, attemptedAt: NOW } as const,
        sent(),
        { status: 'reminded', sentAt: NOW, ref, remindedAt: NOW } as const,
        { status: 'uncertain', attemptedAt: NOW } as const,
      ];
      const over = [
        { status: 'answered', sentAt: NOW, ref, answeredAt: NOW, late: false } as const,
        { status: 'declined', sentAt: NOW, ref, declinedAt: NOW } as const,
        { status: 'expired', sentAt: NOW, ref, expiredAt: NOW } as const,
      ];
      const places = [];
      for (const state of live) places.push((await world.asked({ state }, who)).prompt.place);
      for (const state of over) await world.asked({ state }, who);
      const { id } = await world.person(who);
      const history = (await world.tx((tx) => tx.people.history([id]))).get(id);
      expect(new Set(history?.live.map((place) => place.thread))).toEqual(
        new Set(places.map((place) => place.thread)),
      );
      expect(history?.live[0]).toEqual(places.find((place) => place.thread === history?.live[0]?.thread));
    });

    it('is told for a thousand people at once, each their own', async () => {
      const world = await newWorld(test());
      const [a, b] = [await world.asked({ state: sent(at(1)) }), await world.asked({ state: sent(at(2)) })];
      const strangers = Array.from({ length: 1000 }, () => newId());
      const history = await world.tx((tx) => tx.people.history([a.person.id, ...strangers, b.person.id]));
      expect(history.size).toBe(2);
      expect(history.get(a.person.id)?.lastPromptAt).toBe(at(1));
      expect(history.get(b.person.id)?.lastPromptAt).toBe(at(2));
    });
  });
}
