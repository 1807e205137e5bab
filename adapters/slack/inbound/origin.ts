// Where somebody acted, so that what came of it is shown there: a message, an ephemeral one, the home tab. A form carries it along as its metadata.
import { z } from 'zod';
import { id, maybe, ts } from './fields.ts';

export interface Origin {
  /** The installation that a form was opened for; null: the payload tells. */
  readonly installation: string | null;
  readonly responseUrl: string | null;
  readonly channel: string | null;
  /** The `ts` of the message that was acted on. */
  readonly message: string | null;
  /** The thread that it stands in. */
  readonly thread: string | null;
  /** Only whoever acted sees it. */
  readonly ephemeral: boolean;
  /** It was on the home tab. */
  readonly home: boolean;
}

const NOWHERE: Origin = {
  installation: null,
  responseUrl: null,
  channel: null,
  message: null,
  thread: null,
  ephemeral: false,
  home: false,
};

/** What Slack carries for a form. */
const LONGEST = 3_000;

const written = z.object({
  installation: maybe(id),
  responseUrl: maybe(z.url({ protocol: /^https?$/u })),
  channel: maybe(id),
  message: maybe(ts),
  thread: maybe(ts),
  ephemeral: z.boolean().catch(false),
  home: z.boolean().catch(false),
});

export function writeOrigin(origin: Origin): string {
  const all = JSON.stringify(origin);
  return all.length <= LONGEST ? all : JSON.stringify({ ...origin, responseUrl: null });
}

export function readOrigin(metadata: string | null | undefined): Origin {
  let parsed: unknown;
  try {
    parsed = JSON.parse(metadata || 'null');
  } catch {
    return NOWHERE;
  }
  const read = written.safeParse(parsed);
  if (!read.success) return NOWHERE;
  const { data } = read;
  return {
    installation: data.installation ?? null,
    responseUrl: data.responseUrl ?? null,
    channel: data.channel ?? null,
    message: data.message ?? null,
    thread: data.thread ?? null,
    ephemeral: data.ephemeral,
    home: data.home,
  };
}
