// A door in front of a server that tests can shut: refused connections, or ones that nobody answers any more.
import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

export interface FlakyProxy {
  readonly port: number;
  /** Connections break, and new ones are refused. */
  shut(): Promise<void>;
  /** Connections stay, and new ones are taken, but nothing passes. */
  freeze(): void;
  /** As it was, for new connections. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** Listens on a free port of the loopback and passes everything on to `target`. */
export async function flakyProxy(target: NetConnectOpts): Promise<FlakyProxy> {
  const sockets = new Set<Socket>();
  let frozen = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (frozen) return;
    const behind = connect(target);
    keep(behind);
    client.on('data', (data) => frozen || behind.write(data)).on('close', () => behind.destroy());
    behind.on('data', (data) => frozen || client.write(data)).on('close', () => client.destroy());
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  };
  const shut = async () => {
    if (server.listening) {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    }
  };
  const port = await listen(0);
  return {
    port,
    shut,
    freeze() {
      frozen = true;
    },
    async reopen() {
      frozen = false;
      for (const socket of sockets) socket.destroy();
      if (!server.listening) await listen(port);
    },
    close: shut,
  };
}
