// What many comments have in common, told in the digest by a larger model, where the workspace wishes for it and there is one.
import { afterEach, expect, it, vi } from 'vitest';
import { createLargerModel } from '../../adapters/model/index.ts';
import { MINUTE, SECOND } from '../../src/domain/basics.ts';
import { nextDue, type Schedule } from '../../src/domain/digest/schedule.ts';
import { takeTurn } from '../../src/handlers/larger-calls.ts';
import { LEASE } from '../../src/handlers/lease.ts';
import { perform } from '../../src/handlers/perform.ts';
import type { LargerModel } from '../../src/ports/larger-model.ts';
import { FakeModel, type Mood } from '../fakes/model/index.ts';
import { describeOnEachStore } from '../support/database.ts';
import { CHAT, customer, House, lastView } from './house.ts';

const MONDAY: Schedule = { weekday: 1, time: 9 * 60, zone: 'UTC' };
const WORDS = ['Very slow here', 'So slow, again', 'All good, thanks', 'The app is slow', 'Nice people'];

/** A week of work for each, on a store that may have to share its machine. */
vi.setConfig({ testTimeout: MINUTE });

describeOnEachStore('a summary', (database) => {
  let fake: FakeModel | undefined;
  afterEach(async () => {
    expect(fake?.violations ?? []).toEqual([]);
    await fake?.stop();
    fake = undefined;
  });

  /** Five people have written, and the digest is due in a moment. */
  async function open({ moods = [] as Mood[], wished = true, callsADay = 100, words = WORDS } = {}) {
    fake = await FakeModel.start();
    const model = createLargerModel({ apiUrl: fake.url, apiKey: 'sk-test', name: 'tiny-1', callsADay });
    /** What happens while the model writes. */
    const meanwhile: (() => Promise<unknown>)[] = [];
    const larger: LargerModel = {
      ...model,
      async summarise(...of) {
        const answer = await model.summarise(...of);
        await meanwhile.shift()?.();
        return answer;
      },
    };
    const house = await House.build(database(), { larger });
    await house.policies({ throttle: 0, dailyCap: null });
    await house.settings({ summaries: wished });
    const schedule = await house.digest(CHAT, MONDAY);
    for (const [i, text] of words.entries()) {
      const name = `person-${i}`;
      const prompt = await house.ask(name, { survey: 'csat', profile: { name: `Quentin${i} Larsson` } });
      await house.score(name, prompt.id, 3);
      await house.press(customer(name), { kind: 'add_words', promptId: prompt.id }, { words: text });
    }
    // Whatever the built-in classifier was not sure of has been asked.
    await house.pass(MINUTE);
    fake.calls.length = 0;
    fake.moods = moods;
    return { house, schedule, model: fake, meanwhile };
  }

  const publish = async (house: House) => {
    await house.workUntil(nextDue(MONDAY, house.now));
    await house.pass(MINUTE);
    return house.chat.messages.filter(({ key }) => key.startsWith('digest-'));
  };

  it('tells what several say, how many, and who wrote it; the figures are what they were', async () => {
    const { house, model } = await open();
    const [digest, ...others] = await publish(house);
    expect(others).toEqual([]);
    const shown = JSON.stringify(lastView(digest!));
    expect(shown).toContain('It is slow. (3 comments)');
    expect(shown).toContain('Written by tiny-1 from 5 comments');
    expect(model.summaries).toHaveLength(1);
    expect([...model.summaries[0]!.comments].sort()).toEqual([...WORDS].sort());
  });

  it('is asked for without names, addresses and numbers', async () => {
    const words = [
      ...WORDS,
      'slow, says Quentin1 Larsson (person-2), write me: q@example.org or +46 70 123 45 67',
    ];
    const { house, model } = await open({ words });
    await publish(house);
    const sent = model.summaries[0]!.comments.join('\n');
    expect(sent).toContain('slow, says […]');
    expect(sent).not.toMatch(/Quentin|Larsson|person-2|example|123/u);
  });

  it.each<[string, Mood]>([
    ['is away', { kind: 'status', status: 500 }],
    ['is busy', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
    ['chats', { kind: 'says', content: 'Customers find it slow.' }],
    ['makes things up', { kind: 'says', content: '{"points":[{"text":"82 % are angry","comments":[1,2]}]}' }],
    ['calls everybody', { kind: 'says', content: '{"points":[{"text":"@here slow","comments":[1,2]}]}' }],
  ])('is left out where the model %s, and the digest comes all the same', async (_, mood) => {
    const { house, model } = await open({ moods: [mood] });
    const [digest] = await publish(house);
    expect(model.summaries).toHaveLength(1);
    const shown = JSON.stringify(lastView(digest!));
    expect(shown).toContain('In their words');
    expect(shown).not.toMatch(/comes up|82|@here/u);
  });

  it('is not asked for where nobody wished for it, or the calls of the day are used up', async () => {
    const unwished = await open({ wished: false });
    expect(await publish(unwished.house)).toHaveLength(1);
    expect(unwished.model.summaries).toEqual([]);
    await unwished.model.stop();
    const spent = await open({ callsADay: 1 });
    const { house, model } = spent;
    await house.store.budget.take(
      [{ name: `larger model ${house.workspaceId}`, interval: 1e12, burst: 1 }],
      0,
    );
    expect(await publish(house)).toHaveLength(1);
    expect(model.summaries).toEqual([]);
  });

  it('waits while the model writes those of others, and not for ever', async () => {
    const { house, model } = await open();
    const { larger } = house.ctx;
    const giveBack = takeTurn(larger!);
    const due = nextDue(MONDAY, house.now);
    const posted = () => house.chat.messages.filter(({ key }) => key.startsWith('digest-'));
    await house.workUntil(due);
    expect(posted()).toEqual([]);
    await house.pass(11 * MINUTE);
    expect(posted()).toHaveLength(1);
    expect(model.summaries).toEqual([]);
    giveBack!();
  });

  it('brings nothing of somebody who is forgotten while the model writes', async () => {
    const { house, meanwhile } = await open();
    const person = await house.store.archive.findPerson(house.workspaceId, 'person-0');
    meanwhile.push(() => house.store.archive.erase(house.workspaceId, person!.id, house.now));
    const [digest] = await publish(house);
    const shown = JSON.stringify(lastView(digest!));
    expect(shown).not.toMatch(/Very slow here|Quentin0|It is slow/u);
    expect(shown).toContain('The app is slow');
  });

  it('is posted once, where another process takes over while the model writes', async () => {
    const { house, meanwhile } = await open();
    meanwhile.push(async () => {
      const now = house.now;
      house.now = now + LEASE + SECOND;
      const [work] = await house.store.work.due(house.now, house.now, 1);
      await perform({ ...house.ctx, larger: null }, work!.workId);
    });
    const posted = await publish(house);
    expect(posted).toHaveLength(1);
    expect(JSON.stringify(lastView(posted[0]!))).not.toContain('comes up');
  });

  it('loses what somebody said who is forgotten, and is shown anew', async () => {
    const { house } = await open();
    const [digest] = await publish(house);
    const person = await house.store.archive.findPerson(house.workspaceId, 'person-0');
    await house.store.archive.erase(house.workspaceId, person!.id, house.now);
    await house.pass(MINUTE);
    const shown = JSON.stringify(lastView(digest!));
    expect(shown).not.toContain('It is slow');
    expect(shown).not.toContain('comes up');
  });
});
