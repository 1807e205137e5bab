// `afterword person`: one respondent, across platforms.
import type { Command } from 'commander';
import { AfterwordError } from '../domain/basics.ts';
import type { PersonSummary } from '../ports/store/archive.ts';
import { renderText } from '../views/plain-text.ts';
import { whyView } from '../views/why.ts';
import type { Act } from './act.ts';
import { EXIT, UsageError } from './errors.ts';
import { describe, find, WHO } from './find-person.ts';
import { type Io, write, writeJson } from './io.ts';
import { type JsonOption, type WorkspaceOption, withJsonOption, withWorkspaceOption } from './options.ts';
import { exportPersonCommand } from './person-export.ts';
import { audit, withWorkspace } from './session.ts';

interface PersonOptions extends WorkspaceOption, JsonOption {}

/** Entries of the trail that are shown. */
const TRAIL = 50;

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
  exportPersonCommand(person, act);
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

async function told(io: Io, { json }: JsonOption, person: PersonSummary): Promise<number> {
  if (json) await writeJson(io, person);
  else await write(io, `${describe(person)}\n`);
  return EXIT.good;
}
