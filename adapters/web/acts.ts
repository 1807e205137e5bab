// What people do on the page: each act goes through the platform's one door, and its answer waits for what came of it.
import { randomUUID } from 'node:crypto';
import type { Id } from '../../src/domain/basics.ts';
import type { ChartRenderer } from '../../src/ports/chart.ts';
import type { MailThread } from '../../src/ports/mailbox.ts';
import type { InboundOutcome } from '../../src/ports/platform.ts';
import type { View } from '../../src/views/view.ts';
import { inside } from './document.ts';
import * as parse from './inbound.ts';
import { renderMessage, renderWhisper } from './page.ts';
import type { PageTexts } from './page-texts.ts';
import type { WebParts, WebPlatform } from './platform.ts';
import { renderView } from './render.ts';
import { json, plain, readBody } from './respond.ts';
import { pageTexts } from './texts.ts';

export interface ActParts extends WebParts {
  readonly platform: WebPlatform;
  readonly charts: ChartRenderer;
}

type Act = (parts: ActParts, workspaceId: Id, request: Request) => Promise<Response>;

export const acts: Readonly<Record<string, Act>> = {
  '/web/messages': say,
  '/web/close': close,
  '/web/actions': press,
  '/web/commands': command,
};

/**
 * What the page is told. `kind` is what came of the act: `settled` (the message now says something else), `inline` (shown within the message,
 * to this page alone, until it is settled or taken back), `whisper` (a message to this page alone) or `silent`. Beside 200 the act must be done
 * again.
 */
type Answer = (
  | { readonly kind: 'settled' | 'whisper'; readonly id: string; readonly change: number }
  | { readonly kind: 'inline' }
) & { readonly html: string; readonly heard: string };

const SILENT = { kind: 'silent' } as const;

async function say(parts: ActParts, workspaceId: Id, request: Request): Promise<Response> {
  const input = await readBody(request, parse.messageSchema);
  if (!input) return plain(400, 'this is not a message');
  const event = parse.said(input, parts.now());
  if (event.kind === 'message') {
    const thread = await conversationOf(parts, workspaceId, input);
    if (thread === null) return plain(409, 'this conversation is another customer’s');
    const author = { kind: 'customer', externalId: input.person } as const;
    const body = { kind: 'text', text: input.text } as const;
    await parts.mailbox.post(
      workspaceId,
      { threadId: thread.id, author, body, key: `say-${input.key}` },
      parts.now(),
    );
  }
  const outcome = await parts.platform.take(event);
  // A typed answer changes the question's own message; that is answer enough, but it is said aloud.
  if (event.kind === 'message' && outcome?.kind === 'done')
    return json(200, { ...SILENT, heard: outcome.reply?.summary ?? null });
  return whispered(parts, pageTexts(input.locale, null), outcome, input.text);
}

async function close(parts: ActParts, workspaceId: Id, request: Request): Promise<Response> {
  const input = await readBody(request, parse.closeSchema);
  if (!input) return plain(400, 'this is not a conversation');
  const t = pageTexts(input.locale, null);
  const thread = await conversationOf(parts, workspaceId, input);
  if (thread === null) return plain(409, 'this conversation is another customer’s');
  const said = { kind: 'text', text: [t.closed], tone: 'muted' } as const;
  const note: View = { summary: t.closed, locale: t.lang, blocks: [said] };
  await parts.mailbox.post(
    workspaceId,
    {
      threadId: thread.id,
      author: { kind: 'team', externalId: parse.AGENT },
      body: { kind: 'view', view: note },
      key: `close-${input.key}`,
    },
    parts.now(),
  );
  return whispered(parts, t, await parts.platform.take(parse.closed(input, parts.now())), null);
}

async function press(parts: ActParts, workspaceId: Id, request: Request): Promise<Response> {
  const input = await readBody(request, parse.actionSchema);
  const event = input && parse.pressed(input, parts.now());
  if (!input || !event) return plain(400, 'this is not a button of ours');
  const t = pageTexts(input.locale, null);
  const outcome = await parts.platform.take(event);
  if (outcome?.kind !== 'done') return whispered(parts, t, outcome, null);
  // What changed for everybody is kept; a form or a scale shown again is for this page alone. The conversation is its customer's: they see the reply.
  const shown = input.person === null ? outcome.shared : outcome.reply;
  if (outcome.shared === null || shown === null) {
    const view = outcome.reply;
    return json(
      200,
      view ? { kind: 'inline', html: renderView(view, parts.charts), heard: view.summary } : SILENT,
    );
  }
  return json(200, await settled(parts, workspaceId, t, input.message, shown));
}

async function command(parts: ActParts, _workspaceId: Id, request: Request): Promise<Response> {
  const input = await readBody(request, parse.commandSchema);
  if (!input) return plain(400, 'this is not a command');
  const outcome = await parts.platform.take(parse.commanded(input, parts.now()));
  return whispered(parts, pageTexts(input.locale, null), outcome, input.text);
}

/** The customer's conversation, made where it is not there; null when the name is another's or a channel's. */
async function conversationOf(
  parts: ActParts,
  workspaceId: Id,
  { conversation, person }: { readonly conversation: string; readonly person: string },
): Promise<MailThread | null> {
  const wish = { kind: 'conversation', name: conversation, person } as const;
  const thread = await parts.mailbox.openThread(workspaceId, wish, parts.now());
  const theirs = thread.kind === 'conversation' && (thread.person === null || thread.person === person);
  return theirs ? thread : null;
}

/** A message of ours says something else; one that only this page had (a whisper) is not in the store. */
async function settled(
  parts: ActParts,
  workspaceId: Id,
  t: PageTexts,
  messageId: Id,
  view: View,
): Promise<Answer> {
  const message = await parts.mailbox.replace(workspaceId, messageId, { kind: 'view', view });
  const whisper = { id: messageId, at: parts.now(), view, asked: null };
  const html = message
    ? renderMessage(t, message, inside(parts, message))
    : renderWhisper(t, whisper, renderView(view, parts.charts));
  return { kind: 'settled', id: messageId, change: message?.change ?? 0, html, heard: view.summary };
}

/** The answer to whoever acted, seen by nobody else. Not taken, or not made durable, is 503: the page says so, and it can be done again. */
function whispered(
  parts: ActParts,
  t: PageTexts,
  outcome: InboundOutcome | null,
  asked: string | null,
): Response {
  if (outcome === null) return json(503, SILENT);
  const view = outcome.kind === 'ignored' ? null : outcome.reply;
  const status = outcome.kind === 'failed' ? 503 : 200;
  if (view === null) return json(status, SILENT);
  const whisper = { id: randomUUID(), at: parts.now(), view, asked };
  const html = renderWhisper(t, whisper, renderView(view, parts.charts));
  const answer: Answer = { kind: 'whisper', id: whisper.id, change: 0, html, heard: view.summary };
  return json(status, answer);
}
