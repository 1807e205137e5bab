// `afterword import`: survey answers from a file or a pipe.
import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { AfterwordError, type ZoneName } from '../domain/basics.ts';
import { IMPORT_FIELDS } from '../domain/response/import-row.ts';
import { classifierOf } from '../handlers/reading.ts';
import type { Act } from './act.ts';
import { EXIT } from './errors.ts';
import { type Mapping, parseMap } from './import/mapping.ts';
import type { BadLine } from './import/rows.ts';
import { FORMATS, formatOf, type ImportCounts, type ImportFormat, runImport } from './import/run.ts';
import { interruptible } from './interrupt.ts';
import { type Io, tell, write } from './io.ts';
import {
  type JsonOption,
  type WorkspaceOption,
  withJsonOption,
  withWorkspaceOption,
  zoneOption,
} from './options.ts';
import { type Progress, startProgress } from './progress.ts';
import { audit, withWorkspace } from './session.ts';
import { counted, number } from './words.ts';

interface ImportOptions extends WorkspaceOption, JsonOption {
  readonly map?: Mapping;
  readonly timezone?: ZoneName;
  readonly format?: ImportFormat;
  readonly platform: string;
}

const HELP = `
Columns (CSV, the first line names them) or keys (JSON Lines, one object a line):
  ${IMPORT_FIELDS.join(', ')}
  survey   nps, ces or csat (required)
  score    a whole number on the survey's scale; empty: sent, but not answered
  sentAt   when the question was asked (required)
  answeredAt   never before sentAt; left out: the same moment
  id       left out: a row is known by its content and by how often that came before in the file

Every bad line is reported with its number (the line where it begins; the header is line 1), its field and the reason;
all others are kept. Running it again adds nothing twice, so a file that was mended can simply be imported again.

--map names the columns of a foreign file: FIELD=COLUMN, FIELD=COLUMN+COLUMN (joined), FIELD:VALUE (the same in every
line), separated by commas; names that hold , + = : go in "quotes". Fields that it leaves out are read from the column
of their own name.

Exit code: 0 all lines are in, 1 there were bad lines (the good ones are kept) or it failed, 2 wrong use.

Examples:
  $ afterword import answers.csv
  $ afterword import answers.jsonl --json
  $ afterword import reviews.csv --map id=review_id+order_id,score=stars,verbatim=comment,sentAt=date,survey:csat \\
      --timezone America/Sao_Paulo
  $ zcat answers.csv.gz | afterword import -
`;

export function importCommand(program: Command, act: Act): void {
  const command = program
    .command('import')
    .summary('bring in survey answers from CSV or JSON Lines')
    .description('Brings in survey answers from a CSV or JSON Lines file, or from standard input.')
    .argument('<file>', 'the file; - for standard input')
    .option('--map <fields>', 'which column is which field', parseMap)
    .addOption(zoneOption("where clocks show the times that name no offset (default: the workspace's zone)"))
    .addOption(
      new Option('--format <format>', 'instead of finding it out by the name or the first character').choices(
        FORMATS,
      ),
    )
    .option('--platform <name>', 'whose ids the persons are, such as slack', 'import')
    .addHelpText('after', HELP);
  withWorkspaceOption(withJsonOption(command)).action(act(runCommand));
}

async function runCommand(io: Io, options: ImportOptions, file: string): Promise<number> {
  const { chunks, size, read } = await open(io, file);
  return await withWorkspace(io, options.workspace, async (at) => {
    const { runtime, workspaceId, card } = at;
    const progress = startProgress(io, { task: 'import', total: size });
    const report = options.json ? jsonReport(io) : plainReport(io, progress);
    let counts: ImportCounts | null = null;
    try {
      await report.begin();
      const interrupted = await interruptible(async (signal) => {
        const classify = classifierOf(runtime.ctx, card.workspace.settings);
        counts = await runImport(
          { ...runtime.ctx, classify },
          {
            chunks,
            format: options.format ?? formatOf(file),
            mapping: options.map ?? new Map(),
            zone: options.timezone ?? card.workspace.zone,
            workspaceId,
            platform: options.platform,
            onBad: report.bad,
            onUnused: (columns) =>
              progress.say(`not used: ${columns.map((name) => JSON.stringify(name)).join(', ')}`),
            onProgress(so) {
              counts = so;
              progress.at(read(), `${number(so.lines)} lines, ${number(so.bad)} bad`);
            },
            signal,
          },
        );
      });
      progress.stop();
      if (interrupted) throw new AfterwordError('unavailable', 'the import was interrupted', KEPT);
      await audit(at, 'import', file === '-' ? 'standard input' : file, { ...counts! });
      await report.end(counts!, null);
      return counts!.bad > 0 ? EXIT.failed : EXIT.good;
    } catch (error) {
      progress.stop();
      await report.end(counts ?? { lines: 0, added: 0, known: 0, bad: 0 }, error);
      throw error;
    }
  });
}

const KEPT = 'what came in before is kept; run it again for the rest';

interface ImportReport {
  begin(): Promise<void>;
  bad(bad: BadLine): Promise<void>;
  end(counts: ImportCounts, error: unknown): Promise<void>;
}

function plainReport(io: Io, progress: Progress): ImportReport {
  return {
    begin: async () => {},
    bad: async ({ line, field, value, reason }) => {
      const subject = [field, value === null ? null : JSON.stringify(value)].filter((part) => part !== null);
      progress.say(`line ${line}: ${[...subject, reason].join(' ')}`);
    },
    async end({ lines, added, known, bad }, error) {
      if (error !== null) {
        if (lines > 0)
          tell(
            io,
            `${counted(lines, 'line')} read before that: ${number(added)} added, ${number(known)} known, ${number(bad)} bad`,
          );
        return;
      }
      await write(
        io,
        `${counted(lines, 'line')}: ${number(added)} added, ${number(known)} already known, ${number(bad)} bad\n`,
      );
    },
  };
}

/** The bad lines come first, as they are found: there may be more of them than fit into memory. */
function jsonReport(io: Io): ImportReport {
  let first = true;
  return {
    begin: () => write(io, '{"bad":['),
    async bad(bad) {
      await write(io, `${first ? '' : ','}\n${JSON.stringify(bad)}`);
      first = false;
    },
    async end({ lines, added, known }, error) {
      const rest = {
        lines,
        added,
        known,
        ...(error === null ? {} : { error: String((error as Error).message) }),
      };
      await write(io, `],\n${JSON.stringify(rest).slice(1)}\n`);
    },
  };
}

interface Source {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** In bytes; null for a pipe. */
  readonly size: number | null;
  /** Bytes read so far. */
  read(): number;
}

/** Nothing is opened before it is read, so that no error comes while nobody listens. */
async function open(io: Io, file: string): Promise<Source> {
  let read = 0;
  const metered = async function* (stream: () => AsyncIterable<unknown>) {
    for await (const chunk of stream()) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
      read += bytes.length;
      yield bytes;
    }
  };
  if (file === '-') return { chunks: metered(() => io.stdin), size: null, read: () => read };
  const path = resolve(io.directory, file);
  const unreadable = (cause: NodeJS.ErrnoException) => {
    const remedy = 'give the path of a CSV or JSON Lines file, or - for standard input';
    return new AfterwordError('not_found', `${file} cannot be read (${cause.code})`, remedy, cause);
  };
  const found = await access(path, constants.R_OK)
    .then(() => stat(path))
    .catch((cause) => Promise.reject(unreadable(cause)));
  if (found.isDirectory())
    throw new AfterwordError('invalid', `${file} is a directory`, 'give the path of a file');
  return {
    chunks: metered(() => createReadStream(path, { highWaterMark: 256 * 1024 })),
    size: found.isFile() ? found.size : null,
    read: () => read,
  };
}
