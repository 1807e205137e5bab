// The helpdesk: tells of every interaction until it is acknowledged, and of some once more.
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../src/demo/random.ts';
import type { Book, Page, Taken } from './book.ts';
import type { Client } from './client.ts';

/** Tells of one. Resolves when it was acknowledged; false when the run was given up first. */
export async function tell(
  client: Client,
  book: Book,
  page: Page,
  random: Random,
  over: AbortSignal,
): Promise<boolean> {
  const { helped } = page;
  const body = {
    source: 'helpdesk',
    externalId: helped.externalId,
    person: helped.person,
    locale: helped.locale,
    closedBy: helped.eligible ? 'person' : 'inactivity',
    ...(helped.thread === null ? {} : { thread: helped.thread }),
    ...(helped.survey === null ? {} : { survey: helped.survey }),
  };
  let left = helped.redelivered ? 2 : 1;
  while (!over.aborted) {
    const reply = await client.ask('POST', '/api/v1/interactions', body);
    if (reply.kind === 'nothing') {
      await delay(random.between(200, 1_000));
      continue;
    }
    if (reply.status !== 202) {
      book.violations.push(`${helped.externalId}: ${reply.status} ${JSON.stringify(reply.body)}`);
      return false;
    }
    note(book, page, reply.body);
    left--;
    if (left === 0) return true;
    await delay(random.between(0, 3_000));
  }
  return false;
}

function note(book: Book, page: Page, body: Readonly<Record<string, unknown>>): void {
  const prompt = body['prompt'] as { id: string; state: string };
  const taken: Taken = {
    interactionId: String(body['interactionId']),
    promptId: prompt.id,
    state: prompt.state,
  };
  const before = page.taken;
  if (before && (before.interactionId !== taken.interactionId || before.promptId !== taken.promptId)) {
    book.violations.push(`${page.helped.externalId} was answered with two different prompts`);
  }
  page.taken = before ?? taken;
}
