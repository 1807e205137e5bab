// The shards of one gateway connection, by discord.js's own client of it: it beats, resumes, and comes back after a cut by itself.
//
// Three of its ways are put right here. It forgets a session when its server cannot be reached for a moment, and what happened meanwhile with it:
// the session is kept while no server has said hello. It may connect once more after it was told to end: a session that nobody gets keeps it
// from that. And it tells of errors by rejecting what it was asked first, while it goes on trying: only its events say how things stand.
import { type SessionInfo, WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { GatewayDispatchEvents, type REST, type RESTGetAPIGatewayBotResult } from 'discord.js';
import { type Duration, SECOND } from '../../../src/domain/basics.ts';
import { within } from '../../shared/within.ts';

export interface SessionParts {
  readonly token: string;
  readonly intents: number;
  readonly info: RESTGetAPIGatewayBotResult;
  /** Kept from one connection to the next, by shard. */
  readonly sessions: Map<number, SessionInfo>;
  readonly onDispatch: (type: string, data: unknown, shard: number) => void;
  readonly onReady: (shard: number) => void;
  readonly onClosed: (shard: number, code: number) => void;
  readonly onError: (detail: string) => void;
}

export interface Session {
  /** Where `resumable`, whoever has its numbers can go on with it for some minutes. */
  end(resumable: boolean): Promise<void>;
}

const SHAKING_HANDS: Duration = 10 * SECOND;
const HELLO: Duration = 10 * SECOND;
const READY: Duration = 20 * SECOND;
const ENDING: Duration = 1 * SECOND;
/** The address that a session is resumed at may be gone for good: then the usual one is asked. */
const MOST_TRIES = 6;

const NORMAL = 1_000;
const RESUMING = 4_200;

export function openSession(parts: SessionParts): Session {
  const { token, intents, info, sessions, onDispatch, onReady, onClosed, onError } = parts;
  const greeted = new Set<number>();
  const failures = new Map<number, number>();
  const heard = new Map<number, number>();
  let ended = false;

  const manager = new WebSocketManager({
    token,
    intents,
    // Of the REST API it only asks where the gateway is.
    rest: { get: async () => info } as unknown as REST,
    handshakeTimeout: SHAKING_HANDS,
    helloTimeout: HELLO,
    readyTimeout: READY,
    retrieveSessionInfo: (shard) =>
      ended ? new Promise<never>(() => undefined) : (sessions.get(shard) ?? null),
    updateSessionInfo: (shard, session) => {
      if (ended) return;
      const tries = failures.get(shard) ?? 0;
      if (session !== null) sessions.set(shard, session);
      else if (greeted.has(shard) || tries >= MOST_TRIES) sessions.delete(shard);
    },
  });
  manager.on(WebSocketShardEvents.Hello, ({ shardId }) => {
    greeted.add(shardId);
    failures.delete(shardId);
  });
  manager.on(WebSocketShardEvents.Dispatch, ({ data, shardId }) => {
    // It resumes from a number that lags behind: what was heard already would be heard again, after what followed it.
    const isNew = data.t === GatewayDispatchEvents.Ready || data.s > (heard.get(shardId) ?? 0);
    if (isNew) heard.set(shardId, data.s);
    if (isNew && !ended) onDispatch(data.t, data.d, shardId);
  });
  manager.on(WebSocketShardEvents.Ready, ({ shardId }) => onReady(shardId));
  manager.on(WebSocketShardEvents.Resumed, ({ shardId }) => onReady(shardId));
  manager.on(WebSocketShardEvents.Closed, ({ code, shardId }) => {
    if (!greeted.delete(shardId)) failures.set(shardId, (failures.get(shardId) ?? 0) + 1);
    if (!ended) onClosed(shardId, code);
  });
  manager.on(WebSocketShardEvents.Error, ({ error }) => {
    if (!ended) onError(error instanceof Error ? error.message : String(error));
  });
  manager.connect().catch((error: unknown) => {
    if (!ended) onError(error instanceof Error ? error.message : String(error));
  });

  return {
    async end(resumable) {
      ended = true;
      if (!resumable) sessions.clear();
      const closed = manager.destroy({ code: resumable ? RESUMING : NORMAL, reason: 'goodbye' });
      await within(ENDING, Promise.resolve(closed)).catch(() => undefined);
    },
  };
}
