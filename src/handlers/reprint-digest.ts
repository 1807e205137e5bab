// Shows a digest that was posted once more as its issue now stands, after words in it were erased or kept for long enough. No figure changes.
import type { LeasedWork } from '../ports/store/work.ts';
import { digestView } from '../views/digest.ts';
import type { Context } from './context.ts';
import { settleUpdate } from './sending.ts';

export async function reprintDigest(ctx: Context, work: LeasedWork): Promise<void> {
  const posted = await ctx.store.transaction(work.workspaceId, (tx) => tx.digests.posted(work.subjectId));
  const platform = posted && ctx.platforms.get(posted.schedule.platform);
  const outcome =
    posted && platform
      ? await platform.update(
          posted.schedule.installation,
          posted.ref,
          digestView(ctx.texts(posted.schedule.locale), posted.content, posted.schedule.id),
        )
      : null;
  await settleUpdate(ctx, work, outcome);
}
