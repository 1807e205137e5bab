// Exactly one of all processes holds the gateway: whoever has the lease, for as long as they renew it. When its holder dies another has it within
// fifteen seconds; whoever cannot renew it lets go before another may take it.
import { type Duration, type Id, type Instant, SECOND } from '../../../src/domain/basics.ts';
import type { Log } from '../../../src/ports/log.ts';
import { within } from '../../shared/within.ts';
import type { DiscordParts } from '../parts.ts';

export interface OwnerParts {
  readonly leases: DiscordParts['leases'];
  readonly holder: Id;
  readonly now: () => Instant;
  readonly log: Log;
  /** Whether this process can hold it at all: with a token that Discord refused it cannot. */
  readonly isWilling: () => boolean;
  readonly onTaken: () => void;
  readonly onLost: () => void;
}

export interface Owner {
  /** Takes, renews or loses it; `start` does that every few seconds. */
  tick(): Promise<void>;
  start(): Promise<void>;
  /** Ours at this moment: also where a long pause of the process kept it from renewing. */
  holds(): boolean;
  /** Gives it back. */
  stop(): Promise<void>;
}

const LEASE_NAME = 'discord-gateway';
export const RENEW_EVERY: Duration = 2.5 * SECOND;
/** Together with one renewal and the time to connect it is below fifteen seconds. */
const LEASE: Duration = 9 * SECOND;
/** So long before its end it is given up: clocks differ, and closing takes a moment. */
const MARGIN: Duration = 1.5 * SECOND;
const ANSWER: Duration = 2 * SECOND;
/** What the last word to a store gets that may be away. */
const GOODBYE: Duration = 0.5 * SECOND;

export function createOwner(parts: OwnerParts): Owner {
  const { leases, holder, now, log, isWilling, onTaken, onLost } = parts;
  let until: Instant | null = null;
  let ticking: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const lose = (why: string) => {
    until = null;
    log.warn({ why }, 'this process no longer holds the gateway to Discord');
    onLost();
  };
  const giveBack = async () => {
    await within(GOODBYE, leases.disown(LEASE_NAME, holder)).catch(() => undefined);
  };
  const renew = async () => {
    if (!isWilling()) {
      if (until === null) return;
      lose('it cannot use it');
      return await giveBack();
    }
    if (until !== null && now() >= until - MARGIN) lose('it was not renewed in time');
    const at = now();
    const owned = await within(ANSWER, leases.own(LEASE_NAME, holder, at, at + LEASE)).catch((error) => {
      log.warn({ error: String(error).slice(0, 300) }, 'the lease of the gateway could not be renewed');
      return null;
    });
    if (stopped) return;
    if (owned === false && until !== null) lose('another process has it');
    if (owned !== true) return;
    const isNew = until === null;
    until = at + LEASE;
    if (isNew) onTaken();
  };
  const tick = async () => {
    ticking ??= renew().finally(() => {
      ticking = null;
    });
    await ticking;
  };

  return {
    tick,
    holds: () => until !== null && now() < until,

    async start() {
      timer = setInterval(() => void tick(), RENEW_EVERY);
      await tick();
    },

    async stop() {
      stopped = true;
      clearInterval(timer);
      await within(GOODBYE, ticking ?? Promise.resolve()).catch(() => undefined);
      until = null;
      await giveBack();
    },
  };
}
