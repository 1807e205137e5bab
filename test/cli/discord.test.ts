// `afterword discord register`, against the fake.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/index.ts';
import { cli } from '../support/cli.ts';

let discord: FakeDiscord;
beforeEach(async () => {
  discord = await startFakeDiscord({ rates: false });
});
afterEach(async () => await discord.close());

const register = (args: readonly string[] = [], token = discord.token) =>
  cli(['discord', 'register', ...args], {
    environment: {
      DISCORD_TOKEN: token,
      DISCORD_APPLICATION_ID: discord.applicationId,
      DISCORD_API_URL: discord.apiUrl,
    },
  });

describe('registering', () => {
  it('given none, when they are registered twice, then the second time nothing is changed, and the link is told', async () => {
    const first = await register();
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^nps, Ask for feedback: registered everywhere\nInvite the bot: https:\/\/discord\.com\/oauth2/,
    );
    expect((await register()).stdout).toMatch(/: unchanged everywhere\n/);
    expect(JSON.parse((await register(['--json'])).stdout)).toMatchObject({ changed: false, guild: null });
    expect(discord.registered()).toHaveLength(2);
  });

  it('given one server, when they are registered there, then they are there alone', async () => {
    const acme = discord.guild('Acme');
    const ran = await register(['--guild', acme.id]);
    expect(ran.stdout).toContain(`registered in server ${acme.id}`);
    expect([discord.registered(), discord.registered(acme)].map((all) => all.length)).toEqual([0, 2]);
  });

  it('given it is refused, or not configured, when they are registered, then it says what to do, and no secret', async () => {
    const refused = await register([], 'a-secret-that-is-wrong');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('DISCORD_TOKEN');
    expect(refused.stderr).not.toContain('a-secret');
    const off = await cli(['discord', 'register']);
    expect(off).toMatchObject({ code: 1, stdout: '' });
    expect(off.stderr).toContain('DISCORD_TOKEN and DISCORD_APPLICATION_ID are not set');
  });
});
