// A strict fake Slack over real sockets on 127.0.0.1, for the unmodified SDK.
//
//   const slack = await startFakeSlack({ rates: false });        // options.ts names them all
//   const team = slack.team('Acme');                             // or slack.team('Acme', slack.enterprise('Mega'))
//   const bot = team.install({ scopes });                        // .token .botUserId .botId; slack.installEnterprise(e) for an organisation
//   const ann = team.user('ann', { admin: true, tz, locale, guest: 'single_channel', deleted, bot });
//   const support = team.channel('support', { members: [ann], private: true, archived: true, bot: false });
//   new WebClient(bot.token, { slackApiUrl: slack.apiUrl });     // slack.appToken, .signingSecret, .clientId, .clientSecret
//   slack.overHttp('http://127.0.0.1:3000/slack/events');        // or { events, interactivity, commands }; several are several
//                                                                // processes; slack.tamper({ skew }); or slack.overSocket()
//
// People:   const message = ann.post(support, 'help', { thread });  ann.react(message, 'white_check_mark');
//           const outcome = await ann.press(message, 'action_id' | (element, block) => boolean, { choose, values, stale });
//           await ann.submitModal({ action_id: 'text' });  ann.closeModal();  ann.shortcut(message, 'callback');
//           await ann.command('/nps', 'help', support);  ann.openHome();
//           Messages are live: structuredClone(message) and `stale` press what stood there before. What a person posts is as typed,
//           and escaped on the wire, unless `raw`. A channel's `archived` and `members`, a user's `deleted` may be set at any time.
//           An outcome has ok, status, ms, text, json, failure, payload and trouble (the error line that the person sees).
//           ann.modal, ann.home, ann.ephemerals(channel), ann.sees(channel), ann.direct(), ann.troubles.
// Looking:  slack.messages(channel), slack.thread(message), slack.calls, slack.called('chat.postMessage'), slack.violations,
//           slack.deliveries, slack.readable(message), slack.alive(message).
// Mischief: slack.mischief.next('chat.postMessage', { kind: 'drop_after' }), .plan({ method, trouble, probability }), .seed(1),
//           .events({ duplicate: 0.3, swap: 0.3, late: 50 }), .hold(which) and .release(order); slack.sockets.disconnect('warning'),
//           slack.sockets.cut(); slack.uninstall(bot, order); slack.advance(ms) moves the fake's time on.
// OAuth:    await slack.visitInstall(url, ann, { teamId, enterprise, deny }) walks the app's install page and its redirect.
// Ending:   await slack.settled(); await slack.close().
import { eventually } from '../../support/eventually.ts';
import { ALL_SCOPES, makeEnterprise, requestUrls, Team, uninstall } from './building.ts';
import { type HttpTampering, HttpTransport, type RequestUrls } from './delivery-http.ts';
import { type Alive, alive, readable } from './looking.ts';
import type { GivenOptions } from './options.ts';
import type { Person } from './person.ts';
import { Slack } from './slack.ts';
import type { Installation } from './tokens.ts';
import type { Call, Channel, Enterprise, Message, View } from './types.ts';
import { type Visit, type VisitOptions, visitInstall } from './visiting.ts';

export type { Channel, Enterprise, Installation, Message, Person, Team, View };

export class FakeSlack extends Slack {
  readonly appToken: string;
  #tampering: HttpTampering = {};

  constructor(options: GivenOptions) {
    super(options);
    this.appToken = this.tokens.app(this.options.appId);
  }

  get apiUrl(): string {
    return `${this.origin}/api/`;
  }

  get authorizeUrl(): string {
    return `${this.origin}/oauth/v2/authorize`;
  }

  get signingSecret(): string {
    return this.options.signingSecret;
  }

  get clientId(): string {
    return this.options.clientId;
  }

  get clientSecret(): string {
    return this.options.clientSecret;
  }

  enterprise(name: string): Enterprise {
    return makeEnterprise(this, name);
  }

  team(name: string, enterprise: Enterprise | null = null): Team {
    return new Team(this, name, enterprise);
  }

  /** For a whole organisation: no team in the token, nor in the payloads. */
  installEnterprise(
    enterprise: Enterprise,
    options: { readonly scopes?: readonly string[]; readonly by?: Person } = {},
  ): Installation {
    return this.install({
      teamId: null,
      enterpriseId: enterprise.id,
      userId: options.by?.id ?? '',
      scopes: options.scopes ?? ALL_SCOPES,
    });
  }

  /** Takes the app out; the events come in this order, now or when held ones are released. */
  uninstall(
    installation: Installation,
    order: readonly ('tokens_revoked' | 'app_uninstalled')[] = ['tokens_revoked', 'app_uninstalled'],
  ): void {
    uninstall(this, installation, order);
  }

  /** Several URLs are several processes, taken in turn. */
  overHttp(...urls: readonly (string | Partial<RequestUrls>)[]): void {
    const transport = new HttpTransport(urls.map(requestUrls), this.options, () => this.#tampering);
    this.delivery.through(transport);
  }

  /** Makes the requests that follow wrong in a way that the app has to refuse; `{}` makes them right again. */
  tamper(how: HttpTampering): void {
    this.#tampering = how;
  }

  overSocket(): void {
    this.delivery.through(this.sockets);
  }

  visitInstall(url: string, person: Person, options: VisitOptions = {}): Promise<Visit> {
    return visitInstall(this, url, person, options);
  }

  advance(milliseconds: number): void {
    this.clock.advance(milliseconds);
  }

  /** What stands in a channel, its threads included, oldest first. */
  messages(channel: Channel): Message[] {
    return channel.messages.filter((each) => !each.deleted);
  }

  thread(root: Message): Message[] {
    const ts = root.thread_ts ?? root.ts;
    return this.messages(this.world.channel(root.channel)).filter(
      (each) => each.ts === ts || each.thread_ts === ts,
    );
  }

  /** The calls of one method, oldest first. */
  called(method: string): Call[] {
    return this.calls.filter((each) => each.method === method);
  }

  get deliveries(): Slack['delivery']['log'] {
    return this.delivery.log;
  }

  readable(shown: Message | View): string {
    return readable(this, shown);
  }

  alive(shown: Message | View, autolinks = false): Alive[] {
    return alive(this, shown, autolinks);
  }

  /** Until every event has been acknowledged or given up. */
  async settled(within = 10_000): Promise<void> {
    this.mischief.flush();
    await eventually('every event acknowledged or given up', () => this.delivery.settled, within);
  }
}

export async function startFakeSlack(options: GivenOptions = {}): Promise<FakeSlack> {
  const slack = new FakeSlack(options);
  await slack.listen();
  return slack;
}
