// The queue's contract in the embedded PostgreSQL, with and without its notices.
import { queueContract } from '../../contracts/queue.ts';
import { embeddedPostgres } from './embedded-postgres.ts';
import { queueOfPostgres } from './queue-of-postgres.ts';

for (const notify of [true, false]) {
  const name = `BullMQ in the embedded PostgreSQL, ${notify ? 'with' : 'without'} NOTIFY`;
  queueContract(name, async () => queueOfPostgres(await embeddedPostgres(notify)));
}
