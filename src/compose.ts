// How the parts fit together, without knowing any adapter: main hands them in.
import type { Classify, Context } from './handlers/context.ts';
import { createDirectory } from './handlers/directory.ts';
import { gatherAnswers } from './handlers/gather-answers.ts';
import { MESSAGES } from './locales/index.ts';
import { shippedClassifier } from './model/index.ts';
import type { Clock } from './ports/clock.ts';
import type { Codes } from './ports/codes.ts';
import type { DeskOf } from './ports/desk.ts';
import type { Ids } from './ports/ids.ts';
import type { LargerModel } from './ports/larger-model.ts';
import type { Log } from './ports/log.ts';
import type { Platform } from './ports/platform.ts';
import type { Queue } from './ports/queue.ts';
import type { Store } from './ports/store/index.ts';
import { createTexts } from './views/text.ts';

export interface Parts {
  readonly store: Store;
  readonly queue: Pick<Queue, 'wake'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly codes: Codes;
  readonly log: Log;
  readonly defaultLocale: string;
  /** Left out: the one that ships with the program. */
  readonly classify?: Classify;
  /** Left out: none. */
  readonly larger?: LargerModel | null;
  /** Made here, because a platform finds the workspace behind an installation through the context. */
  readonly platforms: (deskOf: (platform: string) => DeskOf) => readonly Platform[];
}

export function createContext(parts: Parts): Context {
  // How old something at hand is, is a matter of real time, whatever the time of day is said to be.
  const directory = createDirectory(parts.store.admin, { now: () => performance.now() });
  const platforms = parts.platforms((platform) => (installation) => directory.deskOf(platform, installation));
  const ctx = {
    store: parts.store,
    queue: parts.queue,
    platforms: new Map(platforms.map((platform) => [platform.name, platform])),
    clock: parts.clock,
    ids: parts.ids,
    codes: parts.codes,
    log: parts.log,
    texts: createTexts(MESSAGES, parts.defaultLocale),
    classify: parts.classify ?? shippedClassifier(),
    larger: parts.larger ?? null,
    directory,
  };
  return { ...ctx, record: gatherAnswers(ctx) };
}
