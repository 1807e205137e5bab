// The export: every prompt that was sent with its answer, oldest first, by pages that each take up where the one before ended.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import { SURVEY_KINDS, type SurveyKind } from '../../../src/domain/survey/kind.ts';
import type { Archive, ArchiveRow } from '../../../src/ports/store/archive.ts';
import type { StoreContext } from './context.ts';
import { UNKNOWN_LOCALE } from './nobody.ts';
import { Placeholders } from './report-filter.ts';
import { poolQuery } from './session.ts';
import { at } from './values.ts';

/** Rows a page: some hundred kilobytes, and some tens of milliseconds of the database. */
const PAGE = 2_000;

type Filter = Parameters<Archive['rows']>[1];

export function archiveRows({ pool }: Pick<StoreContext, 'pool'>): Pick<Archive, 'rows' | 'countRows'> {
  return {
    async *rows(workspaceId, filter) {
      for (let last: Row | undefined | null = null; last !== undefined; ) {
        const { text, values } = pageAfter(last, workspaceId, filter);
        const { rows } = await poolQuery<Row>(pool, text, values);
        if (rows.length > 0) yield rows.map(archived);
        last = rows.length === PAGE ? rows.at(-1) : undefined;
      }
    },

    async countRows(workspaceId, filter) {
      const values = new Placeholders();
      const kinds = values.add(kindsOf(filter));
      const text = `SELECT count(*) AS n FROM prompts WHERE survey = ANY (${kinds}) AND ${within(workspaceId, filter, values)}`;
      const { rows } = await poolQuery<{ n: number }>(pool, text, values.values);
      return rows[0]?.n ?? 0;
    },
  };
}

interface Row {
  readonly prompt: Id;
  readonly id: string;
  readonly source: string;
  readonly survey: SurveyKind;
  readonly score: number | null;
  readonly verbatim: string | null;
  readonly sent_at: Instant;
  readonly answered_at: Instant | null;
  readonly person: string | null;
  readonly locale: string;
  readonly agent: string | null;
  readonly channel: string | null;
  readonly account: string | null;
}

function archived({ prompt: _, sent_at, answered_at, locale, ...row }: Row): ArchiveRow {
  return {
    ...row,
    sentAt: sent_at,
    answeredAt: answered_at,
    locale: locale === UNKNOWN_LOCALE ? null : locale,
  };
}

function kindsOf(filter: Filter): readonly SurveyKind[] {
  return filter.survey === undefined ? SURVEY_KINDS : [filter.survey];
}

function within(workspaceId: Id, { from, to }: Filter, values: Placeholders): string {
  const lower = from === undefined ? 'sent_at IS NOT NULL' : `sent_at >= ${values.add(at(from))}`;
  const upper = to === undefined ? '' : ` AND sent_at < ${values.add(at(to))}`;
  return `workspace_id = ${values.add(workspaceId)} AND ${lower}${upper}`;
}

/** The kinds are read apart and then merged, since the index knows an order within a kind only. */
function pageAfter(
  last: Row | null,
  workspaceId: Id,
  filter: Filter,
): { text: string; values: readonly unknown[] } {
  const values = new Placeholders();
  let condition = within(workspaceId, last === null ? filter : { ...filter, from: last.sent_at }, values);
  if (last !== null)
    condition += ` AND (sent_at, id) > (${values.add(at(last.sent_at))}, ${values.add(last.prompt)}::uuid)`;
  const limit = values.add(PAGE);
  const pages = kindsOf(filter).map(
    (kind) =>
      `(SELECT id, interaction_id, person_id, platform, survey, sent_at, locale, agent, channel, account FROM prompts
        WHERE survey = ${values.add(kind)} AND ${condition} ORDER BY sent_at, id LIMIT ${limit})`,
  );
  return {
    text: `
WITH page AS (SELECT * FROM (${pages.join(' UNION ALL ')}) AS kinds ORDER BY sent_at, id LIMIT ${limit})
SELECT p.id AS prompt, i.external_id AS id, i.source, p.survey, r.score, r.verbatim, p.sent_at, r.answered_at,
  coalesce(d.external_id, (
    SELECT o.external_id FROM identities o WHERE o.workspace_id = i.workspace_id AND o.person_id = p.person_id
    ORDER BY o.platform <> p.platform, o.created_at, o.id LIMIT 1)) AS person,
  p.locale, p.agent, p.channel, p.account
FROM page p
JOIN interactions i ON i.id = p.interaction_id
LEFT JOIN responses r ON r.prompt_id = p.id
LEFT JOIN identities d ON d.id = i.identity_id
ORDER BY p.sent_at, p.id`,
    values: values.values,
  };
}
