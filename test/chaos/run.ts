// One run: a helpdesk, its customers and due digests on one side, kills and outages on the other; then quiet; then the accounts.
import { setTimeout as delay } from 'node:timers/promises';
import { createRandom, type Random } from '../../src/demo/random.ts';
import { MINUTE, SECOND } from '../../src/domain/basics.ts';
import { freePort } from '../support/free-port.ts';
import { Book } from './book.ts';
import { Client } from './client.ts';
import { respond } from './customer.ts';
import { tell } from './helpdesk.ts';
import { type Departure, Instance } from './instance.ts';
import type { Mischief } from './mischief.ts';
import { planHelp, planKills, planMoments } from './plan.ts';
import { prepareSite, type Services, type Site } from './site.ts';
import { Uptime } from './uptime.ts';
import { unfinished, verify } from './verify.ts';

export interface RunOptions {
  readonly seed: number;
  readonly services: Services;
  /** What is started, as words of `deploy/run.mjs`; those that serve HTTP come first. */
  readonly processes: readonly (readonly string[])[];
  readonly interactions: number;
  readonly digests: number;
  readonly kills: number;
  /** How a process is killed. */
  readonly by: 'SIGKILL' | 'SIGTERM';
  /** How long interactions arrive and things are killed, in ms of uptime. */
  readonly during: number;
  readonly mischief?: readonly Mischief[];
  /** Whether a process may end by itself at this moment, because what it needs is away. */
  readonly excused?: (at: number) => boolean;
  readonly progress?: (line: string) => void;
  /** Leaves the data and the logs where they are. */
  readonly keep?: boolean;
}

export interface Outcome {
  readonly violations: readonly string[];
  readonly figures: Figures;
  /** Lines of the logs at `error`, by message. */
  readonly errors: ReadonlyMap<string, number>;
}

export interface Figures {
  readonly interactions: number;
  readonly prompts: number;
  readonly acknowledged: number;
  readonly revisions: number;
  readonly digests: number;
  readonly requests: number;
  readonly failed: number;
  readonly kills: number;
  /** From the end of all mischief until nothing was left to do, in ms. */
  readonly settledIn: number;
  /** The longest that anybody waited for their prompt beyond its due time, in ms. */
  readonly latest: number;
  /** The slowest start until it served, in ms. */
  readonly slowestStart: number;
}

const STUCK_AFTER = MINUTE;
const GIVEN_UP_AFTER = 12 * MINUTE;
const LEAVES_WITHIN = 10 * SECOND;

export async function runChaos(options: RunOptions): Promise<Outcome> {
  const random = createRandom(options.seed);
  const say = options.progress ?? (() => undefined);
  const start = 3 * SECOND;
  const dueAt = planMoments(random, options.digests, options.during).map((at) => at + start);
  const site = await prepareSite(options.services, dueAt);
  const instances: Instance[] = [];
  const over = new AbortController();
  try {
    for (const [i, words] of options.processes.entries())
      instances.push(new Instance(site, `process-${i + 1}`, await freePort(), words));
    return await play(options, random, site, instances, over, say);
  } finally {
    over.abort();
    await Promise.all(instances.map((instance) => instance.kill()));
    if (options.keep) say(`left in ${site.directory}`);
    else await site.dispose();
  }
}

async function play(
  options: RunOptions,
  random: Random,
  site: Site,
  instances: readonly Instance[],
  over: AbortController,
  say: (line: string) => void,
): Promise<Outcome> {
  const book = new Book(planHelp(random, options.interactions, options.during));
  const clientsRandom = createRandom(options.seed + 1);
  const serving = instances.filter((_, i) => !options.processes[i]!.includes('worker'));
  const ports = serving.map((instance) => instance.port);
  const client = new Client(book, ports, clientsRandom, site.apiKey);
  const { violations } = book;

  for (const instance of instances) instance.start();
  const uptime = new Uptime(() => serving.some((instance) => instance.isRunning), over.signal);
  void uptime.run();
  const giveUp = setTimeout(() => over.abort(), GIVEN_UP_AFTER);
  const ticker = setInterval(() => say(progressOf(book, uptime.passed)), 5 * SECOND);

  const traffic = Promise.all(
    book.pages.map(async (page) => {
      await uptime.until(page.helped.at);
      if (await tell(client, book, page, clientsRandom, over.signal))
        await respond(client, book, page, clientsRandom, over.signal);
    }),
  );
  const kills = async () => {
    for (const { at, afterStart } of planKills(random, options.kills, options.during)) {
      if (afterStart === null) await uptime.until(at);
      else await delay(afterStart);
      const instance = afterStart === null ? random.pick(instances) : (killed ?? instances[0]!);
      if (options.by === 'SIGKILL') await instance.kill();
      else judgeDeparture(instance, violations, await instance.terminate());
      instance.start();
      killed = instance;
      say(
        `${instance.name} was told ${options.by} after ${uptime.passed} ms${afterStart === null ? '' : ', while it started'}`,
      );
    }
  };
  let killed: Instance | null = null;
  const mischief = (options.mischief ?? []).map(async ({ at, what, act }) => {
    await uptime.until(at);
    say(what);
    await act();
  });
  await Promise.all([kills(), ...mischief]);
  while (!instances.every((instance) => instance.isRunning) && !over.signal.aborted) await delay(20);
  const quietSince = Date.now();
  await traffic;
  if (over.signal.aborted) violations.push('clients were still trying when the run was given up');
  const settledIn = await settle(site, quietSince, violations);
  clearInterval(ticker);
  clearTimeout(giveUp);

  for (const instance of instances) {
    judgeDeparture(instance, violations, await instance.terminate());
    for (const { at, how } of instance.surprises)
      if (!options.excused?.(at)) violations.push(`${instance.name} ${how}`);
  }
  const account = await site.look((runtime, workspaceId) =>
    verify(runtime, workspaceId, book, site.channels),
  );
  violations.push(...account.violations);
  const errors = new Map<string, number>();
  for (const instance of instances)
    for (const [text, count] of instance.errors) errors.set(text, (errors.get(text) ?? 0) + count);
  return {
    violations: [...new Set(violations)],
    errors,
    figures: {
      ...account.figures,
      acknowledged: book.acknowledged,
      requests: book.requests,
      failed: book.failed,
      kills: options.kills,
      settledIn,
      slowestStart: Math.max(...instances.flatMap((instance) => instance.starts)),
    },
  };
}

/** Waits until nothing is overdue and nothing in hand; a minute in which nothing gets done is the end of waiting. */
async function settle(site: Site, since: number, violations: string[]): Promise<number> {
  return await site.look(async (runtime) => {
    let before = '';
    let changed = Date.now();
    for (;;) {
      const left = (await unfinished(runtime)).join('; ');
      if (left === '') return Date.now() - since;
      if (left !== before) changed = Date.now();
      before = left;
      if (Date.now() - changed > STUCK_AFTER) {
        violations.push(`nothing is done about: ${left}`);
        return Number.POSITIVE_INFINITY;
      }
      await delay(500);
    }
  });
}

function judgeDeparture(
  instance: Instance,
  violations: string[],
  { code, signal, ms, wasRunning }: Departure,
): void {
  if (ms > LEAVES_WITHIN) violations.push(`${instance.name} took ${ms} ms to end after SIGTERM`);
  // Before it has begun to listen for signals, a process ends of them.
  if (code === 0 || (!wasRunning && signal === 'SIGTERM')) return;
  violations.push(
    `${instance.name} ended with ${signal ?? code} after SIGTERM${wasRunning ? '' : ' while it started'}`,
  );
}

function progressOf(book: Book, passed: number): string {
  const taken = book.pages.filter((page) => page.taken !== null).length;
  const seconds = Math.round(passed / SECOND);
  return `${seconds} s up: ${taken} of ${book.pages.length} interactions taken, ${book.acknowledged} answers acknowledged, ${book.failed} of ${book.requests} requests failed`;
}
