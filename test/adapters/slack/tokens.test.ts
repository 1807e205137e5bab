// Tokens of installations: out of the store, renewed before they expire by one of many, and what Slack no longer takes is looked for anew.
import { afterEach, describe, expect, it } from 'vitest';
import { readKept, writeKept } from '../../../adapters/slack/credentials.ts';
import { HOUR } from '../../../src/domain/basics.ts';
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/index.ts';
import { eventually } from '../../support/eventually.ts';
import { keptCredentials, partsFor, secretsIn } from './calling.ts';

const LIFE = 12 * HOUR;
const open: FakeSlack[] = [];

async function rotating() {
  const slack = await startFakeSlack({ rates: false, rotation: true });
  open.push(slack);
  const team = slack.team('Acme');
  const bot = team.install();
  const ann = team.user('ann');
  const credentials = keptCredentials({});
  const keep = () =>
    credentials.texts.set(
      team.id,
      writeKept({
        token: bot.token,
        refreshToken: bot.refreshToken,
        expiresAt: slack.clock.now() + LIFE,
      }),
    );
  keep();
  const oauth = { clientId: slack.clientId, clientSecret: slack.clientSecret, stateSecret: 's' };
  const process = () => partsFor(slack, team.id, null, { options: { oauth }, parts: { credentials } });
  const ask = (api: ReturnType<typeof process>['api']) => api.call(team.id, 'users.info', { user: ann.id });
  const refreshes = () => slack.called('oauth.v2.access');
  return { slack, team, bot, ann, credentials, keep, process, ask, refreshes };
}

afterEach(async () => {
  for (const slack of open.splice(0)) await slack.close();
});

describe('given a token that lasts twelve hours', () => {
  it('when it is young, then it is used as it is', async () => {
    const { process, ask, refreshes } = await rotating();
    expect(await ask(process().api)).toMatchObject({ kind: 'ok' });
    expect(refreshes()).toEqual([]);
  });

  it('when it expires within the hour, then nobody waits, and it is renewed', async () => {
    const { slack, team, credentials, process, ask, refreshes } = await rotating();
    const { api } = process();
    const old = readKept(credentials.texts.get(team.id)!)!;
    slack.advance(LIFE - 0.5 * HOUR);
    expect(await ask(api)).toMatchObject({ kind: 'ok' });
    await eventually('a new token', () => readKept(credentials.texts.get(team.id)!)!.token !== old.token);
    expect(refreshes()).toHaveLength(1);
    const kept = readKept(credentials.texts.get(team.id)!)!;
    expect(kept.refreshToken).not.toBe(old.refreshToken);
    expect(kept.expiresAt).toBeGreaterThan(slack.clock.now() + LIFE - HOUR);
    expect(await ask(api)).toMatchObject({ kind: 'ok' });
    expect(slack.called('users.info').at(-1)?.token).toBe(kept.token);
  });

  it('when it has expired and twenty calls of two processes come at once, then it is renewed once, for all', async () => {
    const { slack, process, ask, refreshes } = await rotating();
    const [one, other] = [process(), process()];
    slack.advance(LIFE + HOUR);
    const calls = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ask((index % 2 === 0 ? one : other).api)),
    );
    for (const called of calls) expect(called).toMatchObject({ kind: 'ok' });
    expect(refreshes()).toHaveLength(1);
  });

  it('when Slack says that it expired before we thought so, then it is renewed and the call made again', async () => {
    const { slack, team, credentials, process, ask, refreshes } = await rotating();
    const kept = readKept(credentials.texts.get(team.id)!)!;
    credentials.texts.set(team.id, writeKept({ ...kept, expiresAt: kept.expiresAt! + 24 * HOUR }));
    slack.advance(LIFE + HOUR);
    expect(await ask(process().api)).toMatchObject({ kind: 'ok' });
    expect(refreshes()).toHaveLength(1);
  });

  it('when Slack is away as it is renewed early, then the old one still serves', async () => {
    const { slack, process, ask } = await rotating();
    slack.mischief.plan({ method: 'oauth.v2.access', trouble: { kind: 'status', status: 500 } });
    slack.advance(LIFE - 0.5 * HOUR);
    expect(await ask(process().api)).toMatchObject({ kind: 'ok' });
  });

  it('when it has expired and Slack breaks as it is renewed, then nothing is over: it is tried again in a moment', async () => {
    const { slack, team, process, refreshes } = await rotating();
    const { send } = process();
    const to = { kind: 'channel', channel: team.channel('help').id } as const;
    slack.mischief.plan({ method: 'oauth.v2.access', trouble: { kind: 'status', status: 500 } });
    slack.advance(LIFE + HOUR);
    for (let count = 0; count < 3; count += 1)
      expect(await send(to)).toMatchObject({ kind: 'refused', reason: 'unavailable' });
    expect(refreshes()).toHaveLength(1);
    slack.mischief.stop();
    slack.advance(31_000);
    expect(await send(to)).toMatchObject({ kind: 'sent' });
  });

  it('when it cannot be renewed any more, then that is said, and Slack is not asked for it again and again', async () => {
    const { slack, credentials, team, process, ask, refreshes, bot } = await rotating();
    const { api, lines } = process();
    const kept = readKept(credentials.texts.get(team.id)!)!;
    slack.tokens.refreshed(kept.refreshToken!); // somebody else used it up
    slack.advance(LIFE + HOUR);
    for (let count = 0; count < 5; count += 1)
      expect(await ask(api)).toMatchObject({ kind: 'refused', error: 'token_expired' });
    expect(refreshes()).toHaveLength(1);
    expect(secretsIn(lines, [kept.token, kept.refreshToken!, bot.token, slack.clientSecret])).toEqual([]);
  });
});

describe('given others changed the token', () => {
  it('when another process renewed it and Slack takes the old one no more, then the new one is used', async () => {
    const { slack, team, bot, credentials, process, ask, refreshes } = await rotating();
    const { api } = process();
    await ask(api);
    const old = readKept(credentials.texts.get(team.id)!)!;
    slack.tokens.refreshed(old.refreshToken!);
    credentials.texts.set(
      team.id,
      writeKept({ token: bot.token, refreshToken: bot.refreshToken, expiresAt: slack.clock.now() + LIFE }),
    );
    slack.tokens.revoke(old.token);
    expect(await ask(api)).toMatchObject({ kind: 'ok' });
    expect(refreshes()).toEqual([]);
  });

  it('when the app was removed, then the calls are refused and nothing is renewed', async () => {
    const { slack, bot, process, ask, refreshes } = await rotating();
    const { api } = process();
    slack.uninstall(bot);
    expect(await ask(api)).toMatchObject({ kind: 'refused', error: 'account_inactive' });
    expect(refreshes()).toEqual([]);
  });

  it('when there are none, then there is nobody to call', async () => {
    const { credentials, team, process, ask } = await rotating();
    const { api } = process();
    credentials.texts.clear();
    expect(await api.knows(team.id)).toBe(false);
    expect(await ask(api)).toMatchObject({ kind: 'refused', error: 'not_authed' });
  });

  it('when they are not ours to read, then that is as if there were none', async () => {
    const { credentials, team, process, ask } = await rotating();
    for (const text of ['', '{}', 'null', '{"token":""}', '[]']) {
      credentials.texts.set(team.id, text);
      expect(await ask(process().api)).toMatchObject({ kind: 'refused', error: 'not_authed' });
    }
  });

  it('when the store is away, then nothing was done, and that is known', async () => {
    const { slack, team, ask } = await rotating();
    const credentials = { load: () => Promise.reject(new Error('away')), renew: async () => null };
    const oauth = { clientId: 'c', clientSecret: 's', stateSecret: 's' };
    const { api } = partsFor(slack, team.id, null, { options: { oauth }, parts: { credentials } });
    expect(await ask(api)).toMatchObject({ kind: 'refused', error: 'store_away' });
    expect(slack.calls).toEqual([]);
  });
});
