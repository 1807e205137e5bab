// Threads and forum posts as Discord keeps them, and what the fake sees in a text.
import { Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, type Example, example, quiet } from './discord/example.ts';
import type { Channel, FakeDiscord, Guild, Person } from './discord/index.ts';

let world: Example;
let discord: FakeDiscord;
let acme: Guild;
let ann: Person;
let ben: Person;
let help: Channel;

beforeEach(async () => {
  world = await example();
  ({ discord } = world);
  acme = discord.guild('Acme');
  ann = acme.member('ann', { roles: [acme.role('support', ['MANAGE_THREADS'])] });
  ben = acme.member('ben');
  help = acme.channel('help');
});

afterEach(() => world.close());

const post = (channel: Channel, body: object): Promise<{ id: string }> =>
  world.rest.post(Routes.channelMessages(channel.id), { body: { ...quiet, ...body } }) as Promise<{
    id: string;
  }>;

describe('threads', () => {
  it('open when written to, unless they are locked', async () => {
    const thread = ben.startThread(help, 'it broke');
    const { id } = await post(thread, { content: 'hello' });
    ann.archive(thread);
    const edit = (): Promise<unknown> =>
      world.rest.patch(Routes.channelMessage(thread.id, id), { body: { content: 'x', ...quiet } });
    expect(await codeOf(edit())).toBe(50083);
    await post(thread, { content: 'again' });
    expect(thread.thread).toMatchObject({ archived: false });
    expect(await codeOf(edit())).toBe('ok');
    ann.closeThread(thread);
    expect(await codeOf(post(thread, { content: 'x' }))).toBe(160005);
    const open = (body: object): Promise<unknown> => world.rest.patch(Routes.channel(thread.id), { body });
    expect(await codeOf(open({ archived: false }))).toBe(50013);
    acme.setRole(acme.botRole, ['MANAGE_THREADS']);
    expect(await codeOf(open({ locked: false }))).toBe(50083);
    expect(await codeOf(open({ archived: false, locked: false }))).toBe('ok');
    expect(() => ben.lock(ann.startThread(help, 'hers'))).toThrow('may not');
  });

  it('are listed while they are active, and found in the archive afterwards', async () => {
    const forum = acme.forum('questions', ['resolved']);
    const mine = ben.forumPost(forum, 'how?', 'like so?', ['resolved']);
    const hidden = ben.startThread(help, 'secret', { private: true });
    type Listed = { threads: { id: string; applied_tags?: string[] }[] };
    const active = (): Promise<Listed> =>
      world.rest.get(Routes.guildActiveThreads(acme.id)) as Promise<Listed>;
    expect((await active()).threads).toMatchObject([{ id: mine.id, applied_tags: [forum.tags[0]!.id] }]);
    acme.setRole(acme.botRole, ['MANAGE_THREADS']);
    expect((await active()).threads.map((each) => each.id)).toEqual([mine.id, hidden.id]);
    discord.fallAsleep(mine);
    const archived = (await world.rest.get(Routes.channelThreads(forum.id, 'public'))) as Listed;
    expect(archived.threads.map((each) => each.id)).toEqual([mine.id]);
  });
});

describe('looking', () => {
  it('finds what a customer’s words would turn into', () => {
    expect(
      discord
        .alive('<@123> @everyone **bold** https://a.example [x](https://b.example)')
        .map((each) => each.kind),
    ).toEqual(['user', 'everyone', 'link', 'link', 'link', 'markdown']);
    expect(discord.alive('\\*\\*plain\\*\\* \\<@123> \\# no `@everyone` snake_case_name 5 * 3')).toEqual([]);
  });
});
