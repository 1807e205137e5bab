// Installing as a person does: the app's install page, Slack's consent, and back to the app with a code, cookies kept.

import type { Person } from './person.ts';
import type { Slack } from './slack.ts';
import type { Enterprise } from './types.ts';

export interface VisitOptions {
  /** The team to install in; the person's own unless said otherwise. */
  readonly teamId?: string;
  /** Installs for the whole organisation. */
  readonly enterprise?: Enterprise;
  readonly deny?: boolean;
  /** Comes back with another state than it was given. */
  readonly state?: string;
  /** Comes back without the cookies of the first page, as another browser would. */
  readonly withoutCookies?: boolean;
}

export interface Visit {
  /** What Slack was asked for. */
  readonly asked: URLSearchParams;
  readonly redirect: string;
  readonly status: number;
  readonly location: string | null;
  readonly body: string;
}

/** The link that a page shows, where it does not redirect at once. */
function authorizeLink(page: string): string | null {
  const link = /href="([^"]*\/oauth\/v2\/authorize[^"]*)"/.exec(page)?.[1];
  return link ? link.replaceAll('&amp;', '&') : null;
}

export async function visitInstall(
  slack: Slack,
  url: string,
  person: Person,
  options: VisitOptions,
): Promise<Visit> {
  const first = await fetch(url, { redirect: 'manual' });
  const page = await first.text();
  const authorize = first.headers.get('location') ?? authorizeLink(page);
  if (!authorize) throw new Error(`the install page answers ${first.status} and leads nowhere: ${page}`);
  const asked = new URL(authorize).searchParams;
  if (asked.get('client_id') !== slack.options.clientId)
    throw new Error(`Slack knows no client ${asked.get('client_id')}`);
  const redirectUri = asked.get('redirect_uri');
  const back = new URL(redirectUri ?? new URL('/slack/oauth_redirect', url));
  const state = options.state ?? asked.get('state');
  if (state) back.searchParams.set('state', state);
  if (options.deny) back.searchParams.set('error', 'access_denied');
  else back.searchParams.set('code', granted(slack, person, asked, redirectUri, options));
  const cookies = first.headers.getSetCookie().map((each) => each.split(';')[0]!);
  const headers: Record<string, string> =
    cookies.length > 0 && !options.withoutCookies ? { cookie: cookies.join('; ') } : {};
  const last = await fetch(back, { redirect: 'manual', headers });
  return {
    asked,
    redirect: back.href,
    status: last.status,
    location: last.headers.get('location'),
    body: await last.text(),
  };
}

function granted(
  slack: Slack,
  person: Person,
  asked: URLSearchParams,
  redirectUri: string | null,
  options: VisitOptions,
): string {
  const code = `${slack.ids.number()}.${slack.ids.number()}.${slack.ids.secret()}`;
  const teamId = options.teamId ?? person.user.teamId;
  slack.grants.set(code, {
    teamId: options.enterprise ? null : teamId,
    enterpriseId: options.enterprise?.id ?? slack.world.enterpriseOf(teamId)?.id ?? null,
    userId: person.id,
    scopes: (asked.get('scope') ?? '').split(',').filter((each) => each !== ''),
    redirectUri,
    at: slack.clock.now(),
    used: false,
  });
  return code;
}
