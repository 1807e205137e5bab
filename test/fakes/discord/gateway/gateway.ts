// The gateway: its connections and sessions, who identified when, and the ways in which it can fail.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Discord } from '../discord.ts';
import type { Event } from '../events.ts';
import { guildCreateShape } from '../shapes-places.ts';
import type { GuildRecord } from '../types.ts';
import { Connection } from './connection.ts';
import { Intent } from './intents.ts';
import type { Session } from './session.ts';

const DAY = 24 * 60 * 60_000;

export interface Resume {
  readonly sessionId: string;
  readonly seq: number;
  readonly ok: boolean;
}

export class Gateway {
  readonly #discord: Discord;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Connection>();
  /** Every session that ever began, oldest first. */
  readonly sessions: Session[] = [];
  readonly resumes: Resume[] = [];
  /** Heartbeats are not acknowledged any more: a zombie. */
  mute = false;
  /** No connection can be made, as in an outage. */
  offline = false;
  #refuseResumes = false;
  /** The most sessions of one shard that were connected at one time: more than one is two owners. */
  most = 0;

  constructor(discord: Discord) {
    this.#discord = discord;
  }

  get url(): string {
    return this.#discord.origin.replace('http:', 'ws:');
  }

  get live(): Session[] {
    return this.sessions.filter((each) => each.connected);
  }

  get connections(): number {
    return this.#connections.size;
  }

  get startsLeft(): number {
    const now = this.#discord.clock.now();
    return (
      this.#discord.options.sessionStarts - this.sessions.filter((each) => now - each.began < DAY).length
    );
  }

  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(incoming.url ?? '/', this.#discord.origin);
    if (this.offline || url.pathname !== '/') {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(incoming, socket, head, (connection) => {
      if (url.searchParams.get('v') !== '10') return connection.close(4012, 'Invalid API version');
      if (url.searchParams.get('encoding') !== 'json')
        return connection.close(4002, 'The fake speaks json alone');
      this.#connections.add(new Connection(this.#discord, connection));
    });
  }

  forget(connection: Connection, code: number): void {
    this.#connections.delete(connection);
    const { session } = connection;
    if (!session || session.socket !== connection.socket) return;
    session.socket = null;
    session.cutAt = this.#discord.clock.now();
    // A client that says goodbye ends its session.
    if (code === 1000 || code === 1001) session.cutAt = 0;
  }

  begin(session: Session): void {
    this.sessions.push(session);
    const same = this.live.filter((each) => each.shard === session.shard).length;
    this.most = Math.max(this.most, same);
  }

  mayIdentify(shard: number): boolean {
    const { concurrency, identifyEvery } = this.#discord.options;
    const since = this.#discord.clock.now() - identifyEvery;
    const key = shard % concurrency;
    const recent = this.sessions.some((each) => each.shard % concurrency === key && each.began > since);
    return !recent && this.startsLeft > 0;
  }

  resumable(id: string): Session | null {
    const session = this.sessions.find((each) => each.id === id);
    if (!session || this.#refuseResumes) return null;
    if (session.cutAt === null) return session;
    return this.#discord.clock.now() - session.cutAt <= this.#discord.options.sessionLife ? session : null;
  }

  dispatch(event: Event): void {
    const now = this.#discord.clock.now();
    for (const session of this.sessions) {
      const gone = session.cutAt !== null && now - session.cutAt > this.#discord.options.sessionLife;
      if (!gone && session.owns(event.guildId) && session.wants(event))
        session.dispatch(event.t, event.data(session.intents));
    }
  }

  bringGuild(session: Session, guild: GuildRecord): void {
    if ((session.intents & Intent.GUILDS) === 0) return;
    session.dispatch('GUILD_CREATE', guildCreateShape(this.#discord, guild));
  }

  /** The wire is cut, without a word. */
  cut(): void {
    for (const each of [...this.#connections]) each.socket.terminate();
  }

  /** Closed by Discord, with a code. */
  close(code: number): void {
    for (const each of [...this.#connections]) each.close(code);
  }

  /** Op 7: the app shall connect anew and resume. */
  reconnect(): void {
    for (const each of [...this.#connections]) each.send({ op: 7, d: null });
  }

  /** Op 9: whether the session can still be resumed. */
  invalidate(resumable: boolean): void {
    for (const each of [...this.#connections]) {
      // A resumable one forgets who the client is, so that it can say so again.
      const { session } = each;
      each.session = null;
      if (session) {
        session.socket = null;
        session.cutAt = resumable ? this.#discord.clock.now() : 0;
      }
      each.send({ op: 9, d: resumable });
    }
  }

  /** Sessions are lost: a resume is answered with op 9, until it is allowed again. */
  refuseResumes(refuse = true): void {
    this.#refuseResumes = refuse;
  }

  /** Discord asks for a heartbeat at once. */
  askForHeartbeat(): void {
    for (const each of [...this.#connections]) each.send({ op: 1, d: null });
  }

  stop(): void {
    this.cut();
    this.#server.close();
  }
}
