// Installing by OAuth: `GET /slack/install` leads to Slack, `GET /slack/oauth_redirect` brings back a code, which becomes an installation.
import { SECOND } from '../../../src/domain/basics.ts';
import type { HttpMount } from '../../../src/ports/http.ts';
import type { Inbound } from '../../../src/ports/platform.ts';
import type { OwnSlackApi } from '../api/index.ts';
import type { SlackParts } from '../parts.ts';
import { BOT_SCOPES } from '../scopes.ts';
import { type Grant, grantOf } from './grant.ts';
import { HEADERS, page } from './page.ts';
import { createStates, isBrowser, newBrowser, STATE_LIFE } from './states.ts';
import { textsFor } from './texts.ts';

export interface OAuthParts extends Pick<SlackParts, 'options' | 'now' | 'log'> {
  readonly api: Pick<OwnSlackApi, 'exchange' | 'forget'>;
  /** Null while nothing is taken in. */
  readonly inbound: () => Inbound | null;
}

const INSTALL = '/slack/install';
const REDIRECT = '/slack/oauth_redirect';

/** None where no workspace installs by OAuth. */
export function oauthMounts(parts: OAuthParts): readonly HttpMount[] {
  const { options, now, log, api, inbound } = parts;
  const { oauth } = options;
  if (oauth === null) return [];
  const states = createStates(oauth.stateSecret, now);
  const cookie = cookieFor(options.publicUrl);
  const redirectUri = `${options.publicUrl}${REDIRECT}`;
  const again = (text: string) => ({ url: `${options.publicUrl}${INSTALL}`, text });

  const begin = (request: Request): Response => {
    const held = cookie.read(request);
    // Two tabs of one browser do not get into each other's way.
    const browser = held !== null && isBrowser(held) ? held : newBrowser();
    const url = new URL('../oauth/v2/authorize', options.apiUrl);
    url.search = new URLSearchParams({
      client_id: oauth.clientId,
      scope: BOT_SCOPES.join(','),
      redirect_uri: redirectUri,
      state: states.issue(browser),
    }).toString();
    const headers = { ...HEADERS, location: url.href, 'set-cookie': cookie.set(browser) };
    return new Response(null, { status: 302, headers });
  };

  const exchange = async (code: string): Promise<Grant | null> => {
    const args = {
      client_id: oauth.clientId,
      client_secret: oauth.clientSecret,
      code,
      redirect_uri: redirectUri,
    };
    const called = await api.exchange(args);
    const grant = called.kind === 'ok' ? grantOf(called.body, now()) : null;
    if (grant === null) {
      const reason =
        called.kind === 'refused' ? called.error : called.kind === 'ok' ? 'no bot token' : called.detail;
      log.warn({ reason }, 'an installation by OAuth did not come about');
    }
    return grant;
  };

  const finish = async (request: Request): Promise<Response> => {
    const texts = textsFor(request.headers.get('accept-language'));
    const { searchParams: query } = new URL(request.url);
    const browser = cookie.read(request);
    const mine = browser !== null && states.use(query.get('state') ?? '', browser);
    if (!mine) return page('stale', texts, [again(texts.again)]);
    const code = query.get('code');
    if (code === null || code === '') return page('declined', texts, [again(texts.again)], cookie.clear);
    const handler = inbound();
    if (handler === null) return page('away', texts, [again(texts.again)], cookie.clear);
    // Whatever was removed before this moment was removed before this installation.
    const installedAt = now();
    const grant = await exchange(code);
    if (grant === null) return page('failed', texts, [again(texts.again)], cookie.clear);
    const { installation, name, installer, credentials } = grant;
    const at = { platform: 'slack', installation };
    const event = { eventId: null, receivedAt: now(), at, name, installer, credentials, installedAt };
    const outcome = await handler({ kind: 'installed', ...event });
    api.forget(installation);
    if (outcome.kind !== 'done') {
      log.error({ installation, outcome: outcome.kind }, 'an installation by OAuth could not be kept');
      return page('away', texts, [again(texts.again)], cookie.clear);
    }
    log.info({ installation }, 'installed by OAuth');
    return page('installed', texts, [{ url: inSlack(grant), text: texts.open }], cookie.clear);
  };

  const mount = (path: string, serve: (request: Request) => Response | Promise<Response>): HttpMount => ({
    prefix: path,
    async handle(request) {
      const texts = textsFor(request.headers.get('accept-language'));
      const { pathname } = new URL(request.url);
      if (pathname !== path && pathname !== `${path}/`) return page('missing', texts, [again(texts.again)]);
      if (request.method === 'GET') return await serve(request);
      return new Response(null, { status: 405, headers: { ...HEADERS, allow: 'GET' } });
    },
  });
  return [mount(INSTALL, begin), mount(REDIRECT, finish)];
}

function inSlack({ appId, installation }: Grant): string {
  const url = new URL('https://slack.com/app_redirect');
  if (appId !== null) url.searchParams.set('app', appId);
  if (installation.startsWith('T')) url.searchParams.set('team', installation);
  return url.href;
}

/** The mark of a browser. Lax: Slack leads the browser back here by a link. */
function cookieFor(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  // The prefix keeps other hosts of the same domain from setting it.
  const name = secure ? '__Host-afterword-install' : 'afterword-install';
  const rest = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return {
    set: (value: string) => `${name}=${value}; Max-Age=${STATE_LIFE / SECOND}; ${rest}`,
    clear: `${name}=; Max-Age=0; ${rest}`,
    read(request: Request): string | null {
      for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
        const [key, value] = pair.trim().split('=', 2);
        if (key === name && value) return value;
      }
      return null;
    },
  };
}
