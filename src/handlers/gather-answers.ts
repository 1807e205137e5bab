// Answers that come in while transactions are under way are gathered and recorded together in the next one: under load one commit carries many
// answers, while a single one never waits for company. Each is told its own outcome, after the commit.
import { AfterwordError, type Duration, type Id, type Instant, SECOND } from '../domain/basics.ts';
import type { RawAnswer, Recorded, RecordOne } from './answer.ts';
import { type Recording, recordAnswer, recordAnswers } from './record-answer.ts';

/** Answers in one transaction at most. */
const MOST = 64;

/** Transactions under way at once: while one waits for its commit, the next one runs. */
const BATCHES = 2;

/** Answers under way alone, because their prompt was in other hands or something in their batch failed. */
const ALONE = 4;

/** What takes longer waits for more than its own work; others go past it, up to `PAST` of them. */
const STUCK: Duration = SECOND / 2;
const PAST = 4;

export function gatherAnswers(ctx: Recording): RecordOne {
  const gatherers = new Map<Id, Gatherer>();
  return (workspaceId, raw) => {
    const gatherer = gatherers.get(workspaceId) ?? new Gatherer(ctx, workspaceId);
    gatherers.set(workspaceId, gatherer);
    return gatherer.add(raw);
  };
}

interface Waiting {
  readonly raw: RawAnswer;
  readonly resolve: (recorded: Recorded) => void;
  readonly reject: (error: unknown) => void;
}

interface Run {
  readonly since: Instant;
  readonly answers: readonly Waiting[];
}

/** The answers of one workspace. */
class Gatherer {
  readonly #ctx: Recording;
  readonly #workspaceId: Id;
  #waiting: Waiting[] = [];
  /** Answers to one prompt each, in their order. */
  readonly #alone: (readonly Waiting[])[] = [];
  readonly #batches = new Set<Run>();
  readonly #singles = new Set<Run>();
  /** Prompts whose answers are under way: later ones wait here rather than in the store. */
  readonly #busy = new Set<Id>();

  constructor(ctx: Recording, workspaceId: Id) {
    this.#ctx = ctx;
    this.#workspaceId = workspaceId;
  }

  add(raw: RawAnswer): Promise<Recorded> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ raw, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    while (this.#alone.length > 0 && this.#hasRoom(this.#singles, ALONE)) {
      const answers = this.#alone.shift() ?? [];
      void this.#run(this.#singles, answers, () => this.#recordAlone(answers));
    }
    while (this.#waiting.length > 0 && this.#hasRoom(this.#batches, BATCHES)) {
      const batch = this.#take();
      if (batch.length === 0) break;
      void this.#run(this.#batches, batch, () => this.#recordTogether(batch));
    }
  }

  #hasRoom(runs: ReadonlySet<Run>, limit: number): boolean {
    const now = this.#ctx.clock.now();
    let moving = 0;
    for (const { since, answers } of runs) {
      if (now - since < STUCK) moving++;
      else for (const { raw } of answers) this.#busy.delete(raw.promptId);
    }
    return moving < limit && runs.size < limit + PAST;
  }

  /** The longest waiting of those whose prompts are not busy, nor have an earlier answer that is still to be recorded alone. */
  #take(): readonly Waiting[] {
    const batch: Waiting[] = [];
    const before = new Set(this.#alone.map(([first]) => first?.raw.promptId));
    this.#waiting = this.#waiting.filter((one) => {
      const { promptId } = one.raw;
      if (batch.length === MOST || this.#busy.has(promptId) || before.has(promptId)) return true;
      batch.push(one);
      return false;
    });
    return batch;
  }

  async #run(runs: Set<Run>, answers: readonly Waiting[], record: () => Promise<void>): Promise<void> {
    const run = { since: this.#ctx.clock.now(), answers };
    runs.add(run);
    for (const { raw } of answers) this.#busy.add(raw.promptId);
    await record();
    for (const { raw } of answers) this.#busy.delete(raw.promptId);
    runs.delete(run);
    this.#next();
  }

  async #recordTogether(batch: readonly Waiting[]): Promise<void> {
    let left = batch;
    try {
      const outcomes = await recordAnswers(
        this.#ctx,
        this.#workspaceId,
        batch.map(({ raw }) => raw),
      );
      left = batch.filter((one, i) => {
        const outcome = outcomes[i];
        if (outcome) one.resolve(outcome);
        return !outcome;
      });
    } catch (error) {
      // What went wrong with one of them is not to befall the others; a store that is away is away for all.
      if (batch.length === 1 || (error instanceof AfterwordError && error.kind === 'unavailable')) {
        for (const one of batch) one.reject(error);
        return;
      }
    }
    const byPrompt = new Map<Id, Waiting[]>();
    for (const one of left) byPrompt.set(one.raw.promptId, [...(byPrompt.get(one.raw.promptId) ?? []), one]);
    this.#alone.push(...byPrompt.values());
  }

  async #recordAlone(answers: readonly Waiting[]): Promise<void> {
    for (const { raw, resolve, reject } of answers)
      await recordAnswer(this.#ctx, this.#workspaceId, raw).then(resolve, reject);
  }
}
