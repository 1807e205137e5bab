// A strict fake Discord over real sockets on 127.0.0.1: the REST API and the gateway, version 10, for the unmodified discord.js.
//
//   const discord = await startFakeDiscord({ rates: false });    // options.ts names them all; also .privileged, .shards, .heartbeat
//   new Client({ intents, rest: { api: discord.apiUrl } })       // then client.login(discord.token); discord.applicationId
//   const acme = discord.guild('Acme', { bot: ['MANAGE_THREADS'], locale: 'zh-CN', without: true });   // .record .owner .botRole
//   const team = acme.role('support', ['MANAGE_THREADS']);
//   const ann = acme.member('ann', { roles: [team], locale, nick, closed: true, bot });    // or acme.join(ann) from elsewhere
//   const help = acme.channel('help');  const forum = acme.forum('questions', ['resolved'], ['moderated tag']);
//   acme.overwrite(help, role | person | 'bot' | 'everyone', { deny: ['SEND_MESSAGES'] });
//
// People:   const message = ann.post(help, 'hi', { replyTo });  ann.direct('to the app');  ann.edit, .remove, .react(message, '✅'), .unreact
//           const thread = ann.startThread(help, 'name', { at: message, private, with: [ben, discord.bot], autoArchive });
//           const thread = ann.forumPost(forum, 'title', 'text', ['tag']);  ann.tag(thread, 'resolved'), .untag
//           ann.archive(thread), .unarchive, .lock, .unlock, .closeThread (locked and archived); discord.fallAsleep(thread): inactivity.
//           const outcome = await ann.press(message, 'custom_id' | 'label' | /…/ | (component) => boolean, { choose, stale, reopen });
//           await ann.submitModal({ custom_id: 'text' });  ann.closeModal();  ann.modal;  ann.modals
//           await ann.command(help, 'nps ask', { user: ben, about: 'x' });  await ann.messageCommand(message, 'Ask for feedback');
//           (await ann.autocomplete(help, 'nps ask', 'about', { about: 'par' })).choices;  ann.commands(help): what is offered, localized.
//           An act is over when the fake has its answer, or gave up waiting; the client's own promise follows a moment later.
//           An outcome has ok, ms, kind, trouble (the line that Discord shows), reply, ephemeral, loading, followups, modal, choices, calls.
//           ann.ephemerals(channel), ann.sees(channel), ann.directChannel(), ann.troubles; ann.user.closed = true shuts direct messages.
// Fate:     acme.expel(), .invite(), .outage(), .recover(), .leaves(ann), .setRoles(ann, []), .setRole(role, []), .deleteRole(role),
//           .deleteChannel(help); discord.revoke() makes the token worthless; discord.advance(ms) moves the fake's time on.
// Looking:  discord.messages(channel), .directs(ann), .calls, .called('POST /channels/{channel_id}/messages'), .violations, .invalidRequests,
//           .readable(message | modal), .alive(message), .registered(guild | null); message.versions is what it said before.
// Mischief: discord.mischief.next('POST /channels/{channel_id}/messages', { kind: 'drop_after' }), .plan({ route, trouble, probability,
//           times }), .seed(1), .events({ duplicate: 0.3, swap: 0.3, late: 50, only }), .hold(which), .release(order), .stop();
//           discord.gateway.cut(), .close(4000), .reconnect(), .invalidate(resumable), .refuseResumes(), .mute, .offline, .askForHeartbeat();
//           .gateway.sessions, .live, .resumes, .most (more than 1: a shard had two owners at once).
// By HTTP:  await discord.interactionsTo(url) PINGs, then sends interactions there, signed; discord.publicKey checks them.
// Ending:   await discord.close().
import { Guild, type GuildOptions } from './building.ts';
import type { Command } from './commands.ts';
import { type HttpTampering, postSigned, tryInteractionsUrl } from './delivery.ts';
import { Discord } from './discord.ts';
import type { Modal } from './interaction.ts';
import { type Alive, alive, aliveIn, readable } from './looking.ts';
import type { GivenOptions } from './options.ts';
import { Person } from './person.ts';
import { changeThread } from './threads.ts';
import type { Call, Channel, Json, Message, Role, User } from './types.ts';

export type { Alive, Channel, GivenOptions, Guild, Message, Modal, Person, Role };

export class FakeDiscord extends Discord {
  /** What a client calls the base of the API; the version follows. */
  get apiUrl(): string {
    return `${this.origin}/api`;
  }

  get token(): string {
    return this.options.token;
  }

  get publicKey(): string {
    return this.keys.publicKey;
  }

  guild(name: string, options: GuildOptions = {}): Guild {
    return new Guild(this, name, options);
  }

  /** Somebody in none of the servers. */
  stranger(name: string, options: Partial<Pick<User, 'locale' | 'closed'>> = {}): Person {
    return new Person(this, this.world.user(name, options));
  }

  /** Archived because nobody wrote for so long: no person did it, and no audit log tells. */
  fallAsleep(thread: Channel): void {
    changeThread(this, thread, { archived: true });
  }

  revoke(): void {
    this.revoked = true;
    this.gateway.close(4004);
  }

  advance(milliseconds: number): void {
    this.clock.advance(milliseconds);
  }

  /** What stands in a channel, oldest first. */
  messages(channel: Channel): Message[] {
    return channel.messages.filter((each) => !each.deleted);
  }

  /** What stands in the direct conversation with somebody. */
  directs(person: { readonly user: User }): Message[] {
    return this.messages(this.world.direct(person.user));
  }

  /** The requests of one route, oldest first. */
  called(route: string): Call[] {
    return this.calls.filter((each) => `${each.method} ${each.route}` === route);
  }

  /** 401, 403 and 429 of the last ten minutes: at 10,000 the address is shut out. */
  get invalidRequests(): number {
    return this.rates.invalid;
  }

  registered(place: { readonly id: string } | null = null): Command[] {
    return this.commands.of(place?.id ?? null);
  }

  readable(what: Message | Modal): string {
    return readable(this, what);
  }

  alive(what: Message | string): Alive[] {
    return typeof what === 'string' ? aliveIn(what) : alive(what);
  }

  /** As the developer portal does it: refuses an address that does not answer a PING or takes a wrong signature. */
  async interactionsTo(url: string | null): Promise<void> {
    if (url) await tryInteractionsUrl(this, url);
    this.interactionsUrl = url;
  }

  /** Sends something signed, or wrongly signed, to see what the app says. */
  post(url: string, payload: Json, how: HttpTampering = {}): ReturnType<typeof postSigned> {
    return postSigned(this, url, payload, how);
  }
}

export async function startFakeDiscord(options: GivenOptions = {}): Promise<FakeDiscord> {
  const discord = new FakeDiscord(options);
  await discord.listen();
  return discord;
}
