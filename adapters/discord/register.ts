// Registers the commands, everywhere or in one server, where they are not what they should be already: Discord counts how often that is done.
import { AfterwordError, SECOND } from '../../src/domain/basics.ts';
import { createApi } from './api/index.ts';
import { DEFINITIONS } from './commands/index.ts';
import { isSnowflake } from './custom-id.ts';
import type { Called, DiscordOptions } from './parts.ts';
import { inviteLink } from './permissions.ts';

export interface Registered {
  readonly changed: boolean;
  /** What people find: the commands' names. */
  readonly names: readonly string[];
  /** Where the bot is invited, with the permissions that it needs. */
  readonly invite: string;
}

const TIMEOUT = 20 * SECOND;

/** `guild`: one server, where they appear at once; null: everywhere. */
export async function registerCommands(
  { options, now }: { readonly options: DiscordOptions; readonly now: () => number },
  guild: string | null,
): Promise<Registered> {
  if (guild !== null && !isSnowflake(guild))
    throw new AfterwordError(
      'invalid',
      `${JSON.stringify(guild)} is no server's id`,
      'turn on Developer Mode in Discord, and choose Copy Server ID in the menu of the server',
    );
  const api = createApi({ options, now });
  const where = guild === null ? '' : (`/guilds/${guild}` as const);
  const path = `/applications/${options.applicationId}${where}/commands` as const;
  const read = { query: { with_localizations: 'true' }, idempotent: true, timeout: TIMEOUT };
  const known = bodyOf(await api.call<readonly unknown[]>('GET', path, read), guild);
  const names = DEFINITIONS.map(({ name }) => name);
  const invite = inviteLink(options.applicationId);
  if (Array.isArray(known) && isSame(known)) return { changed: false, names, invite };
  // Replacing them all twice is replacing them once.
  bodyOf(await api.call('PUT', path, { body: DEFINITIONS, idempotent: true, timeout: TIMEOUT }), guild);
  return { changed: true, names, invite };
}

function bodyOf<T>(called: Called<T>, guild: string | null): T {
  if (called.kind === 'ok') return called.body;
  if (called.kind === 'unknown' || called.status === 0)
    throw new AfterwordError(
      'unavailable',
      `Discord does not answer (${called.detail})`,
      'check the network and DISCORD_API_URL, and run it again',
    );
  const said = `Discord refused it: ${called.detail || `HTTP ${called.status}`}`;
  throw new AfterwordError(called.status === 429 ? 'busy' : 'forbidden', said, remedyOf(called, guild));
}

function remedyOf(
  { status, code, retryAfter }: Extract<Called, { kind: 'refused' }>,
  guild: string | null,
): string {
  if (status === 429) return `wait ${Math.ceil((retryAfter ?? SECOND) / SECOND)} s, and run it again`;
  if (status === 401) return "copy the bot's token again into DISCORD_TOKEN";
  if (code === 30034) return 'a server takes 200 new commands a day: run it again tomorrow';
  if (guild !== null && (code === 50001 || code === 10004))
    return 'invite the bot to this server first, with the link of deploy/discord/README.md';
  return 'compare DISCORD_APPLICATION_ID with the application that DISCORD_TOKEN belongs to';
}

function isSame(known: readonly unknown[]): boolean {
  const sorted = (all: readonly unknown[]) => all.map((one) => JSON.stringify(essence(one))).sort();
  const [theirs, ours] = [sorted(known), sorted(DEFINITIONS)];
  return theirs.length === ours.length && theirs.every((one, index) => one === ours[index]);
}

const FIELDS = [
  ...['type', 'name', 'name_localizations', 'description', 'description_localizations', 'options', 'choices'],
  ...['value', 'required', 'autocomplete', 'min_value', 'max_value', 'min_length', 'max_length'],
  ...['channel_types', 'default_member_permissions', 'contexts', 'integration_types'],
];

/** What was registered, without what Discord adds, and with nothing for what is left out. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essence);
  if (typeof value !== 'object' || value === null) return value;
  const isWords = Object.keys(value).every((key) => /^[a-z]{2}(?:-[A-Z0-9]{2,3})?$/u.test(key));
  const kept = Object.entries(value)
    .filter(([key]) => isWords || FIELDS.includes(key))
    // Asked for as a number, Discord answers it as a text.
    .map(
      ([key, one]) =>
        [key, key === 'default_member_permissions' && one !== null ? String(one) : essence(one)] as const,
    )
    .filter(([, one]) => !isNothing(one))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept);
}

function isNothing(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === undefined || value === false || value === '';
}
