// What people wrote and what about: words with or without names, themes by how often, and never anything by which one of a few could be recognised.
import type { Instant, ZoneName } from '../domain/basics.ts';
import { maskPersonalData } from '../domain/digest/quotes.ts';
import type { ThemeCounts } from '../domain/statistics/report.ts';
import type { SurveyKind } from '../domain/survey/kind.ts';
import { answerShort, themeText } from './figures.ts';
import { heading, oneLine, sentence, strong, text, view } from './parts.ts';
import type { Translate } from './text.ts';
import type { Block, View } from './view.ts';

interface Span {
  readonly from: Instant;
  readonly to: Instant;
  readonly zone: ZoneName;
}

export interface CommentsFacts extends Span {
  readonly comments: readonly {
    readonly survey: SurveyKind;
    readonly score: number;
    readonly words: string;
    /** null: nobody is named. */
    readonly name: string | null;
    readonly answeredAt: Instant;
  }[];
  /** There are words, but of fewer people than this. */
  readonly tooFew: number | null;
  /** Names are left out because only leads see them. */
  readonly nameless: boolean;
}

const LONGEST = 600;

export function commentsView(t: Translate, facts: CommentsFacts): View {
  const { from, to, zone, comments, tooFew, nameless } = facts;
  const title = t('comments.heading', { period: t.period(from, to, zone) });
  if (tooFew !== null)
    return view(t, title, heading(title), text(t('comments.few', { count: tooFew }), 'muted'));
  if (comments.length === 0) return view(t, title, heading(title), text(t('comments.none'), 'muted'));
  return view(
    t,
    title,
    heading(title),
    ...comments.map(({ survey, score, words, name, answeredAt }): Block => {
      const answer = { survey: t(`survey.${survey}`), score: answerShort(t, survey, score) };
      const said =
        name === null
          ? t('digest.quoteNameless', answer)
          : t('digest.quoteBy', { ...answer, name: oneLine(name) });
      const letters = Array.from(maskPersonalData(words));
      const shown = letters.length <= LONGEST ? letters.join('') : `${letters.slice(0, LONGEST).join('')}…`;
      return { kind: 'quote', text: shown, by: `${said} · ${t.date(answeredAt, zone)}` };
    }),
    text(t('comments.latest'), 'muted'),
    ...(nameless ? [text(t('comments.nameless'), 'muted')] : []),
  );
}

export interface ThemesFacts extends Span {
  readonly surveys: readonly { readonly survey: SurveyKind; readonly themes: readonly ThemeCounts[] }[];
  /** Themes of fewer people than this are not shown, and how many those are. */
  readonly minimumPeople: number;
  readonly hidden: number;
}

export function themesView(
  t: Translate,
  { from, to, zone, surveys, minimumPeople, hidden }: ThemesFacts,
): View {
  const title = t('themes.heading', { period: t.period(from, to, zone) });
  const told = surveys.filter(({ themes }) => themes.length > 0);
  return view(
    t,
    title,
    heading(title),
    ...told.flatMap(({ survey, themes }): readonly Block[] => [
      text([strong(t(`survey.${survey}.long`))]),
      { kind: 'list', items: themes.map((one) => [themeText(t, one)]) },
    ]),
    ...(told.length === 0 && hidden === 0 ? [text(t('themes.none'), 'muted')] : []),
    ...(hidden > 0 ? [text(t('themes.hidden', { hidden, count: minimumPeople }), 'muted')] : []),
  );
}

/** Figures of one agent or one account are not shown where too few people answered. */
export function tooFewView(
  t: Translate,
  { name, count }: { readonly name: string; readonly count: number },
): View {
  return sentence(t, t('group.few', { name: oneLine(name), count }), 'muted');
}
