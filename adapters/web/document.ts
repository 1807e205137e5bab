// The document: one conversation and the team's channel. Its address says whose conversation it is, so that a page opened again shows the same.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Id } from '../../src/domain/basics.ts';
import type { ChartRenderer } from '../../src/ports/chart.ts';
import type { MailMessage, MailThread } from '../../src/ports/mailbox.ts';
import { AGENT, addressSchema, TEAM_CHANNEL } from './inbound.ts';
import { renderMessage, renderPage } from './page.ts';
import type { PageTexts } from './page-texts.ts';
import type { WebParts } from './platform.ts';
import { renderView, renderWords } from './render.ts';
import { html, plain, redirect } from './respond.ts';
import { pageTexts } from './texts.ts';

/** The newest messages of each pane. */
const SHOWN = 200;

type Parts = WebParts & { readonly charts: ChartRenderer };

export async function document(parts: Parts, workspaceId: Id, request: Request, url: URL): Promise<Response> {
  if (url.pathname !== '/') return plain(404, 'there is nothing here');
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'use GET');
  const t = pageTexts(url.searchParams.get('lang'), request.headers.get('accept-language'));
  const named = addressSchema.safeParse({
    conversation: url.searchParams.get('c'),
    person: url.searchParams.get('who'),
  });
  const thread = named.success
    ? await openConversation(parts, workspaceId, named.data.conversation, named.data.person, t)
    : null;
  if (!named.success || thread === null)
    return redirect(await addressFor(parts, workspaceId, url.searchParams.get('who'), t));
  const { conversation, person } = named.data;
  const channel = await parts.mailbox.openThread(
    workspaceId,
    { kind: 'channel', name: TEAM_CHANNEL, person: null },
    parts.now(),
  );
  // The cursor is read before the messages: what comes in between comes again, and is known by its id.
  const cursor = await parts.mailbox.cursor(workspaceId);
  const [customer, team] = await Promise.all(
    [thread, channel].map(async ({ id }) =>
      (await parts.mailbox.read(workspaceId, id, SHOWN))
        .map((message) => renderMessage(t, message, inside(parts, message)))
        .join(''),
    ),
  );
  return html(renderPage(t, { conversation, person, cursor, customer: customer ?? '', team: team ?? '' }));
}

/** The inside of a message: words as they were typed, or what the product shows. */
export function inside(parts: Pick<Parts, 'charts'>, { body }: Pick<MailMessage, 'body'>): string {
  return body.kind === 'text' ? renderWords(body.text) : renderView(body.view, parts.charts);
}

/** Every visitor is a customer of their own; somebody who is named but names no conversation is shown their newest. */
async function addressFor(parts: Parts, workspaceId: Id, who: string | null, t: PageTexts): Promise<string> {
  const id = randomUUID();
  const person = addressSchema.shape.person.safeParse(who);
  const known = person.success ? await parts.mailbox.threadOf(workspaceId, person.data) : null;
  const address = new URLSearchParams({
    lang: t.lang,
    c: known?.name ?? `c-${id.slice(0, 13)}`,
    who: person.success ? person.data : `guest-${id.slice(0, 6)}`,
  });
  return `/?${address}`;
}

/** The person's conversation, with a greeting when it is new; null when the name is another's or a channel's. */
async function openConversation(
  parts: Parts,
  workspaceId: Id,
  name: string,
  person: string,
  t: PageTexts,
): Promise<MailThread | null> {
  const { mailbox, now } = parts;
  const thread = await mailbox.openThread(workspaceId, { kind: 'conversation', name, person }, now());
  if (thread.kind !== 'conversation' || (thread.person !== null && thread.person !== person)) return null;
  const author = { kind: 'team', externalId: AGENT } as const;
  const body = { kind: 'text', text: t.greeting } as const;
  if ((await mailbox.read(workspaceId, thread.id, 1)).length === 0)
    await mailbox.post(workspaceId, { threadId: thread.id, author, body, key: `hello-${thread.id}` }, now());
  return thread;
}

/** What the address of the stream must say. */
export const streamSchema = z.object({
  conversation: addressSchema.shape.conversation,
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
});
