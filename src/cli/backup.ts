// `afterword backup` and `restore`: the whole store as one file, and back.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { AfterwordError } from '../domain/basics.ts';
import type { Act } from './act.ts';
import { EXIT } from './errors.ts';
import { type Io, tell, write, writeJson } from './io.ts';
import { type JsonOption, withJsonOption } from './options.ts';
import { type Progress, startProgress } from './progress.ts';
import { withDatabase } from './session.ts';
import { counted, number } from './words.ts';

interface RestoreCommandOptions extends JsonOption {
  readonly force?: boolean;
}

const BACKUP = `
The service may be running: the file holds what was committed at one moment, of all workspaces, and can be read by its user
only. It does not hold ENCRYPTION_KEY, without which tokens that were sent out are void, apps have to be installed again, and
opt-outs of erased people are not recognised: keep that too, elsewhere.

Example:
  $ afterword backup afterword-2026-11-20.backup
`;

const RESTORE = `
Takes a file of either kind of store, all of it or nothing. The service must not be running. With the store that it came
from went its ENCRYPTION_KEY: set the same one, or put the file encryption.key where it was.

Examples:
  $ afterword restore afterword-2026-11-20.backup
  $ DATABASE_URL=postgres://… afterword restore afterword-2026-11-20.backup --force
`;

export function backupCommands(program: Command, act: Act): void {
  const backup = program
    .command('backup')
    .summary('save the whole store in one file')
    .description('Saves the whole store in one file, while it runs.')
    .argument('<file>')
    .addHelpText('after', BACKUP);
  withJsonOption(backup).action(act(runBackup));

  const restore = program
    .command('restore')
    .summary('put such a file into an empty store')
    .description('Puts what a backup holds into an empty store.')
    .argument('<file>')
    .option('--force', 'replace what the store holds')
    .addHelpText('after', RESTORE);
  withJsonOption(restore).action(act(runRestore));
}

async function runBackup(io: Io, { json }: JsonOption, name: string): Promise<number> {
  return await withDatabase(io, 'guest', async (database, config) => {
    const file = resolve(io.directory, name);
    const summary = await watched(io, 'backup', (progress) => database.backup(file, progress));
    if (json) await writeJson(io, { file, ...summary });
    else await write(io, `${counted(summary.rows, 'row')} in ${file}\n`);
    const key = join(config.dataDir, 'encryption.key');
    if (config.encryptionKeys === null && existsSync(key))
      tell(io, `it does not hold the key: keep ${key} too`);
    return EXIT.good;
  });
}

async function runRestore(io: Io, { json, force }: RestoreCommandOptions, name: string): Promise<number> {
  const file = resolve(io.directory, name);
  if (!existsSync(file))
    throw new AfterwordError('not_found', `${name} is not there`, 'give the path of a backup');
  return await withDatabase(io, 'owner', async (database) => {
    const summary = await watched(io, 'restore', (progress) =>
      database.restore(file, { force: force === true, progress }),
    );
    if (json) await writeJson(io, { database: database.describe(), ...summary });
    else await write(io, `${counted(summary.rows, 'row')} in ${database.describe()}\n`);
    return EXIT.good;
  });
}

/** Shows how far it has come, once that is known. */
async function watched<T>(
  io: Io,
  task: string,
  run: (progress: (rows: number, of: number) => void) => Promise<T>,
): Promise<T> {
  let shown: Progress | undefined;
  try {
    return await run((rows, of) => {
      shown ??= startProgress(io, { task, total: of });
      shown.at(rows, `${number(rows)} of ${counted(of, 'row')}`);
    });
  } finally {
    shown?.stop();
  }
}
