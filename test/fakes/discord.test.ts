// The fake is worth its tests only if the real discord.js takes it for Discord, and if it refuses what Discord refuses.
import { AttachmentBuilder, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, type Example, example, quiet } from './discord/example.ts';
import type { Channel, FakeDiscord, Guild, Person, Role } from './discord/index.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const POST = 'POST /channels/{channel_id}/messages';

let world: Example;
let discord: FakeDiscord;
let acme: Guild;
let team: Role;
let ann: Person;
let ben: Person;
let help: Channel;

beforeEach(async () => {
  world = await example();
  ({ discord } = world);
  acme = discord.guild('Acme');
  team = acme.role('support', ['MANAGE_THREADS']);
  ann = acme.member('ann', { roles: [team] });
  ben = acme.member('ben', { locale: 'zh-CN' });
  help = acme.channel('help');
});

afterEach(() => world.close());

const post = (channel: Channel, body: object): Promise<{ id: string }> =>
  world.rest.post(Routes.channelMessages(channel.id), { body: { ...quiet, ...body } }) as Promise<{
    id: string;
  }>;

const row = (...components: object[]): object => ({ type: 1, components });
const button = (label: string, custom_id = label): object => ({ type: 2, style: 2, label, custom_id });

describe('the client', () => {
  it('logs in, knows the servers, posts, edits and deletes', async () => {
    const client = await world.connect();
    expect(client.user.id).toBe(discord.bot.id);
    expect(client.application.id).toBe(discord.applicationId);
    const [guild] = client.guilds.cache.values();
    expect(guild).toMatchObject({ name: 'Acme', memberCount: 4 });
    expect((await guild!.members.fetch(ann.id)).roles.cache.map((each) => each.name)).toContain('support');
    const channel = await client.channels.fetch(help.id);
    if (!channel?.isSendable()) throw new Error('not sendable');
    const sent = await channel.send({
      content: 'hello',
      files: [new AttachmentBuilder(PIXEL, { name: 'chart.png', description: 'a rising line' })],
    });
    await sent.edit({ content: 'changed' });
    const [message] = discord.messages(help);
    expect(message).toMatchObject({ content: 'changed', versions: [{ content: 'hello' }] });
    expect(message!.attachments).toMatchObject([
      { filename: 'chart.png', description: 'a rising line', bytes: PIXEL },
    ]);
    const picture = await fetch(sent.attachments.first()!.url);
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(PIXEL);
    expect(discord.readable(message!)).toBe('changed\n(picture: a rising line)');
    await sent.delete();
    expect(discord.messages(help)).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  it('writes to people, unless they are closed to it or share no server with it', async () => {
    const client = await world.connect();
    await client.users.send(ben.id, { content: 'how was it?' });
    expect(discord.directs(ben).map((each) => each.content)).toEqual(['how was it?']);
    ben.user.closed = true;
    expect(await codeOf(client.users.send(ben.id, 'again'))).toBe(50007);
    acme.leaves(ann);
    expect(await codeOf(client.users.send(ann.id, 'again'))).toBe(50278);
    expect(discord.invalidRequests).toBe(2);
  });
});

describe('what is refused', () => {
  it('says which field is wrong, and remembers it', async () => {
    const wrong = await post(help, {
      content: 'x'.repeat(2001),
      components: [row(button('a'), button('b', 'a'))],
    }).catch((error: { rawError: object }) => error.rawError);
    expect(wrong).toEqual({
      message: 'Invalid Form Body',
      code: 50035,
      errors: {
        content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }] },
        components: {
          0: {
            components: {
              1: {
                custom_id: {
                  _errors: [
                    {
                      code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
                      message: 'Component custom id cannot be duplicated',
                    },
                  ],
                },
              },
            },
          },
        },
      },
    });
    expect(discord.violations).toMatchObject([{ where: POST, error: '50035' }]);
    expect(discord.messages(help)).toEqual([]);
  });

  it.each([
    ['a sixth row', { content: 'x', components: Array.from({ length: 6 }, (_, n) => row(button(`b${n}`))) }],
    [
      'a sixth button',
      { content: 'x', components: [row(...'abcdef'.split('').map((each) => button(each)))] },
    ],
    ['a label of 81', { content: 'x', components: [row(button('x'.repeat(81), 'a'))] }],
    ['an id of 101', { content: 'x', components: [row(button('a', 'x'.repeat(101)))] }],
    [
      'a menu of 26',
      {
        content: 'x',
        components: [
          row({
            type: 3,
            custom_id: 'a',
            options: Array.from({ length: 26 }, (_, n) => ({ label: `${n}`, value: `${n}` })),
          }),
        ],
      },
    ],
    [
      'two options of one value',
      {
        content: 'x',
        components: [
          row({
            type: 3,
            custom_id: 'a',
            options: [
              { label: 'a', value: '1' },
              { label: 'b', value: '1' },
            ],
          }),
        ],
      },
    ],
    [
      'a button beside a menu',
      {
        content: 'x',
        components: [row(button('a'), { type: 3, custom_id: 'b', options: [{ label: 'a', value: '1' }] })],
      },
    ],
    ['embeds of 6001', { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] }],
    [
      'a text beside components of version 2',
      { content: 'x', flags: 32_768, components: [{ type: 10, content: 'y' }] },
    ],
    ['a picture that did not come with it', { embeds: [{ image: { url: 'attachment://chart.png' } }] }],
    ['a nonce of 26', { content: 'x', nonce: 'x'.repeat(26), enforce_nonce: true }],
    ['half a surrogate pair', { content: '\uD800' }],
  ])('%s', async (_what, body) => {
    expect(await codeOf(post(help, body))).toBe(50035);
    expect(discord.violations).toHaveLength(1);
  });

  it('what says nothing, calls somebody, or goes nowhere', async () => {
    expect(await codeOf(post(help, { content: ' ', components: [row(button('a'))] }))).toBe(50006);
    expect(await codeOf(post(help, { content: 'x', allowed_mentions: { parse: ['users'] } }))).toBe('ok');
    expect(await codeOf(post(help, { content: 'x', allowed_mentions: undefined }))).toBe('ok');
    expect(await codeOf(world.rest.get('/nowhere/at/all'))).toBe(0);
    expect(discord.violations.map((each) => each.error)).toEqual([
      '50006',
      'ALLOWED_MENTIONS',
      'ALLOWED_MENTIONS',
      '0',
    ]);
  });

  it('who has no right', async () => {
    const forum = acme.forum('questions');
    expect(await codeOf(post(forum, { content: 'x' }))).toBe(50008);
    acme.overwrite(help, 'bot', { deny: ['SEND_MESSAGES'] });
    expect(await codeOf(post(help, { content: 'x' }))).toBe(50013);
    acme.overwrite(help, 'everyone', { deny: ['VIEW_CHANNEL'] });
    expect(await codeOf(post(help, { content: 'x' }))).toBe(50001);
    acme.overwrite(help, acme.botRole, { allow: ['VIEW_CHANNEL'] });
    acme.overwrite(help, 'bot', { allow: ['SEND_MESSAGES'], deny: ['ATTACH_FILES', 'EMBED_LINKS'] });
    expect(await codeOf(post(help, { content: 'x' }))).toBe('ok');
    expect(await codeOf(post(help, { embeds: [{ title: 'x' }] }))).toBe(50013);
    const said = ben.post(acme.channel('other'), 'mine');
    const edit = world.rest.patch(Routes.channelMessage(said.channel.id, said.id), {
      body: { content: 'x', ...quiet },
    });
    expect(await codeOf(edit)).toBe(50005);
    acme.deleteChannel(help);
    expect(await codeOf(post(help, { content: 'x' }))).toBe(10003);
    acme.expel();
    expect(await codeOf(post(said.channel, { content: 'x' }))).toBe(50001);
    expect(await codeOf(world.rest.get(Routes.guild(acme.id)))).toBe(10004);
    discord.revoke();
    expect(await codeOf(world.rest.get(Routes.user()))).toBe(0);
  });
});

describe('a nonce', () => {
  it('makes one message of two within a few minutes, and then no longer', async () => {
    const body = { content: 'x', nonce: 'prompt-1', enforce_nonce: true };
    const first = await post(help, body);
    expect(await post(help, body)).toMatchObject({ id: first.id, nonce: 'prompt-1' });
    discord.advance(6 * 60_000);
    expect((await post(help, body)).id).not.toBe(first.id);
    expect(discord.messages(help)).toHaveLength(2);
    expect(await world.rest.get(Routes.channelMessage(help.id, first.id))).not.toHaveProperty('nonce');
  });
});
