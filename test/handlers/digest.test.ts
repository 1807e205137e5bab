// → digest: counted as anybody would count by hand, posted once when it is due, and put right when what it told of changed.
import { expect, it } from 'vitest';
import { DAY, HOUR, type Id, type Instant, MINUTE } from '../../src/domain/basics.ts';
import type { Digest } from '../../src/domain/digest/digest.ts';
import { nextDue, type Schedule } from '../../src/domain/digest/schedule.ts';
import { segmentOf } from '../../src/domain/survey/kind.ts';
import type { DigestIssue } from '../../src/ports/store/digests.ts';
import { describeOnEachStore } from '../support/database.ts';
import type { Shown } from '../support/scripted-platform.ts';
import { agent, CHAT, customer, House, lastView, NOON, WEB } from './house.ts';

/** Two weeks of work, on a store that may have to share its machine. */
const LONG = MINUTE;
const MONDAY: Schedule = { weekday: 1, time: 9 * 60, zone: 'UTC' };

function posted(house: House): readonly Shown[] {
  return house.chat.messages.filter(({ key }) => key.startsWith('digest-'));
}

async function issues(house: House, scheduleId: Id): Promise<readonly DigestIssue[]> {
  const found: DigestIssue[] = [];
  for (let before = house.now + DAY; ; ) {
    const issue = await house.tx((tx) => tx.digests.lastIssue(scheduleId, before));
    if (!issue) return found;
    found.unshift(issue);
    before = issue.dueAt;
  }
}

async function lastDigest(house: House, scheduleId: Id): Promise<Digest> {
  return (await issues(house, scheduleId)).at(-1)!.content;
}

/** Somebody new is helped, asked, and answers. */
async function answered(house: House, name: string, score: number, words: string | null = null): Promise<Id> {
  const { id } = await house.ask(name);
  await house.score(name, id, score);
  if (words !== null) await house.press(customer(name), { kind: 'add_words', promptId: id }, { words });
  return id;
}

describeOnEachStore('the figures of a digest', (database) => {
  it('equal a count by hand: scores, change, response rate, and who was skipped', {
    timeout: LONG,
  }, async () => {
    const house = await House.build(database());
    const scheduleId = await house.digest(CHAT, MONDAY);
    await house.policies({ reminder: null, expiry: 2 * DAY });
    const given: { at: Instant; score: number }[] = [];
    const ended: { at: Instant; answered: boolean }[] = [];
    const end = nextDue(MONDAY, NOON + 13 * DAY);
    for (let i = 0; house.now < end; i++) {
      const name = `p${i}`;
      const prompt = await house.ask(name);
      if (i % 3 === 0) {
        ended.push({ at: house.now + 2 * DAY, answered: false });
      } else if (i % 7 === 0) {
        await house.press(customer(name), { kind: 'decline', promptId: prompt.id });
        ended.push({ at: house.now, answered: false });
      } else {
        const score = (i * 7) % 11;
        await house.score(name, prompt.id, score);
        given.push({ at: house.now, score });
        ended.push({ at: house.now, answered: true });
      }
      await house.pass(12 * HOUR);
    }
    await house.workUntil(end);
    const [section, ...others] = (await lastDigest(house, scheduleId)).sections;
    expect(others).toEqual([]);

    const nps = (answers: readonly { score: number }[]) => {
      const count = (segment: string) =>
        answers.filter(({ score }) => segmentOf('nps', score) === segment).length;
      return (100 * (count('positive') - count('negative'))) / answers.length;
    };
    const within = <T extends { at: Instant }>(all: readonly T[], from: Instant, to: Instant) =>
      all.filter(({ at }) => at >= from && at < to);
    const now = within(given, end - 7 * DAY, end);
    const before = within(given, end - 14 * DAY, end - 7 * DAY);
    const over = within(ended, end - 7 * DAY, end);
    expect(now.length).toBeGreaterThan(6);
    expect(section).toMatchObject({
      survey: 'nps',
      answered: now.length,
      previous: { answered: before.length },
      asked: over.length,
      verdict: 'too_few',
    });
    expect(section?.score).toBeCloseTo(nps(now), 9);
    expect(section?.previous.score).toBeCloseTo(nps(before), 9);
    expect(section?.difference).toBeCloseTo(nps(now) - nps(before), 9);
    expect(section?.responseRate).toBeCloseTo(
      (100 * over.filter(({ answered }) => answered).length) / over.length,
      9,
    );
    for (const [score, count] of Object.entries(section!.distribution))
      expect(count, score).toBe(now.filter((one) => one.score === Number(score)).length);
  });

  it('tell of every conversation that ended: asked, still to be asked, or skipped and why', async () => {
    const house = await House.build(database(), { now: nextDue(MONDAY, NOON) - 2 * HOUR });
    const scheduleId = await house.digest(CHAT, MONDAY);
    await house.ask('anna');
    await house.help(
      house.closed('ben', { closedBy: 'inactivity' }),
      house.closed('cleo', { delay: 5 * HOUR }),
    );
    house.chat.sending.push('silence');
    await house.ask('dan');
    await house.pass(3 * HOUR);
    expect((await lastDigest(house, scheduleId)).coverage).toEqual({
      asked: 1,
      waiting: 1,
      skipped: { auto_closed: 1, uncertain: 1 },
    });
    const view = lastView(posted(house)[0]);
    expect(view).toContain('Asked after 1 of 4 conversations');
    expect(view).toContain('1 question is still to come');
    expect(view).toContain('(uncertain)');
  });

  it('tell whose customers are hardly ever asked, if they had many conversations', async () => {
    const house = await House.build(database(), { now: nextDue(MONDAY, NOON) - 2 * HOUR });
    const scheduleId = await house.digest(CHAT, MONDAY);
    for (let i = 0; i < 4; i++) await house.ask(`asked-${i}`, { agent: 'ann' });
    const unasked = Array.from({ length: 10 }, (_, i) =>
      house.closed(`unasked-${i}`, { agent: 'eve', closedBy: 'inactivity' }),
    );
    await house.help(...unasked, house.closed('one', { agent: 'cyd', closedBy: 'inactivity' }));
    await house.pass(3 * HOUR);
    const { hardly } = (await lastDigest(house, scheduleId)).coverage;
    expect(hardly).toEqual([{ of: 'agent', name: 'eve', ended: 10, asked: 0 }]);
    expect(lastView(posted(house)[0])).toContain('eve · Asked after 0 of 10 conversations');
  });

  it('quote customers only where enough people answered that very question', async () => {
    const house = await House.build(database(), { now: nextDue(MONDAY, NOON) - 2 * HOUR });
    const scheduleId = await house.digest(CHAT, MONDAY);
    for (const name of ['a', 'b', 'c']) await answered(house, name, 9, `nps words of ${name}`);
    const ces = await house.ask('d', { survey: 'ces' });
    await house.score('d', ces.id, 1);
    await house.press(customer('d'), { kind: 'add_words', promptId: ces.id }, { words: 'the only one' });
    await house.pass(3 * HOUR);
    const { quotes } = await lastDigest(house, scheduleId);
    expect(quotes.map(({ words }) => words).sort()).toEqual([
      'nps words of a',
      'nps words of b',
      'nps words of c',
    ]);
    await house.settings({ minimumPeople: 4 });
    expect(await house.command(agent(), 'digest now')).not.toContain('nps words');
  });

  it('show no names where the policy shows none', async () => {
    const house = await House.build(database(), { now: nextDue(MONDAY, NOON) - 2 * HOUR });
    await house.digest(CHAT, MONDAY);
    await house.settings({ showNames: false });
    for (const name of ['Anna Adams', 'Ben Brown', 'Cleo Clark']) {
      const prompt = await house.ask(name, { profile: { name } });
      await house.score(name, prompt.id, 9);
      await house.press(customer(name), { kind: 'add_words', promptId: prompt.id }, { words: 'quick' });
    }
    await house.pass(3 * HOUR);
    expect(lastView(posted(house)[0])).toContain('quick');
    expect(JSON.stringify(posted(house)[0]?.views)).not.toMatch(/Adams|Brown|Clark/);
  });

  it('count all the cases that wait, and none that opened after the period', async () => {
    const house = await House.build(database(), { now: nextDue(MONDAY, NOON) - 3 * HOUR });
    const scheduleId = await house.digest(CHAT, MONDAY);
    const other = await house.digest(CHAT, { ...MONDAY, time: 9 * 60 + 10 }, 'second');
    for (let i = 0; i < 3; i++) await answered(house, `p${i}`, 0);
    const late = await house.ask('late');
    house.now = nextDue(MONDAY, NOON) + 5 * MINUTE;
    await house.score('late', late.id, 0);
    await house.pass(HOUR);
    expect((await lastDigest(house, scheduleId)).open.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect((await lastDigest(house, other)).open.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  it('of a quiet week are one line', async () => {
    const house = await House.build(database());
    await house.digest(CHAT, MONDAY);
    await house.pass(7 * DAY);
    expect(lastView(posted(house)[0])).toContain('a quiet week.');
  });
});

describeOnEachStore('a digest that is due', (database) => {
  it('is posted at its hour, week after week, also when the clocks change', async () => {
    // Clocks in Berlin go forward on the 29th of March 2026.
    const house = await House.build(database(), { now: Date.UTC(2026, 2, 21), zone: 'Europe/Berlin' });
    await house.digest(CHAT, { weekday: 1, time: 9 * 60, zone: 'Europe/Berlin' });
    const times: string[] = [];
    house.chat.onAppearance = async () => void times.push(new Date(house.now).toISOString());
    await house.pass(18 * DAY);
    expect(times).toEqual([
      '2026-03-23T08:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
      '2026-04-06T07:00:00.000Z',
    ]);
  });

  it('tells of whole weeks, without a gap or an overlap, also when the clocks change', async () => {
    const house = await House.build(database(), { now: Date.UTC(2026, 2, 21), zone: 'Europe/Berlin' });
    const id = await house.digest(CHAT, { weekday: 1, time: 9 * 60, zone: 'Europe/Berlin' });
    await house.pass(18 * DAY);
    const all = await issues(house, id);
    for (const [i, issue] of all.slice(1).entries()) expect(issue.from).toBe(all[i]?.to);
    expect(all.map(({ from, to }) => (to - from) / HOUR)).toEqual([168, 167, 168]);
  });

  it('is posted once by two workers', async () => {
    const house = await House.build(database());
    await house.digest(CHAT, MONDAY);
    const other = house.another();
    const due = nextDue(MONDAY, NOON);
    house.now = due;
    other.now = due;
    await Promise.all([house, other, house, other].map((one) => one.workUntil(due)));
    expect([...posted(house), ...posted(other)]).toHaveLength(1);
  });

  it('and was missed for weeks is caught up once: the latest alone', async () => {
    const house = await House.build(database());
    const id = await house.digest(CHAT, MONDAY);
    house.now = nextDue(MONDAY, NOON) + 23 * DAY;
    await house.workUntil(house.now);
    expect(posted(house)).toHaveLength(1);
    expect((await issues(house, id)).map(({ dueAt }) => dueAt)).toEqual([nextDue(MONDAY, NOON) + 21 * DAY]);
    expect((await house.work()).filter(({ kind }) => kind === 'digest')[0]?.dueAt).toBe(
      nextDue(MONDAY, NOON) + 28 * DAY,
    );
  });

  it.each(['killed before', 'killed after', 'throws'] as const)(
    'whose posting ended by "%s" is posted once, the very same',
    async (fate) => {
      const house = await House.build(database());
      const id = await house.digest(CHAT, MONDAY);
      house.chat.sending.push(fate);
      house.now = nextDue(MONDAY, NOON);
      await house.live();
      const [written] = await issues(house, id);
      house.now += MINUTE;
      await answered(house, 'late', 1);
      await house.workUntil(house.now);
      expect(posted(house).map(({ key }) => key)).toEqual([`digest-${written?.id}`]);
      const [issue] = await issues(house, id);
      expect(issue).toMatchObject({ status: 'posted', ref: { message: posted(house)[0]?.id } });
      expect(issue?.content).toEqual(written?.content);
    },
  );

  it('of which nobody can tell whether it was posted is not posted twice, and said to be uncertain', async () => {
    const house = await House.build(database());
    house.chat.looking = 'cannot tell';
    const id = await house.digest(CHAT, MONDAY);
    house.chat.sending.push('killed after');
    house.now = nextDue(MONDAY, NOON);
    await house.live();
    await house.pass(HOUR);
    expect(posted(house)).toHaveLength(1);
    expect((await issues(house, id))[0]?.status).toBe('uncertain');
    expect(house.log.some(({ level, message }) => level === 'error' && message.includes('digest'))).toBe(
      true,
    );
    await house.pass(7 * DAY);
    expect(posted(house)).toHaveLength(2);
  });

  it('that is refused for a while is posted when it may be, also where nobody can look', async () => {
    const house = await House.build(database());
    house.chat.looking = 'cannot tell';
    const id = await house.digest(CHAT, MONDAY);
    house.chat.sending.push({ refuse: 'rate_limited', retryAfter: MINUTE }, { refuse: 'unavailable' });
    await house.workUntil(nextDue(MONDAY, NOON) + HOUR);
    expect(posted(house)).toHaveLength(1);
    expect((await issues(house, id)).map(({ status }) => status)).toEqual(['posted']);
  });

  it('that is refused for good is noted, said, and followed by the next', async () => {
    const house = await House.build(database());
    const id = await house.digest(CHAT, MONDAY);
    house.chat.sending.push({ refuse: 'no_reachable_channel' });
    await house.workUntil(nextDue(MONDAY, NOON) + HOUR);
    expect((await issues(house, id)).map(({ status }) => status)).toEqual(['refused']);
    expect(house.log.some(({ level, message }) => level === 'error' && message.includes('digest'))).toBe(
      true,
    );
    await house.pass(7 * DAY);
    expect((await issues(house, id)).map(({ status }) => status)).toEqual(['refused', 'posted']);
  });

  it('of a schedule that is off is not posted, and is again when it is on', async () => {
    const house = await House.build(database());
    const id = await house.digest(CHAT, MONDAY);
    await house.tx(async (tx) => {
      const schedule = await tx.digests.lock(id);
      await tx.digests.saveSchedule({ ...schedule!, enabled: false });
    });
    await house.pass(15 * DAY);
    expect(posted(house)).toEqual([]);
    expect(await house.work()).toEqual([]);
    await house.digest(CHAT, MONDAY);
    await house.pass(7 * DAY);
    expect(posted(house)).toHaveLength(1);
  });

  it('goes to each channel in its own time', async () => {
    const house = await House.build(database());
    await house.digest(CHAT, MONDAY);
    await house.digest(WEB, { weekday: 5, time: 16 * 60, zone: 'Asia/Shanghai' });
    await house.pass(7 * DAY);
    expect(posted(house)).toHaveLength(1);
    expect(await house.page('team')).toHaveLength(1);
  });
});

describeOnEachStore('a digest that was posted', (database) => {
  /** A first digest over four answers of 9, and everything up to just before the second. */
  async function afterFirst() {
    const house = await House.build(database(), { now: nextDue(MONDAY, NOON) - 3 * HOUR });
    const id = await house.digest(CHAT, MONDAY);
    const prompts: Id[] = [];
    for (const name of ['a', 'b', 'c', 'd']) prompts.push(await answered(house, name, 9));
    await house.pass(4 * HOUR);
    expect(posted(house)).toHaveLength(1);
    return { house, id, prompts };
  }

  it('is put right by the next when an answer was edited since', async () => {
    const { house, id, prompts } = await afterFirst();
    await house.score('a', prompts[0]!, 0);
    await house.pass(7 * DAY);
    expect((await lastDigest(house, id)).corrections).toEqual([
      expect.objectContaining({
        survey: 'nps',
        before: { answered: 4, score: 100 },
        after: { answered: 4, score: 50 },
      }),
    ]);
    expect(lastView(posted(house)[1])).toContain('Corrections');
    await house.pass(7 * DAY);
    expect((await lastDigest(house, id)).corrections).toEqual([]);
  });

  it('is put right weeks later, and again only when it changes again', async () => {
    const { house, id, prompts } = await afterFirst();
    const corrected = async () =>
      (await lastDigest(house, id)).corrections.map(({ from, before, after }) => [
        from,
        before.score,
        after.score,
      ]);
    const from = nextDue(MONDAY, NOON) - 7 * DAY;
    await house.pass(14 * DAY);
    expect(await corrected()).toEqual([]);
    await house.score('a', prompts[0]!, 0);
    await house.pass(7 * DAY);
    expect(await corrected()).toEqual([[from, 100, 50]]);
    await house.pass(7 * DAY);
    expect(await corrected()).toEqual([]);
    await house.score('b', prompts[1]!, 0);
    await house.pass(7 * DAY);
    expect(await corrected()).toEqual([[from, 50, 0]]);
    expect(posted(house)).toHaveLength(6);
  });

  it('is put right again where its correction was posted to nobody', async () => {
    const { house, id, prompts } = await afterFirst();
    await house.score('a', prompts[0]!, 8);
    house.chat.sending.push({ refuse: 'invalid' });
    await house.pass(7 * DAY);
    expect((await issues(house, id)).map(({ status }) => status)).toEqual(['posted', 'refused']);
    await house.pass(7 * DAY);
    expect((await lastDigest(house, id)).corrections).toMatchObject([
      { before: { score: 100 }, after: { score: 75 } },
    ]);
  });

  it('is not put right where too few people are left of whom the figure tells', async () => {
    const { house, id, prompts } = await afterFirst();
    await house.score('a', prompts[0]!, 0);
    for (const name of ['a', 'b']) {
      const person = await house.personId(customer(name).identity);
      await house.store.archive.erase(house.workspaceId, person, house.now);
    }
    await house.pass(7 * DAY);
    expect((await lastDigest(house, id)).corrections).toEqual([]);
  });

  it('is left alone when nothing changed, or only words did', async () => {
    const { house, id, prompts } = await afterFirst();
    await house.press(customer('a'), { kind: 'add_words', promptId: prompts[0]! }, { words: 'late words' });
    await house.pass(7 * DAY);
    expect((await lastDigest(house, id)).corrections).toEqual([]);
  });

  it('is put right about a question of which it told nothing', async () => {
    const { house, id } = await afterFirst();
    const sentAt = nextDue(MONDAY, NOON) - 2 * DAY;
    const rows = Array.from({ length: 5 }, (_, i) => ({
      row: {
        id: `csat-${i}`,
        source: 'file',
        survey: 'csat' as const,
        score: 5,
        verbatim: null,
        sentAt,
        answeredAt: sentAt + HOUR,
        person: `imported-${i}`,
        locale: null,
        agent: null,
        channel: null,
        account: null,
      },
      classification: house.ctx.classify({ survey: 'csat', score: 5, text: null, locale: null }),
    }));
    await house.store.archive.addRows(house.workspaceId, 'file', rows, () => house.ctx.ids.next(), house.now);
    await house.pass(7 * DAY);
    expect((await lastDigest(house, id)).corrections).toEqual([
      expect.objectContaining({
        survey: 'csat',
        before: { answered: 0, score: null },
        after: { answered: 5, score: 100 },
      }),
    ]);
  });

  it('is not put right where that would tell on one of too few people', async () => {
    const house = await House.build(database(), { now: nextDue(MONDAY, NOON) - 3 * HOUR });
    const id = await house.digest(CHAT, MONDAY);
    const first = await answered(house, 'a', 9);
    await answered(house, 'b', 9);
    await house.pass(4 * HOUR);
    await house.score('a', first, 0);
    await house.pass(7 * DAY);
    expect((await lastDigest(house, id)).corrections).toEqual([]);
  });

  it('to nobody, because it was refused, is not put right', async () => {
    const house = await House.build(database(), { now: nextDue(MONDAY, NOON) - 3 * HOUR });
    const id = await house.digest(CHAT, MONDAY);
    const prompts: Id[] = [];
    for (const name of ['a', 'b', 'c', 'd']) prompts.push(await answered(house, name, 9));
    house.chat.sending.push({ refuse: 'invalid' });
    await house.pass(4 * HOUR);
    await house.score('a', prompts[0]!, 0);
    await house.pass(7 * DAY);
    expect((await lastDigest(house, id)).corrections).toEqual([]);
  });
});
