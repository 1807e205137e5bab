// The program as it is started, between a strict fake Slack and services of its own; and the people who use it there.
import { expect } from 'vitest';
import { SECOND } from '../../src/domain/basics.ts';
import {
  type Channel,
  type FakeSlack,
  type Installation,
  type Message,
  type Person,
  startFakeSlack,
  type Team,
} from '../fakes/slack/index.ts';
import type { GivenOptions } from '../fakes/slack/options.ts';
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

export { LONG, SOON } from './scene.ts';

export type Transport = 'http' | 'socket';

export interface OfficeOptions {
  readonly transport: Transport;
  /** One: the embedded store. More: PostgreSQL and Redis. */
  readonly processes: number;
  /** Workspaces install by OAuth, instead of one by its token. */
  readonly oauth?: boolean;
  /** Policies by the words of `survey set`. */
  readonly surveys?: readonly (readonly string[])[];
  readonly slack?: GivenOptions;
}

/** Runs a suite on either kind of store; whatever Slack would have refused fails the test during which it was sent. */
export function describeInOffices(
  name: string,
  options: Omit<OfficeOptions, 'processes'>,
  suite: (office: () => Office) => void,
): void {
  describeScenes(name, (processes) => Office.open({ ...options, processes }), suite);
}

export class Office extends Scene<Message, Channel> {
  readonly slack: FakeSlack;
  readonly team: Team;
  /** Null where workspaces install by OAuth. */
  readonly bot: Installation | null;
  /** Whoever looks after the product. */
  readonly lead: Person;
  /** The team's own channel. */
  readonly desk: Channel;

  private constructor(parts: Pick<Office, 'slack' | 'team' | 'bot'>, stage: Stage) {
    super(stage);
    this.slack = parts.slack;
    this.team = parts.team;
    this.bot = parts.bot;
    this.lead = this.team.user('lea', { displayName: 'Lea Lead', tz: 'UTC', tzOffset: 0 });
    this.desk = this.team.channel('desk', { members: [this.lead], private: true });
  }

  static async open({
    transport,
    processes,
    oauth = false,
    surveys = [],
    slack: given = {},
  }: OfficeOptions): Promise<Office> {
    const ends: (() => Promise<unknown>)[] = [];
    // Slack waits a minute and five; here nobody does.
    const slack = await startFakeSlack({ retryWaits: [0, 500, 2_000], ...given });
    ends.push(() => slack.close());
    const team = slack.team('Acme');
    const bot = oauth ? null : team.install();
    const settings = (ports: readonly number[]) => ({
      SLACK_API_URL: slack.apiUrl,
      PUBLIC_URL: `http://127.0.0.1:${ports[0]}`,
      ...(transport === 'http'
        ? { SLACK_SIGNING_SECRET: slack.signingSecret }
        : { SLACK_APP_TOKEN: slack.appToken }),
      ...(bot ? { SLACK_BOT_TOKEN: bot.token } : {}),
      ...(oauth
        ? {
            SLACK_CLIENT_ID: slack.clientId,
            SLACK_CLIENT_SECRET: slack.clientSecret,
            SLACK_STATE_SECRET: 'state-secret-of-this-test',
          }
        : {}),
    });
    const stage = await prepareStage({ processes, settings, ends });
    const office = new Office({ slack, team, bot }, stage);
    try {
      await office.start(surveys);
      if (transport === 'http')
        slack.overHttp(...office.instances.map(({ port }) => `http://127.0.0.1:${port}/slack/events`));
      else {
        slack.overSocket();
        await eventually(
          'every process to be connected',
          () => slack.sockets.connections === processes,
          SOON,
        );
      }
      if (bot)
        await eventually(
          'every process to know the workspace',
          () => slack.called('auth.test').length >= processes,
          SOON,
        );
      return office;
    } catch (error) {
      await office.close();
      throw error;
    }
  }

  protected override violations() {
    return this.slack.violations;
  }

  /** A customer with a channel of their own, where they just asked for help and were answered. */
  async customer(
    name: string,
    options: Parameters<Team['user']>[1] = {},
    team: Team = this.team,
  ): Promise<Helped> {
    const person = team.user(name, { displayName: name, tz: 'UTC', tzOffset: 0, ...options });
    const channel = this.team.channel(`help-${name}`, { members: [person, this.lead] });
    return await this.helped(person, channel);
  }

  /** They asked for help again. */
  async helped(person: Person, channel: Channel): Promise<Helped> {
    const question = person.post(channel, 'It does not work, can you help?');
    const reply = this.lead.post(channel, 'Try it again, please: it should work now.', { thread: question });
    // Nobody marks a conversation in the very moment in which they answer.
    await this.slack.settled();
    return { person, channel, question, reply };
  }

  /** They are helped, the lead marks it, and they are asked. */
  async asked(name: string, options: Parameters<Team['user']>[1] = {}): Promise<Asked> {
    const helped = await this.customer(name, options);
    this.lead.react(helped.reply, 'white_check_mark');
    return {
      ...helped,
      prompt: await this.message(() => helped.channel, 'How likely are you to recommend us'),
    };
  }

  override said(channel: Channel): Message[] {
    return this.slack.messages(channel).filter((one) => one.bot_id !== undefined);
  }

  saidAnywhere(words: string): Message[] {
    const all = [...this.slack.world.channels.values()].flatMap((channel) => this.said(channel));
    return all.filter((one) => this.reads(one).includes(words));
  }

  override reads(message: Message | undefined): string {
    return message ? this.slack.readable(message) : '';
  }

  /** Waits until only this person is told so. */
  async told(person: Person, words: string | RegExp, channel?: Channel): Promise<Message> {
    const find = () => person.ephemerals(channel).findLast((one) => fits(this.reads(one), words));
    return await eventually(`${person.user.name} to be told ${words}`, find, SOON);
  }

  /** Types `/nps …`, which is answered within three seconds; what it says, to whoever typed it alone. */
  async nps(person: Person, text: string, channel = this.desk): Promise<string> {
    const before = person.ephemerals(channel).length;
    const outcome = await person.command('/nps', text, channel);
    expect(outcome, `/nps ${text}`).toMatchObject({ ok: true, trouble: null });
    expect(outcome.ms).toBeLessThan(3 * SECOND);
    const answer = await eventually(
      `an answer to /nps ${text}`,
      () => person.ephemerals(channel)[before],
      SOON,
    );
    return this.reads(answer);
  }
}

export interface Helped {
  readonly person: Person;
  readonly channel: Channel;
  /** What they asked; the conversation is its thread. */
  readonly question: Message;
  /** What somebody of the team answered. */
  readonly reply: Message;
}

export interface Asked extends Helped {
  readonly prompt: Message;
}

/** The button for a score, or one of the other kinds. */
export function button(what: Pressed) {
  return ({ action_id }: Readonly<Record<string, unknown>>) => presses(String(action_id), what);
}
