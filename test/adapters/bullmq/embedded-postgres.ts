// An embedded PostgreSQL in a directory of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enterEmbeddedStore } from '../../../adapters/postgres/embedded/store.ts';

export async function embeddedPostgres(notify: boolean) {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'afterword-queue-'));
  const store = await enterEmbeddedStore(dataDirectory, 'owner');
  return {
    connection: store.connection,
    server: { path: join(`${store.connection.host}`, '.s.PGSQL.5432') },
    notify,
    async dispose() {
      await store.leave();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
