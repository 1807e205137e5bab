// The program as it is started, between a strict fake Discord and services of its own; and the people who use it there.
import { expect } from 'vitest';
import { SECOND } from '../../src/domain/basics.ts';
import {
  type Channel,
  type FakeDiscord,
  type GivenOptions,
  type Guild,
  type Message,
  type Person,
  type Role,
  startFakeDiscord,
} from '../fakes/discord/index.ts';
import { eventually } from '../support/eventually.ts';
import {
  describeScenes,
  fits,
  type Pressed,
  prepareStage,
  presses,
  Scene,
  SOON,
  type Stage,
} from './scene.ts';

export const NPS = 'How likely are you to recommend us';
export const CES = 'It was easy to get my problem solved';

export interface OfficeOptions {
  readonly processes: number;
  /** Policies by the words of `survey set`. */
  readonly surveys?: readonly (readonly string[])[];
  readonly discord?: GivenOptions;
  /** Variables of the other platform, where both are in one program. */
  readonly also?: Readonly<Record<string, string>>;
}

type MemberOptions = Parameters<Guild['member']>[1];
type Given = Parameters<Person['command']>[2];

/** Runs a suite on either kind of store; whatever Discord would have refused fails the test during which it was sent. */
export function describeInOffices(
  name: string,
  options: Omit<OfficeOptions, 'processes'>,
  suite: (office: () => Office) => void,
  stores?: Parameters<typeof describeScenes>[3],
): void {
  describeScenes(name, (processes) => Office.open({ ...options, processes }), suite, stores);
}

export class Office extends Scene<Message, Channel> {
  readonly discord: FakeDiscord;
  readonly acme: Guild;
  /** Its members may moderate, and so are team where none is named. */
  readonly support: Role;
  /** Whoever looks after the product. */
  readonly lead: Person;
  /** The team's own channel. */
  readonly desk: Channel;
  /** Where customers begin threads. */
  readonly help: Channel;
  readonly forum: Channel;

  private constructor(discord: FakeDiscord, stage: Stage) {
    super(stage);
    this.discord = discord;
    this.acme = discord.guild('Acme', { bot: ['MANAGE_THREADS'] });
    this.support = this.acme.role('support', ['MANAGE_THREADS', 'MANAGE_MESSAGES']);
    this.lead = this.acme.member('lea', { roles: [this.support], nick: 'Lea Lead' });
    this.help = this.acme.channel('help');
    this.forum = this.acme.forum('questions', ['resolved', 'urgent']);
    this.desk = this.private('desk');
  }

  static async open({
    processes,
    surveys = [],
    discord: given = {},
    also = {},
  }: OfficeOptions): Promise<Office> {
    const discord = await startFakeDiscord(given);
    const stage = await prepareStage({
      processes,
      settings: () => ({
        DISCORD_TOKEN: discord.token,
        DISCORD_APPLICATION_ID: discord.applicationId,
        DISCORD_API_URL: discord.apiUrl,
        DISCORD_PUBLIC_KEY: discord.publicKey,
        ...also,
      }),
      ends: [() => discord.close()],
    });
    const office = new Office(discord, stage);
    try {
      await office.cli('discord', 'register');
      await office.start(surveys);
      await office.connected();
      return office;
    } catch (error) {
      await office.close();
      throw error;
    }
  }

  /** Waits until one process holds the gateway, and everybody knows the server. */
  async connected(): Promise<void> {
    const known = async () => (await this.cli('doctor')).includes('Acme');
    await eventually('a connection to the gateway', () => this.discord.gateway.live.length > 0, SOON);
    await eventually('the server to be known', known, SOON);
  }

  protected override violations() {
    return [...this.discord.violations, ...this.#shouted()];
  }

  /** Whatever of the product would call somebody. */
  #shouted() {
    const all = [...this.discord.world.channels.values()].flatMap((channel) => this.said(channel));
    return [...all, ...this.discord.world.ephemerals].flatMap((message) => [
      ...message.mentions,
      ...message.mentionRoles,
      ...(message.mentionEveryone ? ['everyone'] : []),
      ...this.discord.alive(message).filter(({ kind }) => kind === 'everyone'),
    ]);
  }

  /** A channel that customers do not see. */
  private(name: string): Channel {
    const channel = this.acme.channel(name);
    this.acme.overwrite(channel, 'everyone', { deny: ['VIEW_CHANNEL'] });
    this.acme.overwrite(channel, this.support, { allow: ['VIEW_CHANNEL'] });
    this.acme.overwrite(channel, 'bot', { allow: ['VIEW_CHANNEL'] });
    return channel;
  }

  /** A customer with a thread of their own, where they just asked for help and were answered. */
  customer(name: string, options: MemberOptions = {}): Helped {
    return this.helped(this.acme.member(name, options));
  }

  /** They asked for help, perhaps once more. */
  helped(person: Person): Helped {
    const thread = person.startThread(this.help, `${person.user.username} needs help`);
    const question = person.post(thread, 'It does not work, can you help?');
    const reply = this.lead.post(thread, 'Try it again, please: it should work now.');
    return { person, thread, question, reply };
  }

  /** Waits until the program has heard what was said: nobody marks a conversation in the very moment in which they answer. */
  async heard(thread: Channel): Promise<void> {
    // What is said in one thread is heard in its order, and the team spoke last.
    await this.site.look(async ({ ctx }) => {
      const authors = () => ctx.store.conversations('discord').authors(this.acme.id, this.help.id, thread.id);
      await eventually('the thread to be heard', async () => (await authors()).includes(this.lead.id), SOON);
    });
  }

  /** They are helped, the lead archives it, and they are asked. */
  async asked(name: string, options: MemberOptions = {}): Promise<Asked> {
    const helped = this.customer(name, options);
    this.lead.archive(helped.thread);
    return { ...helped, prompt: await this.message(() => helped.thread, NPS) };
  }

  override said(channel: Channel): Message[] {
    return this.discord.messages(channel).filter(({ author }) => author.id === this.discord.bot.id);
  }

  saidAnywhere(words: string): Message[] {
    const all = [...this.discord.world.channels.values()].flatMap((channel) => this.said(channel));
    return all.filter((one) => this.reads(one).includes(words));
  }

  override reads(message: Message | undefined): string {
    return message ? this.discord.readable(message) : '';
  }

  /** Waits until only this person is told so. */
  async told(person: Person, words: string | RegExp, channel?: Channel): Promise<Message> {
    const find = () => person.ephemerals(channel).findLast((one) => fits(this.reads(one), words));
    return await eventually(`${person.user.username} to be told ${words}`, find, SOON);
  }

  /** Runs `/nps …`, which is answered within three seconds; what it says, to whoever ran it alone. */
  async nps(person: Person, path: string, given: Given = {}, channel = this.desk): Promise<string> {
    const outcome = await person.command(channel, `nps ${path}`, given);
    expect(outcome.ok, `/nps ${path}: ${outcome.trouble}`).toBe(true);
    expect(outcome.ms).toBeLessThan(3 * SECOND);
    await eventually(`an answer to /nps ${path}`, () => !outcome.loading && outcome.reply, SOON);
    expect(outcome.ephemeral).toBe(true);
    return this.reads(outcome.reply!);
  }

  why(person: Person): Promise<string> {
    return this.nps(this.lead, 'why', { person });
  }

  /** A press that is acknowledged in time. */
  async press(
    person: Person,
    message: Message,
    what: Pressed,
  ): Promise<Awaited<ReturnType<Person['press']>>> {
    const outcome = await person.press(message, button(what));
    expect(outcome.trouble, `${person.user.username} presses ${what}`).toBeNull();
    return outcome;
  }
}

export interface Helped {
  readonly person: Person;
  /** The conversation. */
  readonly thread: Channel;
  /** What they asked. */
  readonly question: Message;
  /** What somebody of the team answered. */
  readonly reply: Message;
}

export interface Asked extends Helped {
  readonly prompt: Message;
}

/** The button for a score, or one of the other kinds. */
export function button(what: Pressed) {
  return ({ custom_id }: Readonly<Record<string, unknown>>) =>
    presses(String(custom_id).split('@')[0]!, what);
}
