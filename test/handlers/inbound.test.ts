// The one door for what people do: what is delivered twice is done once, what failed is done when it comes again, and nothing is ever thrown out.
import { expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/basics.ts';
import { createInbound } from '../../src/handlers/inbound.ts';
import type { InboundEvent } from '../../src/ports/platform.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { describeOnEachStore } from '../support/database.ts';
import { agent, CHAT, customer, House, textOf } from './house.ts';

const anna = customer('anna');
const place = { ...CHAT, channel: null, thread: 'thread-anna' };

function said(text: string, eventId: string | null = 'E1'): InboundEvent {
  return { kind: 'message', eventId, receivedAt: 0, place, by: anna, text };
}

/** One of each kind. */
function events(house: House, promptId: string): readonly InboundEvent[] {
  const head = { receivedAt: house.now, eventId: 'E9' };
  return [
    { ...head, kind: 'interaction_closed', interaction: house.closed('anna'), triggeredBy: agent() },
    { ...head, kind: 'interaction_reopened', place, by: anna },
    { ...head, kind: 'action', action: { kind: 'score', promptId, score: 9 }, by: anna, values: null },
    { ...head, kind: 'action', action: { kind: 'claim', followUpId: promptId }, by: agent(), values: null },
    said('9', 'E9'),
    { ...head, kind: 'command', place, by: agent(), text: 'open', locale: 'zh-CN' },
    { ...head, kind: 'command', place, by: anna, text: 'optout', locale: null },
  ];
}

/** A store whose transactions do what the test says. */
function wayward(how: { next: 'well' | 'fails' | 'hangs' }) {
  return (store: Store): Store => ({
    ...store,
    async transaction(workspaceId, body) {
      if (how.next === 'fails') throw new Error('out of order');
      if (how.next === 'hangs') await new Promise(() => undefined);
      return await store.transaction(workspaceId, body);
    },
  });
}

describeOnEachStore('what people do', (database) => {
  it('is done once, however often it is delivered', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    expect((await house.inbound(said('8'))).kind).toBe('done');
    await house.score('anna', prompt.id, 3);
    expect(await house.inbound(said('8'))).toEqual({ kind: 'ignored', reason: 'duplicate' });
    expect(await house.revisions(prompt.id)).toEqual([8, 3]);
  });

  it('that could not be done is done when it is delivered again', async () => {
    const how: Parameters<typeof wayward>[0] = { next: 'well' };
    const house = await House.build(database(), { store: wayward(how) });
    const prompt = await house.ask('anna');
    how.next = 'fails';
    expect((await house.inbound(said('8'))).kind).toBe('failed');
    how.next = 'well';
    expect((await house.inbound(said('8'))).kind).toBe('done');
    expect(await house.revisions(prompt.id)).toEqual([8]);
  });

  it('that is not durable in time is told as failed, and pressing again is harmless', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    let waited = 0;
    const impatient = createInbound(house.ctx, (ms) => {
      waited = ms;
      return { done: Promise.resolve(), cancel: () => undefined };
    });
    const press: InboundEvent = {
      kind: 'action',
      eventId: null,
      receivedAt: house.now,
      action: { kind: 'score', promptId: prompt.id, score: 2 },
      by: anna,
      values: null,
    };
    const outcome = await impatient(press);
    expect(outcome.kind).toBe('failed');
    expect(textOf(outcome)).toContain('could not be saved');
    expect(waited).toBe(2_500);
    await impatient({ ...press, receivedAt: house.now - 2_000 });
    // What waited before it was handled has that much less, and never nothing.
    expect(waited).toBe(500);
    await impatient({ ...press, receivedAt: house.now - 9_000 });
    expect(waited).toBe(300);
    const { by, receivedAt } = press;
    await impatient({ kind: 'command', eventId: null, receivedAt, place, by, text: 'help', locale: null });
    expect(waited).toBe(25_000);
    expect((await house.inbound(press)).kind).toBe('done');
    expect(await house.revisions(prompt.id)).toEqual([2]);
    expect(await house.cases()).toHaveLength(1);
  });

  it('while the store hangs is told as failed, not left waiting', async () => {
    const how: Parameters<typeof wayward>[0] = { next: 'well' };
    const house = await House.build(database(), { store: wayward(how) });
    await house.ask('anna');
    how.next = 'hangs';
    const inbound = createInbound(house.ctx, () => {
      const done = new Promise<void>((resolve) => setTimeout(resolve, 20));
      return { done, cancel: () => undefined };
    });
    expect((await inbound(said('8'))).kind).toBe('failed');
    how.next = 'well';
    expect((await house.inbound(said('8'))).kind).toBe('done');
  });

  it('never throws, whatever breaks: each is answered, in the language of who acted', async () => {
    const broken = (): never => {
      throw new Error('secret words of a customer');
    };
    for (const breakage of [
      { store: (store: Store) => ({ ...store, transaction: broken }) },
      { store: (store: Store) => ({ ...store, work: { ...store.work, hasSeen: broken } }) },
      { store: (store: Store) => ({ ...store, admin: { ...store.admin, findInstallation: broken } }) },
    ]) {
      const house = await House.build(database());
      const prompt = await house.ask('anna');
      const bad = house.another(breakage);
      for (const event of events(house, prompt.id)) {
        const outcome = await bad.inbound(event);
        expect(outcome.kind, event.kind).toBe('failed');
        const chinese = event.kind === 'command' && event.locale === 'zh-CN';
        if (chinese) expect(textOf(outcome)).toMatch(/\p{Script=Han}/u);
      }
    }
  });

  it('that nobody can make sense of is answered, and changes nothing', async () => {
    const house = await House.build(database());
    const prompt = await house.ask('anna');
    for (const text of ['', '\0', '\ud800', '9'.repeat(100_000), '/nps', 'abc', '<!channel> <@U1>']) {
      expect(['ignored', 'rejected']).toContain((await house.inbound(said(text, null))).kind);
      const command = {
        kind: 'command',
        eventId: null,
        receivedAt: 0,
        place,
        by: agent(),
        text,
        locale: 'xx-!',
      };
      expect((await house.inbound(command as InboundEvent)).kind).toBe('done');
    }
    expect(await house.response(prompt.id)).toBeNull();
  });

  it('on an installation that nobody owns is ignored, and heeded from the moment somebody does', async () => {
    const house = await House.build(database());
    await house.ask('anna');
    const elsewhere = { ...said('8'), place: { ...place, installation: 'T2' } } as InboundEvent;
    expect(await house.inbound(elsewhere)).toEqual({ kind: 'ignored', reason: 'workspace_uninstalled' });
    await house.store.admin.ensureInstallation({
      id: house.ctx.ids.next(),
      workspaceId: house.workspaceId,
      platform: 'chat',
      externalId: 'T2',
      name: 'second',
      active: true,
      installer: null,
      installedAt: house.now,
    });
    expect(await house.inbound(elsewhere)).toEqual({ kind: 'ignored', reason: 'talk' });
  });

  it('to end a conversation and take that back: nothing is asked', async () => {
    const house = await House.build(database());
    const interaction = house.closed('anna');
    const closed = {
      kind: 'interaction_closed',
      eventId: 'E1',
      receivedAt: 0,
      interaction,
      triggeredBy: agent(),
    };
    expect((await house.inbound(closed as InboundEvent)).kind).toBe('done');
    const reopened: InboundEvent = {
      kind: 'interaction_reopened',
      eventId: 'E2',
      receivedAt: 0,
      place: interaction.place,
      by: agent(),
    };
    expect((await house.inbound(reopened)).kind).toBe('done');
    expect(await house.inbound({ ...reopened, eventId: 'E3' })).toEqual({
      kind: 'ignored',
      reason: 'nothing was waiting',
    });
    await house.pass(20 * MINUTE);
    expect(house.chat.messages).toEqual([]);
    expect(await house.fates('anna')).toEqual(['reopened']);
  });

  it('to say something before a conversation ended, told only afterwards: it stays ended; said later, it goes on', async () => {
    const house = await House.build(database());
    const interaction = house.closed('anna');
    await house.inbound({
      kind: 'interaction_closed',
      eventId: 'E1',
      receivedAt: 0,
      interaction,
      triggeredBy: agent(),
    });
    const said = (eventId: string, saidAt: number): InboundEvent => ({
      kind: 'message',
      eventId,
      receivedAt: 0,
      place: interaction.place,
      by: { identity: interaction.person, profile: {} },
      text: 'Thank you!',
      saidAt,
    });
    expect(await house.inbound(said('E2', interaction.closedAt - 1))).toMatchObject({ kind: 'ignored' });
    expect(await house.fates('anna')).toEqual(['scheduled']);
    expect((await house.inbound(said('E3', interaction.closedAt + 1))).kind).toBe('done');
    expect(await house.fates('anna')).toEqual(['reopened']);
  });
});
