// One WebSocket: hello, then identify or resume, then heartbeats. Whoever breaks the order is closed with Discord's code.
import type { RawData, WebSocket } from 'ws';
import { isObject } from '../check/form.ts';
import type { Discord } from '../discord.ts';
import { userShape } from '../shapes.ts';
import type { Json } from '../types.ts';
import { Intent, KNOWN_INTENTS, PRIVILEGED } from './intents.ts';
import { Session } from './session.ts';

const MOST_A_MINUTE = 120;
/** The connection is closed with this code; `wrong`: because the app did what it must not do. */
class Closing extends Error {
  readonly code: number;
  readonly wrong: boolean;

  constructor(code: number, reason: string, wrong = true) {
    super(reason);
    this.code = code;
    this.wrong = wrong;
  }
}

const OTHER_OPS = [3, 4, 8, 31];

export class Connection {
  readonly #discord: Discord;
  readonly socket: WebSocket;
  session: Session | null = null;
  #heard: number[] = [];
  #beat = Date.now();
  readonly #pulse: NodeJS.Timeout;

  constructor(discord: Discord, socket: WebSocket) {
    this.#discord = discord;
    this.socket = socket;
    const { heartbeat } = discord.options;
    socket.on('message', (data) => this.#hear(data));
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => this.#closed(code));
    this.#pulse = setInterval(() => {
      if (Date.now() - this.#beat > heartbeat * 2) this.close(4009, 'Session timed out');
    }, heartbeat).unref();
    this.send({ op: 10, d: { heartbeat_interval: heartbeat, _trace: ['fake'] } });
  }

  send(payload: Json): void {
    this.socket.send(JSON.stringify({ t: null, s: null, ...payload }));
  }

  close(code: number, reason = ''): void {
    this.socket.close(code, reason);
  }

  #closed(code: number): void {
    clearInterval(this.#pulse);
    this.#discord.gateway.forget(this, code);
  }

  #hear(data: RawData): void {
    try {
      this.#heed(data);
    } catch (error) {
      if (!(error instanceof Closing)) throw error;
      if (error.wrong) this.#discord.violated('gateway', String(error.code), error.message);
      this.close(error.code, error.message);
    }
  }

  #heed(data: RawData): void {
    const now = Date.now();
    this.#heard = [...this.#heard.filter((at) => now - at < 60_000), now];
    if (this.#heard.length > MOST_A_MINUTE) throw new Closing(4008, 'Rate limited');
    let payload: unknown;
    try {
      payload = JSON.parse(String(data));
    } catch {
      throw new Closing(4002, 'Decode error');
    }
    if (!isObject(payload) || typeof payload['op'] !== 'number') throw new Closing(4002, 'Decode error');
    const { op, d } = payload;
    if (op === 1) this.#heartbeat();
    else if (op === 2) this.#identify(d);
    else if (op === 6) this.#resume(d);
    else if (!OTHER_OPS.includes(op)) throw new Closing(4001, 'Unknown opcode');
    else if (!this.session) throw new Closing(4003, 'Not authenticated');
  }

  #heartbeat(): void {
    this.#beat = Date.now();
    if (!this.#discord.gateway.mute) this.send({ op: 11 });
  }

  #identify(d: unknown): void {
    const { options, gateway, clock, ids } = this.#discord;
    if (this.session) throw new Closing(4005, 'Already authenticated');
    if (!isObject(d) || !isObject(d['properties']) || typeof d['intents'] !== 'number')
      throw new Closing(4002, 'Decode error');
    if (d['token'] !== options.token || this.#discord.revoked)
      throw new Closing(4004, 'Authentication failed', false);
    const intents = d['intents'];
    if ((intents & ~KNOWN_INTENTS) !== 0) throw new Closing(4013, 'Invalid intent(s)');
    for (const name of PRIVILEGED)
      if ((intents & Intent[name]) !== 0 && !options.privileged.includes(name))
        throw new Closing(4014, 'Disallowed intent(s)');
    const [shard, shards] = (d['shard'] as [number, number] | undefined) ?? [0, 1];
    if (!(shard >= 0 && shard < shards)) throw new Closing(4010, 'Invalid shard');
    if (options.shardsRequired && shards < options.shards)
      throw new Closing(4011, 'Sharding required', false);
    if (!gateway.mayIdentify(shard)) {
      this.send({ op: 9, d: false });
      return;
    }
    const session = new Session(ids.secret(12), [shard, shards], intents, this.socket, clock.now());
    this.session = session;
    gateway.begin(session);
    this.#ready(session);
  }

  #ready(session: Session): void {
    const { bot, applicationId, gateway, world } = this.#discord;
    const guilds = [...world.guilds.values()].filter(
      (each) => each.members.has(bot.id) && session.owns(each.id),
    );
    session.dispatch('READY', {
      v: 10,
      user: { ...userShape(bot), mfa_enabled: false, verified: true, email: null },
      guilds: guilds.map((each) => ({ id: each.id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: gateway.url,
      shard: [session.shard, session.shards],
      application: { id: applicationId, flags: 0 },
      private_channels: [],
      presences: [],
      relationships: [],
      _trace: ['fake'],
    });
    for (const guild of guilds) if (!guild.unavailable) gateway.bringGuild(session, guild);
  }

  #resume(d: unknown): void {
    const { options, gateway } = this.#discord;
    if (this.session) throw new Closing(4005, 'Already authenticated');
    if (!isObject(d)) throw new Closing(4002, 'Decode error');
    if (d['token'] !== options.token || this.#discord.revoked)
      throw new Closing(4004, 'Authentication failed', false);
    const session = gateway.resumable(String(d['session_id']));
    const seq = Number(d['seq']);
    gateway.resumes.push({ sessionId: String(d['session_id']), seq, ok: session !== null });
    if (!session) {
      this.send({ op: 9, d: false });
      return;
    }
    if (!(seq >= 0 && seq <= session.sent.length)) throw new Closing(4007, 'Invalid seq');
    session.socket?.terminate();
    session.socket = this.socket;
    session.cutAt = null;
    this.session = session;
    session.replay(seq);
  }
}
