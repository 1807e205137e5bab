// Contract: what was kept for long enough is gone, and nothing that is younger; no figure moves; whoever is at it meanwhile does no harm.
import { describe, expect, it } from 'vitest';
import { DAY, type Instant } from '../../../src/domain/basics.ts';
import type { DroppedWords } from '../../../src/ports/store/retention.ts';
import { addAll, plain, said } from './archive-rows.ts';
import { issue, schedule } from './digests.ts';
import {
  atOnce,
  CLASSIFIED,
  identity,
  NOW,
  newId,
  newWorld,
  type StoreUnderTest,
  sent,
  type World,
} from './world.ts';

const NOTHING: DroppedWords = { answers: 0, versions: 0, notes: 0, subjects: 0, digests: 0, messages: 0 };
const REF = { channel: 'team', message: 'm-9' };

/** Everything in words of an answer that was given then: two versions, a subject, a case that was a digest that quotes it, and the page. */
async function answeredThen(world: World, at: Instant, words: string) {
  const who = identity();
  const { prompt, interactionId, person } = await world.asked({ state: sent(at) }, who, {
    subject: `about ${words}`,
    closedAt: at,
  });
  const first = world.response(prompt, { verbatim: `first ${words}`, answeredAt: at, revisedAt: at });
  const second = { ...first, verbatim: words, revision: 2, revisedAt: at + 1 };
  const followUp = world.followUp(second, {
    openedAt: at,
    state: { status: 'closed', by: 'bob', closedAt: at + 2, note: `note on ${words}` },
  });
  const weekly = schedule({ channel: `team-${words}` });
  const posted = issue(weekly.id, {
    from: at - DAY,
    to: at + DAY,
    status: 'posted',
    ref: REF,
    content: {
      ...issue(weekly.id).content,
      quotes: [{ responseId: first.id, survey: 'nps', score: 3, words, by: null }],
      summary: { by: 'tiny-1', read: 9, points: [{ text: words, responseIds: [newId(), first.id] }] },
    },
  });
  await world.tx(async (tx) => {
    await tx.prompts.lock(prompt.id);
    await tx.responses.save(
      { response: first, classification: CLASSIFIED },
      { response: second, classification: CLASSIFIED },
    );
    await tx.prompts.save({
      ...prompt,
      state: {
        status: 'answered',
        sentAt: at,
        ref: { channel: 'support', message: 'm' },
        answeredAt: at,
        late: false,
      },
    });
    await tx.followUps.save(followUp);
    await tx.followUps.noteAlert(followUp.id, { platform: 'web', installation: 'local', ref: REF });
    await tx.digests.saveSchedule(weekly);
    await tx.digests.saveIssue(posted, at);
  });
  const { mailbox } = world.store;
  const thread = { kind: 'conversation', name: `talk-${words}`, person: who.externalId } as const;
  const { id: threadId } = await mailbox.openThread(world.workspaceId, thread, at);
  await mailbox.post(
    world.workspaceId,
    {
      threadId,
      author: { kind: 'customer', externalId: who.externalId },
      body: { kind: 'text', text: words },
      key: words,
    },
    at,
  );
  return { who, prompt, interactionId, person, response: second, followUp, posted };
}

async function figuresOf({ store, workspaceId }: World) {
  const query = { workspaceId, survey: 'nps', from: 0, to: NOW + DAY, zone: 'UTC' } as const;
  return await Promise.all(
    (['sent', 'answered'] as const).flatMap((basis) =>
      ([null, 'week', 'agent', 'account', 'theme', 'channel'] as const).map((by) =>
        store.reports.counts({ ...query, basis, by }),
      ),
    ),
  );
}

export function retentionContract(test: () => StoreUnderTest): void {
  describe('words that were kept for long enough', () => {
    const drop = (world: World, before: Instant, limit = 100) =>
      world.store.retention.dropWords(world.workspaceId, before, NOW, limit);

    it('given old and new answers, when words are dropped, then the old ones are gone everywhere and no figure moves', async () => {
      const world = await newWorld(test());
      const old = await answeredThen(world, NOW - 40 * DAY, 'the parcel was lost in the old days');
      await answeredThen(world, NOW - 5 * DAY, 'young and kind people at the desk');
      const before = await figuresOf(world);
      expect(await drop(world, NOW - 30 * DAY)).toEqual({
        dropped: { answers: 1, versions: 2, notes: 1, subjects: 1, digests: 1, messages: 1 },
        more: false,
      });
      const left = JSON.stringify(await test().rowsOf(world.workspaceId));
      // Threads of the page are named after their conversation here.
      expect(
        left
          .replaceAll('talk-the parcel was lost in the old days', '')
          .replaceAll('team-the parcel was lost in the old days', ''),
      ).not.toContain('lost in the old days');
      for (const kept of ['young', 'first young', 'about young', 'note on young'])
        expect(left).toContain(kept);
      expect(await figuresOf(world)).toEqual(before);
      const response = await world.tx((tx) => tx.responses.ofPrompt(old.prompt.id));
      expect(response).toMatchObject({ score: 3, verbatim: null, revision: 2 });
      expect(await world.store.tallies.check(world.workspaceId, () => {})).toMatchObject({ different: 0 });
      expect(await drop(world, NOW - 30 * DAY)).toEqual({ dropped: NOTHING, more: false });
    });

    it('given an alert and a digest that show old words, when they are dropped, then both are to be shown anew', async () => {
      const world = await newWorld(test());
      const { followUp, posted } = await answeredThen(world, NOW - 40 * DAY, 'words that a channel shows');
      await drop(world, NOW - 30 * DAY);
      const due = await world.store.work.due(NOW + 1, NOW + 1, 1_000);
      const leased = await Promise.all(
        due.map(({ workId }) => world.store.work.lease(workId, followUp.id, NOW + 1, 1)),
      );
      const own = leased.filter((work) => work?.workspaceId === world.workspaceId);
      expect(own.map((work) => [work!.kind, work!.subjectId]).sort()).toEqual([
        ['refresh', followUp.id],
        ['reprint', posted.id],
      ]);
      const shown = await world.tx((tx) => tx.digests.posted(posted.id));
      expect(shown).toMatchObject({ ref: REF, content: { quotes: [], coverage: { asked: 1.5 } } });
      expect(shown!.content.summary).toBeUndefined();
    });

    it('given an answer whose words were changed lately, when old words are dropped, then the old version goes and the new one stays', async () => {
      const world = await newWorld(test());
      const { prompt } = await world.asked({ state: sent(NOW - 40 * DAY) });
      const first = world.response(prompt, {
        verbatim: 'old',
        answeredAt: NOW - 40 * DAY,
        revisedAt: NOW - 40 * DAY,
      });
      const second = { ...first, verbatim: 'new', revision: 2, revisedAt: NOW - DAY };
      await world.tx((tx) =>
        tx.responses.save(
          { response: first, classification: CLASSIFIED },
          { response: second, classification: CLASSIFIED },
        ),
      );
      expect(await drop(world, NOW - 30 * DAY)).toMatchObject({ dropped: { answers: 0, versions: 1 } });
      expect(await world.tx((tx) => tx.responses.ofPrompt(prompt.id))).toMatchObject({ verbatim: 'new' });
      const versions = await world.tx((tx) => tx.responses.revisions(first.id));
      expect(versions.map(({ verbatim }) => verbatim)).toEqual([null, 'new']);
    });

    it('given more than a batch, when several are at it at once, then each batch is bounded, nothing is dropped twice, and all is gone in the end', async () => {
      const world = await newWorld(test());
      const rows = Array.from({ length: 120 }, (_, i) =>
        plain({ verbatim: `words ${i}`, sentAt: NOW - 50 * DAY, answeredAt: NOW - 50 * DAY + i }),
      );
      await addAll(world, rows);
      const first = await drop(world, NOW - 30 * DAY, 10);
      expect(first).toMatchObject({ dropped: { answers: 10, versions: 10 }, more: true });
      let total = first.dropped.answers;
      for (let more = true; more; ) {
        const done = await atOnce(3, () => drop(world, NOW - 30 * DAY, 25));
        for (const { dropped } of done) expect(dropped.versions).toBeLessThanOrEqual(25);
        total += done.reduce((sum, { dropped }) => sum + dropped.answers, 0);
        more = done.some((one) => one.more);
      }
      expect(total).toBe(120);
      expect(JSON.stringify(await test().rowsOf(world.workspaceId))).not.toContain('words ');
    });
  });

  describe('people of whom nothing was heard', () => {
    const forget = (world: World, before: Instant, now = NOW, limit = 100) =>
      world.store.retention.forgetQuiet(world.workspaceId, before, now, limit);
    const known = async (world: World, externalId: string) =>
      (await world.store.archive.findPerson(world.workspaceId, externalId)) !== null;

    it('given somebody quiet, somebody active and somebody with an open case, when it is time, then only the quiet one is forgotten', async () => {
      const world = await newWorld(test());
      const quiet = await answeredThen(world, NOW - 400 * DAY, 'long ago');
      const active = await answeredThen(world, NOW - 10 * DAY, 'the other day');
      const waiting = await answeredThen(world, NOW - 400 * DAY, 'still open');
      await world.tx((tx) =>
        tx.followUps.save(world.followUp(waiting.response, { openedAt: NOW - 399 * DAY })),
      );
      const before = await figuresOf(world);
      expect(await forget(world, NOW - 365 * DAY)).toEqual({ people: 1, more: false });
      expect(await known(world, quiet.who.externalId)).toBe(false);
      expect(await known(world, active.who.externalId)).toBe(true);
      expect(await known(world, waiting.who.externalId)).toBe(true);
      expect(await figuresOf(world)).toEqual(before);
      expect(await forget(world, NOW - 365 * DAY)).toEqual({ people: 0, more: false });
    });

    it('given an opt-out, when its giver is forgotten, then it still holds', async () => {
      const world = await newWorld(test());
      const { who, person } = await answeredThen(world, NOW - 400 * DAY, 'never again');
      await world.tx((tx) => tx.people.setOptOut(person.id, NOW - 400 * DAY));
      expect(await forget(world, NOW - 365 * DAY)).toMatchObject({ people: 1 });
      const back = await world.person(who);
      expect(back.id).not.toBe(person.id);
      expect(back.optedOutAt).not.toBeNull();
    });

    it('given somebody imported whose last answer is old, when it is time, then they are forgotten, however young their row is', async () => {
      const world = await newWorld(test());
      const then = NOW - 400 * DAY;
      await addAll(world, [plain({ person: 'imported@example.com', sentAt: then, answeredAt: then })]);
      expect(await forget(world, NOW - 365 * DAY)).toMatchObject({ people: 1 });
      expect(await known(world, 'imported@example.com')).toBe(false);
    });

    it('given somebody was looked at, when they come back before it is time, then they stay, and are forgotten as long after that', async () => {
      const world = await newWorld(test());
      const { who } = await answeredThen(world, NOW - 300 * DAY, 'once');
      expect(await forget(world, NOW - 365 * DAY)).toMatchObject({ people: 0 });
      const skipped = { status: 'suppressed', reason: 'throttled', at: NOW } as const;
      await world.asked({ state: skipped }, who, { closedAt: NOW });
      const later = NOW + 100 * DAY;
      expect(await forget(world, later - 365 * DAY, later)).toMatchObject({ people: 0 });
      expect(await known(world, who.externalId)).toBe(true);
      const muchLater = NOW + 366 * DAY;
      expect(await forget(world, muchLater - 365 * DAY, muchLater)).toMatchObject({ people: 1 });
      expect(await known(world, who.externalId)).toBe(false);
    });

    it('given many quiet people, when several are at it at once in small bites, then each is forgotten once', async () => {
      const world = await newWorld(test());
      const then = NOW - 400 * DAY;
      await addAll(
        world,
        Array.from({ length: 30 }, (_, i) => ({
          ...plain({ person: `quiet-${i}@example.com`, sentAt: then, answeredAt: then }),
          classification: said([], null),
        })),
      );
      let people = 0;
      for (let more = true; more; ) {
        const done = await atOnce(3, () => forget(world, NOW - 365 * DAY, NOW, 7));
        people += done.reduce((sum, one) => sum + one.people, 0);
        more = done.some((one) => one.more);
      }
      expect(people).toBe(30);
      expect(JSON.stringify(await test().rowsOf(world.workspaceId))).not.toContain('@example.com');
    });
  });
}
