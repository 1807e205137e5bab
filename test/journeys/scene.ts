// The program as it is started, on services of its own, and what any journey asks of it: its command line, its store, what it said and did not.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { DAY, SECOND } from '../../src/domain/basics.ts';
import { localDate, weekdayOf } from '../../src/domain/calendar.ts';
import { Instance } from '../chaos/instance.ts';
import { prepareSite, type Site } from '../chaos/site.ts';
import { cli } from '../support/cli.ts';
import { createDatabase, TEST_DATABASE_URL } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { redisInstalled, redisProcess } from '../support/redis-process.ts';

export const LONG = 180 * SECOND;

/** What happens by itself may take so long on a loaded machine. */
export const SOON = 30 * SECOND;

type Ends = (() => Promise<unknown>)[];
type Settings = Readonly<Record<string, string>>;

const missing = [
  ...(TEST_DATABASE_URL === undefined ? ['TEST_DATABASE_URL is not set'] : []),
  ...(redisInstalled ? [] : ['redis-server is not installed']),
].join(', ');

export const EMBEDDED = { name: 'the embedded store, one process', processes: 1, missing: '' };
export const SERVED = { name: 'PostgreSQL and Redis, two processes', processes: 2, missing };

/** Runs a suite on each kind of store; what a platform would have refused fails the test during which it was sent. */
export function describeScenes<T extends Pick<Scene<unknown, unknown>, 'judge' | 'close'>>(
  name: string,
  open: (processes: number) => Promise<T>,
  suite: (scene: () => T) => void,
  stores: readonly (typeof SERVED)[] = [EMBEDDED, SERVED],
): void {
  for (const store of stores) {
    const title = `${name} on ${store.name}${store.missing === '' ? '' : ` (${store.missing})`}`;
    describe.skipIf(store.missing !== '')(title, { timeout: LONG }, () => {
      let scene: T | undefined;
      beforeAll(async () => {
        scene = await open(store.processes);
      }, LONG);
      afterEach(() => scene?.judge());
      afterAll(() => scene?.close(), LONG);
      suite(() => scene!);
    });
  }
}

export interface Stage {
  readonly site: Site;
  readonly instances: readonly Instance[];
  /** Of the command line: what the processes are given. */
  readonly environment: Settings;
  readonly ends: Ends;
}

export interface StageOptions {
  /** One: the embedded store. More: PostgreSQL and Redis. */
  readonly processes: number;
  readonly settings: (ports: readonly number[]) => Settings;
  /** What is closed in the end, after everything of the stage. */
  readonly ends: Ends;
}

/** Services, and processes that were not started yet. */
export async function prepareStage({ processes, settings, ends }: StageOptions): Promise<Stage> {
  const served = processes > 1;
  const database = served ? await createDatabase({ migrated: true }) : null;
  if (database) ends.push(database.drop);
  const redis = served ? await redisProcess() : null;
  if (redis) ends.push(redis.dispose);
  const site = await prepareSite(
    { databaseUrl: database?.url ?? null, redisUrl: redis && `redis://127.0.0.1:${redis.port}/0` },
    [],
  );
  ends.push(site.dispose);
  const ports = await Promise.all(Array.from({ length: processes }, freePort));
  const given = { ...settings(ports) };
  const environment = (port: number) => ({ ...site.environment(port), ...given });
  const instances = ports.map(
    (port, i) => new Instance({ directory: site.directory, environment }, `process-${i}`, port, ['main']),
  );
  return { site, instances, environment: environment(0), ends };
}

/** What the export says of one prompt. */
export interface Row {
  readonly person: string;
  readonly survey: string;
  readonly score: number | null;
  readonly verbatim: string | null;
}

export abstract class Scene<Message, Channel> {
  readonly site: Site;
  readonly instances: readonly Instance[];
  readonly #environment: Settings;
  readonly #ends: Ends;
  #judged = 0;

  protected constructor({ site, instances, environment, ends }: Stage) {
    this.site = site;
    this.instances = instances;
    this.#environment = environment;
    this.#ends = ends;
  }

  /** Every request that the platform would have refused. */
  protected abstract violations(): readonly unknown[];

  /** The product's own messages, the newest last. */
  abstract said(channel: Channel): Message[];

  abstract reads(message: Message | undefined): string;

  /** With policies by the words of `survey set`. */
  async start(surveys: readonly (readonly string[])[] = []): Promise<void> {
    for (const words of surveys) await this.cli('survey', 'set', ...words);
    for (const instance of this.instances) instance.start();
    await eventually('every process to run', () => this.instances.every((one) => one.isRunning), 2 * SOON);
  }

  /** What the platform would have refused, and whatever the program did not expect. */
  judge(): void {
    const violations = this.violations();
    const fresh = violations.slice(this.#judged);
    this.#judged = violations.length;
    expect(fresh, 'requests that the platform would refuse').toEqual([]);
    expect(this.instances.flatMap((one) => one.surprises)).toEqual([]);
  }

  async close(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.kill()));
    for (const end of this.#ends.reverse()) await end();
  }

  /** What another process has set, a process knows a second later. */
  async everybodyKnows(): Promise<void> {
    if (this.instances.length > 1) await delay(1_100);
  }

  /** The command line of whoever runs the program; what it prints. */
  async cli(...args: readonly string[]): Promise<string> {
    const ran = await cli(args, { environment: this.#environment, directory: this.site.directory });
    if (ran.code !== 0) throw new Error(`${args.join(' ')} ended with ${ran.code}: ${ran.stderr}`);
    return stripVTControlCharacters(ran.stdout);
  }

  async json<T>(...args: readonly string[]): Promise<T> {
    return JSON.parse(await this.cli(...args, '--json')) as T;
  }

  /** What the export says, of one person or of all, oldest first. */
  async rows(person?: string): Promise<readonly Row[]> {
    const text = await this.cli('export', '--format', 'jsonl');
    const all = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Row);
    return person === undefined ? all : all.filter((one) => one.person?.includes(person));
  }

  /** What every process has logged, line by line. */
  async log(): Promise<readonly string[]> {
    const { directory } = this.site;
    const names = (await readdir(directory)).filter((name) => name.endsWith('.log'));
    const texts = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
    return texts.flatMap((text) => text.split('\n'));
  }

  /** Waits for a message of the product that says so. */
  async message(channel: () => Channel | null, words: string | RegExp, within = SOON): Promise<Message> {
    const find = () => {
      const at = channel();
      return at && this.said(at).findLast((one) => fits(this.reads(one), words));
    };
    return (await eventually(`a message that says ${words}`, find, within)) as Message;
  }

  /** Waits until a message says so. */
  async says(message: Message, words: string | RegExp): Promise<string> {
    await eventually(
      `the message to say ${words}; it says ${this.reads(message)}`,
      () => fits(this.reads(message), words),
      SOON,
    );
    return this.reads(message);
  }

  /** The digest of a channel falls due, its week ending now. */
  async digestDue(channel: string): Promise<void> {
    await this.site.look(async ({ ctx }, workspaceId) => {
      const now = ctx.clock.now();
      await ctx.store.transaction(workspaceId, async (tx) => {
        const known = (await tx.digests.list()).find((one) => one.channel === channel)!;
        // On any day but today's, so that the week that has just ended is the one up to now.
        const schedule = {
          ...known.schedule,
          weekday: weekdayOf(localDate(now + 3 * DAY, 'UTC')),
          zone: 'UTC',
        };
        await tx.digests.saveSchedule({ ...known, schedule, nextDueAt: now });
        await tx.work.add([{ id: ctx.ids.next(), kind: 'digest', subjectId: known.id, dueAt: now }], now);
      });
    });
  }
}

export type Pressed =
  | number
  | 'decline'
  | 'opt_out'
  | 'undo'
  | 'change'
  | 'add_words'
  | 'claim'
  | 'close'
  | 'settings'
  | 'test_prompt';

/** Whether a button's id, as the domain writes it, is that of a score, or of one of the other kinds. */
export function presses(id: string, what: Pressed): boolean {
  return typeof what === 'number'
    ? new RegExp(`^score:[0-9a-f-]{36}:${what}$`).test(id)
    : id.split(':')[0] === what;
}

export function fits(text: string, words: string | RegExp): boolean {
  return typeof words === 'string' ? text.includes(words) : words.test(text);
}
