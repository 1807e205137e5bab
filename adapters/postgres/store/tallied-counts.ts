// A report's counts out of the tallies, for what they are kept for: a whole workspace, at once or by the week.
import type { CountsOf, ReportCounts, ReportQuery, ThemeCount } from '../../../src/ports/store/reports.ts';
import type { StoreContext } from './context.ts';
import { Placeholders, type Weeks } from './report-filter.ts';
import { readTallies, type TalliedRow, talliedSource, type Wanted } from './tallied.ts';

/** Anything finer is counted from the facts. */
export function isTallied({ by, channel, agent, account }: ReportQuery): boolean {
  return (
    (by === null || by === 'week') && channel === undefined && agent === undefined && account === undefined
  );
}

/** `weeks`: those of the query; null where it asks for none. */
export async function talliedCounts(
  ctx: Pick<StoreContext, 'pool' | 'keepsPlans'>,
  query: ReportQuery,
  weeks: Weeks | null,
): Promise<ReportCounts> {
  const { workspaceId, survey, from, to, basis } = query;
  const all = weeks === null ? [] : weeksWithin(weeks, query);
  const whole = all.length;
  const each = [...new Set(['sent', basis, `${basis}.words`] as const)];
  const wanted: Wanted[] = [...all, { from, to }].flatMap((span, slot) =>
    each.map((what) => ({ slot, what, ...span })),
  );
  const parameters = new Placeholders();
  const source = talliedSource(workspaceId, survey, wanted, parameters);
  const rows = await readTallies(ctx, workspaceId, source, parameters);
  const bySlot = new Map<number, TalliedRow[]>();
  for (const row of rows) bySlot.set(row.slot, [...(bySlot.get(row.slot) ?? []), row]);
  return {
    ...countsOf(bySlot.get(whole) ?? [], basis),
    themes: themesOf(bySlot.get(whole) ?? []),
    groups: (weeks?.mondays ?? []).flatMap((key, slot) => {
      const some = bySlot.get(slot);
      return some === undefined ? [] : [{ key, ...countsOf(some, basis) }];
    }),
  };
}

function weeksWithin({ starts }: Weeks, { from, to }: ReportQuery) {
  return starts.map((start, i) => ({
    from: Math.max(from, start),
    to: Math.min(to, starts[i + 1] ?? to),
  }));
}

function countsOf(rows: readonly TalliedRow[], basis: 'sent' | 'answered'): CountsOf {
  const scores = new Map<number, number>();
  const sentiment = { positive: 0, neutral: 0, negative: 0, none: 0 };
  let sent = 0;
  let answeredOfSent = 0;
  for (const { what, key, n } of rows) {
    const { kind, of } = parsed(key);
    if (kind === 'prompts') sent += n;
    if (what === 'sent' && kind === 'score') answeredOfSent += n;
    if (what === basis && kind === 'score') scores.set(Number(of), (scores.get(Number(of)) ?? 0) + n);
    if (kind === 'sentiment') sentiment[of as keyof typeof sentiment] += n;
  }
  return { sent, answeredOfSent, scores, sentiment };
}

/** `score:9`, `sentiment:none`, `theme:speed:negative`. */
function parsed(key: string): { readonly kind: string; readonly of: string } {
  const colon = key.indexOf(':');
  return colon < 0 ? { kind: key, of: '' } : { kind: key.slice(0, colon), of: key.slice(colon + 1) };
}

function themesOf(rows: readonly TalliedRow[]): readonly ThemeCount[] {
  const themes = new Map<string, { theme: string; mentions: number; positive: number; negative: number }>();
  for (const { key, n } of rows) {
    const { kind, of } = parsed(key);
    if (kind !== 'theme') continue;
    const colon = of.lastIndexOf(':');
    const theme = of.slice(0, colon);
    const polarity = of.slice(colon + 1);
    const count = themes.get(theme) ?? { theme, mentions: 0, positive: 0, negative: 0 };
    count.mentions += n;
    if (polarity === 'positive' || polarity === 'negative') count[polarity] += n;
    themes.set(theme, count);
  }
  return [...themes.values()];
}
