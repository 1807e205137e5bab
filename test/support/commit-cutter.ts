// A door in front of PostgreSQL that slams in the middle of a COMMIT: before the server hears it, or before anybody hears the server's answer.
import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

export interface CommitCutter {
  readonly port: number;
  /** Breaks the connection that commits next. */
  cut(when: 'before' | 'after'): void;
  close(): Promise<void>;
}

/** Listens on a free port of the loopback and passes everything on to `target`. */
export async function commitCutter(target: NetConnectOpts): Promise<CommitCutter> {
  const sockets = new Set<Socket>();
  let next: 'before' | 'after' | null = null;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((accepted) => {
    const client = keep(accepted);
    const behind = keep(connect(target));
    let deaf = false;
    client.on('data', (data) => {
      const commits = next !== null && data.includes('COMMIT\0');
      if (!commits) return behind.write(data);
      const when = next;
      next = null;
      if (when === 'before') return client.destroy();
      deaf = true;
      return behind.write(data);
    });
    behind.on('data', (data) => (deaf ? client.destroy() : client.write(data)));
    client.on('close', () => behind.destroy());
    behind.on('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    port: address.port,
    cut(when) {
      next = when;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
