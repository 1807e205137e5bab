// Where the team is told things: the first of these places that takes them.
import type { ChannelRef } from '../domain/survey/settings.ts';
import type { IdentityRef } from '../domain/trigger/interaction.ts';
import type { Destination, Outgoing, SendOutcome, Where } from '../ports/platform.ts';
import type { DigestSchedule } from '../ports/store/digests.ts';
import type { FollowUpDossier } from '../ports/store/follow-ups.ts';
import type { LeasedWork } from '../ports/store/work.ts';
import type { Context } from './context.ts';
import { isAt } from './digest-schedules.ts';
import type { WorkspaceCard } from './directory.ts';
import { waitAfter } from './sending.ts';

export interface TeamPlace extends Where {
  readonly to: Destination;
}

/**
 * Alerts go where the settings say, else to the digest's channel where the customer was helped, else to whoever installed the product there, else to
 * any digest's channel; never into the customer's own channel.
 */
export function alertPlaces(
  ctx: Context,
  card: WorkspaceCard,
  digests: readonly DigestSchedule[],
  { place }: Pick<FollowUpDossier, 'place'>,
): readonly TeamPlace[] {
  const { alerts } = card.workspace.settings;
  const schedules = [...digests].sort((a, b) => Number(b.enabled) - Number(a.enabled));
  const places: TeamPlace[] = [
    ...(alerts ? [inChannel(alerts)] : []),
    ...schedules.filter((one) => isAt(one, place)).map(inChannel),
    ...installersOf(ctx, card).filter((one) => isAt(one, place)),
    ...schedules.filter((one) => !isAt(one, place)).map(inChannel),
  ];
  return reachable(ctx, places).filter((one) => !isTheirs(one, place));
}

/** Whose time is up is told to whom the settings name, else to whoever installed the product, else where alerts go. */
export function escalationPlaces(
  ctx: Context,
  card: WorkspaceCard,
  digests: readonly DigestSchedule[],
  dossier: Pick<FollowUpDossier, 'place'>,
): readonly TeamPlace[] {
  const { escalation } = card.workspace.settings.followUps;
  const first = [...(escalation ? [inChannel(escalation)] : []), ...installersOf(ctx, card, dossier.place)];
  const told = reachable(ctx, first).filter((one) => !isTheirs(one, dossier.place));
  return [...told, ...alertPlaces(ctx, card, digests, dossier)];
}

/** Somebody of the team, directly; nowhere where that cannot be. */
export function directly(ctx: Context, who: IdentityRef | null): readonly TeamPlace[] {
  if (who === null) return [];
  const { platform, installation, externalId } = who;
  return reachable(ctx, [{ platform, installation, to: { kind: 'person', externalId } }]);
}

/** The channel for alerts, whoever installed the product there, whoever did elsewhere; where there is nobody, the channels of digests. */
export function leadPlaces(
  ctx: Context,
  card: WorkspaceCard,
  digests: readonly DigestSchedule[],
  at: Where,
): readonly TeamPlace[] {
  const { alerts } = card.workspace.settings;
  return reachable(ctx, [
    ...(alerts ? [inChannel(alerts)] : []),
    ...installersOf(ctx, card, at),
    ...digests
      .filter((one) => one.enabled)
      .map(inChannel)
      .sort(nearestFirst(at)),
  ]);
}

/** In the first place that takes it; null: there is none. After an attempt of which nobody knows the end, it is looked for first. */
export async function tellTeam(
  ctx: Context,
  work: LeasedWork,
  places: readonly TeamPlace[],
  message: Pick<Outgoing, 'key' | 'view'>,
): Promise<SendOutcome | null> {
  let outcome: SendOutcome | null = null;
  for (const { platform: name, installation, to } of places) {
    const platform = ctx.platforms.get(name)!;
    const outgoing = { installation, to, ...message };
    const found = work.attempts > 1 ? await platform.find(outgoing) : null;
    if (found?.kind === 'found') return { kind: 'sent', ref: found.ref };
    outcome = await platform.send(outgoing);
    if (outcome.kind !== 'refused' || waitAfter(outcome) !== null) return outcome;
  }
  return outcome;
}

/** Whoever installed the product, directly; those of an installation first. */
function installersOf(ctx: Context, { installations }: WorkspaceCard, at?: Where): readonly TeamPlace[] {
  const all = installations.flatMap(({ platform, externalId, active, installer }): TeamPlace[] =>
    active && installer !== null
      ? [{ platform, installation: externalId, to: { kind: 'person', externalId: installer } }]
      : [],
  );
  const reached = reachable(ctx, all);
  return at === undefined ? reached : [...reached].sort(nearestFirst(at));
}

function nearestFirst(at: Where): (a: Where, b: Where) => number {
  return (a, b) => Number(isAt(b, at)) - Number(isAt(a, at));
}

function inChannel({ platform, installation, channel }: ChannelRef): TeamPlace {
  return { platform, installation, to: { kind: 'channel', channel } };
}

function isTheirs(one: TeamPlace, place: FollowUpDossier['place']): boolean {
  return isAt(one, place) && one.to.kind === 'channel' && one.to.channel === place.channel;
}

function reachable(ctx: Context, places: readonly TeamPlace[]): readonly TeamPlace[] {
  return places.filter(({ platform, to }) => {
    const known = ctx.platforms.get(platform);
    return known !== undefined && (to.kind !== 'person' || known.capabilities.direct);
  });
}
