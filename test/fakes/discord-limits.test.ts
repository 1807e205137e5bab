// Limits as Discord tells and keeps them, and troubles as they are planned.
import { DiscordAPIError, Routes } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { codeOf, type Example, example, quiet } from './discord/example.ts';
import type { Channel, FakeDiscord, Person } from './discord/index.ts';

let world: Example;
let discord: FakeDiscord;
let ann: Person;
let help: Channel;

async function begin(options = {}): Promise<void> {
  world = await example({ rates: false, ...options });
  ({ discord } = world);
  const acme = discord.guild('Acme');
  ann = acme.member('ann');
  help = acme.channel('help');
}

afterEach(() => world.close());

describe('limits', () => {
  const body = { content: 'x', ...quiet };

  it('are told in headers, kept by the client, and answered with 429 to those who do not', async () => {
    await begin({ rates: { routes: { 'POST /channels/{channel_id}/messages': [2, 400] } } });
    const send = (): Promise<unknown> => world.rest.post(Routes.channelMessages(help.id), { body });
    await Promise.all([send(), send(), send(), send(), send()]);
    expect(discord.messages(help)).toHaveLength(5);
    expect(discord.invalidRequests).toBe(0);
    const raw = (): Promise<Response> =>
      fetch(`${discord.apiUrl}/v10/channels/${help.id}/messages`, {
        method: 'POST',
        headers: {
          authorization: `Bot ${discord.token}`,
          'content-type': 'application/json',
          'user-agent': 'DiscordBot (https://x.example, 1)',
        },
        body: JSON.stringify(body),
      });
    const answers = await Promise.all([raw(), raw(), raw(), raw()]);
    const refused = answers.find((each) => each.status === 429);
    expect(refused?.headers.get('x-ratelimit-scope')).toBe('user');
    expect(await refused?.json()).toMatchObject({ global: false, retry_after: expect.any(Number) });
    expect(discord.invalidRequests).toBeGreaterThan(0);
  });

  it('shut out whoever makes too many invalid requests', async () => {
    await begin({ invalidLimit: 3 });
    ann.user.closed = true;
    const direct = discord.world.direct(ann.user);
    for (let count = 0; count < 3; count += 1)
      expect(await codeOf(world.rest.post(Routes.channelMessages(direct.id), { body }))).toBe(50007);
    const answer = await fetch(`${discord.apiUrl}/v10/gateway`, {
      headers: { 'user-agent': 'DiscordBot (https://x.example, 1)' },
    });
    expect(answer.status).toBe(429);
    expect(discord.violations).toMatchObject([{ error: 'BANNED' }]);
  });

  it('and troubles come as they are planned', async () => {
    await begin();
    const client = await world.connect();
    const post = 'POST /channels/{channel_id}/messages';
    const channel = client.channels.cache.get(help.id);
    if (!channel?.isSendable()) throw new Error('not sendable');
    const nonce = 'prompt-1';
    discord.mischief.next(post, { kind: 'drop_after' }).next(post, { kind: 'status', status: 502 });
    discord.mischief.next(post, { kind: 'ratelimited', retryAfter: 0.1 });
    // The client tries again after a 5xx and after a 429, but not when the answer was lost: that is for the app to do.
    const send = (): Promise<unknown> => channel.send({ content: 'x', nonce, enforceNonce: true });
    await expect(send()).rejects.toThrow('other side closed');
    await send();
    expect(discord.messages(help)).toHaveLength(1);
    expect(discord.called(post).map((each) => [each.status, each.executed])).toEqual([
      [null, true],
      [502, false],
      [429, false],
      [200, true],
    ]);
    discord.mischief.next(post, { kind: 'error', status: 403, code: 50013, message: 'Missing Permissions' });
    await expect(channel.send('y')).rejects.toThrow(DiscordAPIError);
  });
});
