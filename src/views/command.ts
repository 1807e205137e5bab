// What `/nps …` answers.

import type { ZoneName } from '../domain/basics.ts';
import type { ParsedCommand } from '../domain/command/command.ts';
import { verdictOn } from '../domain/digest/build.ts';
import type { Report } from '../domain/statistics/report.ts';
import { type CaseFacts, type CaseReader, nameOf } from './alert.ts';
import { dueText } from './digest.ts';
import { answerShort, headlineText } from './figures.ts';
import { heading, oneLine, sentence, text, view } from './parts.ts';
import { reasonText } from './reasons.ts';
import { sectionBlocks } from './section.ts';
import type { Translate } from './text.ts';
import type { Block, View } from './view.ts';

/** The figures of the last days, each kind of survey on its own. `zone`: by whose calendar the days are named. */
export function summaryView(
  t: Translate,
  reports: readonly Report[],
  {
    zone = 'UTC',
    about,
  }: { zone?: ZoneName; about?: { readonly kind: 'agent' | 'account'; readonly name: string } } = {},
): View {
  const [first] = reports;
  if (first === undefined) return sentence(t, t('summary.nothing'), 'muted');
  const period = t.period(first.from, first.to, zone);
  const title = about
    ? t(`summary.heading.${about.kind}`, { name: oneLine(about.name), period })
    : t('summary.heading', { period });
  return view(
    t,
    t('summary.summary', { heading: title, parts: t.list(reports.map((report) => headlineText(t, report))) }),
    heading(title),
    ...reports.flatMap((report): readonly Block[] => {
      const said = { ...report, difference: report.change.difference, verdict: verdictOn(report) };
      const { responseRate, sent } = report;
      const rate =
        responseRate === null || sent === null
          ? null
          : t('figures.rateSent', { rate: t.percent(responseRate), asked: sent });
      return sectionBlocks(t, said, rate);
    }),
  );
}

/** What was asked for, and whether it will happen. `state` is the prompt's, `reason` its code where it was skipped. */
export function askedView(
  t: Translate,
  asked: { readonly person: string; readonly state: string; readonly reason: string | null },
): View {
  const person = oneLine(asked.person);
  if (asked.state === 'suppressed' || asked.state === 'undeliverable') {
    return sentence(
      t,
      t('command.notAsked', { person, reason: reasonText(t, asked.reason ?? 'other') }),
      'bad',
    );
  }
  return sentence(
    t,
    t(asked.state === 'scheduled' ? 'command.asked' : 'command.askedNow', { person }),
    'good',
  );
}

/** As many as anybody reads; the rest is counted. */
const MOST_CASES = 20;

/** The cases that wait, oldest first. */
export function followUpsView(t: Translate, cases: readonly CaseFacts[], reader: CaseReader): View {
  if (cases.length === 0) return sentence(t, t('cases.none'), 'good');
  const title = t('cases.heading', { count: cases.length });
  const more = cases.length - MOST_CASES;
  return view(
    t,
    title,
    heading(title),
    { kind: 'list', items: cases.slice(0, MOST_CASES).map((one) => [caseLine(t, one, reader)]) },
    ...(more > 0 ? [text(t('cases.more', { count: more }), 'muted')] : []),
    text(t('cases.hint', { claim: '/nps claim 12', close: '/nps close 12' }), 'muted'),
  );
}

function caseLine(t: Translate, one: CaseFacts, reader: CaseReader): string {
  const { followUp, number, response } = one;
  return t('cases.line', {
    number,
    survey: t(`survey.${response.survey}`),
    score: answerShort(t, response.survey, response.score),
    who: nameOf(one, reader) ?? t('cases.somebody'),
    age: t.duration(reader.now - followUp.openedAt),
    due: dueText(t, followUp.dueAt, reader.now),
    owner:
      followUp.state.status === 'open'
        ? t('cases.unclaimed')
        : t('cases.claimed', { name: oneLine(followUp.state.by) }),
  });
}

export function optOutView(t: Translate, { optedOut }: { readonly optedOut: boolean }): View {
  return sentence(
    t,
    optedOut ? t('command.optedOut', { command: '/nps optin' }) : t('command.optedIn'),
    'good',
  );
}

export function personUnknownView(t: Translate, { person }: { readonly person: string }): View {
  const words = t('command.personUnknown', { person: oneLine(person) });
  return view(t, words, text(words), text(t('command.personHint'), 'muted'));
}

/** Several people go by what was typed. */
export function personAmbiguousView(t: Translate, { person }: { readonly person: string }): View {
  return sentence(t, t('command.personAmbiguous', { person: oneLine(person), example: 'slack:T0001:U0001' }));
}

export function unknownCommandView(t: Translate, parsed: Extract<ParsedCommand, { kind: 'unknown' }>): View {
  const words = t('command.unknown', { word: oneLine(parsed.word, 40) });
  return view(
    t,
    words,
    text(words),
    ...(parsed.suggestion === null
      ? []
      : [text(t('command.didYouMean', { command: `/nps ${parsed.suggestion}` }))]),
    text(t('command.seeHelp', { command: '/nps help' }), 'muted'),
  );
}

export function badArgumentView(
  t: Translate,
  parsed: Extract<ParsedCommand, { kind: 'bad_argument' }>,
): View {
  const command = `/nps ${parsed.command}`;
  const value = oneLine(parsed.value, 40);
  const words =
    value === '' ? t('command.missingArgument', { command }) : t('command.badArgument', { command, value });
  return view(
    t,
    words,
    text(words),
    text(t('command.expected', { expected: `/nps ${parsed.expected}` })),
    ...(parsed.suggestion === null ? [] : [text(t('command.didYouMean', { command: parsed.suggestion }))]),
  );
}
export { helpView } from './help.ts';
export { whyView } from './why.ts';
