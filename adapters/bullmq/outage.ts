// One line when the queue's server is lost and one when it is back, however many connections and retries lie between.
import { type Duration, MINUTE } from '../../src/domain/basics.ts';
import type { Log } from '../../src/ports/log.ts';

const COMPLAIN_EVERY: Duration = MINUTE;

/**
 * What may be logged of an error. Errors of Redis carry the command that failed, which for AUTH is the password,
 * and errors of PostgreSQL carry values of rows.
 */
export function bare(error: unknown): { readonly error: string; readonly code?: string } {
  if (!(error instanceof Error)) return { error: String(error) };
  const inner = error instanceof AggregateError ? error.errors[0] : undefined;
  const said = error.message || (inner instanceof Error ? inner.message : '') || error.name;
  // What ioredis says when a command's connection broke, with advice for programmers.
  const text = said.startsWith('Reached the max retries') ? 'the connection broke' : said;
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? { error: text, code } : { error: text };
}

const AWAY_CODE = /^(08|57P|53300|E[A-Z]+$)/;
const AWAY_TEXT =
  /terminat|timeout|timed out|no answer|ended|is closed|socket|ECONN|shutting down|starting up/i;

/** Whether an error says that the server is not there, rather than that it refused. */
export function isAway(error: unknown): boolean {
  // BullMQ's own answers, such as -1 for a job that it does not know.
  if (error instanceof Error && 'code' in error && typeof error.code === 'number') return false;
  const { error: text, code } = bare(error);
  return code === undefined ? AWAY_TEXT.test(text) : AWAY_CODE.test(code) || /^EAI_/.test(code);
}

/** A wake that is no longer ours: the server was emptied, or another took it over. Leases make that harmless. */
const NOT_OURS =
  /^Missing (key|lock) for job|^Lock mismatch for job|is not in the active state|^could not renew lock/;

export class Outage {
  readonly #log: Log;
  readonly #what: string;
  readonly #complaints = new Map<string, number>();
  #lost: { readonly at: number; error: unknown } | undefined;
  #closed = false;

  /** `what` names the server without its secrets. */
  constructor(log: Log, what: string) {
    this.#log = log;
    this.#what = what;
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** The latest that was heard of the server while it is lost. */
  get reason(): unknown {
    return this.#lost?.error;
  }

  lost(error: unknown): void {
    if (this.#closed) return;
    if (this.#lost) {
      this.#lost.error = error;
      return;
    }
    this.#lost = { at: Date.now(), error };
    this.#log.warn(
      { queue: this.#what, ...bare(error) },
      'The queue is lost; connecting again until it is back',
    );
  }

  back(): void {
    if (!this.#lost || this.#closed) return;
    this.#log.info({ queue: this.#what, awayMs: Date.now() - this.#lost.at }, 'The queue is back');
    this.#lost = undefined;
  }

  /**
   * Any other trouble: each kind at most once a minute, none while the server is lost or after the end. One connection
   * that broke is none either: the next use of it says whether the server is lost.
   */
  complain(error: unknown): void {
    if (this.#closed || this.#lost || isAway(error)) return;
    if (NOT_OURS.test(bare(error).error)) {
      this.#log.debug({ queue: this.#what, ...bare(error) }, 'A wake in hand is no longer ours');
      return;
    }
    const shape = bare(error).error.replace(/w-\S+/g, 'w-…').replace(/\d+/g, '…');
    const now = Date.now();
    if (now - (this.#complaints.get(shape) ?? Number.NEGATIVE_INFINITY) < COMPLAIN_EVERY) return;
    if (this.#complaints.size > 100) this.#complaints.clear();
    this.#complaints.set(shape, now);
    this.#log.warn(
      { queue: this.#what, ...bare(error) },
      'The queue had trouble; the sweeper makes up for it',
    );
  }

  /** From now on nothing is worth a line: we are leaving. */
  end(): void {
    this.#closed = true;
  }
}
