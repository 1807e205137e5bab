// `afterword apikey`: keys for the HTTP API. A key is shown once; only its hash is kept.
import type { Command } from 'commander';
import { AfterwordError } from '../domain/basics.ts';
import type { Act } from './act.ts';
import { EXIT } from './errors.ts';
import { type Io, tell, write, writeJson } from './io.ts';
import { type JsonOption, type WorkspaceOption, withJsonOption, withWorkspaceOption } from './options.ts';
import { audit, withWorkspace } from './session.ts';
import { table } from './table.ts';

interface KeyOptions extends WorkspaceOption, JsonOption {}

interface CreateOptions extends KeyOptions {
  readonly name: string;
}

const HELP = `
A key belongs to one workspace and may do everything there that the HTTP API can do.

Examples:
  $ afterword apikey create --name zendesk
  $ afterword apikey list
  $ afterword apikey revoke 0190b3c5-…
`;

const CREATE = `
The key is the only thing on standard output, so that it can be piped into where secrets are kept. It cannot be shown again.

Example:
  $ afterword apikey create --name zendesk
`;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function apikeyCommands(program: Command, act: Act): void {
  const apikey = program
    .command('apikey')
    .summary('keys for the HTTP API')
    .description('Makes, shows and revokes keys for the HTTP API.')
    .addHelpText('after', HELP);

  const create = apikey
    .command('create')
    .description('Makes a key and shows it once.')
    .option('--name <name>', 'what it is for', 'unnamed')
    .addHelpText('after', CREATE);
  withWorkspaceOption(withJsonOption(create)).action(act(createKey));

  const list = apikey
    .command('list')
    .description('Shows the keys there are, never the keys themselves.')
    .addHelpText('after', '\nExample:\n  $ afterword apikey list --json\n');
  withWorkspaceOption(withJsonOption(list)).action(act(listKeys));

  const revoke = apikey
    .command('revoke')
    .description('Makes a key invalid, at once and for good.')
    .argument('<id>', 'its id, from the list')
    .addHelpText('after', '\nExample:\n  $ afterword apikey revoke 0190b3c5-7f6e-7d3a-9c51-2f4be1d0c7aa\n');
  withWorkspaceOption(withJsonOption(revoke)).action(act(revokeKey));
}

async function createKey(io: Io, options: CreateOptions): Promise<number> {
  return await withWorkspace(io, options.workspace, async (at) => {
    const { ctx, tokens } = at.runtime;
    const key = tokens.newKey();
    const id = ctx.ids.next();
    const { name } = options;
    await ctx.store.admin.createApiKey(
      { id, workspaceId: at.workspaceId, name, hash: tokens.hashKey(key) },
      ctx.clock.now(),
    );
    await audit(at, 'apikey.create', id, { name });
    if (options.json) {
      await writeJson(io, { id, name, key });
    } else {
      tell(io, `Key ${id} (${name}). Keep it: it is not shown again.`);
      await write(io, `${key}\n`);
    }
    return EXIT.good;
  });
}

async function listKeys(io: Io, options: KeyOptions): Promise<number> {
  return await withWorkspace(io, options.workspace, async ({ runtime, workspaceId }) => {
    const keys = (await runtime.ctx.store.admin.apiKeys(workspaceId)).map(
      ({ id, name, createdAt, revokedAt }) => ({
        id,
        name,
        createdAt: new Date(createdAt).toISOString(),
        revokedAt: revokedAt === null ? null : new Date(revokedAt).toISOString(),
      }),
    );
    if (options.json) await writeJson(io, keys);
    else if (keys.length === 0) tell(io, 'there are none; afterword apikey create makes one');
    else
      await write(
        io,
        table(
          [
            { title: 'id', cell: (key) => key.id },
            { title: 'name', cell: (key) => key.name },
            { title: 'created', cell: (key) => key.createdAt },
            { title: 'revoked', cell: (key) => key.revokedAt ?? '' },
          ],
          keys,
        ),
      );
    return EXIT.good;
  });
}

async function revokeKey(io: Io, options: KeyOptions, id: string): Promise<number> {
  return await withWorkspace(io, options.workspace, async (at) => {
    const { ctx } = at.runtime;
    const revoked =
      UUID.test(id) && (await ctx.store.admin.revokeApiKey(at.workspaceId, id, ctx.clock.now()));
    if (!revoked)
      throw new AfterwordError(
        'not_found',
        `no key ${JSON.stringify(id)} is in use`,
        'see afterword apikey list',
      );
    await audit(at, 'apikey.revoke', id);
    if (options.json) await writeJson(io, { id, revoked: true });
    else await write(io, `revoked ${id}\n`);
    return EXIT.good;
  });
}
