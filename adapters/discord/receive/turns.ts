// What concerns the same thing happens in the order in which it came; what does not, at the same time.

export interface Turns {
  /** Never throws: what fails is the task's own affair, and the next one begins all the same. */
  run(name: string, task: () => Promise<unknown>): Promise<void>;
  /** When nothing waits and nothing is under way. */
  idle(): Promise<void>;
}

export function createTurns(onError: (error: unknown) => void): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    async idle() {
      while (last.size > 0) await Promise.all(last.values());
    },
    async run(name, task) {
      const turn = (last.get(name) ?? Promise.resolve()).then(task).then(
        () => undefined,
        (error) => onError(error),
      );
      last.set(name, turn);
      await turn;
      if (last.get(name) === turn) last.delete(name);
    },
  };
}
