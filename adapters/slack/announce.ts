// The workspace of a configured token makes itself known when the program starts, as soon as Slack says whose token it is. Nobody waits for that.
import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, type Instant, MINUTE, SECOND } from '../../src/domain/basics.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Inbound } from '../../src/ports/platform.ts';
import { type OwnSlackApi, TOKEN_ERRORS } from './api/index.ts';

export interface AnnounceParts {
  readonly api: Pick<OwnSlackApi, 'introduce'>;
  readonly now: () => Instant;
  readonly log: Log;
}

const FIRST_PAUSE: Duration = SECOND;
const LONGEST_PAUSE: Duration = MINUTE;

/** Tries until it is known, or `signal` ends it. Never fails. */
export async function announce(
  { api, now, log }: AnnounceParts,
  inbound: Inbound,
  signal: AbortSignal,
): Promise<void> {
  const ended = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null)));
  let told: string | null = null;
  for (let pause = FIRST_PAUSE; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    const problem = await introduce().catch((error: unknown) => String(error));
    if (problem === null) return;
    if (problem !== told)
      log.warn({ problem }, 'Slack does not say yet which workspace SLACK_BOT_TOKEN belongs to');
    told = problem;
    await delay(pause, undefined, { signal }).catch(() => undefined);
  }

  /** Null: done. */
  async function introduce(): Promise<string | null> {
    // Whatever was removed before we asked was removed before this installation.
    const asked = now();
    const called = await Promise.race([api.introduce(), ended]);
    if (called === null) return null;
    if (called.kind === 'unknown') return called.detail;
    if (called.kind === 'refused')
      return TOKEN_ERRORS.has(called.error)
        ? `${called.error}: copy the Bot User OAuth Token again, from the app's settings`
        : called.error;
    const { installation, name } = called.body;
    if (installation === '') return 'the answer names no workspace';
    const outcome = await inbound({
      kind: 'installed',
      eventId: null,
      receivedAt: now(),
      at: { platform: 'slack', installation },
      name: name || installation,
      installer: null,
      credentials: null,
      installedAt: asked,
    });
    if (outcome.kind === 'failed') return 'our own store could not be reached';
    log.info({ installation, name }, 'serves this Slack workspace');
    return null;
  }
}
