// What every kind of delivery needs: whose it is, and the way to the handlers.
import { type Duration, SECOND } from '../../../src/domain/basics.ts';
import type { DeskOf } from '../../../src/ports/desk.ts';
import type { Log } from '../../../src/ports/log.ts';
import type { Inbound, InboundEvent, InboundOutcome } from '../../../src/ports/platform.ts';
import type { Background } from '../../shared/background.ts';
import { within } from '../../shared/within.ts';
import type { Context } from '../inbound/context.ts';
import { installationsOf } from '../inbound/installation.ts';
import type { SlackApi, SlackParts } from '../parts.ts';
import type { People, Where } from '../people.ts';
import type { Show } from '../show.ts';
import type { Triggers } from '../trigger.ts';
import type { Delivery } from './delivery.ts';

export interface Intake {
  readonly parts: Pick<SlackParts, 'conversations' | 'log'>;
  readonly api: SlackApi;
  readonly people: People;
  readonly triggers: Triggers;
  readonly show: Show;
  readonly background: Background;
  /**
   * Null: no workspace owns any of the installations that it may be for, `first` (which a form says it was opened for) before all others. Throws
   * when the store is away.
   */
  locate(delivery: Delivery, first?: string | null): Promise<Where | null>;
  hand(event: InboundEvent): Promise<InboundOutcome>;
}

/** The store answers out of its memory, or not at all. */
const LOCATING: Duration = 1 * SECOND;

/** `only`: where there can be but one installation, what names none is for that; null: there may be others, or it is not known yet. */
export function createLocate(deskOf: DeskOf, only: () => string | null): Intake['locate'] {
  return async ({ body }, first = null) => {
    const named = candidates(body, first);
    const sole = only();
    for (const installation of named.length === 0 && sole !== null ? [sole] : named) {
      const desk = await within(
        LOCATING,
        deskOf(installation).then((desk) => ({ desk })),
      );
      if (desk === null) throw new Error('the store does not say in time whose installation it is');
      if (desk.desk !== null) return { installation, desk: desk.desk };
    }
    return null;
  };
}

/** Where a store that is away leaves open whose it is, the handlers say that it could not be done. */
export async function locateAnyway(
  intake: Intake,
  delivery: Delivery,
  first: string | null = null,
): Promise<Where | null> {
  try {
    return await intake.locate(delivery, first);
  } catch {
    const [installation] = candidates(delivery.body, first);
    return installation === undefined ? null : { installation, desk: null };
  }
}

function candidates(body: unknown, first: string | null): readonly string[] {
  const others = installationsOf(body);
  return first === null ? others : [first, ...others.filter((other) => other !== first)];
}

export function contextOf({ installation }: Where, { receivedAt }: Delivery): Context {
  return { installation, receivedAt };
}

export function createHand(inbound: () => Inbound | null, log: Log): Intake['hand'] {
  return async (event) => {
    const handler = inbound();
    if (!handler) throw new Error('nothing is taken in');
    const outcome = await handler(event);
    if (outcome.kind === 'ignored') log.debug({ event: event.kind, reason: outcome.reason }, 'ignored');
    return outcome;
  };
}
