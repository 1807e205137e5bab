// Which rows a report looks at, and what it groups them by, as SQL. A report's conditions are those of its index.
import type { Instant } from '../../../src/domain/basics.ts';
import { addDays, dayStart, localWeek } from '../../../src/domain/calendar.ts';
import type { ReportDimension, ReportQuery } from '../../../src/ports/store/reports.ts';
import { at } from './values.ts';

/** The parameters of one statement, in order. */
export class Placeholders {
  readonly values: unknown[] = [];

  /** Adds a value and answers with its place, such as `$3`. */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** Writes the same condition for any time column; the values are added once. */
export function conditionOf(query: ReportQuery, parameters: Placeholders): (column: string) => string {
  const workspace = parameters.add(query.workspaceId);
  const survey = parameters.add(query.survey);
  const from = parameters.add(at(query.from));
  const to = parameters.add(at(query.to));
  const only = (['channel', 'agent', 'account'] as const)
    .filter((name) => query[name] !== undefined)
    .map((name) => ` AND ${name} = ${parameters.add(query[name])}`)
    .join('');
  return (column) =>
    `workspace_id = ${workspace} AND survey = ${survey} AND ${column} >= ${from} AND ${column} < ${to}${only}`;
}

export interface Grouping {
  /** The SQL of a row's key, given its time column. */
  readonly key: (column: string) => string;
  /** The key that the SQL's value stands for. */
  readonly name: (value: string | number | null) => string | null;
}

const WHOLE: Grouping = { key: () => 'NULL::text', name: () => null };

/** By theme is not among them: a row has any number of themes. */
export function groupingOf(
  by: ReportDimension | null,
  weeks: Weeks | null,
  parameters: Placeholders,
): Grouping {
  if (by === null || by === 'theme' || by === 'servqual') return WHOLE;
  if (by !== 'week') return { key: () => by, name: (value) => (value === null ? null : String(value)) };
  const starts = parameters.add(weeks?.starts.map(at) ?? []);
  return {
    key: (column) => `width_bucket(${column}, ${starts}::timestamptz[])`,
    name: (value) => weeks?.mondays[Number(value) - 1] ?? null,
  };
}

/** Local weeks by their Mondays, and when each begins. */
export interface Weeks {
  readonly mondays: readonly string[];
  readonly starts: readonly Instant[];
}

/**
 * The weeks of the zone from the one around `from` to the one before `to`. Computed here rather than by `date_trunc`, so that a week begins
 * when the domain's calendar says so, whatever time zone tables the database has; it is also quicker for a million rows.
 */
export function weeksBetween(from: Instant, to: Instant, zone: string): Weeks {
  const mondays: string[] = [];
  const starts: Instant[] = [];
  const first = localWeek(from, zone);
  for (let monday = first.date, start = first.start; start < to; start = dayStart(monday, zone)) {
    mondays.push(monday);
    starts.push(start);
    monday = addDays(monday, 7);
  }
  return { mondays, starts };
}
