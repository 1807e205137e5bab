// The gateway goes and comes back, and nothing that happened meanwhile is lost or done twice; what cannot be helped is said, and not tried on and on.
import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../../../adapters/discord/api/index.ts';
import { createMembers } from '../../../adapters/discord/members.ts';
import { createReceiver, type DiscordReceiver } from '../../../adapters/discord/receive/index.ts';
import type { FakeDiscord } from '../../fakes/discord/index.ts';
import { eventually } from '../../support/eventually.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { done, memoryLeases, NOTHING, post, type Stage, sentence, stage } from './receiving.ts';

let at: Stage;
afterEach(async () => await at.close());

const NINE = /^score:.*:9@/u;

describe('given a connection to the gateway', () => {
  it('then it asks for no privileged intent, and says that it is well', async () => {
    at = await stage();
    const [session] = at.discord.gateway.live;
    // Members, presences and the content of messages.
    expect(session!.intents & ((1 << 1) | (1 << 8) | (1 << 15))).toBe(0);
    expect(at.receiver.health()).toEqual({ ok: true, detail: 'connected to the gateway' });
  });

  it.each([
    ['the wire is cut', (discord: FakeDiscord) => discord.gateway.cut()],
    ['it is closed with 4000', (discord: FakeDiscord) => discord.gateway.close(4000)],
    ['it is told to connect anew', (discord: FakeDiscord) => discord.gateway.reconnect()],
    ['its session is invalid, but can go on', (discord: FakeDiscord) => discord.gateway.invalidate(true)],
  ])('when %s, then what happened meanwhile is told after all, in the same session', async (_, cut) => {
    at = await stage();
    const thread = at.ann.startThread(at.help, 'It does not work');
    at.ann.post(thread, 'It does not work');
    await eventually('it was heard', () => at.of('message').length === 1);
    cut(at.discord);
    at.bob.archive(thread);
    await eventually('a closing', () => at.of('interaction_closed').length > 0);
    expect(at.of('interaction_closed')).toHaveLength(1);
    expect(at.discord.gateway.sessions).toHaveLength(1);
    expect(at.discord.gateway.most).toBe(1);
    await eventually('it is well', () => at.receiver.health().ok);
  });

  it('when its server is gone for some seconds, then its session goes on all the same', async () => {
    at = await stage();
    const thread = at.ann.startThread(at.help, 'It does not work');
    at.discord.gateway.offline = true;
    at.discord.gateway.cut();
    at.bob.archive(thread);
    await eventually('it says so', () => !at.receiver.health().ok);
    at.discord.gateway.offline = false;
    await eventually('a closing', () => at.of('interaction_closed').length > 0);
    expect(at.discord.gateway.sessions).toHaveLength(1);
    await eventually('it is well', () => at.receiver.health().ok);
  });

  it('when its session is lost, then the threads are looked over again: what was closed meanwhile counts, once', async () => {
    at = await stage();
    const [slept, closed, tagged] = ['slept', 'closed', 'open'].map((name) => {
      const thread = at.ann.startThread(at.help, name);
      at.ann.post(thread, 'It does not work');
      return thread;
    });
    await eventually('they were heard', () => at.of('message').length === 3);
    at.discord.gateway.refuseResumes();
    at.discord.gateway.offline = true;
    at.discord.gateway.cut();
    at.bob.archive(closed!);
    at.bob.lock(tagged!);
    at.discord.fallAsleep(slept!);
    at.discord.gateway.offline = false;
    await eventually('three closings', () => at.of('interaction_closed').length === 3);
    const threads = at.of('interaction_closed').map(({ interaction }) => interaction.place.thread);
    expect(new Set(threads)).toEqual(new Set([slept!.id, closed!.id, tagged!.id]));
    expect(at.discord.gateway.sessions).toHaveLength(2);
    expect(at.discord.violations).toEqual([]);
  });

  it('when a press is made while it is cut, then it is taken when it is told, and the message says so', async () => {
    at = await stage({ ackWithin: 300 });
    const prompt = await post(at, at.ann.startThread(at.help, 'It does not work'));
    at.handle = async () => done(sentence('Answered'), sentence('You said 9.'));
    at.discord.gateway.cut();
    expect((await at.ann.press(prompt, NINE)).ok).toBe(false);
    await eventually('the message says it', () => at.discord.readable(prompt).includes('Answered'));
  });

  it.each([
    [4004, /DISCORD_TOKEN/u],
    [4014, /intents/u],
    [4013, /intents/u],
  ])('when it is closed with %d, then that is said and it is left alone', async (code, says) => {
    at = await stage();
    at.discord.gateway.close(code);
    await eventually('it says so', () => !at.receiver.health().ok);
    expect(at.receiver.health().detail).toMatch(says);
    // The client would be back within a second.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(at.discord.gateway.sessions).toHaveLength(1);
    expect(at.discord.gateway.connections).toBe(0);
    expect(at.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('when the token is worthless from the beginning, then Discord is asked once', async () => {
    at = await stage();
    at.discord.revoked = true;
    const { receiver } = another(at, 'two', memoryLeases());
    await receiver.start(async () => NOTHING);
    await eventually('it says so', () => /401/u.test(receiver.health().detail));
    await receiver.stop();
  });

  it('when Discord wants several shards, then it has them', async () => {
    at = await stage({ shards: 3, concurrency: 3 });
    await eventually('three', () => at.discord.gateway.live.length === 3);
    await eventually('it is well', () => at.receiver.health().ok);
  });

  it('when it stops, then it says goodbye and takes nothing more', async () => {
    at = await stage();
    await at.receiver.stop();
    expect(at.discord.gateway.live).toEqual([]);
    const heard = at.events.length;
    at.ann.direct('hello');
    expect(at.events).toHaveLength(heard);
  });

  it('when it is told what nobody can read, then it goes on', async () => {
    at = await stage();
    const [session] = at.discord.gateway.live;
    const types = [
      'READY',
      'GUILD_CREATE',
      'THREAD_UPDATE',
      'MESSAGE_CREATE',
      'MESSAGE_REACTION_ADD',
      'INTERACTION_CREATE',
    ];
    for (const type of [
      ...types,
      'GUILD_DELETE',
      'THREAD_LIST_SYNC',
      'CHANNEL_UPDATE',
      'THREAD_DELETE',
      'UNHEARD_OF',
    ])
      for (const data of [{}, { id: 7 }, { id: 'x', guilds: 'no', threads: [null, 3] }])
        if (type !== 'READY') session!.dispatch(type, data as never);
    at.ann.post(at.ann.startThread(at.help, 'Still there?'), 'Still there?');
    await eventually('it hears', () => at.of('message').length === 1);
  });
});

/** Another process with the same Discord. */
function another(
  at: Stage,
  holder: string,
  leases: ReturnType<typeof memoryLeases>,
): { readonly receiver: DiscordReceiver } {
  const { discord } = at;
  const parts = {
    options: {
      apiUrl: discord.apiUrl,
      token: discord.token,
      applicationId: discord.applicationId,
      publicKey: null,
    },
    deskOf: async () => at.desk,
    conversations: {
      note: async () => undefined,
      threadOf: async () => null,
      authors: async () => [],
      noteEcho: async () => undefined,
      echo: async () => null,
    },
    leases,
    holder,
    charts: { png: async () => new Uint8Array() } as never,
    now: () => discord.clock.now(),
    log: recordedLog().log,
  };
  const api = createApi(parts);
  return { receiver: createReceiver(parts, { api, members: createMembers(parts, api) }) };
}

describe('given two processes', () => {
  it('when the one that holds the gateway stops, then the other has it, and what was closed between them counts', async () => {
    const leases = memoryLeases();
    at = await stage({ leases });
    const thread = at.ann.startThread(at.help, 'It does not work');
    at.ann.post(thread, 'It does not work');
    await eventually('it was heard', () => at.of('message').length === 1);
    const { receiver } = another(at, 'two', leases);
    const heard: unknown[] = [];
    await receiver.start(async (event) => {
      heard.push(event.kind === 'interaction_closed' ? event.interaction.place.thread : event.kind);
      return NOTHING;
    });
    expect(at.discord.gateway.live).toHaveLength(1);
    expect(receiver.health().ok).toBe(true);
    await at.receiver.stop();
    at.bob.archive(thread);
    await eventually('the other hears of it', () => heard.includes(thread.id));
    expect(at.discord.gateway.most).toBe(1);
    await receiver.stop();
  });

  it('when its holder dies without a word, then the other has it when the lease has run out', async () => {
    const leases = memoryLeases();
    await leases.own('discord-gateway', 'dead', Date.now(), Date.now() + 9_000);
    const before = Date.now();
    at = await stage({ leases });
    expect(Date.now() - before).toBeLessThan(15_000);
    expect(at.discord.gateway.live).toHaveLength(1);
  }, 20_000);
});
