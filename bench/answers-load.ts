// The load: answers over keep-alive connections, as fast as they are taken or at a steady rate. A process of its own, with as little of its own
// to do as possible: raw sockets, requests made beforehand.
import { connect, type Socket } from 'node:net';
import { argumentOfScript } from './support/program.ts';

export interface Load {
  readonly port: number;
  readonly connections: number;
  /** Requests a second over all connections; null: as fast as they are taken. */
  readonly rate: number | null;
  readonly requests: readonly { readonly promptId: string; readonly token: string }[];
}

export interface LoadResult {
  readonly seconds: number;
  readonly ok: number;
  readonly failed: number;
  /** Milliseconds, from when the request was due. */
  readonly latencies: readonly number[];
}

const load = await argumentOfScript<Load>();
const body = JSON.stringify({ score: 9, verbatim: 'quick and friendly' });
const bytes = load.requests.map(({ promptId, token }) =>
  Buffer.from(
    `POST /api/v1/prompts/${promptId}/answers HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  ),
);
const latencies: number[] = [];
let next = 0;
let ok = 0;
let failed = 0;
const begin = performance.now();
/** When request `i` is due. */
const dueOf = (i: number) => (load.rate === null ? performance.now() : begin + (i / load.rate) * 1000);

const lane = (socket: Socket) =>
  new Promise<void>((resolve, reject) => {
    let due = 0;
    let received = '';
    const send = () => {
      if (next >= bytes.length) return resolve();
      const i = next++;
      due = dueOf(i);
      const wait = due - performance.now();
      if (wait > 1) setTimeout(() => socket.write(bytes[i]!), wait);
      else socket.write(bytes[i]!);
    };
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const head = received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? Number.NaN);
      if (received.length < head + 4 + length) return;
      if (received.startsWith('HTTP/1.1 200')) ok++;
      else failed++;
      latencies.push(performance.now() - due);
      received = '';
      send();
    });
    send();
  });

const sockets = await Promise.all(
  Array.from(
    { length: load.connections },
    () =>
      new Promise<Socket>((resolve, reject) => {
        const socket = connect(load.port, '127.0.0.1', () => resolve(socket));
        socket.once('error', reject);
      }),
  ),
);
await Promise.all(sockets.map(lane));
const seconds = (performance.now() - begin) / 1000;
for (const socket of sockets) socket.destroy();
process.stdout.write(JSON.stringify({ seconds, ok, failed, latencies } satisfies LoadResult));
