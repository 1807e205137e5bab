// Everything that a report counts, by one statement and so at one moment: an answer that comes in meanwhile is in all figures or in none.
import { servqualOf } from '../../../src/domain/classification/servqual.ts';
import type { CountsOf, ReportCounts, ReportQuery, ThemeCount } from '../../../src/ports/store/reports.ts';
import { UNKNOWN_LOCALE } from './nobody.ts';
import { conditionOf, type Grouping, groupingOf, Placeholders, type Weeks } from './report-filter.ts';

/** One group of rows, as the database counted them. */
export interface CountedRow {
  /** `s`: prompts sent. `o`: how many of them were answered. `a`: answers. `t`: answers by what they are about. */
  readonly part: 's' | 'o' | 'a' | 't';
  readonly key: string | number | null;
  readonly score: number | null;
  readonly sentiment: 'positive' | 'neutral' | 'negative' | null;
  /** `theme:polarity`. */
  readonly themes: readonly string[] | null;
  readonly n: number;
}

export interface CountStatement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly grouping: Grouping;
}

/**
 * Without a dimension, and by theme, one scan of the answers gives all: there are few different sets of themes. By any other dimension the
 * themes take a scan of their own, since sets of themes by key would be nearly as many as answers. Each scan is materialized, so that the
 * database may share it out among its workers: of a plain union it would give each worker a whole scan.
 */
export function countStatement(query: ReportQuery, weeks: Weeks | null): CountStatement {
  const parameters = new Placeholders();
  const condition = conditionOf(query, parameters);
  const grouping = groupingOf(query.by, weeks, parameters);
  const time = query.basis === 'sent' ? 'sent_at' : 'answered_at';
  const whole = query.by === null || query.by === 'theme' || query.by === 'servqual';
  const keyed = whole ? '' : ' GROUP BY 1';
  const N = 'count(*)::int AS n';

  const scans = [
    `s AS MATERIALIZED (SELECT ${grouping.key('sent_at')} AS key, ${N} FROM prompts WHERE ${condition('sent_at')}${keyed})`,
  ];
  const parts = [
    `SELECT 's' AS part, key, NULL::smallint AS score, NULL::text AS sentiment, NULL::text[] AS themes, n FROM s`,
  ];
  if (query.basis === 'answered') {
    scans.push(
      `o AS MATERIALIZED (SELECT ${grouping.key('sent_at')} AS key, ${N} FROM responses WHERE ${condition('sent_at')}${keyed})`,
    );
    parts.push(`SELECT 'o', key, NULL, NULL, NULL, n FROM o`);
  }
  if (whole) {
    scans.push(
      `a AS MATERIALIZED (SELECT score, sentiment, themes, ${N} FROM responses WHERE ${condition(time)} GROUP BY 1, 2, 3)`,
    );
    parts.push(`SELECT 'a', NULL, score, sentiment, themes, n FROM a`);
  } else {
    scans.push(
      `a AS MATERIALIZED (SELECT ${grouping.key(time)} AS key, score, sentiment, ${N} FROM responses WHERE ${condition(time)} GROUP BY 1, 2, 3)`,
      `t AS MATERIALIZED (SELECT themes, ${N} FROM responses WHERE ${condition(time)} AND themes <> '{}' GROUP BY 1)`,
    );
    parts.push(
      `SELECT 'a', key, score, sentiment, NULL, n FROM a`,
      `SELECT 't', NULL, NULL, NULL, themes, n FROM t`,
    );
  }
  const text = `WITH ${scans.join(',\n')}\n${parts.join('\nUNION ALL\n')}`;
  return { text, values: parameters.values, grouping };
}

/** Makes the report's figures of what was counted. */
export function fold(query: ReportQuery, rows: readonly CountedRow[], grouping: Grouping): ReportCounts {
  const total = new Tally();
  const groups = new Map<string | null, Tally>();
  const themes = new Map<string, { theme: string; mentions: number; positive: number; negative: number }>();
  const group = (key: string | null): Tally => {
    const known = groups.get(key);
    if (known) return known;
    const made = new Tally();
    groups.set(key, made);
    return made;
  };
  for (const row of rows) {
    const polarities = polaritiesOf(row.themes ?? []);
    for (const [theme, polarity] of polarities) {
      const count = themes.get(theme) ?? { theme, mentions: 0, positive: 0, negative: 0 };
      count.mentions += row.n;
      if (polarity !== 'neutral') count[polarity] += row.n;
      themes.set(theme, count);
    }
    if (row.part === 't') continue;
    total.add(row);
    if (query.by === 'theme' || query.by === 'servqual') {
      if (row.part !== 'a') continue;
      for (const key of aboutOf(query.by, [...polarities.keys()])) group(key).add(row);
    } else if (query.by !== null) {
      const key = grouping.name(row.key);
      group(query.by === 'locale' && key === UNKNOWN_LOCALE ? null : key).add(row);
    }
  }
  const answeredBySent = query.basis === 'sent';
  return {
    ...total.counts(answeredBySent),
    themes: [...themes.values()] satisfies ThemeCount[],
    groups: [...groups].map(([key, tally]) => ({ key, ...tally.counts(answeredBySent) })),
  };
}

/** Each once; null for an answer about none. */
function aboutOf(by: 'theme' | 'servqual', themes: readonly string[]): ReadonlySet<string | null> {
  const all = by === 'theme' ? themes : themes.flatMap((theme) => servqualOf(theme) ?? []);
  return new Set<string | null>(all.length === 0 ? [null] : all);
}

/** The polarity of each theme of an answer; one that is praised and blamed at once is neutral. */
function polaritiesOf(themes: readonly string[]): Map<string, 'positive' | 'neutral' | 'negative'> {
  const polarities = new Map<string, 'positive' | 'neutral' | 'negative'>();
  for (const mention of themes) {
    const colon = mention.indexOf(':');
    const theme = colon < 0 ? mention : mention.slice(0, colon);
    const said = colon < 0 ? 'neutral' : mention.slice(colon + 1);
    const polarity = said === 'positive' || said === 'negative' ? said : 'neutral';
    const before = polarities.get(theme);
    polarities.set(theme, before === undefined || before === polarity ? polarity : 'neutral');
  }
  return polarities;
}

class Tally {
  #sent = 0;
  #answeredOfSent = 0;
  readonly #scores = new Map<number, number>();
  readonly #sentiment = { positive: 0, neutral: 0, negative: 0, none: 0 };

  add(row: CountedRow): void {
    if (row.part === 's') this.#sent += row.n;
    if (row.part === 'o') this.#answeredOfSent += row.n;
    if (row.part !== 'a' || row.score === null) return;
    this.#scores.set(row.score, (this.#scores.get(row.score) ?? 0) + row.n);
    this.#sentiment[row.sentiment ?? 'none'] += row.n;
  }

  counts(answeredBySent: boolean): CountsOf {
    const answers = [...this.#scores.values()].reduce((sum, n) => sum + n, 0);
    return {
      sent: this.#sent,
      answeredOfSent: answeredBySent ? answers : this.#answeredOfSent,
      scores: this.#scores,
      sentiment: this.#sentiment,
    };
  }
}
