// One process of the program, started as a user starts it, and started again whenever it was killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Site } from './site.ts';

const RUN = fileURLToPath(new URL('../../deploy/run.mjs', import.meta.url));
const RUNNING = 'Afterword is running.';

/** What a supervisor waits before it starts again what ended by itself. */
const SUPERVISOR_WAIT = 1_000;

/** Where a process runs, and what it is given. */
type Surroundings = Pick<Site, 'directory' | 'environment'>;

/** What SIGTERM led to. */
export interface Departure {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly ms: number;
  /** Whether it served already when it was told. */
  readonly wasRunning: boolean;
}

export class Instance {
  readonly name: string;
  readonly port: number;
  readonly #site: Surroundings;
  readonly #words: readonly string[];
  readonly #log: WriteStream;
  #child: ChildProcess | undefined;
  #gone: Promise<unknown> = Promise.resolve();
  #running = false;
  #wanted = false;
  /** How it ended when nobody had told it to, with its last words. */
  readonly surprises: { readonly at: number; readonly how: string }[] = [];
  /** Lines of its log at `error` or worse, by their message. */
  readonly errors = new Map<string, number>();
  /** How long each start took until it served, in ms. */
  readonly starts: number[] = [];

  /** `words` are those of `deploy/run.mjs`: `main`, or `cli start --role worker`. */
  constructor(site: Surroundings, name: string, port: number, words: readonly string[]) {
    this.#site = site;
    this.name = name;
    this.port = port;
    this.#words = words;
    this.#log = createWriteStream(join(site.directory, `${name}.log`), { flags: 'a' });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get isRunning(): boolean {
    return this.#running;
  }

  start(): void {
    this.#wanted = true;
    const began = Date.now();
    const child = spawn(process.execPath, [RUN, ...this.#words], {
      cwd: this.#site.directory,
      env: this.#site.environment(this.port),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const last: string[] = [];
    const hear = (line: string) => {
      this.#log.write(`${line}\n`);
      last.push(line);
      if (last.length > 12) last.shift();
    };
    createInterface({ input: child.stdout }).on('line', (line) => {
      hear(line);
      if (line !== RUNNING) return;
      this.#running = true;
      this.starts.push(Date.now() - began);
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      hear(line);
      this.#noteError(line);
    });
    this.#gone = once(child, 'close').then(([code, signal]) => {
      this.#running = false;
      if (!this.#wanted || this.#child !== child) return;
      const how = `ended with ${signal ?? code} by itself; it said: ${last.join(' | ')}`;
      this.surprises.push({ at: Date.now(), how });
      void delay(SUPERVISOR_WAIT).then(() => this.#wanted && this.#child === child && this.start());
    });
  }

  /** `kill -9`; resolves when it has gone. */
  async kill(): Promise<void> {
    this.#wanted = false;
    this.#log.write('--- SIGKILL\n');
    this.#child?.kill('SIGKILL');
    await this.#gone;
  }

  /** SIGTERM; resolves when it has gone, however long that takes. */
  async terminate(): Promise<Departure> {
    this.#wanted = false;
    this.#log.write('--- SIGTERM\n');
    const child = this.#child;
    const wasRunning = this.#running;
    const began = Date.now();
    child?.kill('SIGTERM');
    await this.#gone;
    const ms = Date.now() - began;
    return { code: child?.exitCode ?? null, signal: child?.signalCode ?? null, ms, wasRunning };
  }

  #noteError(line: string): void {
    if (!/^\{"level":"(error|fatal)"/.test(line)) return;
    const { msg, error } = JSON.parse(line) as { msg: string; error?: string };
    const text = `${msg}${error === undefined ? '' : `: ${error}`}`;
    this.errors.set(text, (this.errors.get(text) ?? 0) + 1);
  }
}
