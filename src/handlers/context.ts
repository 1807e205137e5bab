// What every handler is given: the ports, and what this installation of the product was told.
import type { Id } from '../domain/basics.ts';
import type { Classifier } from '../domain/classification/classify.ts';
import type { Clock } from '../ports/clock.ts';
import type { Codes } from '../ports/codes.ts';
import type { Ids } from '../ports/ids.ts';
import type { LargerModel } from '../ports/larger-model.ts';
import type { Log } from '../ports/log.ts';
import type { Platform } from '../ports/platform.ts';
import type { Queue } from '../ports/queue.ts';
import type { Store } from '../ports/store/index.ts';
import type { Texts } from '../views/text.ts';
import type { RecordOne } from './answer.ts';
import type { Directory } from './directory.ts';

export type Classify = Classifier;

export interface Context {
  readonly store: Store;
  readonly queue: Pick<Queue, 'wake'>;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly codes: Codes;
  readonly log: Log;
  readonly texts: Texts;
  readonly classify: Classify;
  /** What may be asked where `classify` is not sure; null: nothing. */
  readonly larger: LargerModel | null;
  readonly directory: Directory;
  /** Records an answer, together with others that come in at the same time. */
  readonly record: RecordOne;
}

/**
 * Work that just committed: the queue is told, and nobody waits for that. Whoever is to be acknowledged has their answer on record already, and
 * a queue that is away would keep them waiting; when it cannot be told, the sweeper wakes the work.
 */
export function wake(
  ctx: Pick<Context, 'queue' | 'log'>,
  wakes: readonly { workId: Id; dueAt: number }[],
): void {
  if (wakes.length === 0) return;
  ctx.queue.wake(wakes).catch((error) => {
    ctx.log.warn(
      { error: String(error), count: wakes.length },
      'the queue could not be told; the sweeper will wake this work',
    );
  });
}
