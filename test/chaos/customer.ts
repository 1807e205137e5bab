// A customer: waits for the question, answers, perhaps changes their mind; presses again when it did not work, unless they have had enough.
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../src/demo/random.ts';
import type { Book, Page, Said } from './book.ts';
import type { Client } from './client.ts';

const FIRST_LOOK = 1_000;
const LATEST_LOOK = 8_000;

/** Resolves when this customer has said everything; gives up when the run does. */
export async function respond(
  client: Client,
  book: Book,
  page: Page,
  random: Random,
  over: AbortSignal,
): Promise<void> {
  const { helped, taken } = page;
  if (!helped.eligible || taken === null || helped.sayings.length === 0) return;
  const token = await invitation(client, book, taken.promptId, over);
  if (token === null) return;
  for (const saying of helped.sayings) {
    await delay(saying.after);
    const said: Said = { saying, acknowledged: false };
    page.said.push(said);
    const { score, verbatim } = saying;
    for (let tries = 0; tries < saying.patience && !over.aborted && !said.acknowledged; tries++) {
      if (tries > 0) await delay(random.between(200, 1_200));
      const path = `/api/v1/prompts/${taken.promptId}/answers`;
      const reply = await client.ask('POST', path, { score, verbatim }, token);
      if (reply.kind === 'nothing') continue;
      said.acknowledged = reply.status === 200;
      if (reply.status === 200) continue;
      book.violations.push(
        `an answer to ${helped.externalId}: ${reply.status} ${JSON.stringify(reply.body)}`,
      );
      return;
    }
  }
}

/** The token that came with the question; null when the run ended first. */
async function invitation(
  client: Client,
  book: Book,
  promptId: string,
  over: AbortSignal,
): Promise<string | null> {
  for (let wait = FIRST_LOOK; !over.aborted; wait = Math.min(wait * 1.6, LATEST_LOOK)) {
    await delay(wait);
    const reply = await client.ask('GET', `/api/v1/prompts/${promptId}`);
    if (reply.kind === 'nothing') continue;
    if (reply.status !== 200) {
      book.violations.push(
        `prompt ${promptId}, once acknowledged: ${reply.status} ${JSON.stringify(reply.body)}`,
      );
      return null;
    }
    const { state, answerToken } = reply.body;
    if (typeof answerToken === 'string') return answerToken;
    if (state === 'scheduled' || state === 'sending') continue;
    book.violations.push(`prompt ${promptId} became ${String(state)}`);
    return null;
  }
  return null;
}
