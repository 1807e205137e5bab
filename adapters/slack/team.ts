// Who is in the team that a lead named: a user group or a channel, by its id, as Slack writes a mention of it, or by what somebody typed.
import { SECOND } from '../../src/domain/basics.ts';
import type { SlackApi } from './parts.ts';

const CALM = { idempotent: true, patience: 0.5 * SECOND, timeout: 2 * SECOND } as const;
const PAGE = 1_000;
/** Of a channel or a list; a team is no larger than this. */
const MOST_PAGES = 10;
/** Of an organisation, as far as a team is looked for in them. */
const MOST_WORKSPACES = 8;

type Team = { readonly kind: 'group' | 'channel'; readonly id: string } | Handle;
interface Handle {
  readonly kind: 'group handle' | 'channel name';
  readonly name: string;
}

/** Null where that cannot be told: Slack does not answer, or there is nothing of that name. */
export async function teamMembers(
  api: SlackApi,
  installation: string,
  named: string,
): Promise<ReadonlySet<string> | null> {
  const team = teamOf(named);
  const found = 'id' in team ? team : await resolve(api, installation, team);
  if (found === null) return null;
  if (found.kind === 'channel')
    return setOf(
      await pages(api, installation, 'conversations.members', { channel: found.id }, 'members', isText),
    );
  const everywhere = await inEachWorkspace(api, installation, async (where) => {
    const args = { usergroup: found.id, ...where };
    const called = await api.call(installation, 'usergroups.users.list', args, CALM);
    return called.kind === 'ok' ? listIn(called.body, 'users').filter(isText) : null;
  });
  return setOf(everywhere);
}

/** `S0123`, `<!subteam^S0123|@support>`, `C0123`, `<#C0123|help>`, `#help`, `@support`, `support`. */
export function teamOf(named: string): Team {
  const text = named.trim();
  const group = /^(?:<!subteam\^)?(S[A-Z0-9]{6,})(?:\|[^>]*)?>?$/.exec(text)?.[1];
  if (group) return { kind: 'group', id: group };
  const channel = /^(?:<#)?([CG][A-Z0-9]{6,})(?:\|[^>]*)?>?$/.exec(text)?.[1];
  if (channel) return { kind: 'channel', id: channel };
  const name = text.slice(/^[@#]/.test(text) ? 1 : 0).toLowerCase();
  return { kind: text.startsWith('#') ? 'channel name' : 'group handle', name };
}

async function resolve(
  api: SlackApi,
  installation: string,
  { kind, name }: Handle,
): Promise<Exclude<Team, Handle> | null> {
  if (kind === 'group handle') {
    const groups = await inEachWorkspace(api, installation, async (where) => {
      const called = await api.call(installation, 'usergroups.list', where, CALM);
      return called.kind === 'ok' ? listIn(called.body, 'usergroups') : null;
    });
    const id = groups && idOf(groups, (group) => String(group['handle']).toLowerCase() === name);
    return id === null ? null : { kind: 'group', id };
  }
  const channels = await inEachWorkspace(api, installation, (where) => {
    const args = { types: 'public_channel,private_channel', exclude_archived: true, ...where };
    return pages(api, installation, 'conversations.list', args, 'channels', isRecord);
  });
  const id = channels && idOf(channels, (channel) => channel['name'] === name);
  return id === null ? null : { kind: 'channel', id };
}

/** An organisation's token has to name the workspace that it asks about. What one of them does not know another may; null where none does. */
async function inEachWorkspace<T>(
  api: SlackApi,
  installation: string,
  ask: (where: { readonly team_id?: string }) => Promise<readonly T[] | null>,
): Promise<readonly T[] | null> {
  if (!installation.startsWith('E')) return await ask({});
  const called = await api.call(installation, 'auth.teams.list', { limit: MOST_WORKSPACES }, CALM);
  const teams = called.kind === 'ok' ? listIn(called.body, 'teams').filter(isRecord) : [];
  const ids = teams.flatMap(({ id }) => (isText(id) ? [id] : [])).slice(0, MOST_WORKSPACES);
  if (ids.length === 0) return await ask({});
  const answers = await Promise.all(ids.map((id) => ask({ team_id: id })));
  const known = answers.filter((answer) => answer !== null);
  return known.length > 0 ? known.flat() : null;
}

/** All pages of a list; null when one of them cannot be had. */
async function pages<T>(
  api: SlackApi,
  installation: string,
  method: string,
  args: Readonly<Record<string, unknown>>,
  field: string,
  is: (value: unknown) => value is T,
): Promise<readonly T[] | null> {
  const all: T[] = [];
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const turn = { ...args, limit: PAGE, ...(cursor && { cursor }) };
    const called = await api.call(installation, method, turn, CALM);
    if (called.kind !== 'ok') return null;
    all.push(...listIn(called.body, field).filter(is));
    const metadata = called.body['response_metadata'];
    cursor = isRecord(metadata) && isText(metadata['next_cursor']) ? metadata['next_cursor'] : '';
    if (cursor === '') break;
  }
  return all;
}

function idOf(
  items: readonly unknown[],
  fits: (item: Readonly<Record<string, unknown>>) => boolean,
): string | null {
  const id = items.filter(isRecord).find(fits)?.['id'];
  return isText(id) ? id : null;
}

function listIn(body: Readonly<Record<string, unknown>>, field: string): readonly unknown[] {
  const list = body[field];
  return Array.isArray(list) ? list : [];
}

function setOf(ids: readonly string[] | null): ReadonlySet<string> | null {
  return ids && new Set(ids);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
