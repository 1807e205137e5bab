// A response as columns and back.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type {
  Classification,
  Polarity,
  ThemeMention,
} from '../../../src/domain/classification/classification.ts';
import type { Response } from '../../../src/domain/response/response.ts';
import type { SurveyKind } from '../../../src/domain/survey/kind.ts';

/** Of `responses r` with `REVISED` joined: the version that holds knows when it came. */
export const RESPONSE = `r.id AS response_id, r.workspace_id AS response_workspace_id, r.prompt_id, r.person_id AS response_person_id, r.survey,
  r.score, r.verbatim, r.answered_at, r.late, r.revision, coalesce(v.at, r.answered_at) AS revised_at`;

export const REVISED =
  'LEFT JOIN response_revisions v ON v.workspace_id = $1 AND v.response_id = r.id AND v.revision = r.revision';

export interface ResponseRow {
  readonly response_id: Id;
  readonly response_workspace_id: Id;
  readonly prompt_id: Id;
  readonly response_person_id: Id;
  readonly survey: SurveyKind;
  readonly score: number;
  readonly verbatim: string | null;
  readonly answered_at: Instant;
  readonly late: boolean;
  readonly revision: number;
  readonly revised_at: Instant;
}

export function responseOf(row: ResponseRow): Response {
  return {
    id: row.response_id,
    workspaceId: row.response_workspace_id,
    promptId: row.prompt_id,
    personId: row.response_person_id,
    survey: row.survey,
    score: row.score,
    verbatim: row.verbatim,
    answeredAt: row.answered_at,
    late: row.late,
    revision: row.revision,
    revisedAt: row.revised_at,
  };
}

/** As a row holds them: `theme:polarity`, none with a comma. */
export function themesText({ themes }: Pick<Classification, 'themes'>): readonly string[] {
  return themes.map(({ theme, polarity }) => `${theme}:${polarity}`);
}

export function mentionOf(text: string): ThemeMention {
  const [theme = '', polarity = ''] = text.split(':');
  return { theme: theme as ThemeMention['theme'], polarity: polarity as Polarity };
}
