// Somebody in front of Slack: presses, fills in, opens, and sees what comes of it.
import type { Ack } from './delivery.ts';
import { fill, find, type Matcher, refuseBlank, type Values } from './filling.ts';
import * as payloads from './payloads.ts';
import { answerCommand, answerSubmission } from './submission.ts';
import { Talker } from './talking.ts';
import type { Channel, Json, Message, View } from './types.ts';
import { type Choice, initialValues } from './values.ts';

/** What came of an act: what the platform saw, and whether the person was shown an error. */
export interface Outcome extends Ack {
  readonly payload: Json;
  /** The line that the person sees when it went wrong. */
  readonly trouble: string | null;
}

const TROUBLE = 'We had some trouble connecting. Try again?';

export class Person extends Talker {
  /** Error lines that Slack showed, oldest first. */
  readonly troubles: string[] = [];

  /**
   * Presses a button or picks in a menu. `stale` presses what the given copy of a message shows, as a client does that has not
   * seen the newest version; `values` is what else stands in the fields by then.
   */
  async press(
    target: Message | View,
    matcher: Matcher,
    options: { readonly choose?: Choice; readonly values?: Values; readonly stale?: boolean } = {},
  ): Promise<Outcome> {
    if ('hash' in target) {
      if (target.closed) throw new Error('this view is closed');
      fill(target.blocks, target.values, options.values ?? {});
      const pressed = find(target.blocks, matcher, options.choose, target.values);
      return this.#act('interactive', payloads.viewAction(this.slack, this.user, target, pressed));
    }
    const live = this.live(target);
    const blocks = (options.stale ? target : live).blocks ?? [];
    const channel = this.channelOf(live);
    if (!channel.members.has(this.user.id)) throw new Error(`${this.user.name} does not see this channel`);
    if (live.ephemeralTo !== undefined && live.ephemeralTo !== this.user.id)
      throw new Error(`${this.user.name} does not see this message`);
    const values = initialValues(blocks);
    fill(blocks, values, options.values ?? {});
    const pressed = find(blocks, matcher, options.choose, values);
    return this.#act(
      'interactive',
      payloads.messageAction(this.slack, this.user, channel, live, pressed, values as Json),
    );
  }

  /** Fills in and submits; without `view` the topmost one. A client lets nobody submit what is missing or too long. */
  async submitModal(values: Values = {}, view: View | null = this.modal): Promise<Outcome> {
    if (!view || view.closed) throw new Error(`no modal is open in front of ${this.user.name}`);
    view.errors = {};
    fill(view.blocks, view.values, values);
    for (const block of view.blocks) refuseBlank(block, view);
    const outcome = await this.#act('interactive', payloads.viewSubmission(this.slack, this.user, view));
    if (!outcome.ok) return outcome;
    const trouble = answerSubmission(this.slack, view, outcome);
    if (trouble) this.troubles.push(trouble);
    return { ...outcome, trouble };
  }

  /** The app hears of it only if the view asked for that. */
  async closeModal(view: View | null = this.modal, all = false): Promise<Outcome | null> {
    if (!view) throw new Error(`no modal is open in front of ${this.user.name}`);
    this.slack.views.close(view, all);
    if (view.content['notify_on_close'] !== true) return null;
    return this.#act('interactive', payloads.viewClosed(this.slack, this.user, view, all));
  }

  /** On a message, or with a channel's team a global one. */
  shortcut(target: Message | { readonly teamId: string }, callbackId: string): Promise<Outcome> {
    if (!('ts' in target))
      return this.#act(
        'interactive',
        payloads.globalShortcut(this.slack, this.user, target.teamId, callbackId),
      );
    const live = this.live(target);
    return this.#act(
      'interactive',
      payloads.messageShortcut(this.slack, this.user, this.channelOf(live), live, callbackId),
    );
  }

  async command(command: string, text: string, where: Channel): Promise<Outcome> {
    const channel = where;
    if (!channel.members.has(this.user.id)) throw new Error(`${this.user.name} is not in this channel`);
    const fields = payloads.slashCommand(this.slack, this.user, channel, command, text);
    const outcome = await this.#act('command', fields);
    if (!outcome.ok) return outcome;
    const trouble = answerCommand(this.slack, channel, this.user, outcome);
    if (trouble) this.troubles.push(trouble);
    return { ...outcome, trouble };
  }

  /** The tab of the app; the direct conversation with its bot is there from then on. */
  openHome(tab: 'home' | 'messages' = 'home', teamId = this.user.teamId): void {
    const channel = this.openDirect(teamId);
    const { home } = this;
    this.slack.events.emit(teamId, {
      type: 'app_home_opened',
      user: this.user.id,
      channel: channel.id,
      tab,
      ...(home && tab === 'home'
        ? { view: payloads.viewClosed(this.slack, this.user, home, false)['view'] }
        : {}),
      event_ts: this.slack.clock.ts(),
    });
  }

  /** The topmost modal in front of this person. */
  get modal(): View | null {
    return this.slack.views.screen(this.user.id).at(-1) ?? null;
  }

  get home(): View | null {
    return this.slack.views.home(this.user.id);
  }

  /** What this person alone was shown and still sees, in one channel or everywhere. */
  ephemerals(channel?: Channel): Message[] {
    return this.slack.world.ephemerals.filter(
      (each) =>
        each.ephemeralTo === this.user.id && !each.deleted && (!channel || each.channel === channel.id),
    );
  }

  /** Everything in a channel as this person sees it, what is for this person alone included. */
  sees(channel: Channel): Message[] {
    if (!channel.members.has(this.user.id) && channel.kind !== 'public') return [];
    const all = [...channel.messages.filter((each) => !each.deleted), ...this.ephemerals(channel)];
    return all.sort((one, other) => Number(one.ts) - Number(other.ts));
  }

  /** The direct conversation with the bot of a team, made when there is none. */
  openDirect(teamId = this.user.teamId): Channel {
    const installation = this.slack.installationFor(teamId);
    if (!installation) throw new Error('the app is not installed here');
    const { world } = this.slack;
    return world.direct(world.user(installation.botUserId), this.user, teamId);
  }

  /** The direct conversation with the bot, if there is one yet. */
  direct(): Channel | null {
    const bot = (id: string): boolean =>
      this.slack.tokens.installations.some((each) => each.botUserId === id);
    for (const channel of this.slack.world.channels.values())
      if (channel.kind === 'im' && channel.members.has(this.user.id) && [...channel.members].some(bot))
        return channel;
    return null;
  }

  async #act(kind: 'interactive' | 'command', payload: Json): Promise<Outcome> {
    const ack = await this.slack.delivery.act(kind, payload);
    const trouble = ack.ok ? null : TROUBLE;
    if (trouble) this.troubles.push(trouble);
    return { ...ack, payload, trouble };
  }
}
