// What people wrote, and what about. Leads see names where the workspace shows names at all; whoever else reads words reads them of enough people that
// nobody is recognised.
import { SURVEY_KINDS } from '../../domain/survey/kind.ts';
import { commentsView, themesView } from '../../views/voices.ts';
import { type Handler, spanOf } from './asked.ts';

const SHOWN = 10;

export const comments: Handler<'comments'> = async (asked) => {
  const { ctx, workspaceId, card, command, role, t } = asked;
  const { showNames, minimumPeople } = card.workspace.settings;
  const span = spanOf(asked, command.period);
  const surveys = command.survey === null ? SURVEY_KINDS : [command.survey];
  const { sentiment, theme } = command;
  const { rows, people } = await ctx.store.voices.comments(
    { workspaceId, surveys, ...span, sentiment, theme },
    SHOWN,
  );
  const named = showNames && role === 'lead';
  const tooFew = !named && rows.length > 0 && people < minimumPeople ? minimumPeople : null;
  return commentsView(t, {
    ...span,
    comments:
      tooFew === null
        ? rows.map(({ survey, score, verbatim, personName, answeredAt }) => ({
            ...{ survey, score, answeredAt },
            words: verbatim,
            name: named ? personName : null,
          }))
        : [],
    tooFew,
    nameless: showNames && !named,
  });
};

export const themes: Handler<'themes'> = async (asked) => {
  const { ctx, workspaceId, card, command, t } = asked;
  const { minimumPeople } = card.workspace.settings;
  const span = spanOf(asked, command.period);
  const kinds = command.survey === null ? SURVEY_KINDS : [command.survey];
  const { reports, voices } = ctx.store;
  const told = await Promise.all(
    kinds.map(async (survey) => {
      const [counts, people] = await Promise.all([
        reports.counts({ workspaceId, survey, ...span, basis: 'answered', by: null }),
        voices.themePeople({ workspaceId, surveys: [survey], ...span }, minimumPeople),
      ]);
      const all = [...counts.themes].sort((a, b) => b.mentions - a.mentions || (a.theme < b.theme ? -1 : 1));
      const shown = all.filter(({ theme }) => (people.get(theme) ?? 0) >= minimumPeople);
      return { survey, themes: shown, hidden: all.length - shown.length };
    }),
  );
  const hidden = told.reduce((sum, one) => sum + one.hidden, 0);
  return themesView(t, { ...span, surveys: told, minimumPeople, hidden });
};
