// `afterword person` and `forget`: one respondent, across platforms.
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { AfterwordError } from '../domain/basics.ts';
import type { PersonSummary } from '../ports/store/archive.ts';
import { oneLine } from '../views/parts.ts';
import { renderText } from '../views/plain-text.ts';
import { whyView } from '../views/why.ts';
import type { Act } from './act.ts';
import { EXIT, UsageError } from './errors.ts';
import { type Io, tell, write, writeJson } from './io.ts';
import { type JsonOption, type WorkspaceOption, withJsonOption, withWorkspaceOption } from './options.ts';
import { audit, type InWorkspace, withWorkspace } from './session.ts';
import { counted } from './words.ts';

interface PersonOptions extends WorkspaceOption, JsonOption {}

interface ForgetOptions extends PersonOptions {
  readonly yes?: boolean;
}

/** Entries of the trail that are shown. */
const TRAIL = 50;

const WHO = `
PERSON is a person's id, your own customer id, or who they are on a platform: U0ALICE0001, or in full
slack:T0001:U0ALICE0001 where the short form is several people.
`;

export function personCommands(program: Command, act: Act): void {
  const person = program
    .command('person')
    .summary('who somebody is on each platform')
    .description('Shows, joins and parts the identities of respondents.')
    .addHelpText(
      'after',
      `${WHO}\nExamples:\n  $ afterword person show U0ALICE0001\n  $ afterword person link cust-17 U0ALICE0001\n`,
    );

  const show = person
    .command('show')
    .description('Shows who somebody is, and every time they were asked or skipped, with the reason.')
    .argument('<person>')
    .addHelpText('after', `${WHO}\nExample:\n  $ afterword person show slack:T0001:U0ALICE0001\n`);
  withWorkspaceOption(withJsonOption(show)).action(act(showPerson));

  const link = person
    .command('link')
    .description('Joins two people into the first. The stricter of two opt-outs wins.')
    .argument('<person>', 'who stays')
    .argument('<other>', 'who becomes part of the first')
    .addHelpText('after', `${WHO}\nExample:\n  $ afterword person link cust-17 U0ALICE0001\n`);
  withWorkspaceOption(withJsonOption(link)).action(act(linkPeople));

  const unlink = person
    .command('unlink')
    .description(
      'Gives one identity a person of its own again, with what was said as it. An opt-out goes with it.',
    )
    .argument('<identity>', 'in full, such as slack:T0001:U0ALICE0001')
    .addHelpText('after', '\nExample:\n  $ afterword person unlink slack:T0001:U0ALICE0001\n');
  withWorkspaceOption(withJsonOption(unlink)).action(act(unlinkIdentity));

  const forget = program
    .command('forget')
    .summary('erase a person')
    .description(
      "Erases the names, ids and words of one person. Their scores stay, as nobody's; an opt-out stays as a keyed hash.",
    )
    .argument('<person>')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `${WHO}\nExamples:\n  $ afterword forget U0ALICE0001\n  $ afterword forget cust-17 --yes\n`,
    );
  withWorkspaceOption(withJsonOption(forget)).action(act(forgetPerson));
}

async function find({ runtime, workspaceId }: InWorkspace, name: string): Promise<PersonSummary> {
  const found = await runtime.ctx.store.archive.findPerson(workspaceId, name);
  if (found) return found;
  throw new AfterwordError(
    'not_found',
    `nobody is called ${JSON.stringify(name)} here`,
    'people are known once they were helped',
  );
}

async function showPerson(io: Io, options: PersonOptions, name: string): Promise<number> {
  return await withWorkspace(io, options.workspace, async (at) => {
    const { runtime, workspaceId, card } = at;
    const person = await find(at, name);
    const trail = await runtime.ctx.store.transaction(workspaceId, (tx) =>
      tx.prompts.trail(person.id, TRAIL),
    );
    if (options.json) {
      const asked = trail.map(({ prompt, survey, source, externalId, closedAt }) => ({
        prompt: prompt.id,
        survey,
        source,
        externalId,
        closedAt: new Date(closedAt).toISOString(),
        state: withIsoTimes(prompt.state),
      }));
      await writeJson(io, { ...person, trail: asked });
      return EXIT.good;
    }
    const t = runtime.ctx.texts(card.workspace.locale);
    await write(
      io,
      `${describe(person)}\n\n${renderText(whyView(t, { person, trail, zone: card.workspace.zone }))}\n`,
    );
    return EXIT.good;
  });
}

/** Instants in a prompt's state, as everywhere in JSON. */
function withIsoTimes(state: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(state).map(([key, value]) => [
      key,
      key.endsWith('At') && typeof value === 'number' ? new Date(value).toISOString() : value,
    ]),
  );
}

async function linkPeople(io: Io, options: PersonOptions, name: string, other: string): Promise<number> {
  return await withWorkspace(io, options.workspace, async (at) => {
    const { ctx } = at.runtime;
    const [into, from] = [await find(at, name), await find(at, other)];
    await ctx.store.archive.link(at.workspaceId, into.id, from.id, ctx.clock.now());
    await audit(at, 'person.link', into.id, { from: from.id });
    return await told(io, options, await find(at, into.id));
  });
}

async function unlinkIdentity(io: Io, options: PersonOptions, identity: string): Promise<number> {
  const [platform, installation, ...rest] = identity.split(':');
  const externalId = rest.join(':');
  if (!platform || !installation || !externalId)
    throw new UsageError(
      `${JSON.stringify(identity)} is no identity`,
      'write platform:installation:id, as person show does',
    );
  return await withWorkspace(io, options.workspace, async (at) => {
    const { ctx } = at.runtime;
    const id = ctx.ids.next();
    const ref = { platform, installation, externalId };
    if (!(await ctx.store.archive.unlink(at.workspaceId, ref, id, ctx.clock.now())))
      throw new AfterwordError(
        'not_found',
        `${JSON.stringify(identity)} is not known, or is all that its person has`,
        'see afterword person show',
      );
    await audit(at, 'person.unlink', id, {});
    return await told(io, options, await find(at, id));
  });
}

async function forgetPerson(io: Io, options: ForgetOptions, name: string): Promise<number> {
  return await withWorkspace(io, options.workspace, async (at) => {
    const { ctx } = at.runtime;
    const person = await find(at, name);
    if (!options.yes && !(await confirmed(io, person))) {
      tell(io, 'nothing was erased');
      return EXIT.failed;
    }
    const erased = await ctx.store.archive.erase(at.workspaceId, person.id, ctx.clock.now());
    // The trail says that it was done, and nothing of whom.
    await audit(at, 'person.erase', 'a person', erased);
    if (options.json) await writeJson(io, { erased: true, ...erased });
    else
      await write(
        io,
        `erased: ${counted(erased.identities, 'identity', 'identities')}, ${counted(erased.responses, 'answer')} made nobody's\n`,
      );
    return EXIT.good;
  });
}

async function confirmed(io: Io, person: PersonSummary): Promise<boolean> {
  if (io.stdin.isTTY !== true)
    throw new UsageError('nobody is there to confirm it', 'run it in a terminal, or give --yes');
  tell(io, describe(person));
  const lines = createInterface({ input: io.stdin, output: io.stderr });
  try {
    const answer = await lines.question('Erase this person? It cannot be undone. [y/N] ');
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}

async function told(io: Io, { json }: JsonOption, person: PersonSummary): Promise<number> {
  if (json) await writeJson(io, person);
  else await write(io, `${describe(person)}\n`);
  return EXIT.good;
}

function describe({ id, customer, identities, optedOut, prompts, responses }: PersonSummary): string {
  const lines = [
    `person ${id}`,
    ...(customer === null ? [] : [`  customer ${customer}`]),
    ...identities.map(
      ({ platform, installation, externalId, name }) =>
        `  ${platform}:${installation}:${externalId}${name === null ? '' : `  ${name}`}`,
    ),
    `  ${counted(prompts, 'prompt')}, ${counted(responses, 'answer')}${optedOut ? ', opted out' : ''}`,
  ];
  return lines.map((line) => `  ${oneLine(line.trim(), 300)}`.replace(/^ {2}(?=person )/, '')).join('\n');
}
