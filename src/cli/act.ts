// How a command's work is tied to commander.
import type { Io } from './io.ts';

/** Makes commander's action of a command. What it answers with is the exit code. */
export type Act = <O>(
  run: (io: Io, options: O, ...args: string[]) => Promise<number>,
) => (...given: unknown[]) => Promise<void>;
