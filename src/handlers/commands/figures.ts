// Scores of a period: of all answers, week by week, of one agent, of one account.
import type { Period } from '../../domain/command/period.ts';
import type { Report } from '../../domain/statistics/report.ts';
import { SURVEY_KINDS } from '../../domain/survey/kind.ts';
import { summaryView } from '../../views/command.ts';
import { trendView } from '../../views/trend.ts';
import type { View } from '../../views/view.ts';
import { tooFewView } from '../../views/voices.ts';
import { report } from '../report.ts';
import { trendOf } from '../trend.ts';
import { type Asked, type Handler, spanOf } from './asked.ts';

const TREND: Period = { kind: 'last', amount: 12, unit: 'week' };

export const summary: Handler<'summary'> = async (asked) => {
  const { zone } = asked.card.workspace;
  return summaryView(asked.t, await reports(asked, {}), { zone });
};

export const trend: Handler<'trend'> = async (asked) => {
  const { ctx, workspaceId, command, t } = asked;
  const span = spanOf(asked, command.period, TREND);
  return trendView(t, await trendOf(ctx, workspaceId, { ...span, survey: command.survey }), span);
};

export const agent: Handler<'agent'> = async (asked) => {
  const { ctx, event, command } = asked;
  const { platform, installation } = event.place;
  const known = await ctx.platforms.get(platform)?.lookUp(installation, command.person);
  const name = known?.kind === 'found' ? (known.profile.name ?? command.person) : command.person;
  return await ofOne(asked, { agent: command.person }, { kind: 'agent', name });
};

export const account: Handler<'account'> = async (asked) => {
  const { name } = asked.command;
  return await ofOne(asked, { account: name }, { kind: 'account', name });
};

interface Only {
  readonly agent?: string;
  readonly account?: string;
}

/** Nothing is shown of so few people that one of them could be told. */
async function ofOne(
  asked: Asked<'agent' | 'account'>,
  only: Only,
  about: { readonly kind: 'agent' | 'account'; readonly name: string },
): Promise<View> {
  const { ctx, workspaceId, card, command, t } = asked;
  const { minimumPeople } = card.workspace.settings;
  const span = spanOf(asked, command.period);
  const kinds = command.survey === null ? SURVEY_KINDS : [command.survey];
  const enough = await Promise.all(
    kinds.map(async (survey) => {
      const query = { workspaceId, survey, ...span, ...only, basis: 'sent', by: null } as const;
      return [survey, (await ctx.store.reports.people(query, minimumPeople)) >= minimumPeople] as const;
    }),
  );
  const shown = enough.flatMap(([survey, is]) => (is ? [survey] : []));
  if (shown.length === 0) return tooFewView(t, { name: about.name, count: minimumPeople });
  const all = await reports(asked, only, shown);
  // Of what one of them may have spoken alone, nothing is said.
  const figures = all.map((one) => ({ ...one, themes: [] }));
  return summaryView(t, figures, { zone: span.zone, about });
}

/** Of every kind that was asked or answered where none was named. */
async function reports(
  asked: Asked<'summary' | 'agent' | 'account'>,
  only: Only,
  kinds = asked.command.survey === null ? SURVEY_KINDS : [asked.command.survey],
): Promise<readonly Report[]> {
  const { ctx, workspaceId, command } = asked;
  const span = spanOf(asked, command.period);
  const all = await Promise.all(
    kinds.map((survey) => report(ctx, workspaceId, { survey, ...span, ...only, basis: 'sent', by: null })),
  );
  return command.survey === null ? all.filter(({ answered, sent }) => answered > 0 || (sent ?? 0) > 0) : all;
}
