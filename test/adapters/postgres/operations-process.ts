// A process of its own that does random operations on a workspace of a database: `operations-process.ts URL WORKSPACE SEED COUNT`.
import pg from 'pg';
import { Operations } from '../../contracts/store/random-operations.ts';
import { World } from '../../contracts/store/world.ts';
import { storeUnderTest } from './store-under-test.ts';

const [url, workspaceId, seed, count] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 2 });
const test = storeUnderTest({ pool, kind: 'server' });
await new Operations(new World(test, workspaceId!), Number(seed)).run(Number(count));
await pool.end();
