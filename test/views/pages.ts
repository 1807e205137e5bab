// Every view that there is, page by page, as the golden files show them.
import { MINUTE } from '../../src/domain/basics.ts';
import { alertMovedView, alertView, caseReminderView, closeFormView } from '../../src/views/alert.ts';
import * as command from '../../src/views/command.ts';
import { confirmedSharedView, confirmedView, confirmView } from '../../src/views/confirm.ts';
import { digestView } from '../../src/views/digest.ts';
import { digestPausedView, digestResumedView } from '../../src/views/digest-pause.ts';
import { homeView, visitorHomeView } from '../../src/views/home.ts';
import { noticeView } from '../../src/views/notice.ts';
import * as personal from '../../src/views/personal.ts';
import * as prompt from '../../src/views/prompt.ts';
import * as replies from '../../src/views/replies.ts';
import * as settings from '../../src/views/settings.ts';
import type { Translate } from '../../src/views/text.ts';
import { trendView } from '../../src/views/trend.ts';
import type { View } from '../../src/views/view.ts';
import * as voices from '../../src/views/voices.ts';
import * as sample from './samples.ts';

const asking = { promptId: sample.PROMPT, question: null, subject: 'Cannot log in' };
const given = { promptId: sample.PROMPT, late: false, verbatim: null };

export const pages: Readonly<Record<string, (t: Translate) => readonly View[]>> = {
  prompt: (t) => [
    prompt.promptView(t, { ...asking, survey: 'nps' }),
    prompt.promptView(t, { ...asking, survey: 'ces', subject: null, named: true }),
    prompt.reminderView(t, { ...asking, survey: 'csat', named: false }),
    prompt.movedView(t),
    prompt.changeView(t, { ...asking, survey: 'nps', selected: 7 }),
    prompt.unclearView(t, { ...asking, survey: 'nps', typed: '8-9' }),
  ],
  answered: (t) => [
    prompt.answeredView(t, { ...given, survey: 'nps', score: 10 }),
    prompt.answeredView(t, { ...given, survey: 'ces', score: 4, verbatim: 'Took a while.\nBut it works.' }),
    prompt.answeredView(t, { ...given, survey: 'csat', score: 1, late: true }),
    prompt.answeredSharedView(t),
    prompt.wordsFormView(t, { promptId: sample.PROMPT, words: 'Took a while.' }),
    prompt.declinedView(t, { promptId: sample.PROMPT }),
    prompt.optedOutView(t, { promptId: sample.PROMPT }),
    prompt.expiredView(t),
  ],
  replies: (t) => [
    replies.failedView(t),
    replies.notYoursView(t),
    replies.goneView(t),
    replies.invalidScoreView(t, { survey: 'nps' }),
    replies.takenView(t, { number: 12, by: 'Bob' }),
    replies.takenView(t, { number: 12, by: '' }),
    replies.notAllowedView(t),
    replies.leadsOnlyView(t),
  ],
  alert: (t) => [
    alertView(t, sample.caseIn('open'), sample.reader),
    alertView(t, sample.caseIn('claimed'), { ...sample.reader, showNames: false }),
    alertView(t, sample.caseIn('closed'), sample.reader),
    alertView(t, { ...sample.caseIn('open'), conflict: true }, sample.reader),
    alertView(
      t,
      { ...sample.caseIn('open'), response: { ...sample.caseIn('open').response, score: 9, verbatim: null } },
      sample.reader,
    ),
    alertView(t, { ...sample.caseIn('open'), link: 'https://chat.example/archives/C1/p1' }, sample.reader),
    alertMovedView(t, { number: 12 }),
    ...(['asked', 'solved', 'unsolved'] as const).map((said) =>
      alertView(t, sample.confirmed(said), sample.reader),
    ),
    caseReminderView(t, sample.caseIn('open'), sample.reader),
    caseReminderView(t, sample.caseIn('claimed'), sample.reader),
    confirmView(t, { followUpId: sample.CASE }),
    confirmedView(t, { followUpId: sample.CASE, solved: true }),
    confirmedView(t, { followUpId: sample.CASE, solved: false }),
    confirmedSharedView(t),
    closeFormView(t, { followUpId: sample.CASE }),
  ],
  notice: (t) => [
    noticeView(t, { kind: 'not_in_channel', subject: 'C0HELP' }),
    noticeView(t, { kind: 'channel_gone', subject: 'C0HELP' }),
    noticeView(t, { kind: 'missing_permission', subject: 'chat:write' }),
    noticeView(t, { kind: 'token_void', subject: 'T0001' }),
  ],
  settings: (t) => [
    settings.settingsView(t, sample.settings),
    settings.settingsView(t, { ...sample.bare, alertsElsewhere: true }),
    settings.settingsView(t, sample.bare),
    settings.settingsFormView(t, sample.settings),
    settings.settingsFormView(t, sample.bare),
    ...(['team', 'leads', 'alerts', 'zone', 'reaction', 'digest', 'time', 'weekday'] as const).map((name) =>
      settings.settingsProblemView(t, { name, value: 'Mars/Olympus' }),
    ),
    settings.digestSetView(t, { channel: 'C0HELP', schedule: sample.settings.digest!.schedule }),
    settings.digestSetView(t, { channel: 'C0HELP', schedule: null }),
    settings.rehearsedView(t),
  ],
  connect: (t) => [
    settings.connectCodeView(t, { code: '7K2M9QXW4R', lasts: 30 * MINUTE }),
    ...(['connected', 'same', 'in_use', 'unknown_code'] as const).map((outcome) =>
      settings.connectedView(t, outcome),
    ),
  ],
  home: (t) => [
    homeView(t, {
      glance: command.summaryView(t, [sample.reportOf('nps')], { zone: sample.ZONE }),
      cases: command.followUpsView(t, [sample.caseIn('open')], sample.reader),
      steps: { team: true, digest: false, alerts: true, zone: sample.ZONE },
      reaction: 'white_check_mark',
      paused: true,
    }),
    visitorHomeView(t),
  ],
  digest: (t) => [digestView(t, sample.fullDigest)],
  'digest-quiet': (t) => [
    digestView(t, sample.quietDigest),
    digestView(t, sample.silentDigest),
    digestView(t, sample.longSilentDigest, sample.CASE),
    digestPausedView(t, sample.CASE),
    digestResumedView(t, sample.CASE, sample.settings.digest!.schedule),
  ],
  trend: (t) => [
    trendView(t, sample.trends, { zone: sample.ZONE }),
    trendView(t, [sample.longTrend], { zone: sample.ZONE }),
    trendView(t, [], { zone: sample.ZONE }),
  ],
  help: (t) => [command.helpView(t, { minimumPeople: 3 })],
  summary: (t) => [
    command.summaryView(t, [sample.reportOf('nps'), sample.reportOf('ces'), sample.reportOf('csat')], {
      zone: sample.ZONE,
    }),
    command.summaryView(t, []),
    ...(['agent', 'account'] as const).map((kind) =>
      command.summaryView(t, [sample.reportOf('nps')], { zone: sample.ZONE, about: { kind, name: 'Acme' } }),
    ),
    voices.tooFewView(t, { name: 'Acme', count: 3 }),
  ],
  voices: (t) => [
    voices.commentsView(t, sample.comments),
    voices.commentsView(t, { ...sample.comments, comments: sample.comments.comments.slice(0, 1) }),
    voices.commentsView(t, {
      ...sample.comments,
      comments: sample.comments.comments.map((one) => ({ ...one, name: null })),
      nameless: true,
    }),
    voices.commentsView(t, { ...sample.comments, comments: [] }),
    voices.commentsView(t, { ...sample.comments, comments: [], tooFew: 3 }),
    voices.themesView(t, sample.themes),
    voices.themesView(t, { ...sample.themes, surveys: [], hidden: 0 }),
  ],
  personal: (t) => [
    ...(['own', 'app', 'digest'] as const).map((of) => personal.languageView(t, of)),
    personal.noDigestHereView(t),
    ...[true, false].map((paused) => personal.pausedView(t, { paused })),
    personal.linkCodeView(t, { code: '7K2M9QXW4R', lasts: 30 * MINUTE }),
    ...(['linked', 'same', 'unknown'] as const).map((outcome) => personal.linkedView(t, outcome)),
    personal.peopleLinkedView(t, { into: 'cust-17', from: 'U0ALICE' }),
    personal.forgetAskView(t),
    ...[true, false].map((known) => personal.forgottenView(t, { known })),
    personal.exportFileView(t, {
      count: 54,
      from: sample.comments.from,
      to: sample.comments.to,
      zone: sample.ZONE,
    }),
    personal.exportedView(t, { kind: 'sent', count: 54 }),
    personal.exportedView(t, { kind: 'empty' }),
    personal.exportedView(t, { kind: 'too_large', count: 60_000, command: 'afterword export > answers.csv' }),
    personal.exportedView(t, { kind: 'cannot', command: 'afterword export > answers.csv' }),
  ],
  why: (t) => [command.whyView(t, sample.trail), command.whyView(t, { ...sample.trail, trail: [] })],
  commands: (t) => [
    command.askedView(t, { person: 'Alice', state: 'scheduled', reason: null }),
    command.askedView(t, { person: 'Alice', state: 'sent', reason: null }),
    command.askedView(t, { person: 'Alice', state: 'suppressed', reason: 'opted_out' }),
    command.followUpsView(t, [sample.caseIn('open'), sample.caseIn('claimed')], sample.reader),
    command.followUpsView(t, [sample.caseIn('open')], { ...sample.reader, showNames: false }),
    command.followUpsView(
      t,
      Array.from({ length: 22 }, () => sample.caseIn('open')),
      sample.reader,
    ),
    command.followUpsView(t, [], sample.reader),
    command.optOutView(t, { optedOut: true }),
    command.optOutView(t, { optedOut: false }),
    command.personUnknownView(t, { person: 'Zed' }),
    command.personAmbiguousView(t, { person: 'anna' }),
    command.unknownCommandView(t, { kind: 'unknown', word: 'sumary', suggestion: 'summary' }),
    command.unknownCommandView(t, { kind: 'unknown', word: 'trend', suggestion: null }),
    command.badArgumentView(t, {
      kind: 'bad_argument',
      command: 'claim',
      value: 'twelve',
      expected: 'claim 12',
      suggestion: null,
    }),
    command.badArgumentView(t, {
      kind: 'bad_argument',
      command: 'comments',
      value: 'negatve',
      expected: 'comments [negative]',
      suggestion: 'negative',
    }),
    command.badArgumentView(t, {
      kind: 'bad_argument',
      command: 'why',
      value: '',
      expected: 'why @person',
      suggestion: null,
    }),
  ],
};
