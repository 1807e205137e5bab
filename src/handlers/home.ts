// Where the product presents itself: the last weeks at a glance, what is still open, and what is left to set up.
import { DAY, type Id } from '../domain/basics.ts';
import { SURVEY_KINDS } from '../domain/survey/kind.ts';
import type { Actor } from '../ports/platform.ts';
import { followUpsView, summaryView } from '../views/command.ts';
import { homeView, visitorHomeView } from '../views/home.ts';
import type { View } from '../views/view.ts';
import type { Context } from './context.ts';
import { report } from './report.ts';
import { spokenTo } from './spoken-to.ts';

const SPAN = 28 * DAY;
const MOST_CASES = 10;

export async function openHome(ctx: Context, workspaceId: Id, by: Actor): Promise<View> {
  const t = await spokenTo(ctx, workspaceId, by);
  if (by.profile.isTeam !== true) return visitorHomeView(t);
  const { workspace } = await ctx.directory.of(workspaceId);
  const now = ctx.clock.now();
  const span = { from: now - SPAN, to: now, zone: workspace.zone, basis: 'sent' as const, by: null };
  const reports = await Promise.all(
    SURVEY_KINDS.map((survey) => report(ctx, workspaceId, { ...span, survey })),
  );
  const { cases, schedules } = await ctx.store.transaction(workspaceId, async (tx) => ({
    cases: await tx.followUps.open(MOST_CASES),
    schedules: await tx.digests.list(),
  }));
  const { platform, installation } = by.identity;
  const { settings } = workspace;
  const here = (one: { platform: string; installation: string }) =>
    one.platform === platform && one.installation === installation;
  return homeView(t, {
    glance: summaryView(
      t,
      reports.filter((one) => one.answered > 0 || (one.sent ?? 0) > 0),
      { zone: workspace.zone },
    ),
    cases: followUpsView(t, cases, { showNames: settings.showNames, zone: workspace.zone, now }),
    steps: {
      team: settings.teams.some(here),
      digest: schedules.some((one) => one.enabled && here(one)),
      alerts: settings.alerts !== null,
      zone: workspace.zone,
    },
    reaction: settings.reaction,
    paused: settings.paused,
  });
}
