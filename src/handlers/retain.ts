// Keeps what customers wrote, and who they are, no longer than their workspace said. A run takes a bounded bite of it, and the next one goes on; several
// processes may run at once. Each run that changed something leaves one line in the trail, of counts alone.
import type { Id } from '../domain/basics.ts';
import { type RetentionPlan, retentionPlan } from '../domain/survey/retention.ts';
import type { DroppedWords } from '../ports/store/retention.ts';
import { trail } from './audit.ts';
import type { Context } from './context.ts';

const WORDS_AT_ONCE = 500;
const PEOPLE_AT_ONCE = 50;
/** Of one workspace in one run, so that others get their turn. */
const ROUNDS = 20;

/** True when there is more to do. */
export async function retain(ctx: Context): Promise<boolean> {
  let more = false;
  for (const { id, settings } of await ctx.store.admin.workspaces()) {
    const left = await inWorkspace(ctx, id, retentionPlan(settings.retention, ctx.clock.now()));
    more ||= left;
  }
  return more;
}

type Counts = DroppedWords & { readonly people: number };

async function inWorkspace(ctx: Context, workspaceId: Id, plan: RetentionPlan): Promise<boolean> {
  const { wordsBefore, quietBefore } = plan;
  const { retention } = ctx.store;
  const now = ctx.clock.now();
  let sum: Partial<Counts> = {};
  let words = wordsBefore !== null;
  let people = quietBefore !== null;
  try {
    for (let round = 0; round < ROUNDS && (words || people); round++) {
      if (words && wordsBefore !== null) {
        const done = await retention.dropWords(workspaceId, wordsBefore, now, WORDS_AT_ONCE);
        sum = added(sum, done.dropped);
        words = done.more;
      }
      if (people && quietBefore !== null) {
        const done = await retention.forgetQuiet(workspaceId, quietBefore, now, PEOPLE_AT_ONCE);
        sum = added(sum, { people: done.people });
        people = done.more;
      }
    }
  } finally {
    const told = Object.fromEntries(Object.entries(sum).filter(([, count]) => count > 0));
    if (Object.keys(told).length > 0)
      await trail(ctx, workspaceId, 'retention', 'retention.apply', 'what was kept for long enough', told);
  }
  return words || people;
}

function added(sum: Partial<Counts>, more: Partial<Counts>): Partial<Counts> {
  const names = Object.keys({ ...sum, ...more }) as (keyof Counts)[];
  return Object.fromEntries(names.map((name) => [name, (sum[name] ?? 0) + (more[name] ?? 0)]));
}
