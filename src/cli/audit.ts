// `afterword audit`: who changed what in a workspace, and when.
import { type Command, Option } from 'commander';
import type { AuditEntry } from '../ports/store/administration.ts';
import type { Act } from './act.ts';
import { EXIT } from './errors.ts';
import { type Io, write, writeJson } from './io.ts';
import {
  type JsonOption,
  readWhole,
  type WorkspaceOption,
  withJsonOption,
  withWorkspaceOption,
} from './options.ts';
import { withWorkspace } from './session.ts';
import { table } from './table.ts';

interface AuditOptions extends WorkspaceOption, JsonOption {
  readonly limit: number;
}

const HELP = `
The newest first. Whoever was forgotten is named by none of them: what they did stays, and who they were is gone.

Examples:
  $ afterword audit
  $ afterword audit --limit 500 --json
`;

export function auditCommand(program: Command, act: Act): void {
  const command = program
    .command('audit')
    .summary('who changed what, and when')
    .description('Shows what was set, exported, linked and erased: who, what and when.')
    .addOption(new Option('--limit <n>', 'how many entries').argParser(readWhole).default(50))
    .addHelpText('after', HELP);
  withWorkspaceOption(withJsonOption(command)).action(act(showTrail));
}

async function showTrail(io: Io, options: AuditOptions): Promise<number> {
  return await withWorkspace(io, options.workspace, async ({ runtime: { ctx }, workspaceId }) => {
    const entries = await ctx.store.admin.auditTrail(workspaceId, options.limit);
    if (options.json)
      await writeJson(
        io,
        entries.map(({ at, actor, action, subject, detail }) => ({
          at: new Date(at).toISOString(),
          who: actor,
          action,
          subject,
          detail,
        })),
      );
    else if (entries.length === 0) await write(io, 'nothing was changed yet\n');
    else
      await write(
        io,
        table(
          [
            { title: 'when', cell: ({ at }) => new Date(at).toISOString() },
            { title: 'who', cell: ({ actor }) => actor },
            { title: 'what', cell: ({ action }) => action },
            { title: 'of', cell: ({ subject }) => subject },
            { title: 'details', cell: detailText },
          ],
          entries,
        ),
      );
    return EXIT.good;
  });
}

function detailText({ detail }: AuditEntry): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}
