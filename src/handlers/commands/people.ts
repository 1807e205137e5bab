// One person: why they were asked or not, and asking them now.
import { AfterwordError } from '../../domain/basics.ts';
import type { IdentityRef, InteractionClosed, Profile } from '../../domain/trigger/interaction.ts';
import { askedView, personAmbiguousView, personUnknownView, whyView } from '../../views/command.ts';
import { onTriggers } from '../on-trigger.ts';
import type { Asked, Handler } from './asked.ts';
import { findPerson } from './find-person.ts';

const TRAIL = 20;

export const why: Handler<'why'> = async (asked) => {
  const { ctx, workspaceId, card, command, t } = asked;
  const { person } = command;
  const found = await findPerson(asked, person);
  if (found === null) return personUnknownView(t, { person });
  if (found === 'several') return personAmbiguousView(t, { person });
  const trail = await ctx.store.transaction(workspaceId, (tx) => tx.prompts.trail(found.id, TRAIL));
  return whyView(t, { person: found, trail, zone: card.workspace.zone });
};

/** Asks somebody now, in the conversation or directly; past throttle and sampling, never past an opt-out. */
export const ask: Handler<'ask'> = async (asked) => {
  const { ctx, workspaceId, event, command, t } = asked;
  const found = await findPerson(asked, command.person);
  if (found === 'several') return personAmbiguousView(t, { person: command.person });
  const identities = found?.identities ?? [];
  const { platform, installation } = event.place;
  const identity: Known | undefined =
    identities.find((one) => one.platform === platform && one.installation === installation) ??
    identities.find((one) => one.platform === platform) ??
    identities.find((one) => ctx.platforms.get(one.platform)?.capabilities.direct) ??
    identities[0] ??
    (await stranger(asked, command.person));
  if (!identity) return personUnknownView(t, { person: command.person });
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
    closedAt: ctx.clock.now(),
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
};

interface Known extends IdentityRef {
  readonly name: string | null;
  readonly profile?: Profile;
}

/** Somebody who was never helped, but whom the platform knows by this id. */
async function stranger({ ctx, event }: Asked, externalId: string): Promise<Known | undefined> {
  const { platform, installation } = event.place;
  const found = await ctx.platforms.get(platform)?.lookUp(installation, externalId);
  if (found?.kind !== 'found') return undefined;
  // Being asked by name, one of the team is a customer like any other.
  const { isTeam: _, isLead: __, ...profile } = found.profile;
  return { platform, installation, externalId, name: profile.name ?? null, profile };
}
