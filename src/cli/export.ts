// `afterword export`: every prompt that was sent with its answer, as CSV that spreadsheets may open, or as JSON Lines.
import { type Command, Option } from 'commander';
import type { ZoneName } from '../domain/basics.ts';
import type { SurveyKind } from '../domain/survey/kind.ts';
import { ARCHIVE_COLUMNS, CSV_HEADER, csvLine, isoTime } from '../handlers/archive-csv.ts';
import type { ArchiveRow } from '../ports/store/archive.ts';
import type { Act } from './act.ts';
import { EXIT } from './errors.ts';
import { FORMATS, type ImportFormat } from './import/run.ts';
import { interruptible } from './interrupt.ts';
import { type Io, tell, write } from './io.ts';
import { readTime, surveyOption, type WorkspaceOption, withWorkspaceOption, zoneOption } from './options.ts';
import { startProgress } from './progress.ts';
import { withWorkspace } from './session.ts';
import { counted } from './words.ts';

interface ExportOptions extends WorkspaceOption {
  readonly format: ImportFormat;
  readonly survey?: SurveyKind;
  readonly from?: string;
  readonly to?: string;
  readonly timezone?: ZoneName;
}

const HELP = `
Writes to standard output what import reads back without loss: importing it where it came from adds nothing. In CSV, cells
that a spreadsheet would run as a formula get an apostrophe in front; import takes it away again.

Examples:
  $ afterword export > answers.csv
  $ afterword export --format jsonl --survey nps --from 2026-01-01 --to 2026-04-01 | gzip > q1.jsonl.gz
`;

export function exportCommand(program: Command, act: Act): void {
  const command = program
    .command('export')
    .summary('write all answers as CSV or JSON Lines')
    .description('Writes every prompt that was sent, with its answer, oldest first.')
    .addOption(new Option('--format <format>', 'csv or jsonl').choices(FORMATS).default('csv'))
    .addOption(surveyOption('only this survey'))
    .option('--from <time>', 'only prompts sent from this time on; a date means its beginning')
    .option('--to <time>', 'only prompts sent before this time; a date means its beginning')
    .addOption(zoneOption("where --from and --to are read (default: the workspace's zone)"))
    .addHelpText('after', HELP);
  withWorkspaceOption(command).action(act(exportRows));
}

async function exportRows(io: Io, options: ExportOptions): Promise<number> {
  return await withWorkspace(io, options.workspace, async ({ runtime, workspaceId, card }) => {
    const { archive } = runtime.ctx.store;
    const zone = options.timezone ?? card.workspace.zone;
    const from = readTime('--from', options.from, zone);
    const to = readTime('--to', options.to, zone);
    const filter = {
      ...(options.survey === undefined ? {} : { survey: options.survey }),
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
    };
    const progress = startProgress(io, {
      task: 'export',
      total: await archive.countRows(workspaceId, filter),
    });
    let done = 0;
    try {
      const interrupted = await interruptible(async (signal) => {
        if (options.format === 'csv') await write(io, CSV_HEADER);
        for await (const rows of archive.rows(workspaceId, filter)) {
          if (signal.aborted) return;
          await write(io, rows.map(options.format === 'csv' ? csvLine : jsonLine).join(''));
          done += rows.length;
          progress.at(done, counted(done, 'row'));
        }
      });
      if (!interrupted) return EXIT.good;
      tell(io, `interrupted after ${counted(done, 'row')}`);
      return EXIT.failed;
    } finally {
      progress.stop();
    }
  });
}

function jsonLine(row: ArchiveRow): string {
  const told = ARCHIVE_COLUMNS.map((column) => [
    column,
    column === 'sentAt' || column === 'answeredAt' ? isoTime(row[column]) : row[column],
  ]);
  return `${JSON.stringify(Object.fromEntries(told))}\n`;
}
