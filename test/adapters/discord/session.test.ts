// The client's own ways that are put right: a session outlives a server that is gone for a moment, and what was ended does not come back.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { SessionInfo } from '@discordjs/ws';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { openSession, type Session } from '../../../adapters/discord/receive/session.ts';
import { eventually } from '../../support/eventually.ts';

interface Frame {
  readonly op: number;
  readonly d: { readonly seq?: number; readonly session_id?: string } | null;
}

/** Says hello, and is ready for whoever identifies. */
async function serve(port: number, greets = true) {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  const frames: Frame[] = [];
  let connections = 0;
  server.on('connection', (socket: WebSocket) => {
    connections += 1;
    const send = (frame: object) => socket.send(JSON.stringify(frame));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      frames.push(frame);
      const resume_gateway_url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const ready = { user: { id: '1' }, guilds: [], session_id: 'first', resume_gateway_url };
      if (frame.op === 2) send({ op: 0, t: 'READY', s: 1, d: ready });
      if (frame.op === 6) send({ op: 0, t: 'RESUMED', s: 2, d: {} });
    });
    if (greets) send({ op: 10, d: { heartbeat_interval: 60_000 } });
  });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    frames,
    connections: () => connections,
    async stop() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('given a session', () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  const open = (port: number, sessions = new Map<number, SessionInfo>()) => {
    const told: string[] = [];
    const session: Session = openSession({
      token: 'token',
      intents: 1,
      info: {
        url: `ws://127.0.0.1:${port}`,
        shards: 1,
        session_start_limit: { total: 9, remaining: 9, reset_after: 0, max_concurrency: 1 },
      },
      sessions,
      onDispatch: (type) => told.push(type),
      onReady: () => told.push('ready'),
      onClosed: (_, code) => told.push(String(code)),
      onError: () => undefined,
    });
    ends.push(() => session.end(false));
    return { told, session, sessions };
  };

  it('when nobody listens for a moment, then it goes on where it was', async () => {
    const first = await serve(0);
    const { told } = open(first.port);
    await eventually('it is ready', () => told.includes('ready'));
    await first.stop();
    await eventually('it has tried in vain', () => told.filter((one) => one === '1006').length >= 2);
    const second = await serve(first.port);
    ends.push(second.stop);
    await eventually('it speaks', () => second.frames.length > 0);
    expect(second.frames[0]).toMatchObject({ op: 6, d: { session_id: 'first', seq: 1 } });
  });

  it('when it is ended before anybody said hello, then it does not come back', async () => {
    const server = await serve(0, false);
    ends.push(server.stop);
    const { session } = open(server.port);
    await eventually('it is connected', () => server.connections() === 1);
    await session.end(false);
    // The client waits half a second before it connects again.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect([server.connections(), server.frames]).toEqual([1, []]);
  });

  it('when it is ended so that it can go on, then another goes on with it', async () => {
    const server = await serve(0);
    ends.push(server.stop);
    const { told, session, sessions } = open(server.port);
    await eventually('it is ready', () => told.includes('ready'));
    await session.end(true);
    open(server.port, sessions);
    await eventually('it goes on', () => server.frames.some(({ op }) => op === 6));
    expect(server.frames.filter(({ op }) => op === 2)).toHaveLength(1);
  });
});
