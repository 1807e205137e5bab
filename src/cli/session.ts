// Opens the product for one command, and closes it whatever happens.
import { type Config, type Environment, loadConfig } from '../config.ts';
import { AfterwordError, type Id } from '../domain/basics.ts';
import type { WorkspaceCard } from '../handlers/directory.ts';
import { DEFAULT_WORKSPACE } from '../handlers/install.ts';
import type { DatabaseTools, Runtime } from '../main.ts';
import type { Io } from './io.ts';

/** The configuration; a command says less of its own than a service does, unless LOG_LEVEL asks for more. */
export function configOf(io: Io, logLevel: Config['logLevel'] = 'warn'): Config {
  const environment: Environment = io.environment();
  const level = environment['LOG_LEVEL']?.trim() || logLevel;
  return loadConfig({ ...environment, LOG_LEVEL: level }, io.directory);
}

/** Runs with everything joined; an embedded store that another process owns is reached through that process. */
export async function withRuntime<T>(io: Io, run: (runtime: Runtime) => Promise<T>): Promise<T> {
  const { openRuntime } = await import('../main.ts');
  const runtime = await openRuntime(configOf(io), { role: 'guest' });
  try {
    return await run(runtime);
  } finally {
    await runtime.close();
  }
}

/** Runs with the database alone, as it is. */
export async function withDatabase<T>(
  io: Io,
  role: 'owner' | 'guest',
  run: (database: DatabaseTools, config: Config) => Promise<T>,
): Promise<T> {
  const { openDatabaseTools } = await import('../main.ts');
  const config = configOf(io);
  const database = await openDatabaseTools(config, role);
  try {
    return await run(database, config);
  } finally {
    await database.close();
  }
}

export interface InWorkspace {
  readonly runtime: Runtime;
  readonly workspaceId: Id;
  readonly card: WorkspaceCard;
}

/** The like in one workspace: the one of that name or id, else the only one there is. */
export async function withWorkspace<T>(
  io: Io,
  name: string | undefined,
  run: (at: InWorkspace) => Promise<T>,
): Promise<T> {
  return await withRuntime(io, async (runtime) => {
    const workspaceId = await workspaceNamed(runtime, name);
    return await run({ runtime, workspaceId, card: await runtime.ctx.directory.of(workspaceId) });
  });
}

/** The one of that name or id, else the only one there is. */
export async function workspaceNamed({ ctx }: Runtime, name: string | undefined): Promise<Id> {
  const all = await ctx.store.admin.workspaces();
  const names = all.map((workspace) => workspace.name).join(', ');
  if (name !== undefined) {
    const found = await ctx.store.admin.workspace(name);
    if (found) return found.id;
    throw new AfterwordError(
      'not_found',
      `there is no workspace ${JSON.stringify(name)}`,
      `there are: ${names}`,
    );
  }
  const [first, ...others] = all;
  const only = others.length === 0 ? first : all.find((workspace) => workspace.name === DEFAULT_WORKSPACE);
  if (only) return only.id;
  throw new AfterwordError('invalid', 'there are several workspaces', `say which with --workspace: ${names}`);
}

/** Notes in the workspace's trail who did what with the command line. */
export async function audit(
  { runtime: { ctx }, workspaceId }: InWorkspace,
  action: string,
  subject: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const entry = { id: ctx.ids.next(), at: ctx.clock.now(), actor: 'command line', action, subject, detail };
  await ctx.store.admin.audit(workspaceId, entry);
}
