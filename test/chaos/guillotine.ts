// Kills a process at its n-th step, where a step is what the world outside its memory can notice: a transaction, a change of a work row, a call
// to a platform. Killed before a step, the step was not taken; killed after it, the process never learns what came of it.
import type { Store } from '../../src/ports/store/index.ts';

export class Guillotine {
  readonly #at: number;
  #passed = 0;
  #fell = false;
  readonly fallen: Promise<'killed'>;
  #fall!: (how: 'killed') => void;

  constructor(at: number) {
    this.#at = at;
    this.fallen = new Promise((resolve) => {
      this.#fall = resolve;
    });
  }

  /** Whether there was a step to be killed at. */
  get fell(): boolean {
    return this.#fell;
  }

  async step<T>(work: () => Promise<T>): Promise<T> {
    await this.#edge();
    const result = await work();
    await this.#edge();
    return result;
  }

  /** The dead neither return nor throw. */
  #edge(): Promise<void> {
    if (!this.#fell && this.#passed++ === this.#at) {
      this.#fell = true;
      this.#fall('killed');
    }
    return this.#fell ? new Promise(() => undefined) : Promise.resolve();
  }

  /** The same store, each of whose calls is a step. */
  store(store: Store): Store {
    const { work } = store;
    return {
      ...store,
      transaction: (workspaceId, body) => this.step(() => store.transaction(workspaceId, body)),
      work: {
        ...work,
        lease: (...given) => this.step(() => work.lease(...given)),
        fail: (...given) => this.step(() => work.fail(...given)),
      },
    };
  }
}
