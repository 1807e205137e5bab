// What the queue's contract works with: queues that are closed after each test, and wakes to give them.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Queue, Wake } from '../../src/ports/queue.ts';
import type { LogLine } from '../support/recorded-log.ts';

/** A server with one queue on it, empty at the start of each test. */
export interface QueueServerUnderTest {
  /** One more process, as it were: its own connections to the same queue. */
  open(): Queue;
  /** What all of them logged, since the start of the test. */
  readonly lines: LogLine[];
  /** Empties the queue. */
  reset(): Promise<void>;
  /** The server is gone: connections are refused. */
  shut(): Promise<void>;
  /** The server takes connections but does not answer. */
  freeze(): void;
  reopen(): Promise<void>;
  dispose(): Promise<void>;
}

/** What "settles within about two seconds" may take on a loaded machine. */
export const IN_TIME = 3_500;

/** How late a wake may come: "well under a second", and some for a loaded machine. */
export const SOON = 1_500;

export const wake = (dueAt = Date.now()): Wake => ({ workId: randomUUID(), dueAt });

export const wakes = (count: number): Wake[] => Array.from({ length: count }, () => wake());

/** Whether the queue took it. */
export const taken = (queue: Queue, one: Wake) =>
  queue.wake([one]).then(
    () => true,
    () => false,
  );

export function makeGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

export type QueueKit = ReturnType<typeof makeQueueKit>;

/** Called inside a `describe`: starts the server before its tests, empties it after each, stops it after all. */
export function makeQueueKit(makeServer: () => Promise<QueueServerUnderTest>) {
  let server: QueueServerUnderTest | undefined;
  const opened: Queue[] = [];

  beforeAll(async () => {
    server = await makeServer();
  });
  afterEach(async () => {
    await server?.reopen();
    await Promise.all(opened.splice(0).map((queue) => queue.close(100)));
    await server?.reset();
    server?.lines.splice(0);
  });
  afterAll(async () => {
    await server?.dispose();
  });

  const open = () => {
    const queue = server!.open();
    opened.push(queue);
    return queue;
  };
  /** A queue that notes which work it performed, and when. */
  const consuming = async (
    concurrency = 10,
    perform: (workId: string) => Promise<void> = async () => undefined,
  ) => {
    const queue = open();
    const performed: { workId: string; at: number }[] = [];
    await queue.consume(async (workId) => {
      performed.push({ workId, at: Date.now() });
      await perform(workId);
    }, concurrency);
    const times = (workId: string) => performed.filter((one) => one.workId === workId).length;
    return { queue, performed, times };
  };
  return { server: () => server!, open, consuming };
}
