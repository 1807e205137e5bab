// What everything that comes in needs: who acted, whose conversation it is, and the way to the handlers.
import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, SECOND } from '../../../src/domain/basics.ts';
import type { Inbound, InboundEvent, InboundOutcome } from '../../../src/ports/platform.ts';
import type { Background } from '../../shared/background.ts';
import type { DiscordApi, DiscordParts, Members } from '../parts.ts';
import type { People } from '../people.ts';
import type { Show } from '../show.ts';
import type { Triggers } from '../trigger.ts';

export interface Intake {
  readonly parts: Pick<DiscordParts, 'conversations' | 'now' | 'log'>;
  readonly api: DiscordApi;
  readonly members: Members;
  readonly people: People;
  readonly triggers: Triggers;
  readonly show: Show;
  readonly background: Background;
  /** Who began a thread; null where that is not known. */
  ownerOf(thread: string): Promise<string | null>;
  /** The channel that a thread belongs to; null where it is no thread, or that cannot be told now. */
  parentOf(thread: string): Promise<string | null>;
  /** Once: whoever waits is told that it failed, and can do it again. */
  hand(event: InboundEvent): Promise<InboundOutcome>;
  /** The gateway tells everything once: what could not be made durable is tried again for a while. */
  handSurely(event: InboundEvent): Promise<InboundOutcome>;
}

const PAUSES: readonly Duration[] = [0.5, 2, 6, 15, 30].map((seconds) => seconds * SECOND);

export function createHand(
  inbound: () => Inbound | null,
  signal: AbortSignal,
  { log }: Pick<DiscordParts, 'log'>,
): Pick<Intake, 'hand' | 'handSurely'> {
  const hand: Intake['hand'] = async (event) => {
    const handler = inbound();
    if (!handler) throw new Error('nothing is taken in');
    const outcome = await handler(event);
    if (outcome.kind === 'ignored') log.debug({ event: event.kind, reason: outcome.reason }, 'ignored');
    return outcome;
  };
  return {
    hand,
    async handSurely(event) {
      for (const pause of PAUSES) {
        const outcome = await hand(event);
        if (outcome.kind !== 'failed' || signal.aborted) return outcome;
        await delay(pause, undefined, { signal }).catch(() => undefined);
      }
      const outcome = await hand(event);
      if (outcome.kind === 'failed') log.error({ event: event.kind }, 'an event was given up');
      return outcome;
    },
  };
}
