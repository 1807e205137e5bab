// What a report has to count, counted by hand: one look at every row.

import type { Instant } from '../../../src/domain/basics.ts';
import { localWeek } from '../../../src/domain/calendar.ts';
import { servqualOf } from '../../../src/domain/classification/servqual.ts';
import type { CountsOf, ReportCounts, ReportQuery } from '../../../src/ports/store/reports.ts';
import type { Imported } from './archive-rows.ts';

export function countedByHand(rows: readonly Imported[], q: ReportQuery): ReportCounts {
  const within = (at: Instant | null) => at !== null && at >= q.from && at < q.to;
  const ours = rows.filter(({ row }) => row.survey === q.survey);
  const asked = ours.filter(
    ({ row }) =>
      (q.channel === undefined || row.channel === q.channel) &&
      (q.agent === undefined || row.agent === q.agent) &&
      (q.account === undefined || row.account === q.account),
  );
  const sentThen = asked.filter(({ row }) => within(row.sentAt));
  const timeOf = ({ row }: Imported) => (q.basis === 'sent' ? row.sentAt : (row.answeredAt as Instant));
  const answers = asked.filter((one) => one.row.score !== null && within(timeOf(one)));
  const themesOf = ({ classification }: Imported) => classification?.themes ?? [];
  const countOf = (prompts: readonly Imported[], counted: readonly Imported[]): CountsOf => {
    const scores = new Map<number, number>();
    const sentiment = { positive: 0, neutral: 0, negative: 0, none: 0 };
    for (const { row, classification } of counted) {
      scores.set(row.score as number, (scores.get(row.score as number) ?? 0) + 1);
      sentiment[classification?.sentiment ?? 'none']++;
    }
    return {
      sent: prompts.length,
      answeredOfSent: prompts.filter(({ row }) => row.score !== null).length,
      scores,
      sentiment,
    };
  };
  const keysOf = (one: Imported, at: Instant): readonly (string | null)[] => {
    if (q.by === null) return [];
    if (q.by === 'week') return [localWeek(at, q.zone).date];
    if (q.by !== 'theme' && q.by !== 'servqual') return [one.row[q.by]];
    const all = themesOf(one).map(({ theme }) => theme);
    const themes = q.by === 'theme' ? all : [...new Set(all.flatMap((theme) => servqualOf(theme) ?? []))];
    return themes.length === 0 ? [null] : themes;
  };
  const groups = new Map<string | null, { prompts: Imported[]; answers: Imported[] }>();
  const group = (key: string | null) => {
    if (!groups.has(key)) groups.set(key, { prompts: [], answers: [] });
    return groups.get(key)!;
  };
  if (q.by !== 'theme' && q.by !== 'servqual')
    for (const one of sentThen) for (const key of keysOf(one, one.row.sentAt)) group(key).prompts.push(one);
  for (const one of answers) for (const key of keysOf(one, timeOf(one))) group(key).answers.push(one);
  const mentions = answers.flatMap(themesOf);
  const themes = [...new Set(mentions.map(({ theme }) => theme))].map((theme) => {
    const about = mentions.filter((mention) => mention.theme === theme);
    const polar = (polarity: string) => about.filter((mention) => mention.polarity === polarity).length;
    return { theme, mentions: about.length, positive: polar('positive'), negative: polar('negative') };
  });
  return {
    ...countOf(sentThen, answers),
    themes,
    groups: [...groups].map(([key, one]) => ({
      key,
      ...countOf(one.prompts, one.answers),
      ...(q.by === 'theme' || q.by === 'servqual'
        ? { answeredOfSent: q.basis === 'sent' ? one.answers.length : 0 }
        : {}),
    })),
  };
}

export const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** In one order. */
export function sorted(counts: ReportCounts): unknown {
  const tidy = ({ scores, ...rest }: CountsOf) => ({
    ...rest,
    scores: [...scores].sort((a, b) => a[0] - b[0]),
  });
  return {
    ...tidy(counts),
    themes: [...counts.themes].sort(byText),
    groups: counts.groups.map((group) => ({ key: group.key, ...tidy(group) })).sort(byText),
  };
}
