// How often a larger model is called: one call at once, so that a slow one does not keep this process from its other work, and so many a day a workspace.
import { DAY, type Duration, HOUR, type Id } from '../domain/basics.ts';
import type { LargerModel, Silence } from '../ports/larger-model.ts';
import type { Context } from './context.ts';

const CALLS_AT_ONCE = 1;

const calls = new WeakMap<LargerModel, number>();

/** A turn to call, to be given back by calling it; null while others have theirs. */
export function takeTurn(larger: LargerModel): (() => void) | null {
  const before = calls.get(larger) ?? 0;
  if (before >= CALLS_AT_ONCE) return null;
  calls.set(larger, before + 1);
  return () => calls.set(larger, (calls.get(larger) ?? 1) - 1);
}

/** One name for all workspaces: the endpoint is one, and says for all of them when it has enough. */
const ENDPOINT = 'larger model';

/** Takes one call of the workspace's; so that in no 24 hours more than `callsADay` are made: half at once, half by and by. */
export function takeCall({ store }: Pick<Context, 'store'>, { callsADay }: LargerModel, workspaceId: Id) {
  const burst = Math.max(1, Math.ceil(callsADay / 2));
  const interval = DAY / Math.max(1, callsADay - burst);
  const rates = [
    { name: ENDPOINT, interval: 1, burst: 1_000 },
    { name: `${ENDPOINT} ${workspaceId}`, interval, burst },
  ];
  return store.budget.take(rates, 0);
}

/** Nobody calls while the endpoint wishes for a pause. Answers with its length. */
export async function restAfter({ store }: Pick<Context, 'store'>, silence: Silence): Promise<Duration> {
  const pause = silence.kind === 'away' ? Math.min(silence.retryAfter ?? 0, HOUR) : 0;
  if (pause > 0) await store.budget.pause(ENDPOINT, pause);
  return pause;
}
