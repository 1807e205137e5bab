// Contract: no call reads or writes across workspaces. Every method of a transaction is run in one workspace with the ids of another: it finds
// nothing there, and not a row of the other changes.
import { describe, expect, it } from 'vitest';
import type { IdentityRef } from '../../../src/domain/trigger/interaction.ts';
import { issue, schedule } from './digests.ts';
import { CASES, type Case, type Full } from './isolation-cases.ts';
import { noticeOf } from './notices.ts';
import { closed, identity, NOW, newId, newWorld, type StoreUnderTest, sent, type World } from './world.ts';

async function fullWorld(test: StoreUnderTest): Promise<Full> {
  const world = await newWorld(test);
  const who = identity('U-shared');
  await world.person(who, { customer: 'c-1', profile: { name: 'Ann', zone: 'Asia/Tokyo' } });
  const asked = await world.asked({}, who, { externalId: 'T-1' });
  const answered = await world.answered();
  const followUp = world.followUp(answered.response);
  const weekly = schedule();
  const posted = issue(weekly.id, { ref: { channel: 'team', message: 'm-1' } });
  const { prompt: sentPrompt } = await world.asked({ state: sent() });
  const bare = { id: newId(), personId: asked.person.id, interaction: closed(who) };
  const work = await world.inHand('remind');
  const freeWork = newId();
  const notice = noticeOf('not_in_channel', 'C1');
  await world.tx(async (tx) => {
    await tx.people.setOptOut(asked.person.id, NOW);
    await tx.followUps.save(followUp);
    await tx.digests.saveSchedule(weekly);
    await tx.digests.saveIssue(posted, NOW);
    await tx.prompts.addInteractions([bare], NOW);
    await tx.notices.raise(notice, 0);
    await tx.work.add([{ id: newId(), kind: 'remind', subjectId: freeWork, dueAt: NOW }], NOW);
  });
  return {
    world,
    asked,
    answered,
    sentPrompt,
    bare,
    followUpId: followUp.id,
    scheduleId: weekly.id,
    issueId: posted.id,
    notice,
    work,
    freeWork,
  };
}

function isNothing(answer: unknown): boolean {
  if (answer === undefined || answer === null || answer === false || answer === 0) return true;
  if (answer instanceof Map || answer instanceof Set) return answer.size === 0;
  return Array.isArray(answer) && answer.length === 0;
}

export function isolationContract(test: () => StoreUnderTest): void {
  describe('two workspaces', () => {
    const calls = Object.entries(CASES).flatMap(([part, methods]) =>
      Object.entries(methods as Record<string, readonly Case[]>).flatMap(([method, cases]) =>
        cases.map(([outcome, call]) => [`${part}.${method}`, outcome, call] as const),
      ),
    );

    it.each(calls)('do not meet: %s with the other’s ids is %s', async (_name, outcome, call) => {
      const other = await fullWorld(test());
      const own = await newWorld(test());
      const before = [await test().rowsOf(other.world.workspaceId), await test().rowsOf(own.workspaceId)];
      const answer = await own.tx((tx) => call(tx, other, own)).catch((error: unknown) => error);
      if (outcome === 'refused')
        expect(answer).toMatchObject({
          name: 'AfterwordError',
          kind: expect.stringMatching(/not_found|conflict/),
        });
      else if (outcome === 'empty') expect(isNothing(answer), JSON.stringify(answer)).toBe(true);
      else expect(answer).toBeUndefined();
      const after = [await test().rowsOf(other.world.workspaceId), await test().rowsOf(own.workspaceId)];
      expect(after[0]).toEqual(before[0]);
      if (outcome !== 'made') expect(after[1]).toEqual(before[1]);
    });

    it('each keep the opt-outs of their own erased people', async () => {
      const [one, two] = [await newWorld(test()), await newWorld(test())];
      const [who, other] = [identity(), identity()];
      const eraseOptedOut = async (world: World, somebody: IdentityRef): Promise<void> => {
        const { id } = await world.person(somebody);
        await world.tx((tx) => tx.people.setOptOut(id, NOW));
        await world.store.archive.erase(world.workspaceId, id, NOW);
      };
      await eraseOptedOut(one, who);
      await eraseOptedOut(two, other);
      expect((await two.person(who)).optedOutAt).toBeNull();

      await eraseOptedOut(two, who);
      const back = await two.person(who);
      expect(back.optedOutAt).not.toBeNull();
      await two.tx((tx) => tx.people.setOptOut(back.id, null));
      expect((await one.person(who)).optedOutAt).not.toBeNull();
    });

    it('number their cases each from 1', async () => {
      const [one, two] = [await fullWorld(test()), await fullWorld(test())];
      const find = ({ world }: Full) => world.tx((tx) => tx.followUps.findByNumber(1));
      expect(await find(one)).toBe(one.followUpId);
      expect(await find(two)).toBe(two.followUpId);
    });
  });
}
