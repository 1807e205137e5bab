// Somebody in front of Discord: presses, fills in, runs commands, and sees what comes of it.
import { deliver } from './delivery.ts';
import { commandData, type Given, offered } from './filling-command.ts';
import { type Answers, modalData } from './filling-modal.ts';
import { type Interaction, InteractionType, type Modal } from './interaction.ts';
import { Outcome } from './outcome.ts';
import { may, maySend } from './permissions.ts';
import { find, type Matcher, pressData } from './pressing.ts';
import { Talker } from './talking.ts';
import { changeThread } from './threads.ts';
import type { Channel, Json, Message } from './types.ts';

export class Person extends Talker {
  /** Modals that were opened in front of this person, oldest first. */
  readonly modals: Modal[] = [];
  /** Error lines that Discord showed, oldest first. */
  readonly troubles: string[] = [];

  /**
   * Presses a button, or picks in a menu. `stale` presses what an older copy of the message showed, as a client does that has
   * not seen the newest version; `reopen: false` is a client that does not open an archived thread before it presses in it.
   */
  async press(
    message: Message,
    matcher: Matcher,
    options: {
      readonly choose?: readonly string[];
      readonly stale?: boolean;
      readonly reopen?: boolean;
    } = {},
  ): Promise<Outcome> {
    this.refuseUnseen(message.channel);
    if (message.deleted) throw new Error('this message is gone');
    if (message.ephemeralTo !== null && message.ephemeralTo !== this.id)
      throw new Error(`${this.user.username} does not see this message`);
    const versions = options.stale
      ? [...message.versions.map((each) => each.components), message.components]
      : [message.components];
    const pressed = find(versions, matcher);
    if (pressed['disabled'] === true && !options.stale) throw new Error('this is disabled');
    if (options.reopen !== false) this.#openAgain(message.channel);
    return this.#act(InteractionType.component, message.channel, message, pressData(pressed, options.choose));
  }

  /** The modal in front of this person. */
  get modal(): Modal | null {
    return this.modals.filter((each) => !each.closed).at(-1) ?? null;
  }

  /** Fills in and submits, by the custom ids of the fields. A client lets nobody submit what is missing or too long. */
  async submitModal(answers: Answers = {}, modal: Modal | null = this.modal): Promise<Outcome> {
    if (!modal || modal.closed) throw new Error(`no modal is open in front of ${this.user.username}`);
    const data = modalData(modal, answers);
    const outcome = await this.#act(InteractionType.modal, modal.from.channel, modal.from.message, data);
    // What was not taken stays open, to be tried again.
    if (outcome.ok) modal.closed = true;
    return outcome;
  }

  closeModal(modal: Modal | null = this.modal): void {
    if (modal) modal.closed = true;
  }

  /** A slash command by its full name, such as `nps ask`, with the values of its options. */
  command(channel: Channel, path: string, given: Given = {}): Promise<Outcome> {
    this.refuseUnseen(channel);
    const data = commandData(this.discord, this.user, channel, path, given, null);
    return this.#act(InteractionType.command, channel, null, data);
  }

  /** What is offered while somebody types into `focused`. */
  autocomplete(channel: Channel, path: string, focused: string, given: Given): Promise<Outcome> {
    this.refuseUnseen(channel);
    const data = commandData(this.discord, this.user, channel, path, given, focused);
    return this.#act(InteractionType.autocomplete, channel, null, data);
  }

  /** A command of a message's context menu. */
  messageCommand(message: Message, name: string): Promise<Outcome> {
    this.refuseUnseen(message.channel);
    const data = commandData(this.discord, this.user, message.channel, name, {}, null, message);
    return this.#act(InteractionType.command, message.channel, null, data);
  }

  /** The commands that this person is offered here, in this person's language. */
  commands(channel: Channel): string[] {
    return offered(this.discord, this.user, channel).map((each) => each.shown);
  }

  /** What this person alone was shown and still sees, in one channel or everywhere. */
  ephemerals(channel?: Channel): Message[] {
    return this.discord.world.ephemerals.filter(
      (each) => each.ephemeralTo === this.id && !each.deleted && (!channel || each.channel === channel),
    );
  }

  /** Everything in a channel as this person sees it, what is for this person alone included. */
  sees(channel: Channel): Message[] {
    this.refuseUnseen(channel);
    const all = [...channel.messages.filter((each) => !each.deleted), ...this.ephemerals(channel)];
    return all.sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
  }

  /** A client opens an archived thread before it presses in it, where it may. */
  #openAgain(channel: Channel): void {
    if (!channel.thread?.archived) return;
    const opens = channel.thread.locked ? may(channel, this.id, 'MANAGE_THREADS') : maySend(channel, this.id);
    if (opens) changeThread(this.discord, channel, { archived: false }, this.user);
  }

  async #act(type: number, channel: Channel, message: Message | null, data: Json): Promise<Outcome> {
    const interaction = await new Promise<Interaction>((resolve) => {
      const opened = this.discord.interactions.open({ type, user: this.user, channel, message }, () =>
        resolve(opened),
      );
      deliver(this.discord, opened, data);
    });
    const outcome = new Outcome(this.discord, interaction);
    if (outcome.modal) this.modals.push(outcome.modal);
    if (outcome.trouble) this.troubles.push(outcome.trouble);
    return outcome;
  }
}
