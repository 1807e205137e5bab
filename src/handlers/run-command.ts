// What a team member typed after `/nps`, answered as a view in their language.
import { AfterwordError, type Id } from '../domain/basics.ts';
import type { Command } from '../domain/command/command.ts';
import { parseCommand } from '../domain/command/grammar.ts';
import { resolvePeriod } from '../domain/command/period.ts';
import { PERMISSIONS } from '../domain/command/permission.ts';
import type { Report } from '../domain/statistics/report.ts';
import { SURVEY_KINDS } from '../domain/survey/kind.ts';
import type { IdentityRef, InteractionClosed, Profile } from '../domain/trigger/interaction.ts';
import type { InboundEvent } from '../ports/platform.ts';
import type { PersonSummary } from '../ports/store/archive.ts';
import {
  askedView,
  badArgumentView,
  followUpsView,
  helpView,
  optOutView,
  personAmbiguousView,
  personUnknownView,
  summaryView,
  unknownCommandView,
  whyView,
} from '../views/command.ts';
import { digestView } from '../views/digest.ts';
import { goneView, takenView } from '../views/replies.ts';
import type { Translate } from '../views/text.ts';
import type { View } from '../views/view.ts';
import { claim, close, type Handled, ownerOf } from './close-loop.ts';
import { connect } from './connect.ts';
import type { Context } from './context.ts';
import { countDigest, lastSevenDays } from './count-digest.ts';
import { onTriggers } from './on-trigger.ts';
import { alertOf } from './post-alert.ts';
import { maySet, refusedView } from './refused.ts';
import { report } from './report.ts';
import { digestCommand, settingsCommand } from './settings.ts';
import { setOptOut } from './withdraw.ts';

type CommandEvent = Extract<InboundEvent, { kind: 'command' }>;

const TRAIL = 20;
const OPEN_CASES = 1_000;
const USUAL = { kind: 'last', amount: 30, unit: 'day' } as const;

export async function runCommand(ctx: Context, workspaceId: Id, event: CommandEvent): Promise<View> {
  const t = ctx.texts(event.locale ?? event.by.profile.locale ?? null);
  const parsed = parseCommand(event.text, t.locale);
  if (parsed.kind === 'unknown') return unknownCommandView(t, parsed);
  if (parsed.kind === 'bad_argument') return badArgumentView(t, parsed);
  const { kind } = parsed.command;
  const isAllowed =
    event.by.profile.isTeam === true ||
    PERMISSIONS[kind] === 'anyone' ||
    (kind === 'settings' && (await maySet(ctx, workspaceId, event.by)));
  if (!isAllowed) return refusedView(t, event.by);
  return await run(ctx, workspaceId, event, parsed.command, t);
}

async function run(
  ctx: Context,
  workspaceId: Id,
  event: CommandEvent,
  command: Command,
  t: Translate,
): Promise<View> {
  switch (command.kind) {
    case 'help':
      return helpView(t);
    case 'summary': {
      const { workspace } = await ctx.directory.of(workspaceId);
      return summaryView(t, await summaries(ctx, workspaceId, command), { zone: workspace.zone });
    }
    case 'why':
      return await why(ctx, workspaceId, event, command.person, t);
    case 'ask':
      return await ask(ctx, workspaceId, event, command, t);
    case 'digest_now': {
      const card = await ctx.directory.of(workspaceId);
      const span = lastSevenDays(ctx.clock.now(), card.workspace.zone);
      return digestView(t, await countDigest(ctx, card, span, null));
    }
    case 'digest_weekly':
    case 'digest_off':
      return await digestCommand(ctx, workspaceId, event, command, t);
    case 'settings':
      return await settingsCommand(ctx, workspaceId, event, command.change, t);
    case 'connect':
      return await connect(ctx, workspaceId, event, command.code, t);
    case 'open': {
      const cases = await ctx.store.transaction(workspaceId, (tx) => tx.followUps.open(OPEN_CASES));
      const { workspace } = await ctx.directory.of(workspaceId);
      return followUpsView(t, cases, {
        showNames: workspace.settings.showNames,
        zone: workspace.zone,
        now: ctx.clock.now(),
      });
    }
    case 'claim':
      return await onCase(ctx, workspaceId, command.number, t, (id) =>
        claim(ctx, workspaceId, id, ownerOf(event.by)),
      );
    case 'close':
      return await onCase(ctx, workspaceId, command.number, t, (id) =>
        close(ctx, workspaceId, id, ownerOf(event.by), command.note),
      );
    case 'opt_out':
    case 'opt_in':
      await setOptOut(ctx, workspaceId, event.by.identity, command.kind === 'opt_out');
      return optOutView(t, { optedOut: command.kind === 'opt_out' });
    default:
      return goneView(t);
  }
}

/** Reports of the last days up to now; of every kind that was asked or answered where none was named. */
async function summaries(
  ctx: Context,
  workspaceId: Id,
  command: Extract<Command, { kind: 'summary' }>,
): Promise<readonly Report[]> {
  const { workspace } = await ctx.directory.of(workspaceId);
  const now = ctx.clock.now();
  const span = resolvePeriod(command.period ?? USUAL, now, workspace.zone);
  const kinds = command.survey === null ? SURVEY_KINDS : [command.survey];
  const reports = await Promise.all(
    kinds.map((survey) =>
      report(ctx, workspaceId, {
        survey,
        ...span,
        zone: workspace.zone,
        basis: 'sent',
        by: null,
      }),
    ),
  );
  return command.survey === null
    ? reports.filter((report) => report.answered > 0 || (report.sent ?? 0) > 0)
    : reports;
}

async function why(
  ctx: Context,
  workspaceId: Id,
  event: CommandEvent,
  person: string,
  t: Translate,
): Promise<View> {
  const found = await findPerson(ctx, workspaceId, event, person);
  if (found === null) return personUnknownView(t, { person });
  if (found === 'several') return personAmbiguousView(t, { person });
  const { workspace } = await ctx.directory.of(workspaceId);
  const trail = await ctx.store.transaction(workspaceId, (tx) => tx.prompts.trail(found.id, TRAIL));
  return whyView(t, { person: found, trail, zone: workspace.zone });
}

/** Who is meant: somebody on the installation where it was typed, else by any of their ids in the workspace. */
async function findPerson(
  { store }: Context,
  workspaceId: Id,
  { place }: CommandEvent,
  person: string,
): Promise<PersonSummary | 'several' | null> {
  const here = `${place.platform}:${place.installation}:${person}`;
  try {
    return (
      (await store.archive.findPerson(workspaceId, here)) ??
      (await store.archive.findPerson(workspaceId, person))
    );
  } catch (error) {
    if (error instanceof AfterwordError && error.kind === 'conflict') return 'several';
    throw error;
  }
}

/** Asks somebody now, in the conversation or directly; past throttle and sampling, never past an opt-out. */
async function ask(
  ctx: Context,
  workspaceId: Id,
  event: CommandEvent,
  command: Extract<Command, { kind: 'ask' }>,
  t: Translate,
): Promise<View> {
  const found = await findPerson(ctx, workspaceId, event, command.person);
  if (found === 'several') return personAmbiguousView(t, { person: command.person });
  const identities = found?.identities ?? [];
  const { platform, installation } = event.place;
  const identity: Known | undefined =
    identities.find((one) => one.platform === platform && one.installation === installation) ??
    identities.find((one) => one.platform === platform) ??
    identities.find((one) => ctx.platforms.get(one.platform)?.capabilities.direct) ??
    identities[0] ??
    (await stranger(ctx, event, command.person));
  if (!identity) return personUnknownView(t, { person: command.person });
  const now = ctx.clock.now();
  const interaction: InteractionClosed = {
    source: 'ask',
    // The same command delivered again is the same wish.
    externalId: event.eventId === null ? ctx.ids.next() : `${platform}:${installation}:${event.eventId}`,
    place: { platform: identity.platform, installation: identity.installation, channel: null, thread: null },
    person: identity,
    profile: identity.profile ?? {},
    customer: null,
    agent: event.by.identity.externalId,
    account: null,
    subject: null,
    locale: null,
    closedAt: now,
    closedBy: 'person',
    survey: command.survey,
    explicit: true,
  };
  const [outcome] = await onTriggers(ctx, workspaceId, [interaction]);
  if (!outcome?.prompt) throw new AfterwordError('broken', 'asking made no prompt', 'report this as a bug');
  return askedView(t, {
    person: identity.name ?? identity.externalId,
    state: outcome.prompt.state,
    reason: outcome.prompt.reason,
  });
}

interface Known extends IdentityRef {
  readonly name: string | null;
  readonly profile?: Profile;
}

/** Somebody who was never helped, but whom the platform knows by this id. */
async function stranger(
  ctx: Context,
  { place: { platform, installation } }: CommandEvent,
  externalId: string,
): Promise<Known | undefined> {
  const found = await ctx.platforms.get(platform)?.lookUp(installation, externalId);
  if (found?.kind !== 'found') return undefined;
  // Being asked by name, one of the team is a customer like any other.
  const { isTeam: _, ...profile } = found.profile;
  return { platform, installation, externalId, name: profile.name ?? null, profile };
}

async function onCase(
  ctx: Context,
  workspaceId: Id,
  number: number,
  t: Translate,
  act: (id: Id) => Promise<Handled>,
): Promise<View> {
  const id = await ctx.store.transaction(workspaceId, (tx) => tx.followUps.findByNumber(number));
  const result = id === null ? null : await act(id);
  if (result === null || result.kind === 'not_found') return goneView(t);
  const { state } = result.dossier.followUp;
  if (result.kind === 'taken') return takenView(t, { number, by: 'by' in state ? state.by : '' });
  return await alertOf(ctx, await ctx.directory.of(workspaceId), result.dossier);
}
