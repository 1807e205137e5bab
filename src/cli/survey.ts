// `afterword survey`: when and how customers are asked.
import type { Command } from 'commander';
import { SURVEY_KINDS } from '../domain/survey/kind.ts';
import type { SurveyPolicy } from '../domain/survey/policy.ts';
import { parsePolicy, policyFields } from '../domain/survey/policy-schema.ts';
import type { Act } from './act.ts';
import { asUsage, EXIT, UsageError } from './errors.ts';
import { type Io, write, writeJson } from './io.ts';
import { type JsonOption, type WorkspaceOption, withJsonOption, withWorkspaceOption } from './options.ts';
import { audit, withWorkspace } from './session.ts';
import { table } from './table.ts';

interface ListOptions extends WorkspaceOption, JsonOption {}

interface SetOptions extends ListOptions {
  readonly on?: boolean;
  readonly off?: boolean;
  readonly question?: Readonly<Record<string, string>>;
  readonly delay?: string;
  readonly reminder?: string;
  readonly expiry?: string;
  readonly throttle?: string;
  readonly declineThrottle?: string;
  readonly sampling?: string;
  readonly quietHours?: string;
  readonly dailyCap?: string;
  readonly place?: string;
}

const SET = `
What is not named stays as it is. It holds for prompts scheduled from now on.

Examples:
  $ afterword survey set nps --off
  $ afterword survey set ces --delay 10m --reminder 24h --expiry 7d --throttle 30d
  $ afterword survey set csat --quiet-hours 21:00-08:00 --daily-cap 100 --sampling 50
  $ afterword survey set csat --place direct           asked by a direct message where that can be
  $ afterword survey set csat --question en="How did we do?" --question de="Wie waren wir?"
  $ afterword survey set csat --question de=           the product's own wording again
`;

export function surveyCommands(program: Command, act: Act): void {
  const survey = program
    .command('survey')
    .summary('when and how customers are asked')
    .description('Shows and sets when and how customers are asked.')
    .addHelpText(
      'after',
      '\nExamples:\n  $ afterword survey list\n  $ afterword survey set nps --reminder off\n',
    );

  const list = survey
    .command('list')
    .description('Shows the policy of every survey.')
    .addHelpText('after', '\nExample:\n  $ afterword survey list --json\n');
  withWorkspaceOption(withJsonOption(list)).action(act(listPolicies));

  const set = survey
    .command('set')
    .description('Changes the policy of one survey.')
    .argument('<kind>', SURVEY_KINDS.join(', '))
    .option('--on', 'ask it')
    .option('--off', 'do not ask it')
    .option(
      '--question <tag=text>',
      'its wording in a language; may be given several times',
      readQuestion,
      {},
    )
    .option('--delay <duration>', 'from the end of the conversation to the question, such as 10m')
    .option('--reminder <duration>', 'from the question to its one reminder, or off')
    .option('--expiry <duration>', 'how long it can be answered')
    .option('--throttle <duration>', 'the least time between two questions to one person, of any kind')
    .option('--decline-throttle <duration>', 'the same after a "not now"')
    .option('--sampling <percent>', 'how many conversations bring a question, 0 to 100')
    .option(
      '--quiet-hours <from-to>',
      "when nobody is asked, by the person's clock, such as 21:00-08:00, or off",
    )
    .option('--daily-cap <n>', 'the most questions a day, or off')
    .option('--place <where>', 'thread or direct: where to ask first, where both can be had')
    .addHelpText('after', SET);
  withWorkspaceOption(withJsonOption(set)).action(act(setPolicy));
}

async function listPolicies(io: Io, options: ListOptions): Promise<number> {
  return await withWorkspace(io, options.workspace, async ({ card }) => {
    const policies = SURVEY_KINDS.map((kind) => card.policies[kind]);
    if (options.json) await writeJson(io, policies.map(told));
    else await write(io, policyTable(policies));
    return EXIT.good;
  });
}

async function setPolicy(io: Io, options: SetOptions, name: string): Promise<number> {
  const kind = SURVEY_KINDS.find((known) => known === name.toLowerCase());
  if (kind === undefined)
    throw new UsageError(
      `there is no survey ${JSON.stringify(name)}`,
      `write one of ${SURVEY_KINDS.join(', ')}`,
    );
  const { workspace, json, on, off, question, ...rest } = options;
  if (on && off) throw new UsageError('--on and --off contradict each other', 'give one of them');
  if (!on && !off && Object.keys({ ...question, ...rest }).length === 0)
    throw new UsageError('there is nothing to set', 'see afterword survey set --help');
  return await withWorkspace(io, workspace, async (at) => {
    const { ctx } = at.runtime;
    const base = at.card.policies[kind];
    const changes = { ...rest, ...(on || off ? { enabled: on === true } : {}), ...questions(base, question) };
    const policy = asUsage(() => parsePolicy(kind, changes, base));
    await ctx.store.admin.savePolicy(at.workspaceId, policy, ctx.clock.now());
    ctx.directory.forget(at.workspaceId);
    await audit(at, 'survey.set', kind, changes);
    if (json) await writeJson(io, told(policy));
    else await write(io, policyTable([policy]));
    return EXIT.good;
  });
}

/** Wordings given replace the ones that are there; an empty one takes its language away. */
function questions(base: SurveyPolicy, given: Readonly<Record<string, string>> = {}) {
  if (Object.keys(given).length === 0) return {};
  const tags = new Map(Object.entries(base.question).map(([tag]) => [tag.toLowerCase(), tag]));
  const question: Record<string, string> = { ...base.question };
  for (const [tag, text] of Object.entries(given)) {
    delete question[tags.get(tag.toLowerCase()) ?? tag];
    if (text.trim() !== '') question[tag] = text;
  }
  return { question };
}

function readQuestion(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [, tag, words] = /^\s*([A-Za-z0-9-]+)\s*=(.*)$/s.exec(text) ?? [];
  if (tag === undefined || words === undefined)
    throw new UsageError(
      `--question ${JSON.stringify(text)} names no language`,
      'write it as en="How did we do?"',
    );
  return { ...before, [tag]: words };
}

function told(policy: SurveyPolicy): Readonly<Record<string, unknown>> {
  return { kind: policy.kind, ...policyFields(policy) };
}

/** A line a field, a column a survey: there are more fields than surveys. */
function policyTable(policies: readonly SurveyPolicy[]): string {
  const names = Object.keys(policyFields(policies[0]!));
  return table(
    [
      { title: '', cell: (name: string) => name },
      ...policies.map((policy) => ({
        title: policy.kind as string,
        cell: (name: string) => words(policyFields(policy)[name]),
      })),
    ],
    names,
  );
}

function words(value: unknown): string {
  if (value === null) return 'off';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value !== 'object') return String(value);
  const wordings = Object.entries(value).map(([tag, text]) => `${tag}: ${text}`);
  return wordings.length === 0 ? 'built in' : wordings.join('; ');
}
