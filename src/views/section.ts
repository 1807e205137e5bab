// One kind of survey over one period, told in the same order everywhere: the score and how sure it is, what changed, and what it is made of.
import type { DigestSection } from '../domain/digest/digest.ts';
import type { Figures } from '../domain/statistics/report.ts';
import {
  headlineText,
  intervalText,
  movesText,
  type Said,
  spreadText,
  themesText,
  verdictSentence,
  wordsText,
} from './figures.ts';
import { strong, text } from './parts.ts';
import type { Translate } from './text.ts';
import type { Block } from './view.ts';

export type SectionFacts = Said &
  Pick<Figures, 'positive' | 'neutral' | 'negative' | 'sentiment' | 'themes'> &
  Pick<DigestSection, 'moves'>;

/** `rate`: the response rate in words; null where it is not said. */
export function sectionBlocks(t: Translate, facts: SectionFacts, rate: string | null): readonly Block[] {
  const { survey, answered } = facts;
  const sure = [intervalText(t, facts), answered > 0 ? t('figures.answersOf', { count: answered }) : null];
  const behind = sure.flatMap((part) => (part === null ? [] : [` · ${part}`])).join('');
  const verdict = verdictSentence(t, facts);
  const told = [
    [t('figures.rate'), rate],
    [t('figures.spread'), spreadText(t, survey, facts)],
    [t('figures.words'), wordsText(t, facts.sentiment)],
    [t('figures.themes'), themesText(t, facts.themes)],
    [t('figures.moved'), movesText(t, facts.moves ?? [])],
  ] as const;
  const fields = told.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
  return [
    text([strong(headlineText(t, facts)), ...(behind === '' ? [] : [behind])]),
    ...(verdict === null ? [] : [text(verdict.words, verdict.tone)]),
    ...(fields.length === 0 ? [] : [{ kind: 'fields', fields } as const]),
  ];
}
