// The one answer of an interaction, given by a call where it came through the gateway: within three seconds, and once, whatever happens on the way.
import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, type Instant, SECOND } from '../../../src/domain/basics.ts';
import type { Origin } from '../inbound/interaction.ts';
import type { DiscordApi, DiscordParts } from '../parts.ts';
import type { Callback } from '../show.ts';

export type Answered =
  /** Discord has it, from us. */
  | 'given'
  /** Somebody else answered it: another process, or an earlier delivery. */
  | 'elsewhere'
  /** Discord no longer waits for one. */
  | 'late'
  /** Discord does not take this one; another it may. */
  | 'refused';

export type Answer = (callback: Callback) => Promise<Answered>;

/** Discord waits for three. */
const WAITING: Duration = 2.9 * SECOND;
/** An answer that does not come is asked for once more: a second one of the same is refused. A pause of a second fits in. */
const CALLING: Duration = 1.4 * SECOND;
const PAUSE: Duration = 60;

const ALREADY = 40060;

export function answerByCall(
  { now, log }: Pick<DiscordParts, 'now' | 'log'>,
  api: DiscordApi,
  { interaction, token }: Origin,
  receivedAt: Instant,
): Answer {
  return async (callback) => {
    let isUnsure = false;
    for (;;) {
      const left = receivedAt + WAITING - now();
      if (left <= 0) return isUnsure ? 'given' : 'late';
      const called = await api.call('POST', `/interactions/${interaction}/${token}/callback`, {
        body: callback,
        auth: false,
        timeout: Math.min(CALLING, left),
      });
      if (called.kind === 'ok') return 'given';
      if (called.kind === 'unknown') isUnsure = true;
      else if (called.code === ALREADY) return isUnsure ? 'given' : 'elsewhere';
      else if (called.status === 404) return 'late';
      else if (called.status !== 429 && called.status !== 0) {
        log.error(
          { code: called.code, detail: called.detail, type: callback.type },
          'Discord does not take an answer',
        );
        return 'refused';
      }
      const wait = (called.kind === 'refused' ? called.retryAfter : null) ?? PAUSE;
      if (wait < left) await delay(wait);
      else return isUnsure ? 'given' : 'late';
    }
  };
}
