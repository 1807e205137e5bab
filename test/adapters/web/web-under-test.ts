// The web page on a test's store, served over real HTTP, and a person who uses it as a browser does.
import { randomUUID } from 'node:crypto';
import { startHttp } from '../../../adapters/http/index.ts';
import type { Database } from '../../../adapters/postgres/database.ts';
import { createWeb, type Web } from '../../../adapters/web/index.ts';
import { encodeAction } from '../../../src/domain/command/action.ts';
import type { ChartRenderer } from '../../../src/ports/chart.ts';
import type { Destination } from '../../../src/ports/platform.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import type { Ack, PlatformUnderTest, Shown } from '../../contracts/platform.ts';
import { tagsOf, textOf } from '../../support/html.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { storeUnderTest } from '../postgres/store-under-test.ts';

/** A chart that says what it would draw. */
export const CHARTS: ChartRenderer = {
  svg: (_spec, { theme, form }) => `<svg role="img" aria-label="${theme} ${form}"></svg>`,
  png: async () => new Uint8Array(),
};

export interface WebUnderTest extends PlatformUnderTest {
  readonly web: Web;
  readonly url: string;
  readonly store: Store;
  readonly workspaceId: string;
  readonly lines: readonly { readonly message: string }[];
}

export async function webUnderTest(database: Database): Promise<WebUnderTest> {
  const { store, newWorkspace } = storeUnderTest(database);
  const workspaceId = await newWorkspace();
  const { log, lines } = recordedLog();
  const web = createWeb({
    mailbox: store.mailbox,
    workspaceOf: async (installation) => (installation === 'local' ? workspaceId : null),
    now: Date.now,
    charts: CHARTS,
    log,
  });
  const http = await startHttp({ host: '127.0.0.1', port: 0, mounts: web.mounts, log });
  const url = `http://127.0.0.1:${http.port}`;

  let last: () => Promise<Ack> = async () => ({ taken: false, reply: null });
  const post = (path: string, body: object): Promise<Ack> => {
    const text = JSON.stringify({ locale: 'en', ...body });
    last = async () => {
      const headers = { 'content-type': 'application/json', origin: url };
      const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: text });
      const answer = (await response.json()) as { html?: string };
      return { taken: response.ok, reply: answer.html === undefined ? null : textOf(answer.html) };
    };
    return last();
  };
  const open = async (address: string) => await (await fetch(`${url}${address}`)).text();
  /** Who has which conversation. */
  const owners = new Map<string, string>();

  return {
    platform: web.platform,
    installation: 'local',
    stranger: 'elsewhere',
    web,
    url,
    store,
    workspaceId,
    lines,
    person: async () => `ann ${randomUUID()}`,
    async thread(customer) {
      const thread = `talk-${randomUUID()}`;
      owners.set(thread, customer);
      await open(`/?${new URLSearchParams({ c: thread, who: customer })}`);
      return { kind: 'thread', channel: '', thread };
    },
    channel: async () => ({ kind: 'channel', channel: 'team' }),
    async shown(where: Destination) {
      const who =
        where.kind === 'person'
          ? where.externalId
          : where.kind === 'thread'
            ? owners.get(where.thread)!
            : 'x';
      const c = where.kind === 'thread' ? { c: where.thread } : {};
      const html = await open(`/?${new URLSearchParams({ who, ...c })}`);
      return messagesIn(html, where.kind === 'channel' ? 'team' : 'customer');
    },
    people: {
      press: ({ by, at, action, values }) =>
        post('/web/actions', {
          action: encodeAction(action),
          message: at.message,
          person: by,
          values: values ?? null,
        }),
      say: (by, { thread }, text) =>
        post('/web/messages', { conversation: thread, person: by, text, key: randomUUID() }),
      command: (by, where, text) =>
        by === null || where.kind !== 'thread'
          ? post('/web/commands', { text: `/nps ${text}`, key: randomUUID() })
          : post('/web/messages', {
              conversation: where.thread,
              person: by,
              text: `/nps ${text}`,
              key: randomUUID(),
            }),
      close: (customer, { thread }) =>
        post('/web/close', { conversation: thread, person: customer, atOnce: true, key: randomUUID() }),
      again: () => last(),
    },
    async dispose() {
      await web.platform.stop();
      await http.close(0);
    },
  };
}

/** The messages of a pane that are ours, out of the page as it is served. */
function messagesIn(html: string, pane: 'customer' | 'team'): readonly Shown[] {
  const start = html.indexOf(`<div class="messages" id="${pane}"`);
  const inside = html.slice(html.indexOf('>', start) + 1, html.indexOf('<div class="foot">', start));
  return (inside.match(/<article class="message bot"[\s\S]*?<\/article>/g) ?? []).map((article) => {
    const tags = tagsOf(article);
    return {
      message: tags[0]!.attributes['data-id']!,
      text: textOf(article),
      actions: tags.flatMap((tag) => tag.attributes['data-action'] ?? []),
      alive: aliveIn(article),
    };
  });
}

const TAGS =
  'article p span time div h3 strong bdi blockquote footer dl dt dd ul li button form label textarea input figure svg hr'.split(
    ' ',
  );
const ATTRIBUTES =
  'class id data-id data-change data-action data-initial tabindex aria-label aria-pressed aria-hidden datetime dir lang role type name value maxlength rows required'.split(
    ' ',
  );

/** Whatever is in a message that the page does not write by itself. */
export function aliveIn(html: string): readonly string[] {
  return tagsOf(html).flatMap(({ name, attributes }) => [
    ...(TAGS.includes(name) ? [] : [`<${name}>`]),
    ...Object.keys(attributes).flatMap((attribute) =>
      ATTRIBUTES.includes(attribute) ? [] : [`<${name} ${attribute}>`],
    ),
  ]);
}
