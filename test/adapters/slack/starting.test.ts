// Starting: the workspace of a token makes itself known, Slack being away holds nobody up, and health says what is wrong.
import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createSlack } from '../../../adapters/slack/index.ts';
import type { SlackParts } from '../../../adapters/slack/parts.ts';
import { SECOND } from '../../../src/domain/basics.ts';
import type { InboundEvent, InboundOutcome } from '../../../src/ports/platform.ts';
import { startFakeSlack } from '../../fakes/slack/index.ts';
import { eventually } from '../../support/eventually.ts';
import { partsFor, secretsIn, sentence } from './calling.ts';

const DONE: InboundOutcome = { kind: 'done', shared: null, reply: null, subject: null };
const closing: (() => Promise<unknown>)[] = [];

async function starting(
  transport: 'http' | 'socket' = 'http',
  parts: Partial<SlackParts> = {},
  scopes?: readonly string[],
) {
  const slack = await startFakeSlack({ rates: false });
  const team = slack.team('Acme');
  const bot = team.install(scopes && { scopes });
  const given =
    transport === 'socket'
      ? { options: { transport: { kind: 'socket', appToken: slack.appToken } as const } }
      : {};
  const made = partsFor(slack, team.id, bot.token, { ...given, parts });
  const { platform, mounts } = createSlack(made.parts);
  const events: InboundEvent[] = [];
  const outcomes: InboundOutcome[] = [];
  closing.push(
    () => platform.stop(),
    () => slack.close(),
  );
  return {
    slack,
    team,
    bot,
    platform,
    mounts,
    events,
    outcomes,
    lines: made.lines,
    start: () =>
      platform.start(async (event) => {
        events.push(event);
        return outcomes.shift() ?? DONE;
      }),
  };
}

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('given the token of one workspace', () => {
  it('when the program starts, then the workspace is known by what Slack says of the token', async () => {
    const { team, start, events } = await starting();
    await start();
    await eventually('the workspace', () => events.length > 0);
    expect(events).toEqual([
      expect.objectContaining({
        kind: 'installed',
        at: { platform: 'slack', installation: team.id },
        name: 'Acme',
        installer: null,
        credentials: null,
      }),
    ]);
  });

  it('when Slack is away, then starting waits for nobody, and it becomes known when Slack is back', async () => {
    const { slack, start, events, platform } = await starting();
    slack.mischief.plan({ method: 'auth.test', trouble: { kind: 'hang_after' } });
    const began = performance.now();
    await start();
    expect(performance.now() - began).toBeLessThan(5 * SECOND);
    slack.mischief.stop();
    slack.mischief.next('auth.test', { kind: 'status', status: 503 });
    await eventually('the workspace', () => events.length > 0, 15_000);
    expect(events[0]).toMatchObject({ kind: 'installed' });
    await platform.stop();
  }, 20_000);

  it('when something comes in before it is known, then that waits for it, and is not taken for a stranger’s', async () => {
    let owned = false;
    const desk = { workspaceId: 'w', team: null, reaction: 'white_check_mark', locale: 'en' };
    const { slack, team, events, platform } = await starting('socket', {
      deskOf: async () => (owned ? desk : null),
    });
    slack.overSocket();
    slack.mischief.next('auth.test', { kind: 'slow', ms: 700 });
    await platform.start(async (event) => {
      events.push(event);
      owned ||= event.kind === 'installed';
      return DONE;
    });
    const bob = team.user('bob');
    expect((await bob.command('/nps', '', team.channel('support', { members: [bob] }))).ok).toBe(true);
    expect(events.map((event) => event.kind)).toEqual(['installed', 'command']);
  });

  it('when something names no workspace at all, then it is for the only one there is', async () => {
    const { slack, team, events, start, mounts } = await starting();
    await start();
    await eventually('the workspace', () => events.length > 0);
    const press = {
      type: 'block_actions',
      team: null,
      user: { id: 'U0ANN000001' },
      actions: [{ action_id: 'score:0198c0de-0000-7000-8000-000000000001:9' }],
    };
    const body = `payload=${encodeURIComponent(JSON.stringify(press))}`;
    const timestamp = String(Math.floor(slack.clock.now() / 1_000));
    const hmac = createHmac('sha256', slack.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hmac}`,
    };
    const request = new Request('http://127.0.0.1/slack/events', { method: 'POST', headers, body });
    expect((await mounts[0]!.handle(request)).status).toBe(200);
    expect(events[1]).toMatchObject({
      kind: 'action',
      by: { identity: { installation: team.id, externalId: 'U0ANN000001' } },
    });
  });

  it('when our own store is away at first, then it is told again', async () => {
    const { start, events, outcomes } = await starting();
    outcomes.push({ kind: 'failed', reply: sentence('away') });
    await start();
    await eventually('it to be told twice', () => events.length === 2);
  });

  it('when the token is wrong, then the log says what to do, without the token, and stopping ends it', async () => {
    const { slack, bot, start, platform, lines, events } = await starting();
    slack.tokens.revoke(bot.token);
    await start();
    await eventually('a line', () => lines.some((line) => JSON.stringify(line).includes('token_revoked')));
    expect(secretsIn(lines, [bot.token])).toEqual([]);
    expect(await platform.health()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('token_revoked'),
      remedy: expect.stringContaining('Bot User OAuth Token'),
    });
    const began = performance.now();
    await platform.stop();
    expect(performance.now() - began).toBeLessThan(6 * SECOND);
    expect(events).toEqual([]);
  });
});

describe('given it runs', () => {
  it('when a permission is missing that no message needs, then that is told as trouble, and not again and again', async () => {
    const { team, events, platform, start } = await starting('http', {}, ['chat:write']);
    await start();
    await eventually('the workspace', () => events.length > 0);
    for (const name of ['ann', 'bob'])
      expect(await platform.lookUp(team.id, team.user(name).id)).toEqual({ kind: 'cannot_tell' });
    expect(events.slice(1)).toEqual([
      expect.objectContaining({
        kind: 'trouble',
        at: { platform: 'slack', installation: team.id },
        trouble: { kind: 'missing_permission', subject: 'users:read' },
      }),
    ]);
  });

  it('when its health is asked often, then Slack is asked now and then', async () => {
    const { slack, start, events, platform } = await starting();
    await start();
    await eventually('the workspace', () => events.length > 0);
    const before = slack.called('auth.test').length;
    for (let count = 0; count < 5; count += 1) expect(await platform.health()).toMatchObject({ ok: true });
    expect(slack.called('auth.test').length - before).toBe(1);
    slack.advance(31 * SECOND);
    await platform.health();
    expect(slack.called('auth.test').length - before).toBe(2);
  });

  it('when Slack is away, then that is said, and that it comes back by itself', async () => {
    const { slack, start, platform } = await starting();
    await start();
    slack.mischief.plan({ method: 'auth.test', trouble: { kind: 'status', status: 500 } });
    expect(await platform.health()).toMatchObject({
      ok: false,
      remedy: expect.stringContaining('comes back'),
    });
    slack.mischief.stop();
    expect(await platform.health()).toMatchObject({ ok: true });
  });

  it('when there is no connection by Socket Mode, then that is said', async () => {
    const { slack, start, platform } = await starting('socket');
    slack.overSocket();
    await start();
    expect(await platform.health()).toMatchObject({
      ok: true,
      detail: expect.stringContaining('Socket Mode'),
    });
    await platform.stop();
    expect(await platform.health()).toMatchObject({ ok: false });
  });
});
