// The gateway as discord.js speaks with it: identified once, resumed after a cut, told no more than was asked for.
import { type Client, Events, GatewayIntentBits, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Example, example } from './discord/example.ts';
import type { Channel, FakeDiscord, Guild, Person } from './discord/index.ts';

const { Guilds, GuildMessages, MessageContent, GuildMessageReactions, GuildMembers, GuildModeration } =
  GatewayIntentBits;

let world: Example;
let discord: FakeDiscord;
let acme: Guild;
let ann: Person;
let help: Channel;
let client: Client<true>;
let heard: { t: string; d: Record<string, unknown> }[];

async function begin(intents: GatewayIntentBits[], options = {}): Promise<void> {
  world = await example({ rates: false, identifyEvery: 0, ...options });
  ({ discord } = world);
  acme = discord.guild('Acme', { bot: ['VIEW_AUDIT_LOG'] });
  ann = acme.member('ann', { roles: [acme.role('support', ['MANAGE_THREADS'])] });
  help = acme.channel('help');
  if (intents.length > 0) await listen(intents);
}

async function listen(intents: GatewayIntentBits[]): Promise<void> {
  client = await world.connect(intents);
  heard = [];
  client.on(Events.Raw, (each: { t: string | null; d: Record<string, unknown> }) => {
    if (each.t) heard.push({ t: each.t, d: each.d });
  });
}

const types = (): string[] => heard.map((each) => each.t);

afterEach(() => world.close());

describe('a session', () => {
  beforeEach(() => begin([Guilds, GuildMessages, GuildMessageReactions]));

  it.each([
    ['the wire is cut', () => discord.gateway.cut()],
    ['it is closed with 4000', () => discord.gateway.close(4000)],
    ['it is told to reconnect', () => discord.gateway.reconnect()],
    ['it is invalid for a moment', () => discord.gateway.invalidate(true)],
  ])('is resumed with all that was missed when %s', async (_what, break_) => {
    break_();
    const message = ann.post(help, 'while you were away');
    await expect.poll(() => types(), { timeout: 10_000 }).toContain('RESUMED');
    expect(heard.filter((each) => each.t === 'MESSAGE_CREATE').map((each) => each.d['id'])).toEqual([
      message.id,
    ]);
    expect(discord.gateway.sessions).toHaveLength(1);
    expect(discord.gateway.resumes).toMatchObject([{ ok: true }]);
    expect(discord.violations).toEqual([]);
  });

  it('begins anew when it cannot be resumed, and what was missed is gone', async () => {
    discord.gateway.refuseResumes();
    discord.gateway.cut();
    ann.post(help, 'while you were away');
    await expect.poll(() => types(), { timeout: 15_000 }).toContain('READY');
    expect(discord.gateway.resumes).toMatchObject([{ ok: false }]);
    expect(discord.gateway.sessions).toHaveLength(2);
    expect(types()).not.toContain('MESSAGE_CREATE');
    expect(discord.gateway.most).toBe(1);
  });

  it('can be told things twice, out of order, or later', async () => {
    discord.mischief.events({ duplicate: 1, only: ['MESSAGE_CREATE'] });
    ann.post(help, 'one');
    await expect.poll(() => types()).toEqual(['MESSAGE_CREATE', 'MESSAGE_CREATE']);
    discord.mischief.events({}).hold();
    const two = ann.post(help, 'two');
    const three = ann.post(help, 'three');
    discord.mischief.release((held) => [...held].reverse());
    await expect.poll(() => heard.slice(2).map((each) => each.d['id'])).toEqual([three.id, two.id]);
  });

  it('is of one owner, or it is seen that there were two', async () => {
    expect(discord.gateway.most).toBe(1);
    await world.connect();
    expect(discord.gateway.most).toBe(2);
  });
});

describe('what is told', () => {
  it('is what the intents ask for, without the words', async () => {
    await begin([Guilds, GuildMessages]);
    const message = ann.post(help, 'secret');
    ann.post(help, `<@${discord.bot.id}> open`);
    ann.react(message, '✅');
    acme.leaves(acme.member('ben'));
    await expect.poll(() => types()).toEqual(['MESSAGE_CREATE', 'MESSAGE_CREATE']);
    expect(heard.map((each) => each.d['content'])).toEqual(['', `<@${discord.bot.id}> open`]);
    type Read = { content: string };
    const read = (await world.rest.get(Routes.channelMessage(help.id, message.id))) as Read;
    expect(read.content).toBe('');
  });

  it('has the words and the members only where those are turned on', async () => {
    await begin([], { privileged: ['MESSAGE_CONTENT', 'GUILD_MEMBERS'] });
    await listen([Guilds, GuildMessages, MessageContent, GuildMembers]);
    ann.post(help, 'secret');
    acme.leaves(acme.member('ben'));
    await expect.poll(() => types()).toEqual(['MESSAGE_CREATE', 'GUILD_MEMBER_ADD', 'GUILD_MEMBER_REMOVE']);
    expect(heard[0]?.d['content']).toBe('secret');
  });

  it('is nothing of what the bot does not see', async () => {
    await begin([Guilds, GuildMessages]);
    acme.overwrite(help, 'everyone', { deny: ['VIEW_CHANNEL'] });
    const moderator = acme.member('mod', { roles: [acme.role('mods', ['ADMINISTRATOR'])] });
    moderator.post(help, 'secret');
    const other = acme.channel('other');
    const hidden = moderator.startThread(other, 'hidden', { private: true });
    moderator.bring(hidden, discord.bot);
    moderator.startThread(help, 'open');
    acme.overwrite(help, 'everyone', {});
    await expect
      .poll(() => types())
      .toEqual([
        'CHANNEL_UPDATE',
        'GUILD_ROLE_CREATE',
        'CHANNEL_CREATE',
        'THREAD_CREATE',
        'CHANNEL_UPDATE',
        'THREAD_LIST_SYNC',
      ]);
  });

  it('tells who archived a thread in the audit log, and of inactivity only that it happened', async () => {
    await begin([Guilds, GuildModeration]);
    const forum = acme.forum('questions', ['resolved']);
    const post = acme.member('ben').forumPost(forum, 'how?', 'so?');
    ann.tag(post, 'resolved');
    ann.archive(post);
    ann.unarchive(post);
    discord.fallAsleep(post);
    acme.deleteChannel(forum);
    await expect
      .poll(() => types())
      .toEqual([
        'CHANNEL_CREATE',
        'THREAD_CREATE',
        'THREAD_UPDATE',
        'THREAD_UPDATE',
        'GUILD_AUDIT_LOG_ENTRY_CREATE',
        'THREAD_UPDATE',
        'GUILD_AUDIT_LOG_ENTRY_CREATE',
        'THREAD_UPDATE',
        'CHANNEL_DELETE',
      ]);
    expect(heard[4]?.d).toMatchObject({ user_id: ann.id, target_id: post.id, action_type: 111 });
    expect(heard[7]?.d).toMatchObject({ thread_metadata: { archived: true } });
  });

  it('tells an outage from a removal', async () => {
    await begin([Guilds]);
    acme.outage();
    acme.recover();
    acme.expel();
    await expect
      .poll(() => heard.map(({ t, d }) => [t, d['unavailable']]))
      .toEqual([
        ['GUILD_DELETE', true],
        ['GUILD_CREATE', false],
        ['GUILD_DELETE', undefined],
      ]);
  });
});

describe('who is not let in', () => {
  it.each([
    ['a wrong token', 4004, () => discord.revoke(), [Guilds], {}],
    ['a privileged intent that is not turned on', 4014, () => undefined, [Guilds, MessageContent], {}],
    ['too few shards', 4011, () => undefined, [Guilds], { shards: 2, shardsRequired: true }],
  ])('%s', async (_what, code, before, intents, options) => {
    await begin([], options);
    const codes: number[] = [];
    const { WebSocket } = await import('ws');
    before();
    const socket = new WebSocket(`${discord.gateway.url}/?v=10&encoding=json`);
    socket.on('close', (closed) => codes.push(closed));
    socket.on('message', () =>
      socket.send(
        JSON.stringify({
          op: 2,
          d: { token: discord.token, properties: {}, intents: intents.reduce((sum, each) => sum | each, 0) },
        }),
      ),
    );
    await expect.poll(() => codes).toEqual([code]);
  });

  it('spreads the servers over the shards', async () => {
    await begin([], { shards: 2, shardsRequired: true, concurrency: 2 });
    const guilds = Array.from({ length: 6 }, (_, n) => discord.guild(`G${n}`).record);
    const sharded = await world.connect([Guilds], { shards: 'auto' });
    expect(discord.gateway.live.map((each) => each.shard).sort()).toEqual([0, 1]);
    expect(sharded.guilds.cache.size).toBe(guilds.length + 1);
  });
});
