// Within one process, what somebody waits for goes first: while much of that is in hand, little of the work that merely fell due is done beside it.
import { type Duration, SECOND } from './domain/basics.ts';

export interface Precedence {
  /** What somebody waits for; begins at once. */
  first<T>(act: () => Promise<T>): Promise<T>;
  /** In its turn; not at all once `end` was called. */
  inTurn(work: () => Promise<void>): Promise<void>;
  end(): void;
}

/** With more than this in hand, it is each other and the work that they wait for. */
const MUCH = 4;
/** So does whoever comes while many come, however quickly each is served. */
const MANY_LATELY = 50;
const LATELY: Duration = SECOND;
/** Work goes on all the same, or it might never be done. */
const AT_ONCE_BESIDE = 2;

/** `atOnce`: so much work at most, when nobody waits. */
export function createPrecedence(atOnce: number): Precedence {
  let inHand = 0;
  let lately = 0;
  let working = 0;
  let ended = false;
  const waiting: (() => void)[] = [];

  const next = () => {
    const most = inHand > MUCH || lately > MANY_LATELY ? AT_ONCE_BESIDE : atOnce;
    while (working < most && waiting.length > 0) {
      working += 1;
      waiting.shift()?.();
    }
  };

  return {
    async first(act) {
      inHand += 1;
      lately += 1;
      setTimeout(() => {
        lately -= 1;
        next();
      }, LATELY).unref();
      try {
        return await act();
      } finally {
        inHand -= 1;
        next();
      }
    },

    async inTurn(work) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        next();
      });
      try {
        if (!ended) await work();
      } finally {
        working -= 1;
        next();
      }
    },

    end() {
      ended = true;
      next();
    },
  };
}
