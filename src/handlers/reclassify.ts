// Has stored answers read again by the classifier of today. Stopped or killed at any moment, it goes on where it was when it is run again; where nothing
// is left to read, nothing happens.
import type { Id } from '../domain/basics.ts';
import type { ReadingFilter, Words } from '../ports/store/readings.ts';
import type { Context } from './context.ts';
import { classifierOf } from './reading.ts';

export interface Reclassifying {
  readonly filter: ReadingFilter;
  onProgress(so: Reclassified, total: number): void;
  /** Stops after the batch in hand. */
  readonly signal: AbortSignal;
}

export interface Reclassified {
  /** The version that read them. */
  readonly classifier: string;
  readonly read: number;
  /** How many of those say something else now. */
  readonly changed: number;
}

export async function reclassify(
  ctx: Pick<Context, 'store' | 'classify' | 'clock' | 'directory'>,
  workspaceId: Id,
  { filter, onProgress, signal }: Reclassifying,
): Promise<Reclassified> {
  const { readings } = ctx.store;
  const { workspace } = await ctx.directory.of(workspaceId);
  const classify = classifierOf(ctx, workspace.settings);
  const read = (words: Words) => classify(words);
  const { classifier } = classify({ survey: 'nps', score: null, text: null, locale: null });
  const total = await readings.unread(workspaceId, classifier, filter);
  const so = { classifier, read: 0, changed: 0 };
  // Those that others have in hand are left to them, and looked at in the end: they may have been edited, or their reader killed.
  for (const patient of [false, true]) {
    let after: Id | null = null;
    do {
      if (signal.aborted) return so;
      const work = { ...filter, classifier, after, patient, read };
      const again = await readings.readNext(workspaceId, work, ctx.clock.now());
      so.read += again.read;
      so.changed += again.changed;
      after = again.last;
      onProgress(so, total);
    } while (after !== null);
  }
  return so;
}
