// What came of an act: what the person saw, then and later.
import type { Discord } from './discord.ts';
import { Answered, type Interaction, InteractionType, type Modal } from './interaction.ts';
import type { Json, Message } from './types.ts';

const KINDS: Readonly<Record<number, string>> = {
  [Answered.message]: 'message',
  [Answered.deferred]: 'deferred',
  [Answered.deferredUpdate]: 'deferred_update',
  [Answered.update]: 'update',
  [Answered.choices]: 'choices',
  [Answered.modal]: 'modal',
};

const FAILED: Readonly<Record<number, string>> = {
  [InteractionType.command]: 'The application did not respond',
  [InteractionType.component]: 'This interaction failed',
  [InteractionType.autocomplete]: 'Loading options failed',
  [InteractionType.modal]: 'Something went wrong. Try again.',
};

export class Outcome {
  readonly interaction: Interaction;
  readonly #discord: Discord;

  constructor(discord: Discord, interaction: Interaction) {
    this.#discord = discord;
    this.interaction = interaction;
  }

  /** Acknowledged in time. */
  get ok(): boolean {
    return this.interaction.answered !== null;
  }

  /** How long the app took, in milliseconds; null: it did not. */
  get ms(): number | null {
    return this.interaction.ms;
  }

  /** `message`, `deferred`, `update`, `deferred_update`, `modal` or `choices`; null: nothing came in time. */
  get kind(): string | null {
    const { answered } = this.interaction;
    return answered === null ? null : (KINDS[answered] ?? String(answered));
  }

  /** The line that Discord shows when it went wrong. */
  get trouble(): string | null {
    return this.ok ? null : (FAILED[this.interaction.type] ?? 'failed');
  }

  /** The answer, as it stands now; for an update the message that was updated. */
  get reply(): Message | null {
    const { original } = this.interaction;
    return original && !original.deleted ? original : null;
  }

  /** Only this person sees the answer. */
  get ephemeral(): boolean {
    return (
      this.interaction.loading?.ephemeral === true ||
      (this.interaction.original?.ephemeralTo ?? null) !== null
    );
  }

  /** "Thinking", and nothing more yet. */
  get loading(): boolean {
    return this.interaction.loading !== null;
  }

  get followups(): Message[] {
    return this.interaction.followups.filter((each) => !each.deleted);
  }

  get modal(): Modal | null {
    return this.interaction.modal;
  }

  get choices(): Json[] | null {
    return this.interaction.choices;
  }

  /** Every request that answered this interaction or tried to. */
  get calls(): Discord['calls'] {
    const { token } = this.interaction;
    return this.#discord.calls.filter(
      ({ params }) => params['interaction_token'] === token || params['webhook_token'] === token,
    );
  }
}
