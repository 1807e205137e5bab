// A call of the Web API: what came of it is told apart, it is made once unless doing it twice is doing it once, and budgets are kept.
import { afterEach, describe, expect, it } from 'vitest';
import { ratesOf } from '../../../adapters/slack/api/rates.ts';
import type { Rate } from '../../../src/ports/budget.ts';
import { freePort } from '../../support/free-port.ts';
import { type Calling, type CallingOptions, callingSlack, secretsIn } from './calling.ts';

const open: Calling[] = [];

async function calling(options: CallingOptions = {}) {
  const made = await callingSlack(options);
  open.push(made);
  const channel = made.team.channel('support');
  const post = () =>
    made.api.call(made.team.id, 'chat.postMessage', { channel: channel.id, text: 'hello' }, { timeout: 500 });
  const update = (ts: string, timeout = 4_000) =>
    made.api.call(
      made.team.id,
      'chat.update',
      { channel: channel.id, ts, text: 'changed' },
      { idempotent: true, timeout },
    );
  return { ...made, channel, post, update, posted: () => made.slack.messages(channel) };
}

afterEach(async () => {
  for (const { slack } of open.splice(0)) await slack.close();
});

describe('given a message is to be posted', () => {
  it('when all is well, then Slack has it and says so', async () => {
    const { post, posted } = await calling();
    expect(await post()).toMatchObject({ kind: 'ok', body: { ts: expect.any(String) } });
    expect(posted()).toHaveLength(1);
  });

  it('when Slack says no, then that is a refusal with its code', async () => {
    const { api, team, posted } = await calling();
    const other = team.channel('other', { bot: false });
    const called = await api.call(team.id, 'chat.postMessage', { channel: other.id, text: 'hello' });
    expect(called).toMatchObject({ kind: 'refused', error: 'not_in_channel', retryAfter: null });
    expect(posted()).toEqual([]);
  });

  it('when a scope is missing, then the refusal names it', async () => {
    const { post } = await calling({ scopes: ['commands'] });
    expect(await post()).toMatchObject({ kind: 'refused', error: 'missing_scope', detail: 'chat:write' });
  });

  it.each([
    ['the connection is cut before anything was done', { kind: 'drop_before' }, 0],
    ['the connection is cut after it was done', { kind: 'drop_after' }, 1],
    ['it is done and nobody ever answers', { kind: 'hang_after' }, 1],
    ['the answer comes too late', { kind: 'slow', ms: 1_500 }, undefined],
    ['the server breaks', { kind: 'status', status: 500 }, 0],
    ['the answer is no JSON', { kind: 'status', status: 200, body: '<html>' }, 0],
    ['Slack says that it failed in the middle', { kind: 'error', error: 'internal_error' }, 0],
    ['Slack says that it failed badly', { kind: 'error', error: 'fatal_error' }, 0],
    ['Slack is not served at the moment', { kind: 'error', error: 'service_unavailable' }, 0],
  ] as const)(
    'when %s, then the outcome is unknown, and it was called once',
    async (_what, trouble, there) => {
      const { slack, post, posted } = await calling();
      slack.mischief.next('chat.postMessage', trouble);
      expect(await post()).toMatchObject({ kind: 'unknown' });
      expect(slack.called('chat.postMessage')).toHaveLength(1);
      if (there !== undefined) expect(posted()).toHaveLength(there);
    },
  );

  it.each([
    [403, 'http_403'],
    [404, 'http_404'],
  ])('when it is answered HTTP %i, then nothing was done', async (status, error) => {
    const { slack, post } = await calling();
    slack.mischief.next('chat.postMessage', { kind: 'status', status, body: 'no' });
    expect(await post()).toMatchObject({ kind: 'refused', error });
  });

  it('when nobody listens, then nothing was done, and that is known', async () => {
    const apiUrl = `http://127.0.0.1:${await freePort()}/api/`;
    const { post } = await calling({ options: { apiUrl } });
    expect(await post()).toMatchObject({ kind: 'refused', error: 'unreachable' });
  });

  it('when Slack is called too often, then it is refused with the wait, and all of us pause', async () => {
    const { slack, post, budget, team } = await calling();
    slack.mischief.next('chat.postMessage', { kind: 'ratelimited', retryAfter: 7 });
    expect(await post()).toMatchObject({ kind: 'refused', error: 'ratelimited', retryAfter: 7_000 });
    expect(slack.called('chat.postMessage')).toHaveLength(1);
    expect(budget.paused).toEqual([{ name: `slack ${team.id} chat.postMessage`, wait: 7_000 }]);
  });

  it('when our own budget is used up, then Slack is not called, and the wait is told', async () => {
    const { slack, post, budget } = await calling();
    budget.refuse = 30_000;
    expect(await post()).toMatchObject({ kind: 'refused', error: 'ratelimited', retryAfter: 30_000 });
    expect(slack.called('chat.postMessage')).toEqual([]);
  });

  it('when the budget cannot be reached, then Slack is not called', async () => {
    const away = { take: () => Promise.reject(new Error('away')), pause: async () => {} };
    const { slack, post } = await calling({ parts: { budget: away } });
    expect(await post()).toMatchObject({ kind: 'refused', error: 'store_away' });
    expect(slack.called('chat.postMessage')).toEqual([]);
  });

  it('when the text has half a character, then it is sent all the same', async () => {
    const { api, team, channel, posted } = await calling();
    const text = 'broken \uD83D here';
    expect(await api.call(team.id, 'chat.postMessage', { channel: channel.id, text })).toMatchObject({
      kind: 'ok',
    });
    expect(posted()[0]?.text).toBe('broken \uFFFD here');
  });

  it('when it fails in any way, then no secret is told', async () => {
    const { slack, post, bot, lines } = await calling();
    const outcomes = [];
    for (const kind of ['drop_before', 'drop_after'] as const) {
      slack.mischief.next('chat.postMessage', { kind });
      outcomes.push(await post());
    }
    slack.tokens.revoke(bot.token);
    outcomes.push(await post());
    expect(outcomes.at(-1)).toMatchObject({ error: 'token_revoked' });
    expect(secretsIn(lines, [bot.token])).toEqual([]);
    expect(JSON.stringify(outcomes)).not.toContain(bot.token);
    expect(slack.calls.every((call) => call.args['token'] === undefined)).toBe(true);
  });
});

describe('given a message is to be changed, which twice is the same as once', () => {
  it.each([
    [{ kind: 'drop_after' }],
    [{ kind: 'drop_before' }],
    [{ kind: 'status', status: 503 }],
    [{ kind: 'error', error: 'internal_error' }],
    [{ kind: 'ratelimited', retryAfter: 1 }],
    [{ kind: 'slow', ms: 2_500 }],
  ] as const)('when the first two calls end with %o, then the third does it', async (trouble) => {
    const { slack, post, update, posted } = await calling();
    await post();
    slack.mischief.next('chat.update', trouble, 2);
    expect(await update(posted()[0]!.ts, 8_000)).toMatchObject({ kind: 'ok' });
    expect(posted()[0]?.text).toBe('changed');
  });

  it('when it never works, then it is tried three times and no more', async () => {
    const { slack, post, update, posted } = await calling();
    await post();
    slack.mischief.plan({ method: 'chat.update', trouble: { kind: 'status', status: 500 } });
    expect(await update(posted()[0]!.ts)).toMatchObject({ kind: 'unknown' });
    expect(slack.called('chat.update')).toHaveLength(3);
  });

  it('when Slack says no, then that is the answer at once', async () => {
    const { slack, update } = await calling();
    expect(await update('1700000000.000100')).toMatchObject({ kind: 'refused', error: 'message_not_found' });
    expect(slack.called('chat.update')).toHaveLength(1);
  });

  it('when nobody answers, then it ends within its time', async () => {
    const { slack, post, update, posted } = await calling();
    await post();
    slack.mischief.plan({ method: 'chat.update', trouble: { kind: 'hang_after' } });
    const began = performance.now();
    expect(await update(posted()[0]!.ts, 600)).toMatchObject({ kind: 'unknown' });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('given the budgets', () => {
  it('when a message is posted, then it comes out of that of the method and that of the channel', () => {
    const names = ratesOf('T1', 'chat.postMessage', 'C1').map(({ name }) => name);
    expect(names).toEqual(['slack T1 chat.postMessage', 'slack T1 chat.postMessage C1']);
    expect(ratesOf('T1', 'chat.update', 'C1').map(({ name }) => name)).toEqual(['slack T1 chat.update']);
  });

  it.each([
    ['conversations.list', 20],
    ['chat.update', 50],
    ['users.info', 100],
    ['conversations.replies', 1],
    ['somethingNew', 20],
  ])('when %s is called as fast as they allow, then it is at most %i times in any minute', (method, most) => {
    const [{ burst, interval }] = ratesOf('T1', method) as readonly [Rate];
    const perMinute = burst + Math.floor(60_000 / interval);
    expect(perMinute === most || (most === 1 && burst === 1 && interval === 60_000)).toBe(true);
  });

  it('when a name is very long, then the budget still has one that fits', () => {
    for (const { name } of ratesOf('T'.repeat(300), 'chat.postMessage', 'C'.repeat(300)))
      expect(name.length).toBeLessThanOrEqual(200);
  });
});

describe('given whose it is', () => {
  it('when it is asked, then it knows its own ids, and asks Slack once for many', async () => {
    const { slack, api, team, bot } = await calling();
    const selves = await Promise.all([1, 2, 3].map(() => api.self(team.id)));
    for (const self of selves) expect(self).toMatchObject({ botId: bot.botId, userId: bot.botUserId });
    // Once for whose the token is, once for who we are there.
    expect(slack.called('auth.test').length).toBeLessThanOrEqual(2);
  });

  it('when it is another workspace, then the one token is not used for it', async () => {
    const { slack, api, team } = await calling();
    expect(await api.knows(team.id)).toBe(true);
    expect(await api.knows('T0STRANGER')).toBe(false);
    expect(await api.call('T0STRANGER', 'users.info', { user: 'U1' })).toMatchObject({ error: 'not_authed' });
    expect(slack.called('users.info')).toEqual([]);
  });
});
