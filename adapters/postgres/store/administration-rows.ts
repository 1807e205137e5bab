// What administration keeps, as rows and back. Settings are parsed at this edge: what an older version wrote gets today's defaults.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import { workspaceSettingsSchema } from '../../../src/domain/survey/settings.ts';
import type { Installation, Workspace } from '../../../src/ports/store/administration.ts';

export interface WorkspaceRow {
  readonly id: Id;
  readonly name: string;
  readonly locale: string;
  readonly zone: string;
  readonly settings: unknown;
  readonly created_at: Instant;
}

export const WORKSPACE = 'id, name, locale, zone, settings, created_at';

export function workspaceOf({ settings, created_at, ...row }: WorkspaceRow): Workspace {
  return { ...row, settings: workspaceSettingsSchema.parse(settings), createdAt: created_at };
}

export const INSTALLATION = 'id, workspace_id, platform, external_id, name, active, installer, installed_at';

export interface InstallationRow {
  readonly id: Id;
  readonly workspace_id: Id;
  readonly platform: string;
  readonly external_id: string;
  readonly name: string;
  readonly active: boolean;
  readonly installer: string | null;
  readonly installed_at: Instant;
}

export function installationOf({
  workspace_id,
  external_id,
  installed_at,
  ...row
}: InstallationRow): Installation {
  return { ...row, workspaceId: workspace_id, externalId: external_id, installedAt: installed_at };
}
