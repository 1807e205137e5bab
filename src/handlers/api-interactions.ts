// An interaction as a caller of the API tells it, made whole: where it was, and what the platform there knows of the person.
import type { InteractionClosed } from '../domain/trigger/interaction.ts';
import type { ApiInteraction, ApiProblem } from '../ports/api.ts';
import type { Context } from './context.ts';
import type { WorkspaceCard } from './directory.ts';

/** Fills in what a caller may leave out: the only installation, the person's own conversation, now. */
export function readInteraction(
  ctx: Context,
  card: WorkspaceCard,
  interaction: ApiInteraction,
): InteractionClosed | ApiProblem {
  const named = card.installations.filter(
    (i) =>
      (interaction.platform === undefined || i.platform === interaction.platform) &&
      (interaction.workspace === undefined || i.externalId === interaction.workspace),
  );
  // One that was taken away is meant only where no other can be.
  const active = named.filter((i) => i.active);
  const fits = active.length > 0 ? active : named;
  const wanted = [interaction.platform, interaction.workspace].filter((word) => word !== undefined).join(' ');
  const installation = fits[0];
  if (!installation) {
    return {
      problem: 'not_found',
      detail: `this workspace has no installation ${wanted}: connect it first, or leave platform and workspace out`,
    };
  }
  if (fits.length > 1) {
    return {
      problem: 'conflict',
      detail: `this workspace has ${fits.length} installations that fit: name \`platform\` and \`workspace\``,
    };
  }
  const where = { platform: installation.platform, installation: installation.externalId };
  return {
    source: interaction.source,
    externalId: interaction.externalId,
    place: { ...where, channel: interaction.channel ?? null, thread: interaction.thread ?? null },
    person: { ...where, externalId: interaction.person },
    profile: interaction.locale === undefined ? {} : { locale: interaction.locale },
    customer: interaction.customer ?? null,
    agent: interaction.agent ?? null,
    account: interaction.account ?? null,
    subject: interaction.subject ?? null,
    locale: interaction.locale ?? null,
    // A clock that runs ahead of ours.
    closedAt: Math.min(interaction.closedAt ?? ctx.clock.now(), ctx.clock.now()),
    closedBy: interaction.closedBy ?? 'person',
    survey: interaction.survey ?? null,
    explicit: false,
  };
}

/** What the platform knows of the person: their language, their zone, whether they are a bot. Where it does not say, the caller's word stands alone. */
export async function acquainted(ctx: Context, interaction: InteractionClosed): Promise<InteractionClosed> {
  const { person, profile } = interaction;
  const found = await ctx.platforms.get(person.platform)?.lookUp(person.installation, person.externalId);
  if (found?.kind !== 'found') return interaction;
  const { isTeam: _, ...known } = found.profile;
  return { ...interaction, profile: { ...known, ...profile } };
}
