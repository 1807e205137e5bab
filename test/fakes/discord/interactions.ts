// Interactions: each is answered once, within three seconds, and can be followed up for a quarter of an hour.
import type { Upload } from './body.ts';
import { checkAnswer } from './check/answer.ts';
import { Flag } from './check/message.ts';
import type { Discord } from './discord.ts';
import { refusal } from './errors.ts';
import { Answered, type Interaction, InteractionType, type Modal } from './interaction.ts';
import { addMessage, changeMessage } from './messages.ts';
import { may } from './permissions.ts';
import { checkedContent, refuseEmpty } from './sending.ts';
import type { Json, Message } from './types.ts';

export class Interactions {
  readonly #discord: Discord;
  readonly all = new Map<string, Interaction>();
  readonly #byToken = new Map<string, Interaction>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(discord: Discord) {
    this.#discord = discord;
  }

  open(given: Pick<Interaction, 'type' | 'user' | 'channel' | 'message'>, settle: () => void): Interaction {
    const { ids, clock, options } = this.#discord;
    const timer = setTimeout(() => {
      interaction.expired = true;
      done();
    }, options.ackWithin);
    const done = (): void => {
      clearTimeout(timer);
      this.#timers.delete(timer);
      settle();
    };
    const interaction: Interaction = {
      ...given,
      id: ids.next(),
      token: ids.secret(60),
      at: clock.now(),
      began: performance.now(),
      answered: null,
      ms: null,
      expired: false,
      original: null,
      loading: null,
      followups: [],
      modal: null,
      choices: null,
      settle: done,
    };
    this.#timers.add(timer);
    this.all.set(interaction.id, interaction);
    this.#byToken.set(interaction.token, interaction);
    return interaction;
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  find(id: string | undefined, token: string | undefined): Interaction {
    const interaction = this.all.get(id ?? '');
    const late = interaction && this.#discord.clock.now() - interaction.at > this.#discord.options.ackWithin;
    if (!interaction || interaction.token !== token) throw refusal(10062);
    if (interaction.answered !== null) throw refusal(40060);
    if (interaction.expired || late) throw refusal(10062);
    return interaction;
  }

  /** Of a webhook's token: unknown before the interaction was answered, invalid after a quarter of an hour. */
  byToken(token: string | undefined): Interaction {
    const interaction = this.#byToken.get(token ?? '');
    if (!interaction) throw refusal(50027);
    if (interaction.answered === null) throw refusal(10015);
    if (this.#discord.clock.now() - interaction.at > this.#discord.options.tokenLife) throw refusal(50027);
    return interaction;
  }

  /** The one answer: `{ type, data }`. */
  answer(interaction: Interaction, body: unknown, files: readonly Upload[], where: string): void {
    const { type, data } = checkAnswer(this.#discord, interaction, body, where);
    const makes = type === Answered.message || type === Answered.deferred || type === Answered.update;
    if (makes) this.refuseLocked(interaction);
    if (type === Answered.message) this.#reply(interaction, data, files, where);
    if (type === Answered.deferred)
      interaction.loading = { ephemeral: (Number(data?.['flags'] ?? 0) & Flag.ephemeral) !== 0 };
    if (type === Answered.deferredUpdate) interaction.original = interaction.message;
    if (type === Answered.update && interaction.message) {
      const { message } = interaction;
      const change = checkedContent(this.#discord, where, data, files, 'answer', message, ['data']);
      refuseEmpty(change, message);
      changeMessage(this.#discord, message, change);
      interaction.original = message;
    }
    if (type === Answered.choices)
      interaction.choices = (data?.['choices'] as Json[] | null | undefined) ?? [];
    if (type === Answered.modal && data) interaction.modal = modalOf(interaction, data);
    interaction.answered = type;
    interaction.ms = Math.round(performance.now() - interaction.began);
    interaction.settle();
  }

  /** In a locked, archived thread an app answers only those who may open it. */
  refuseLocked({ channel, user }: Interaction): void {
    if (channel.thread?.archived && channel.thread.locked && !may(channel, user.id, 'MANAGE_THREADS'))
      throw refusal(50083, 403);
  }

  #reply(interaction: Interaction, data: Json | null, files: readonly Upload[], where: string): void {
    const change = checkedContent(this.#discord, where, data, files, 'answer', null, ['data']);
    refuseEmpty(change);
    interaction.original = this.post(interaction, change, ((change.flags ?? 0) & Flag.ephemeral) !== 0);
  }

  /** Into the channel, or for the person alone. */
  post(interaction: Interaction, change: ReturnType<typeof checkedContent>, ephemeral: boolean): Message {
    const flags = (change.flags ?? 0) & ~Flag.ephemeral;
    return addMessage(this.#discord, interaction.channel, {
      ...change,
      author: this.#discord.bot,
      type: interaction.type === InteractionType.command ? 20 : 0,
      flags: ephemeral ? flags | Flag.ephemeral : flags,
      ephemeralTo: ephemeral ? interaction.user.id : null,
      interactionId: interaction.id,
    });
  }
}

function modalOf(from: Interaction, data: Json): Modal {
  return {
    customId: String(data['custom_id']),
    title: String(data['title']),
    components: data['components'] as Json[],
    from,
    closed: false,
  };
}
