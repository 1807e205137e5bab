// Everything that changes what is counted, in a random order: asking, sending, answering, editing, importing, joining and parting people, erasing
// them, reading again what they said; and the upkeep of the tallies meanwhile. Several may run at once, in one process or in many.
import { AfterwordError, HOUR, type Instant, MINUTE, SECOND } from '../../../src/domain/basics.ts';
import type { Prompt, PromptState, PromptStatus } from '../../../src/domain/prompt/prompt.ts';
import { TRANSITIONS } from '../../../src/domain/prompt/transition.ts';
import { SURVEY_KINDS, scoresOf } from '../../../src/domain/survey/kind.ts';
import type { StoreTx } from '../../../src/ports/store/index.ts';
import { addAll, plain, said } from './archive-rows.ts';
import { identity, NOW, newId, type World } from './world.ts';

/** When anything happens: some days, so that whole ones are among them. */
export const BEGIN: Instant = NOW - 6 * 24 * HOUR;
const LENGTH = 6 * 24 * HOUR;

const PEOPLE = 12;
const REF = { channel: 'support', message: 'm-1' };

/** The same numbers from 0 to `below` for the same seed. */
export function dice(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 16), 0x45d9f3b) + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    return Math.floor((((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32) * below);
  };
}

export class Operations {
  readonly #world: World;
  readonly #roll: (below: number) => number;
  readonly #prompts: Prompt[] = [];

  constructor(world: World, seed: number) {
    this.#world = world;
    this.#roll = dice(seed);
  }

  /** Each is a transaction of its own; one that finds that its people or prompts are gone does nothing. */
  async run(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      try {
        await this.#one(this.#roll(200));
      } catch (error) {
        const gone =
          error instanceof AfterwordError && ['not_found', 'conflict', 'busy'].includes(error.kind);
        if (!gone) throw error;
      }
    }
  }

  async #one(die: number): Promise<unknown> {
    const { store, workspaceId } = this.#world;
    if (die < 60) return await this.#ask();
    if (die < 110) return await this.#moveOn();
    if (die < 160) return await this.#answer();
    if (die < 172) return await this.#import();
    if (die < 180) return await this.#link();
    if (die < 186) return await store.archive.unlink(workspaceId, this.#somebody(), newId(), this.#time());
    if (die < 190) return await this.#erase();
    if (die < 193) return await this.#readAgain();
    if (die < 199) return await store.tallies.fold();
    return await store.tallies.rebuild(workspaceId, () => {});
  }

  async #ask(): Promise<void> {
    const createdAt = this.#time();
    const states: readonly PromptState[] = [
      { status: 'scheduled', dueAt: createdAt },
      { status: 'sent', sentAt: createdAt, ref: REF },
      { status: 'suppressed', reason: this.#oneOf(['throttled', 'opted_out', 'auto_closed']), at: createdAt },
    ];
    const agent = this.#oneOf(['bob', 'eve', null]);
    const survey = this.#oneOf(SURVEY_KINDS);
    const { prompt } = await this.#world.asked(
      { survey, agent, createdAt, state: this.#oneOf(states) },
      this.#somebody(),
      { agent, closedAt: this.#time() },
    );
    this.#prompts.push(prompt);
  }

  #moveOn(): Promise<void> {
    return this.#with(async (tx, prompt) => {
      const next = TRANSITIONS[prompt.state.status] as readonly PromptStatus[];
      const status = next[this.#roll(next.length)];
      if (status === undefined || status === 'answered') return;
      await tx.prompts.save({ ...prompt, state: this.#stateOf(status, prompt.state) });
    });
  }

  /** A first answer, or an edit. */
  #answer(): Promise<void> {
    return this.#with(async (tx, prompt) => {
      const before = await tx.responses.ofPrompt(prompt.id);
      const { survey, state } = prompt;
      if (before === null && !(TRANSITIONS[state.status] as readonly PromptStatus[]).includes('answered'))
        return;
      const answeredAt = before?.answeredAt ?? this.#time();
      const words = this.#roll(3) > 0 ? `words ${this.#roll(1000)}` : null;
      const response = this.#world.response(prompt, {
        ...before,
        survey,
        score: this.#oneOf(scoresOf(survey)),
        verbatim: words,
        answeredAt,
        revision: (before?.revision ?? 0) + 1,
      });
      const themes = ['speed', 'price', 'speed'].filter(() => this.#roll(2) === 0);
      const polarities = ['positive', 'neutral', 'negative'] as const;
      const mentions = themes.map(
        (theme) => `${theme as 'speed' | 'price'}:${this.#oneOf(polarities)}` as const,
      );
      const classification = said(mentions, this.#oneOf([...polarities, null]));
      await tx.responses.save({ response, classification });
      if (before === null) await tx.prompts.save({ ...prompt, state: this.#stateOf('answered', state) });
    });
  }

  async #import(): Promise<void> {
    const rows = Array.from({ length: 1 + this.#roll(4) }, () => {
      const survey = this.#oneOf(SURVEY_KINDS);
      const score = this.#roll(4) === 0 ? null : this.#oneOf(scoresOf(survey));
      const sentAt = this.#time();
      const answeredAt = score === null ? null : sentAt + this.#roll(5 * HOUR);
      const person = this.#oneOf([null, this.#somebody().externalId]);
      return plain({ id: `T-${this.#roll(500)}`, survey, score, sentAt, answeredAt, person });
    });
    await addAll(this.#world, rows, 'web');
  }

  async #link(): Promise<void> {
    const { store, workspaceId } = this.#world;
    const [a, b] = [await this.#found(), await this.#found()];
    if (a && b && a !== b) await store.archive.link(workspaceId, a, b, this.#time());
  }

  async #erase(): Promise<void> {
    const person = await this.#found();
    if (person) await this.#world.store.archive.erase(this.#world.workspaceId, person, this.#time());
  }

  async #readAgain(): Promise<void> {
    const { store, workspaceId } = this.#world;
    const classifier = `reader-${this.#roll(1000)}`;
    const read = () => ({ ...said(this.#roll(2) === 0 ? ['ease:positive'] : [], 'positive'), classifier });
    const patient = this.#roll(2) === 0;
    await store.readings.readNext(workspaceId, { classifier, after: null, patient, read }, this.#time());
  }

  #found() {
    const { platform, installation, externalId } = this.#somebody();
    return this.#world.store.archive
      .findPerson(this.#world.workspaceId, `${platform}:${installation}:${externalId}`)
      .then((person) => person?.id);
  }

  async #with(change: (tx: StoreTx, prompt: Prompt) => Promise<void>): Promise<void> {
    const one = this.#prompts[this.#roll(this.#prompts.length)];
    if (!one) return;
    await this.#world.tx(async (tx) => {
      const held = await tx.prompts.lock(one.id);
      if (held) await change(tx, held.prompt);
    });
  }

  #stateOf(status: PromptStatus, before: PromptState): PromptState {
    const now = this.#time();
    const sentAt = 'sentAt' in before ? before.sentAt : 'attemptedAt' in before ? before.attemptedAt : now;
    const reason = 'no_reachable_channel';
    switch (status) {
      case 'scheduled':
        return { status, dueAt: now };
      case 'sending':
        return { status, dueAt: now, attemptedAt: now };
      case 'sent':
        return { status, sentAt, ref: REF };
      case 'reminded':
        return { status, sentAt, ref: REF, remindedAt: now };
      case 'answered':
        return { status, sentAt, ref: REF, answeredAt: now, late: before.status === 'expired' };
      case 'declined':
        return { status, sentAt, ref: REF, declinedAt: now };
      case 'expired':
        return { status, sentAt, ref: REF, expiredAt: now };
      case 'suppressed':
        return { status, reason: 'reopened', at: now };
      case 'undeliverable':
        return { status, reason, at: now };
      case 'uncertain':
        return { status, attemptedAt: now };
    }
  }

  #somebody() {
    return identity(`p${this.#roll(PEOPLE)}`, this.#oneOf(['web', 'chat']));
  }

  /** Often in one of a few hours, sometimes at the very beginning of one. */
  #time(): Instant {
    const hour = BEGIN + this.#roll(LENGTH / HOUR) * HOUR;
    return this.#roll(10) === 0 ? Math.ceil(hour / HOUR) * HOUR : hour + this.#roll(40 * MINUTE) + SECOND;
  }

  #oneOf<T>(values: readonly T[]): T {
    return values[this.#roll(values.length)] as T;
  }
}
