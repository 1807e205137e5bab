// What `afterword doctor` says of the chats: where the product is installed and who looks after it there, and what somebody has to see to.
import { DAY, type Instant } from '../domain/basics.ts';
import type { Context } from '../handlers/context.ts';
import type { Check } from './doctor-check.ts';
import { counted } from './words.ts';

/** An installation, as it is told. */
export interface InstallationReport {
  readonly workspace: string;
  readonly platform: string;
  readonly installation: string;
  readonly name: string;
  readonly active: boolean;
  /** Who looks after it; null: nobody yet. */
  readonly installer: string | null;
}

/** Trouble, as it was told. */
export interface NoticeReport {
  readonly workspace: string;
  readonly platform: string;
  readonly installation: string;
  readonly trouble: string;
  readonly subject: string;
  readonly raisedAt: string;
}

const RECENT = 7 * DAY;
/** Of more, the rest is in `--json`. */
const MOST_SHOWN = 20;

export async function installationReports({ store }: Context): Promise<readonly InstallationReport[]> {
  const reports: InstallationReport[] = [];
  for (const { id, name: workspace } of await store.admin.workspaces())
    for (const { platform, externalId, name, active, installer } of await store.admin.installations(id))
      reports.push({ workspace, platform, installation: externalId, name, active, installer });
  return reports;
}

export async function noticeReports({ store }: Context, now: Instant): Promise<readonly NoticeReport[]> {
  const reports: NoticeReport[] = [];
  for (const { id, name: workspace } of await store.admin.workspaces()) {
    const notices = await store.transaction(id, (tx) => tx.notices.raisedSince(now - RECENT));
    for (const { platform, installation, trouble, raisedAt } of notices)
      reports.push({
        workspace,
        platform,
        installation,
        trouble: trouble.kind,
        subject: trouble.subject,
        raisedAt: new Date(raisedAt).toISOString(),
      });
  }
  return reports;
}

export function installationsCheck(
  reports: readonly InstallationReport[],
  isOn: (platform: string) => boolean,
): Check {
  const silent = reports.filter(({ active, platform }) => active && !isOn(platform));
  const lines = reports.map(
    ({ platform, installation, name, active, installer }) =>
      `${platform} ${installation} (${name}): ${active ? 'active' : 'removed'}, ${
        installer === null ? 'nobody looks after it yet' : `looked after by ${installer}`
      }`,
  );
  return {
    name: 'installations',
    status: silent.length > 0 ? 'attention' : 'ok',
    detail: [
      `${counted(reports.filter(({ active }) => active).length, 'chat')} in use`,
      ...shown(lines),
    ].join('\n'),
    remedy:
      silent.length > 0
        ? `${[...new Set(silent.map(({ platform }) => platform))].join(', ')} is off: set its variables, or nobody is asked there`
        : null,
  };
}

export function noticesCheck(reports: readonly NoticeReport[]): Check {
  if (reports.length === 0)
    return { name: 'trouble', status: 'ok', detail: 'none in the last 7 days', remedy: null };
  const lines = reports.map(
    ({ platform, installation, trouble, subject, raisedAt }) =>
      `${platform} ${installation}: ${[trouble, subject].join(' ').trim()}, ${raisedAt.slice(0, 10)}`,
  );
  return {
    name: 'trouble',
    status: 'attention',
    detail: [
      `${counted(reports.length, 'thing')} in the last 7 days that somebody has to see to`,
      ...shown(lines),
    ].join('\n'),
    remedy: 'see to each; what was put right does not come back',
  };
}

function shown(lines: readonly string[]): readonly string[] {
  const rest = lines.length - MOST_SHOWN;
  return rest > 0 ? [...lines.slice(0, MOST_SHOWN), `and ${rest} more, see --json`] : lines;
}
