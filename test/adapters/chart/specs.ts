// The charts that the tests draw: an ordinary quarter, and the same in other languages and lengths.
import type { ChartBar, ChartPoint, ChartSpec } from '../../../src/ports/chart.ts';

/** Weeks with a score that wanders within the scale, the same every time. */
export function weeks(count: number, name: (i: number) => string = (i) => `W${i + 1}`): ChartPoint[] {
  return Array.from({ length: count }, (_, i) => {
    const score = 30 + 22 * Math.sin(i / 2.3) - (i > 8 ? 14 : 0);
    const n = 14 + ((i * 37) % 29);
    const half = 150 / Math.sqrt(n);
    return { label: name(i), score, low: score - half, high: Math.min(100, score + half), n };
  });
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The Monday of week `i`; written here and not by Intl, whose words change with its version. */
function monday(i: number): { readonly month: number; readonly day: number } {
  const date = new Date(Date.UTC(2026, 8, 7 + 7 * i));
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function months(i: number): string {
  const { month, day } = monday(i);
  return `${MONTHS[month - 1]} ${day}`;
}

const quiet = (label: string): ChartPoint => ({ label, score: null, low: null, high: null, n: 0 });

const spread = (counts: readonly number[]): ChartBar[] =>
  counts.map((count, i) => ({
    label: String(i),
    count,
    segment: i >= 9 ? 'positive' : i >= 7 ? 'neutral' : 'negative',
  }));

const quarter = weeks(13, months);
quarter[4] = quiet(months(4));
quarter[5] = quiet(months(5));
quarter[7] = quiet(months(7));

export const nps: ChartSpec = {
  locale: 'en',
  direction: 'ltr',
  title: 'Recommendation in #support',
  subtitle: '7 September – 6 December 2026 · 312 answers of 701 asked',
  note: 'Weeks with few answers have wide intervals: too few to conclude from.',
  alt: 'NPS by week: 30 in the week of 7 September, −3 in the week of 30 November. 55 % promoters.',
  scale: { min: -100, max: 100, decimals: 0, percent: false },
  points: quarter,
  distribution: spread([4, 2, 3, 5, 4, 14, 21, 38, 49, 71, 101]),
  words: {
    score: 'NPS',
    interval: '95 % interval',
    answers: 'answers',
    distribution: 'How the answers spread',
    empty: 'No answers yet',
    segments: { positive: 'Promoters', neutral: 'Passives', negative: 'Detractors' },
  },
};

export const chinese: ChartSpec = {
  ...nps,
  locale: 'zh-CN',
  title: '「客户支持」频道的推荐意愿',
  subtitle: '2026年9月7日至12月6日 · 询问 701 人,312 人回答',
  note: '回答少的周区间很宽:样本太少,不足以得出结论。',
  alt: '每周净推荐值',
  points: nps.points.map((p, i) => ({
    ...p,
    label: `${monday(i).month}月${monday(i).day}日`,
  })),
  words: {
    score: '净推荐值',
    interval: '95% 置信区间',
    answers: '回答数',
    distribution: '回答分布',
    empty: '还没有回答',
    segments: { positive: '推荐者', neutral: '中立者', negative: '贬损者' },
  },
};

export const japanese: ChartSpec = {
  ...nps,
  locale: 'ja',
  title: '#サポート の推奨度(週別)',
  subtitle: '2026年9月7日〜12月6日 · 依頼701件、回答312件',
  note: '回答の少ない週は区間が広く、結論は出せません。',
  alt: '週別のNPS',
  points: nps.points.map((p, i) => ({
    ...p,
    label: `${monday(i).month}/${monday(i).day}`,
  })),
  words: {
    score: 'NPS',
    interval: '95%信頼区間',
    answers: '回答数',
    distribution: '回答の分布',
    empty: 'まだ回答がありません',
    segments: { positive: '推奨者', neutral: '中立者', negative: '批判者' },
  },
};

export const hebrew: ChartSpec = {
  ...nps,
  locale: 'he',
  direction: 'rtl',
  title: 'המלצות בערוץ התמיכה',
  subtitle: '7 בספטמבר עד 6 בדצמבר 2026 · 312 תשובות',
  note: 'מעט מדי תשובות כדי להסיק מסקנה.',
  points: nps.points.map((p, i) => ({ ...p, label: `${monday(i).day}.${monday(i).month}` })),
  words: {
    score: 'NPS',
    interval: 'רווח סמך 95%',
    answers: 'תשובות',
    distribution: 'התפלגות התשובות',
    empty: 'אין עדיין תשובות',
    segments: { positive: 'ממליצים', neutral: 'ניטרליים', negative: 'מבקרים' },
  },
};

export const ces: ChartSpec = {
  ...nps,
  title: 'How easy it was to get help',
  scale: { min: 1, max: 7, decimals: 1, percent: false },
  points: nps.points.map((p) => {
    const at = (v: number | null): number | null => (v === null ? null : 4.6 + v / 40);
    return { ...p, score: at(p.score), low: at(p.low), high: at(p.high) };
  }),
  distribution: [1, 2, 3, 4, 5, 6, 7].map((v, i) => ({
    label: String(v),
    count: [6, 9, 14, 31, 62, 104, 86][i] ?? 0,
    segment: v >= 5 ? 'positive' : v === 4 ? 'neutral' : 'negative',
  })),
  words: {
    ...nps.words,
    score: 'Effort (1–7)',
    segments: { positive: 'Easy', neutral: 'Neither', negative: 'Hard' },
  },
};

export const csat: ChartSpec = {
  ...ces,
  title: 'Satisfaction with support',
  scale: { min: 0, max: 100, decimals: 0, percent: true },
  points: nps.points.map((p) => {
    const at = (v: number | null): number | null => (v === null ? null : Math.min(100, 66 + v / 2));
    return { ...p, score: at(p.score), low: at(p.low), high: at(p.high) };
  }),
  distribution: ces.distribution.slice(0, 5).map((bar, i) => ({
    ...bar,
    segment: i >= 3 ? 'positive' : i === 2 ? 'neutral' : 'negative',
  })),
  words: {
    ...nps.words,
    score: 'Satisfied',
    segments: { positive: 'Satisfied', neutral: 'Neither', negative: 'Dissatisfied' },
  },
};

export const empty: ChartSpec = {
  ...nps,
  points: [],
  distribution: nps.distribution.map((bar) => ({ ...bar, count: 0 })),
  note: '',
  alt: 'No answers yet',
};

export const silent: ChartSpec = { ...empty, points: weeks(6, months).map((p) => quiet(p.label)) };
