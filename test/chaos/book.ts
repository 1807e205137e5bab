// What the world outside was told: the only things that a run may hold the product to.
import type { Helped, Saying } from './plan.ts';

/** What the API answered when it took an interaction. */
export interface Taken {
  readonly interactionId: string;
  readonly promptId: string;
  readonly state: string;
}

/** A saying that was sent at least once. */
export interface Said {
  readonly saying: Saying;
  /** Answered with 200. When not, it may have been kept or not. */
  acknowledged: boolean;
}

export interface Page {
  readonly helped: Helped;
  taken: Taken | null;
  readonly said: Said[];
}

export class Book {
  readonly pages: readonly Page[];
  /** What no client should ever see. */
  readonly violations: string[] = [];
  requests = 0;
  /** Requests that were not answered, or with "come back later". */
  failed = 0;

  constructor(plan: readonly Helped[]) {
    this.pages = plan.map((helped) => ({ helped, taken: null, said: [] }));
  }

  get acknowledged(): number {
    return this.pages.flatMap((page) => page.said).filter((said) => said.acknowledged).length;
  }
}
