// The page's addresses: the document, its assets, what people do, and the stream of what is new.
import { readFileSync } from 'node:fs';
import type { Id } from '../../src/domain/basics.ts';
import type { HttpMount } from '../../src/ports/http.ts';
import { type ActParts, acts } from './acts.ts';
import { assetPath } from './assets.ts';
import { document, inside, streamSchema } from './document.ts';
import { refuse, SECURITY_HEADERS } from './guard.ts';
import { INSTALLATION, TEAM_CHANNEL } from './inbound.ts';
import type { Live } from './live.ts';
import { renderMessage } from './page.ts';
import { plain, reply } from './respond.ts';
import { openStream } from './stream.ts';
import { pageTexts } from './texts.ts';

const ASSETS: Readonly<Record<string, string>> = {
  'page.css': 'text/css; charset=utf-8',
  'messages.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'messages.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

type RouteParts = ActParts & { readonly live: Live };

type Handle = (request: Request, url: URL) => Response | Promise<Response>;

export function webRoutes(parts: RouteParts): readonly HttpMount[] {
  const guarded = (handle: Handle) => async (request: Request) => {
    const reason = refuse(request);
    if (reason !== null) return plain(403, reason);
    return await handle(request, new URL(request.url));
  };
  const owned = (handle: (workspaceId: Id, request: Request, url: URL) => Response | Promise<Response>) =>
    guarded(async (request, url) => {
      const workspaceId = await parts.workspaceOf(INSTALLATION);
      return workspaceId === null
        ? plain(503, 'the page is not set up yet')
        : await handle(workspaceId, request, url);
    });
  return [
    { prefix: '/', handle: owned((id, request, url) => document(parts, id, request, url)) },
    {
      prefix: '/web/',
      handle: owned((id, request, url) => {
        if (url.pathname === '/web/events') return events(parts, id, request, url);
        const act = acts[url.pathname];
        if (!act) return plain(404, 'there is nothing here');
        return request.method === 'POST' ? act(parts, id, request) : plain(405, 'use POST');
      }),
    },
    { prefix: '/web/assets/', handle: guarded((_, url) => asset(url.pathname.slice('/web/assets/'.length))) },
  ];
}

/** Everything new in one conversation and in the team's channel, as server-sent events; a page that was away says where it stopped. */
async function events(parts: RouteParts, workspaceId: Id, request: Request, url: URL): Promise<Response> {
  const wish = streamSchema.safeParse({
    conversation: url.searchParams.get('conversation'),
    after: request.headers.get('last-event-id') || url.searchParams.get('after'),
  });
  if (!wish.success) return plain(400, 'name the conversation and the cursor');
  const t = pageTexts(url.searchParams.get('lang'), null);
  const [mine, team] = await Promise.all(
    [wish.data.conversation, TEAM_CHANNEL].map((name) => parts.mailbox.findThread(workspaceId, name)),
  );
  if (mine?.kind !== 'conversation') return plain(404, 'there is no such conversation');
  const panes = new Map([
    [mine.id, 'customer'],
    [team?.id, 'team'],
  ]);
  return openStream(request, SECURITY_HEADERS, (feeder) =>
    parts.live.follow(workspaceId, wish.data.after, {
      news(messages) {
        for (const message of messages) {
          const { id, change } = message;
          const pane = panes.get(message.threadId);
          if (pane)
            feeder.push(change, {
              pane,
              id,
              change,
              html: renderMessage(t, message, inside(parts, message)),
            });
        }
      },
      ended: feeder.end,
    }),
  );
}

function asset(name: string): Response {
  const type = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
  if (!type) return plain(404, 'there is nothing here');
  return reply(200, type, new Uint8Array(readFileSync(assetPath(name))), { 'cache-control': 'no-cache' });
}
