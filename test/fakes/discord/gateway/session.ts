// One session of a shard: what it was sent, in order, so that it can be resumed after its wire was cut.
import type { WebSocket } from 'ws';
import type { Event } from '../events.ts';
import type { Json } from '../types.ts';

export class Session {
  readonly id: string;
  readonly shard: number;
  readonly shards: number;
  readonly intents: number;
  readonly began: number;
  /** Every dispatch, in order; the first has the number 1. */
  readonly sent: { readonly op: 0; readonly t: string; readonly s: number; readonly d: Json }[] = [];
  socket: WebSocket | null;
  /** When its wire was cut; null: it is connected. */
  cutAt: number | null = null;

  constructor(id: string, shard: readonly [number, number], intents: number, socket: WebSocket, now: number) {
    this.id = id;
    [this.shard, this.shards] = shard;
    this.intents = intents;
    this.socket = socket;
    this.began = now;
  }

  get connected(): boolean {
    return this.socket !== null;
  }

  wants(event: Event): boolean {
    return event.intents === 0 || (event.intents & this.intents) !== 0;
  }

  /** Whether this shard has that server; direct conversations are the first shard's. */
  owns(guildId: string | null): boolean {
    if (guildId === null) return this.shard === 0;
    return Number((BigInt(guildId) >> 22n) % BigInt(this.shards)) === this.shard;
  }

  dispatch(t: string, d: Json): void {
    const payload = { op: 0 as const, t, s: this.sent.length + 1, d };
    this.sent.push(payload);
    this.socket?.send(JSON.stringify(payload));
  }

  replay(after: number): void {
    for (const payload of this.sent.slice(after)) this.socket?.send(JSON.stringify(payload));
    this.dispatch('RESUMED', { _trace: ['fake'] });
  }
}
