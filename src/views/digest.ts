// The weekly digest as its readers see it: per survey the score, how sure it is and whether the change is real; then words, open cases,
// who was asked, and what had to be corrected. A quiet week is one line.
import type { Id } from '../domain/basics.ts';
import type { AskedOf } from '../domain/digest/coverage.ts';
import {
  type Correction,
  type Digest,
  type DigestSection,
  isQuiet,
  type OpenCase,
  type Quote,
  type Summary,
} from '../domain/digest/digest.ts';
import { timeLeft } from './alert.ts';
import { chartOf } from './chart.ts';
import { pauseOffer } from './digest-pause.ts';
import { answerShort, headlineText, scoreText, verdictText } from './figures.ts';
import { heading, oneLine, text, view } from './parts.ts';
import { reasonWithCode } from './reasons.ts';
import { sectionBlocks } from './section.ts';
import type { Translate } from './text.ts';
import type { Block, RichText, View } from './view.ts';

/** `scheduleId`: whose issue it is; null for one that was asked for, which has nothing to pause. */
export function digestView(t: Translate, digest: Digest, scheduleId: Id | null = null): View {
  const period = t.period(digest.from, digest.to, digest.zone);
  if (isQuiet(digest)) {
    const words = t('digest.quiet', { period });
    const offer = scheduleId === null ? [] : pauseOffer(t, digest, scheduleId);
    return view(t, words, text(words, 'muted'), ...offer);
  }
  return view(
    t,
    summaryOf(t, digest, period),
    heading(t('digest.heading', { period })),
    ...digest.sections.flatMap((section) => sectionOf(t, section, digest)),
    ...(digest.summary ? pointsOf(t, digest.summary) : []),
    ...quotesOf(t, digest.quotes),
    ...openOf(t, digest),
    ...coverageOf(t, digest.coverage),
    ...correctionsOf(t, digest),
  );
}

function summaryOf(t: Translate, { sections }: Digest, period: string): string {
  const parts = sections.flatMap((section) => {
    if (section.answered === 0) return [];
    const headline = headlineText(t, section);
    const verdict = verdictText(t, section);
    return [verdict === null ? headline : t('digest.part', { headline, verdict })];
  });
  return parts.length === 0
    ? t('digest.noAnswers', { period })
    : t('digest.summary', { period, parts: t.list(parts) });
}

function sectionOf(t: Translate, section: DigestSection, digest: Digest): readonly Block[] {
  const { survey, responseRate, asked, trend } = section;
  const rate =
    responseRate === null
      ? t('figures.rateUnknown')
      : t('figures.rateOf', { rate: t.percent(responseRate), asked });
  const told = sectionBlocks(t, section, rate);
  const title = heading(t(`survey.${survey}.long`));
  if (!trend.some((point) => point.score !== null)) return [title, ...told];
  const chart = chartOf(t, section, digest);
  return [title, ...told, { kind: 'image', chart, alt: chart.alt }];
}

/** Whose words these are stands under them: they are not the product's, and no figure comes from them. */
function pointsOf(t: Translate, { by, read, points }: Summary): readonly Block[] {
  if (points.length === 0) return [];
  const items = points.map((point): RichText => {
    return [t('digest.point', { point: point.text, count: point.responseIds.length })];
  });
  return [
    heading(t('digest.points')),
    { kind: 'list', items },
    text(t('digest.pointsBy', { model: oneLine(by), count: read }), 'muted'),
  ];
}

function quotesOf(t: Translate, quotes: readonly Quote[]): readonly Block[] {
  if (quotes.length === 0) return [];
  return [
    heading(t('digest.quotes')),
    ...quotes.map((quote): Block => {
      const said = { survey: t(`survey.${quote.survey}`), score: answerShort(t, quote.survey, quote.score) };
      const name = oneLine(quote.by ?? '');
      const by = name === '' ? t('digest.quoteNameless', said) : t('digest.quoteBy', { ...said, name });
      return { kind: 'quote', text: quote.words, by };
    }),
  ];
}

/** The rest is counted, and a command away. */
const MOST_CASES = 10;

function openOf(t: Translate, { open, to }: Digest): readonly Block[] {
  if (open.length === 0) return [text(t('digest.noneOpen'), 'muted')];
  const more = open.length - MOST_CASES;
  return [
    heading(t('digest.open', { count: open.length })),
    { kind: 'list', items: open.slice(0, MOST_CASES).map((one) => [openLine(t, one, to)]) },
    ...(more > 0 ? [text(t('digest.openMore', { count: more, command: '/nps open' }), 'muted')] : []),
  ];
}

/** Ages are counted to the end of the digest's period: what it says stays true of it. */
function openLine(t: Translate, { number, openedAt, dueAt, owner }: OpenCase, now: number): string {
  const name = oneLine(owner ?? '');
  return t('digest.openLine', {
    number,
    age: t.duration(now - openedAt),
    due: dueText(t, dueAt, now),
    owner: name === '' ? t('cases.unclaimed') : t('cases.claimed', { name }),
  });
}

export function dueText(t: Translate, dueAt: number, now: number): string {
  const { overdue, length } = timeLeft(dueAt, now);
  return overdue
    ? t('cases.overdue', { late: t.duration(length) })
    : t('cases.dueIn', { left: t.duration(length) });
}

function coverageOf(t: Translate, coverage: Digest['coverage']): readonly Block[] {
  const { asked, waiting = 0, skipped, hardly = [] } = coverage;
  const reasons = Object.entries(skipped)
    .filter(([, count]) => count > 0)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const total = reasons.reduce((sum, [, count]) => sum + count, asked + waiting);
  if (total === 0) return [];
  const items = reasons.map(([code, count]): RichText => {
    return [t('digest.skipped', { count, reason: reasonWithCode(t, code) })];
  });
  const told = text(t('digest.asked', { asked, total }));
  const title = heading(t('digest.coverage'));
  const coming = waiting === 0 ? [] : [text(t('digest.waiting', { count: waiting }), 'muted')];
  const why: readonly Block[] =
    items.length === 0 ? [] : [text(t('digest.skippedIntro')), { kind: 'list', items }];
  return [title, told, ...coming, ...why, ...hardlyOf(t, hardly)];
}

/** Names, since a figure alone helps nobody to see to it; what came of it is for whoever knows them to say. */
function hardlyOf(t: Translate, hardly: readonly AskedOf[]): readonly Block[] {
  if (hardly.length === 0) return [];
  const items = hardly.map(({ of, name, ended, asked }): RichText => {
    const shown = { externalId: name, name: oneLine(name) };
    const who =
      of === 'agent' ? ({ kind: 'person', ...shown } as const) : ({ kind: 'channel', ...shown } as const);
    return [who, ` · ${t('digest.asked', { asked, total: ended })}`];
  });
  return [text(t('digest.hardly')), { kind: 'list', items }];
}

function correctionsOf(t: Translate, { corrections, zone }: Digest): readonly Block[] {
  if (corrections.length === 0) return [];
  const items = corrections.map((correction): RichText => {
    const { survey, from, to, before, after } = correction;
    const said = t('digest.correction', {
      survey: t(`survey.${survey}`),
      period: t.period(from, to, zone),
      before: correctionFigure(t, survey, before),
      after: correctionFigure(t, survey, after),
    });
    return [said];
  });
  return [
    heading(t('digest.corrections')),
    text(t('digest.correctionWhy'), 'muted'),
    { kind: 'list', items },
  ];
}

function correctionFigure(t: Translate, survey: Correction['survey'], figure: Correction['before']): string {
  if (figure.score === null) return t('digest.correctionNone');
  return t('digest.correctionFigure', { score: scoreText(t, survey, figure.score), count: figure.answered });
}
