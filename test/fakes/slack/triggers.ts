// Short-lived keys that a person's act hands to the app: a trigger opens one view within three seconds.
import type { Clock } from './clock.ts';
import { SlackError } from './errors.ts';
import type { Ids } from './ids.ts';

interface Trigger {
  readonly teamId: string;
  readonly userId: string;
  readonly at: number;
  used: boolean;
}

export class Triggers {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #life: number;
  readonly #triggers = new Map<string, Trigger>();

  constructor(clock: Clock, ids: Ids, life: number) {
    this.#clock = clock;
    this.#ids = ids;
    this.#life = life;
  }

  make(teamId: string, userId: string): string {
    const id = `${this.#ids.number()}.${this.#ids.number()}.${this.#ids.secret()}`;
    this.#triggers.set(id, { teamId, userId, at: this.#clock.now(), used: false });
    return id;
  }

  use(id: string): Pick<Trigger, 'teamId' | 'userId'> {
    const trigger = this.#triggers.get(id);
    if (!trigger) throw new SlackError('invalid_trigger_id');
    if (trigger.used) throw new SlackError('exchanged_trigger_id');
    if (this.#clock.now() > trigger.at + this.#life) throw new SlackError('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }
}
