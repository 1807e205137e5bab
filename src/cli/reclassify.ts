// `afterword reclassify`: what stored answers say, read again by the classifier of today.
import type { Command } from 'commander';
import { AfterwordError } from '../domain/basics.ts';
import type { SurveyKind } from '../domain/survey/kind.ts';
import { type Reclassified, reclassify } from '../handlers/reclassify.ts';
import type { ReadingFilter } from '../ports/store/readings.ts';
import type { Act } from './act.ts';
import { EXIT } from './errors.ts';
import { interruptible } from './interrupt.ts';
import { type Io, write, writeJson } from './io.ts';
import {
  type JsonOption,
  readTime,
  surveyOption,
  type WorkspaceOption,
  withJsonOption,
  withWorkspaceOption,
} from './options.ts';
import { type Progress, startProgress } from './progress.ts';
import { audit, withWorkspace } from './session.ts';
import { counted, number } from './words.ts';

interface ReclassifyOptions extends WorkspaceOption, JsonOption {
  readonly survey?: SurveyKind;
  readonly from?: string;
  readonly to?: string;
}

const HELP = `
After an update of the program, or of a workspace's own words for themes: the sentiment and the themes of stored answers are read again.
Scores are never touched. What was said before is kept, with the version that said it; what a larger model said goes on to hold. Interrupted, it
goes on where it was when it is run again; several may run at once, while the service does.

Examples:
  $ afterword reclassify
  $ afterword reclassify --survey nps --from 2026-01-01 --json
`;

export function reclassifyCommand(program: Command, act: Act): void {
  const command = program
    .command('reclassify')
    .summary('read stored answers again')
    .description('Has stored answers read again by the classifier of today.')
    .addOption(surveyOption('only answers to this survey'))
    .option('--from <time>', 'only answers from this time on')
    .option('--to <time>', 'only answers before this time')
    .addHelpText('after', HELP);
  withWorkspaceOption(withJsonOption(command)).action(act(runReclassify));
}

async function runReclassify(io: Io, options: ReclassifyOptions): Promise<number> {
  return await withWorkspace(io, options.workspace, async (at) => {
    const { runtime, workspaceId, card } = at;
    let shown: Progress | undefined;
    let done: Reclassified | undefined;
    const filter = filterOf(options, card.workspace.zone);
    let interrupted = false;
    try {
      interrupted = await interruptible(async (signal) => {
        done = await reclassify(runtime.ctx, workspaceId, {
          filter,
          signal,
          onProgress(so, total) {
            shown ??= startProgress(io, { task: 'reading again', total });
            shown.at(so.read, `${number(so.read)} of ${number(total)}, ${number(so.changed)} changed`);
          },
        });
      });
    } finally {
      shown?.stop();
    }
    if (interrupted) {
      const remedy = 'what was read is kept; run it again for the rest';
      throw new AfterwordError(
        'unavailable',
        `it was interrupted after ${counted(done!.read, 'answer')}`,
        remedy,
      );
    }
    if (done!.read > 0) await audit(at, 'reclassify', done!.classifier, { ...filter, ...done! });
    if (options.json) await writeJson(io, done!);
    else await write(io, textOf(done!));
    return EXIT.good;
  });
}

function filterOf({ survey, from, to }: ReclassifyOptions, zone: string): ReadingFilter {
  const [since, until] = [readTime('--from', from, zone), readTime('--to', to, zone)];
  return {
    ...(survey === undefined ? {} : { survey }),
    ...(since === null ? {} : { from: since }),
    ...(until === null ? {} : { to: until }),
  };
}

function textOf({ classifier, read, changed }: Reclassified): string {
  if (read === 0) return `${classifier} has read every answer already\n`;
  return `${counted(read, 'answer')} read by ${classifier}; ${number(changed)} say something else now\n`;
}
