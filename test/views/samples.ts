// What the view tests show: one ordinary week of a support team, its cases and its people.
import { DAY, HOUR } from '../../src/domain/basics.ts';
import { addDays, dayStart } from '../../src/domain/calendar.ts';
import { buildDigest, type SectionInput } from '../../src/domain/digest/build.ts';
import type { Digest } from '../../src/domain/digest/digest.ts';
import type { QuoteCandidate } from '../../src/domain/digest/quotes.ts';
import { type Trend, trendOfReport } from '../../src/domain/digest/trend.ts';
import type { Confirmation } from '../../src/domain/follow-up/confirmation.ts';
import type { FollowUpState } from '../../src/domain/follow-up/follow-up.ts';
import { buildReport, type Report } from '../../src/domain/statistics/report.ts';
import type { SurveyKind } from '../../src/domain/survey/kind.ts';
import { MESSAGES } from '../../src/locales/index.ts';
import type { CaseFacts } from '../../src/views/alert.ts';
import type { SettingsFacts } from '../../src/views/settings.ts';
import { createTexts } from '../../src/views/text.ts';
import type { CommentsFacts, ThemesFacts } from '../../src/views/voices.ts';
import type { Trail } from '../../src/views/why.ts';

export const texts = createTexts(MESSAGES, 'en');
export const LOCALES = Object.keys(MESSAGES);
/** The two whose pages are kept as files; the rest is checked by rule. */
export const READ_LOCALES = ['en', 'zh'] as const;

export const PROMPT = '01890a5d-ac96-774b-bcce-b302099a8057';
export const CASE = '01890a5d-ac96-774b-bcce-b302099a8058';
const PERSON = '01890a5d-ac96-774b-bcce-b302099a8059';

/** Monday 2026-11-16 09:00 in Berlin. */
export const NOW = Date.UTC(2026, 10, 16, 8);
export const ZONE = 'Europe/Berlin';
const WEEK = 7 * DAY;

type Scores = Readonly<Record<number, number>>;
const scores = (counts: Scores) => new Map(Object.entries(counts).map(([score, n]) => [Number(score), n]));
const quietSentiment = { positive: 0, neutral: 0, negative: 0, none: 0 };

const weeks = (counts: readonly Scores[]): SectionInput['weeks'] =>
  counts.map((one, i) => ({
    // Monday 00:00 in Berlin, the last one of the week that the digest ends in.
    from: Date.UTC(2026, 10, 15, 23) - (counts.length - 1 - i) * WEEK,
    scores: scores(one),
  }));

const nps: SectionInput = {
  survey: 'nps',
  people: 50,
  candidates: [],
  scores: scores({ 0: 2, 3: 1, 5: 2, 6: 4, 7: 6, 8: 9, 9: 12, 10: 18 }),
  previousScores: scores({ 2: 6, 4: 7, 6: 11, 7: 8, 8: 8, 9: 8, 10: 6 }),
  sentiment: { positive: 20, neutral: 6, negative: 8 },
  themes: [
    { theme: 'attitude', mentions: 6, positive: 6, negative: 0 },
    { theme: 'speed', mentions: 12, positive: 8, negative: 3 },
    { theme: 'our own theme', mentions: 2, positive: 0, negative: 2 },
  ],
  previous: {
    sentiment: { positive: 7, neutral: 9, negative: 21 },
    themes: [
      { theme: 'attitude', mentions: 9, positive: 8, negative: 1 },
      { theme: 'delivery', mentions: 15, positive: 0, negative: 14 },
      { theme: 'speed', mentions: 1, positive: 0, negative: 1 },
    ],
  },
  ended: { sent: 120, answered: 51 },
  weeks: weeks([{ 9: 4, 3: 4 }, {}, { 10: 8, 6: 4, 7: 3 }, { 0: 2, 6: 7, 8: 15, 9: 30 }]),
};

const ces: SectionInput = {
  survey: 'ces',
  people: 50,
  candidates: [],
  scores: scores({ 2: 3, 4: 4, 5: 8, 6: 12, 7: 9 }),
  previousScores: scores({ 3: 2, 4: 5, 5: 10, 6: 10, 7: 6 }),
  sentiment: { positive: 9, neutral: 3, negative: 2 },
  themes: [{ theme: 'ease', mentions: 5, positive: 4, negative: 1 }],
  ended: { sent: 88, answered: 36 },
  weeks: weeks([{ 6: 1 }, { 5: 4, 6: 4 }, { 6: 10, 7: 3 }]),
};

const csat: SectionInput = {
  survey: 'csat',
  people: 50,
  candidates: [],
  scores: scores({ 1: 1, 4: 6, 5: 5 }),
  previousScores: scores({}),
  sentiment: quietSentiment,
  themes: [],
  ended: { sent: 0, answered: 0 },
  weeks: weeks([{ 1: 1, 4: 6, 5: 5 }]),
};

const posted = buildDigest({
  from: NOW - 2 * WEEK,
  to: NOW - WEEK,
  zone: ZONE,
  sections: [{ ...nps, scores: nps.previousScores, previousScores: scores({}) }],
  minimumPeople: 3,
  showNames: true,
  open: [],
  coverage: { asked: 10, skipped: {} },
  restated: [],
});

const said: readonly QuoteCandidate[] = [
  {
    responseId: '1',
    personId: 'a',
    personName: 'Alice Liddell',
    survey: 'nps',
    score: 2,
    segment: 'negative',
    words: 'Waited three days for an answer, then got told to read the manual. Mail me: alice@example.com',
    themes: ['speed'],
    answeredAt: NOW - DAY,
  },
  {
    responseId: '2',
    personId: 'b',
    personName: '王小明',
    survey: 'ces',
    score: 7,
    segment: 'positive',
    words: '客服很耐心，五分钟就解决了。',
    themes: ['attitude'],
    answeredAt: NOW - 2 * DAY,
  },
  {
    responseId: '3',
    personId: 'c',
    personName: null,
    survey: 'nps',
    score: 8,
    segment: 'neutral',
    words: 'Good, but the export could be faster.',
    themes: ['features'],
    answeredAt: NOW - 3 * DAY,
  },
];

const counted = buildDigest({
  from: NOW - WEEK,
  to: NOW,
  zone: ZONE,
  sections: [nps, ces, csat].map((section) => ({
    ...section,
    candidates: said.filter(({ survey }) => survey === section.survey),
  })),
  minimumPeople: 3,
  showNames: true,
  open: [
    { number: 11, status: 'claimed', openedAt: NOW - 3 * DAY, dueAt: NOW - 2 * DAY, owner: 'Bob' },
    { number: 12, status: 'open', openedAt: NOW - 5 * HOUR, dueAt: NOW + 19 * HOUR, owner: null },
  ],
  coverage: {
    asked: 208,
    waiting: 4,
    skipped: { throttled: 31, auto_closed: 12, opted_out: 3, uncertain: 1, sampled_out: 0 },
  },
  askedOf: [
    { of: 'agent', name: 'eve', ended: 40, asked: 3 },
    { of: 'channel', name: 'C0BILLING', ended: 12, asked: 0 },
    { of: 'agent', name: 'bob', ended: 90, asked: 70 },
  ],
  restated: posted.sections.map(({ survey, answered, score }) => ({
    survey,
    from: posted.from,
    to: posted.to,
    figure: { answered, score },
    scores: scores({ 2: 5, 4: 7, 6: 11, 7: 8, 8: 9, 9: 8, 10: 9 }),
    people: 3,
  })),
});

/** Everything that a digest can tell, at once. */
export const fullDigest: Digest = {
  ...counted,
  summary: {
    by: 'qwen3-8b',
    read: 42,
    points: [
      { text: 'Answers take days, and <!channel> *nobody* says why.', responseIds: ['1', '3', '4'] },
      { text: '客服很耐心，问题解决得快。', responseIds: ['2', '5'] },
    ],
  },
  corrections: [
    ...counted.corrections,
    {
      survey: 'csat',
      from: NOW - 2 * WEEK,
      to: NOW - WEEK,
      before: { answered: 3, score: 100 },
      after: { answered: 0, score: null },
    },
  ],
};

const nothing = {
  from: NOW - WEEK,
  to: NOW,
  zone: ZONE,
  sections: [],
  quotes: [],
  open: [],
  corrections: [],
};
export const quietDigest: Digest = { ...nothing, coverage: { asked: 0, skipped: {} } };
export const longSilentDigest: Digest = { ...quietDigest, silentWeeks: 5 };
export const silentDigest: Digest = {
  ...nothing,
  sections: [
    {
      ...fullDigest.sections[0]!,
      answered: 0,
      score: null,
      low: null,
      high: null,
      trend: [],
      positive: 0,
      neutral: 0,
      negative: 0,
      themes: [],
      moves: [],
      sentiment: quietSentiment,
      difference: null,
      verdict: 'nothing_to_compare',
      responseRate: 0,
      asked: 6,
      distribution: {},
    },
  ],
  coverage: { asked: 6, skipped: {} },
};

const states: Readonly<Record<'open' | 'claimed' | 'closed', FollowUpState>> = {
  open: { status: 'open' },
  claimed: { status: 'claimed', by: 'Bob', who: null, claimedAt: NOW - HOUR },
  closed: { status: 'closed', by: 'Bob', closedAt: NOW - HOUR, note: 'Called her. The export works again.' },
};

/** A case in one of its states. */
export function caseIn(status: keyof typeof states): CaseFacts {
  return {
    followUp: {
      id: CASE,
      workspaceId: CASE,
      personId: PERSON,
      responseIds: status === 'claimed' ? ['1', '2'] : ['1'],
      openedAt: NOW - 5 * HOUR,
      dueAt: status === 'claimed' ? NOW - 2 * HOUR : NOW + 19 * HOUR,
      state: states[status],
      confirmation: null,
    },
    number: 12,
    response: {
      survey: 'nps',
      score: 2,
      verbatim: 'Waited three days for an answer.',
      revisedAt: NOW - 5 * HOUR,
    },
    conflict: false,
    personName: 'Alice Liddell',
    personExternalId: 'U0ALICE0001',
    place: { platform: 'web', installation: 'local', channel: 'support', thread: 't1' },
    agent: 'Carol',
    account: 'acme',
  };
}

/** A closed case whose customer was asked whether it is solved. */
export function confirmed(said: 'asked' | 'solved' | 'unsolved'): CaseFacts {
  const closed = caseIn('closed');
  const confirmation: Confirmation =
    said === 'asked'
      ? { status: 'asked', at: NOW, ref: null }
      : { status: 'answered', at: NOW, solved: said === 'solved', ref: null };
  return { ...closed, followUp: { ...closed.followUp, confirmation } };
}

export const reader = { showNames: true, zone: ZONE, now: NOW };

const ref = { channel: 'c', message: 'm' };
export const trail: Trail = {
  person: {
    customer: null,
    optedOut: true,
    identities: [{ externalId: 'U0ALICE0001', name: 'Alice Liddell' }],
  },
  zone: ZONE,
  trail: (
    [
      { status: 'scheduled', dueAt: NOW + HOUR },
      { status: 'sending', dueAt: NOW, attemptedAt: NOW },
      { status: 'sent', sentAt: NOW - HOUR, ref },
      { status: 'reminded', sentAt: NOW - 2 * DAY, ref, remindedAt: NOW - DAY },
      { status: 'answered', sentAt: NOW - DAY, ref, answeredAt: NOW - HOUR, late: false },
      { status: 'answered', sentAt: NOW - 9 * DAY, ref, answeredAt: NOW - HOUR, late: true },
      { status: 'declined', sentAt: NOW - DAY, ref, declinedAt: NOW - HOUR },
      { status: 'expired', sentAt: NOW - 8 * DAY, ref, expiredAt: NOW - DAY },
      { status: 'suppressed', reason: 'throttled', at: NOW - DAY },
      { status: 'undeliverable', reason: 'no_reachable_channel', at: NOW - DAY },
      { status: 'undeliverable', reason: 'solar_flare', at: NOW - DAY },
      { status: 'uncertain', attemptedAt: NOW - DAY },
    ] as const
  ).map((state, i) => ({
    prompt: { state, explicit: i === 2 },
    survey: i % 2 === 0 ? ('ces' as const) : ('nps' as const),
    closedAt: NOW - i * DAY,
  })),
};

/** A report over 30 days. */
export function reportOf(survey: SurveyKind): Report {
  const section = { nps, ces, csat }[survey];
  return buildReport({
    survey,
    period: { from: NOW - 30 * DAY, to: NOW },
    basis: 'answered',
    by: null,
    groups: [],
    sent: 130,
    answeredOfSent: 50,
    scores: section.scores,
    sentiment: section.sentiment,
    themes: section.themes,
    previous: section.previousScores,
    previousGroups: [],
  });
}

/** Twelve weeks of two kinds, one of them without an answer. */
export const trends: readonly Trend[] = [nps, ces].map(({ survey }, kind) =>
  trendOver(survey, 12, (week) => (week === 4 ? {} : { 3: 4 + kind, 5: 6 + (week % 5), 7: 9 + week })),
);
/** A year, more than anybody reads as figures. */
export const longTrend: Trend = trendOver('csat', 53, (week) => ({ 2: 3 + (week % 7), 5: 20 + (week % 3) }));

export function trendOver(survey: SurveyKind, length: number, of: (week: number) => Scores): Trend {
  const monday = (week: number) => addDays('2026-11-16', 7 * (week + 1 - length));
  const counts = Array.from({ length }, (_, week) => of(week));
  const all: Record<number, number> = {};
  for (const one of counts)
    for (const [score, n] of Object.entries(one)) all[Number(score)] = (all[Number(score)] ?? 0) + n;
  const report = buildReport({
    survey,
    period: { from: dayStart(monday(0), ZONE), to: NOW },
    basis: 'answered',
    by: 'week',
    sent: 0,
    scores: scores(all),
    sentiment: quietSentiment,
    groups: counts.flatMap((one, week) =>
      Object.keys(one).length === 0
        ? []
        : [{ key: monday(week), sent: 0, scores: scores(one), sentiment: quietSentiment }],
    ),
    previous: scores({}),
    previousGroups: [],
  });
  return trendOfReport(report, ZONE);
}

export const settings: SettingsFacts = {
  team: 'S0SUPPORT',
  leads: 'S0LEADS',
  alerts: 'C0ALERTS',
  alertsElsewhere: false,
  digest: { channel: 'C0HELP', schedule: { weekday: 1, time: 9 * 60, zone: ZONE } },
  zone: ZONE,
  reaction: 'white_check_mark',
  paused: false,
  changes: [
    'settings.set',
    'digest.weekly',
    'digest.off',
    'digest.language',
    'pause',
    'resume',
    'export',
    'connect',
    'person.link',
  ].map((action) => ({
    at: Date.UTC(2026, 10, 20, 10),
    actor: 'chat:T0001:U0BOB',
    action,
    subject: 'reaction',
    detail: action === 'settings.set' ? { changed: { reaction: ['white_check_mark', null] } } : {},
  })),
};

export const bare: SettingsFacts = {
  ...settings,
  ...{ team: null, leads: null, alerts: null, digest: null },
  paused: true,
  changes: [],
};

export const comments: CommentsFacts = {
  from: Date.UTC(2026, 9, 1),
  to: Date.UTC(2026, 10, 1),
  zone: ZONE,
  comments: [
    {
      survey: 'nps',
      score: 3,
      words: 'Three days without an answer. Write to me at alice@example.com',
      name: 'Alice',
      answeredAt: Date.UTC(2026, 9, 20, 10),
    },
    { survey: 'csat', score: 5, words: '很快！谢谢', name: null, answeredAt: Date.UTC(2026, 9, 12, 10) },
  ],
  tooFew: null,
  nameless: false,
};

export const themes: ThemesFacts = {
  from: Date.UTC(2026, 9, 1),
  to: Date.UTC(2026, 10, 1),
  zone: ZONE,
  surveys: [
    {
      survey: 'nps',
      themes: [
        { theme: 'speed', mentions: 12, positive: 3, negative: 8 },
        { theme: 'price', mentions: 4, positive: 1, negative: 2 },
      ],
    },
  ],
  minimumPeople: 3,
  hidden: 2,
};
