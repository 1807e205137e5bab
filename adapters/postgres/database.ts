// The database under the store: a PostgreSQL server, or the one that is built in. Both are reached through `pg`.
import type pg from 'pg';
import { AfterwordError, type Duration, SECOND } from '../../src/domain/basics.ts';
import type { Log } from '../../src/ports/log.ts';
import { type EmbeddedStore, enterEmbeddedStore } from './embedded/store.ts';
import { EMBEDDED_LIMITS, firstAnswer, type PoolOptions, pools, SERVER_LIMITS } from './pool.ts';

export interface DatabaseConfig {
  /** Null: the embedded store in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** Connections at most; 10 unless told otherwise. */
  readonly max?: number;
  /**
   * Of the embedded store: `owner` refuses a directory that another process owns, `guest` goes through that process,
   * and owns the directory itself when there is none.
   */
  readonly role: 'owner' | 'guest';
  /** Of the embedded store: quicker, and may not survive a loss of power. For demonstrations and tests. */
  readonly throwaway?: boolean;
  readonly log?: Log;
}

export interface Database {
  readonly pool: pg.Pool;
  readonly kind: 'embedded' | 'server';
  /** Which database this is, for people; holds no secret. */
  describe(): string;
  /** A pool of its own on the same database, closed with it. */
  openPool(options: PoolOptions): pg.Pool;
  /** Gives work in hand two seconds, cuts what is left, and stops the embedded engine if this process runs it. */
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 10;
const CLOSE_GRACE: Duration = 2 * SECOND;

/**
 * Opens the database. Throws `invalid` or `unavailable` when the server cannot be used, `conflict` when another process
 * owns the embedded store, `forbidden` when its directory is somebody else's, `broken` when its files cannot be read.
 */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  if (config.databaseUrl === null) return await openEmbedded(config);
  const place = withoutSecrets(config.databaseUrl);
  const limits = { ...SERVER_LIMITS, connectionString: config.databaseUrl };
  return await connect(config, limits, `PostgreSQL at ${place}`, null);
}

async function openEmbedded(config: DatabaseConfig): Promise<Database> {
  for (let attempt = 1; ; attempt++) {
    const store = await enterEmbeddedStore(config.dataDir, config.role, config);
    try {
      return await connect(
        config,
        { ...EMBEDDED_LIMITS, ...store.connection },
        `PostgreSQL in ${store.place}`,
        store,
      );
    } catch (error) {
      // The owner may have left between its answer and ours: look again who it is.
      if (config.role === 'owner' || attempt === 3) throw error;
    }
  }
}

async function connect(
  config: DatabaseConfig,
  limits: pg.PoolConfig,
  where: string,
  embedded: EmbeddedStore | null,
): Promise<Database> {
  const opened = pools(limits);
  const pool = opened.open({ max: config.max ?? MAX_CONNECTIONS });
  let closing: Promise<void> | null = null;
  const close = async () => {
    await opened.close(CLOSE_GRACE);
    await embedded?.leave();
  };
  try {
    const { version } = await firstAnswer(pool, where);
    return {
      pool,
      kind: embedded === null ? 'server' : 'embedded',
      describe: () =>
        where.replace(
          'PostgreSQL',
          embedded === null ? `PostgreSQL ${version}` : `Embedded PostgreSQL ${version}`,
        ),
      openPool: opened.open,
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Host, port and database of a connection string. */
function withoutSecrets(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new AfterwordError(
      'invalid',
      'DATABASE_URL is not the address of a PostgreSQL server',
      'write postgresql://user:password@host:5432/database, or unset it to use the embedded store',
    );
  }
  const host = parsed.hostname || parsed.searchParams.get('host') || 'localhost';
  return `${host}:${parsed.port || 5432}${parsed.pathname}`;
}
