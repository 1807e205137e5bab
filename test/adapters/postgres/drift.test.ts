// prisma/schema.prisma and prisma/migrations say the same. Needs no server: both are read into databases in memory.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const SCHEMA = join(root, 'prisma/schema.prisma');
const MINUTES = 60_000;

/** What the migrations lack; empty when nothing. */
function missing(schema: string): string {
  const words = ['migrate', 'diff', '--from-migrations', 'prisma/migrations', '--to-schema', schema];
  const run = spawnSync(
    process.execPath,
    ['node_modules/prisma/build/index.js', ...words, '--script', '--exit-code'],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'prisma/schema-engine.mjs'),
        DATABASE_URL: '',
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
    },
  );
  if (run.status !== 0 && run.status !== 2) throw new Error(run.stderr);
  return run.status === 0 ? '' : run.stdout;
}

it(
  'given the schema as it is, the migrations lack nothing',
  () => expect(missing(SCHEMA)).toBe(''),
  3 * MINUTES,
);

it(
  'given a schema with one more column, the migrations lack it',
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'afterword-drift-'));
    const schema = join(directory, 'schema.prisma');
    writeFileSync(schema, readFileSync(SCHEMA, 'utf8').replace(/^model \w+ \{/m, '$&\n  oneMore String?'));
    expect(missing(schema)).toContain('ADD COLUMN     "oneMore" TEXT');
    rmSync(directory, { recursive: true });
  },
  3 * MINUTES,
);
