// Installing by OAuth as a person does it, and as somebody does it who means harm.
import { afterEach, describe, expect, it } from 'vitest';
import { startHttp } from '../../../adapters/http/index.ts';
import { readKept } from '../../../adapters/slack/credentials.ts';
import { createSlack } from '../../../adapters/slack/index.ts';
import { createStates } from '../../../adapters/slack/oauth/states.ts';
import { textsFor } from '../../../adapters/slack/oauth/texts.ts';
import { BOT_SCOPES } from '../../../adapters/slack/scopes.ts';
import { MINUTE } from '../../../src/domain/basics.ts';
import type { InboundEvent, InboundOutcome } from '../../../src/ports/platform.ts';
import { startFakeSlack } from '../../fakes/slack/index.ts';
import { freePort } from '../../support/free-port.ts';
import { keptCredentials, partsFor, secretsIn, sentence } from './calling.ts';

type Installed = Extract<InboundEvent, { kind: 'installed' }>;

const DONE: InboundOutcome = { kind: 'done', shared: null, reply: null, subject: null };
const closing: (() => Promise<unknown>)[] = [];

async function installing(given: { rotation?: boolean; https?: boolean } = {}) {
  const slack = await startFakeSlack({ rates: false, rotation: given.rotation ?? false });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const credentials = keptCredentials({});
  const oauth = {
    clientId: slack.clientId,
    clientSecret: slack.clientSecret,
    stateSecret: 'a secret of states',
  };
  const publicUrl = given.https ? 'https://afterword.example' : url;
  const made = partsFor(slack, 'T0', null, { options: { oauth, publicUrl }, parts: { credentials } });
  const { platform, mounts } = createSlack(made.parts);
  const http = await startHttp({ host: '127.0.0.1', port, mounts, log: made.parts.log });
  const installed: Installed[] = [];
  let outcome = DONE;
  await platform.start(async (event) => {
    if (event.kind !== 'installed') return { kind: 'ignored', reason: '' };
    installed.push(event);
    if (outcome.kind === 'done') credentials.texts.set(event.at.installation, event.credentials!);
    return outcome;
  });
  closing.push(
    () => platform.stop(),
    () => http.close(0),
    () => slack.close(),
  );
  const team = slack.team('Acme');
  const lead = team.user('lead', { admin: true });
  return {
    slack,
    team,
    lead,
    url,
    install: `${url}/slack/install`,
    platform,
    credentials,
    installed,
    lines: made.lines,
    secrets: [slack.clientSecret, 'a secret of states'],
    answer(next: InboundOutcome) {
      outcome = next;
    },
  };
}

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('given somebody installs the app', () => {
  it('when Slack agrees, then the workspace is installed with its own token, and the page says so', async () => {
    const { slack, team, lead, install, url, installed, lines, secrets } = await installing();
    const before = slack.clock.now();
    const visit = await slack.visitInstall(install, lead);
    expect(visit).toMatchObject({ status: 200, body: expect.stringContaining('Afterword is installed') });
    expect(visit.asked.get('redirect_uri')).toBe(`${url}/slack/oauth_redirect`);
    // Slack wants the very address again that it was asked with.
    expect(slack.called('oauth.v2.access')[0]?.args['redirect_uri']).toBe(visit.asked.get('redirect_uri'));
    expect(visit.asked.get('scope')?.split(',')).toEqual(BOT_SCOPES);
    expect(installed).toHaveLength(1);
    expect(installed[0]).toMatchObject({
      at: { platform: 'slack', installation: team.id },
      name: 'Acme',
      installer: lead.id,
    });
    expect(installed[0]!.installedAt).toBeGreaterThanOrEqual(before);
    const kept = readKept(installed[0]!.credentials!)!;
    expect(slack.tokens.peek(kept.token)?.installation?.teamId).toBe(team.id);
    expect(kept).toMatchObject({ refreshToken: null, expiresAt: null });
    expect(visit.body).not.toContain(kept.token);
    expect(secretsIn(lines, [...secrets, kept.token])).toEqual([]);
  });

  it('when tokens rotate, then what renews them is kept too', async () => {
    const { slack, lead, install, installed } = await installing({ rotation: true });
    await slack.visitInstall(install, lead);
    const kept = readKept(installed[0]!.credentials!)!;
    expect(kept.refreshToken).toMatch(/^xoxe-/);
    expect(kept.expiresAt).toBeGreaterThan(slack.clock.now());
  });

  it('when it is installed for a whole organisation, then it goes by the organisation', async () => {
    const { slack, install, installed } = await installing();
    const enterprise = slack.enterprise('Mega');
    const owner = slack.team('Sales', enterprise).user('owner');
    await slack.visitInstall(install, owner, { enterprise });
    expect(installed[0]).toMatchObject({ at: { installation: enterprise.id }, name: 'Mega' });
  });

  it('when it is installed again, then the newer moment is told, and the new token is used', async () => {
    const { slack, lead, install, installed, platform, team } = await installing();
    await slack.visitInstall(install, lead);
    slack.uninstall(slack.installationFor(team.id)!);
    slack.advance(1_000);
    await slack.visitInstall(install, lead);
    expect(installed).toHaveLength(2);
    expect(installed[1]!.installedAt).toBeGreaterThan(installed[0]!.installedAt);
    expect(installed[1]!.credentials).not.toBe(installed[0]!.credentials);
    expect((await platform.health()).ok).toBe(true);
  });

  it('when they change their mind, then nothing is installed', async () => {
    const { slack, lead, install, installed } = await installing();
    const visit = await slack.visitInstall(install, lead, { deny: true });
    expect(visit).toMatchObject({ status: 200, body: expect.stringContaining('Nothing was installed') });
    expect(installed).toEqual([]);
    expect(slack.called('oauth.v2.access')).toEqual([]);
  });

  it('when our own store is away, then they are told to try again', async () => {
    const { slack, lead, install, answer } = await installing();
    answer({ kind: 'failed', reply: sentence('away') });
    expect(await slack.visitInstall(install, lead)).toMatchObject({ status: 503 });
  });

  it('when Slack refuses the code or breaks, then they are told to begin again, and no more', async () => {
    const { slack, lead, install, installed } = await installing();
    for (const trouble of [
      { kind: 'error', error: 'bad_client_secret' },
      { kind: 'status', status: 500, body: 'stack trace' },
      { kind: 'drop_after' },
    ] as const) {
      slack.mischief.next('oauth.v2.access', trouble);
      const visit = await slack.visitInstall(install, lead);
      expect(visit.status).toBe(502);
      expect(visit.body).not.toMatch(/bad_client_secret|stack trace|secret/);
    }
    expect(installed).toEqual([]);
  });

  it('when their browser prefers a language that is spoken, then the page is in it', async () => {
    const { url } = await installing();
    for (const [preferred, lang, words] of [
      ['zh-CN,zh', 'zh-CN', '此链接已失效'],
      ['es-MX,es;q=0.9', 'es', 'Este enlace ya no vale'],
      ['de-AT', 'de', 'Dieser Link gilt nicht mehr'],
      ['fr', 'fr', 'Ce lien n’est plus valable'],
      ['ja-JP,en', 'ja', 'このリンクは無効です'],
      ['pt-PT,pt', 'pt-BR', 'Este link não vale mais'],
      ['nl-NL,de', 'en', 'This link is no longer good'],
    ] as const) {
      const headers = { 'accept-language': preferred };
      const page = await (await fetch(`${url}/slack/oauth_redirect`, { headers })).text();
      expect(page).toContain(words);
      expect(page).toContain(`<html lang="${lang}">`);
    }
  });

  it('when it ends in any way, then each language has words of its own for it', () => {
    const ways = ['zh', 'es', 'de', 'fr', 'ja', 'pt'].map(textsFor);
    const english = textsFor(null);
    for (const texts of ways)
      for (const [name, page] of Object.entries(texts.pages)) {
        expect(page.title).not.toBe(english.pages[name as keyof typeof english.pages].title);
        expect(page.body).not.toBe(english.pages[name as keyof typeof english.pages].body);
      }
  });
});

describe('given somebody means harm', () => {
  it.each([
    ['is forged', { state: 'forged' }],
    [
      'is another one of the same form',
      { state: `${Date.now().toString(36)}.${'a'.repeat(16)}.${'b'.repeat(43)}` },
    ],
    ['comes from another browser', { withoutCookies: true }],
  ])('when the state %s, then Slack is not even asked', async (_what, options) => {
    const { slack, lead, install, installed } = await installing();
    expect(await slack.visitInstall(install, lead, options)).toMatchObject({ status: 400 });
    expect(slack.called('oauth.v2.access')).toEqual([]);
    expect(installed).toEqual([]);
  });

  it('when a redirect is used again, then it is refused', async () => {
    const { slack, lead, install, installed } = await installing();
    const visit = await slack.visitInstall(install, lead);
    expect((await fetch(visit.redirect, { redirect: 'manual' })).status).toBe(400);
    expect(installed).toHaveLength(1);
  });

  it('when the browser of the first time uses it again, cookie and all, then it is refused too', async () => {
    const { url, install } = await installing();
    const first = await fetch(install, { redirect: 'manual' });
    const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!;
    const state = new URL(first.headers.get('location')!).searchParams.get('state')!;
    const back = () =>
      fetch(`${url}/slack/oauth_redirect?error=access_denied&state=${state}`, { headers: { cookie } });
    const used = await back();
    expect(used.status).toBe(200);
    expect(used.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await back()).status).toBe(400);
  });

  it('when the address holds markup, then the page does not', async () => {
    const { url } = await installing();
    const evil = encodeURIComponent('<script>alert(1)</script>');
    const response = await fetch(`${url}/slack/oauth_redirect?error=${evil}&state=${evil}&code=${evil}`);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('alert');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('when another method or path is asked for, then there is nothing', async () => {
    const { url } = await installing();
    expect((await fetch(`${url}/slack/install`, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${url}/slack/install-me`)).status).toBe(404);
    expect((await fetch(`${url}/slack/oauth_redirect/x`)).status).toBe(404);
  });

  it('when we are reached by https, then the cookie goes nowhere else', async () => {
    const { install } = await installing({ https: true });
    const cookie = (await fetch(install, { redirect: 'manual' })).headers.get('set-cookie');
    expect(cookie).toMatch(/^__Host-/);
    for (const word of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(word);
  });
});

describe('given a state', () => {
  const world = () => {
    const clock = { now: 1_800_000_000_000 };
    return { clock, states: createStates('secret', () => clock.now) };
  };

  it('when it comes back in time, then it is good once', () => {
    const { states } = world();
    const state = states.issue('browser');
    expect([states.use(state, 'browser'), states.use(state, 'browser')]).toEqual([true, false]);
  });

  it('when it is older than ten minutes, then it is not', () => {
    const { clock, states } = world();
    const state = states.issue('browser');
    clock.now += 10 * MINUTE + 1;
    expect(states.use(state, 'browser')).toBe(false);
  });

  it('when it is of another browser or another secret, or changed, then it is not', () => {
    const { clock, states } = world();
    const state = states.issue('browser');
    const others = createStates('other', () => clock.now);
    expect(states.use(state, 'another')).toBe(false);
    expect(states.use(others.issue('browser'), 'browser')).toBe(false);
    for (let at = 0; at < state.length; at += 1) {
      const changed = `${state.slice(0, at)}${state[at] === 'a' ? 'b' : 'a'}${state.slice(at + 1)}`;
      expect(states.use(changed, 'browser')).toBe(false);
    }
  });
});
