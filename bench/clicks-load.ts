// The load of clicks, as a process of its own: raw sockets, requests made and signed beforehand.
import { connect, type Socket } from 'node:net';
import { type Click, clickRequest } from './support/clicks.ts';
import { argumentOfScript } from './support/program.ts';

export interface ClicksLoad {
  readonly port: number;
  readonly path: string;
  readonly clicks: readonly Click[];
  readonly arrival: /** As fast as they are acknowledged, over so many connections. */
    | { readonly kind: 'lanes'; readonly connections: number }
    /** So many a second, however long each takes. */
    | { readonly kind: 'steady'; readonly rate: number }
    /** All at once, over a new connection each. */
    | { readonly kind: 'burst' };
}

export interface ClicksResult {
  readonly seconds: number;
  readonly ok: number;
  readonly failed: number;
  /** Milliseconds, from when the click was due. */
  readonly latencies: readonly number[];
}

const { port, path, clicks, arrival } = await argumentOfScript<ClicksLoad>();
const requests = clicks.map((click) => clickRequest(path, click, Date.now()));
const idle: Socket[] = [];
const all = new Set<Socket>();
const latencies: number[] = [];
let ok = 0;
let failed = 0;

const open = () =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => {
      socket.off('error', reject);
      resolve(socket);
    });
    all.add(socket);
    socket.once('error', reject);
  });

/** The status of the answer; 0 when the connection fails. */
const exchange = (socket: Socket, request: Buffer) =>
  new Promise<number>((resolve) => {
    let received = '';
    const settle = (status: number) => {
      socket.off('data', onData).off('error', onEnd).off('close', onEnd);
      resolve(status);
    };
    const onEnd = () => settle(0);
    const onData = (chunk: Buffer) => {
      received += chunk.toString('latin1');
      const head = received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (received.length >= head + 4 + length) settle(Number(received.slice(9, 12)));
    };
    socket.on('data', onData).on('error', onEnd).on('close', onEnd);
    socket.write(request);
  });

const click = async (request: Buffer, due: number) => {
  let socket: Socket | null | undefined = idle.pop();
  while (socket?.destroyed) socket = idle.pop();
  socket ??= await open().catch(() => null);
  const status = socket === null ? 0 : await exchange(socket, request);
  latencies.push(performance.now() - due);
  if (status === 200) ok++;
  else failed++;
  if (socket && status > 0) idle.push(socket);
};

const lanes = async (connections: number) => {
  let next = 0;
  const lane = async () => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++])
      await click(request, performance.now());
  };
  await Promise.all(Array.from({ length: connections }, lane));
};

const steadily = async (rate: number) => {
  const begin = performance.now();
  const clicking: Promise<void>[] = [];
  while (clicking.length < requests.length) {
    const due = begin + (clicking.length / rate) * 1000;
    if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, 1));
    else clicking.push(click(requests[clicking.length]!, due));
  }
  await Promise.all(clicking);
};

if (arrival.kind !== 'burst') {
  const ready = arrival.kind === 'lanes' ? arrival.connections : 50;
  idle.push(...(await Promise.all(Array.from({ length: ready }, open))));
}
const begin = performance.now();
if (arrival.kind === 'lanes') await lanes(arrival.connections);
else if (arrival.kind === 'steady') await steadily(arrival.rate);
else await Promise.all(requests.map((request) => click(request, begin)));
const seconds = (performance.now() - begin) / 1000;
for (const socket of all) socket.destroy();
process.stdout.write(JSON.stringify({ seconds, ok, failed, latencies } satisfies ClicksResult));
