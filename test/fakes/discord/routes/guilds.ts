// Servers: their channels, members, roles, active threads, and who changed what.
import { refusal } from '../errors.ts';
import { basePermissions, Permission } from '../permissions.ts';
import { memberShape, roleShape, userShape } from '../shapes.ts';
import { activeThreads, channelShape, guildShape, threadMemberShape } from '../shapes-places.ts';
import type { GuildRecord, Json } from '../types.ts';
import { count, ok, type Request, route } from './route.ts';

const guildOf = ({ discord, params }: Request): GuildRecord => discord.world.guild(params['guild_id']);

function guild(request: Request) {
  const found = guildOf(request);
  const counts = request.query.get('with_counts') === 'true';
  return ok({
    ...guildShape(request.discord, found),
    ...(counts ? { approximate_member_count: found.members.size, approximate_presence_count: 1 } : {}),
  });
}

function member(request: Request) {
  const found = guildOf(request).members.get(request.params['user_id'] ?? '');
  if (found) return ok(memberShape(request.discord, found));
  throw refusal(request.discord.world.users.has(request.params['user_id'] ?? '') ? 10007 : 10013);
}

function members(request: Request) {
  const found = guildOf(request);
  if (!request.discord.options.privileged.includes('GUILD_MEMBERS')) throw refusal(50001);
  const after = BigInt(request.query.get('after') ?? '0');
  const limit = count(request, 'limit', 1, 1000, 1);
  const page = [...found.members.values()].filter((each) => BigInt(each.user.id) > after).slice(0, limit);
  return ok(page.map((each) => memberShape(request.discord, each)));
}

function active(request: Request) {
  const { discord } = request;
  const threads = activeThreads(discord, guildOf(request));
  const joined = threads.filter((each) => each.thread?.members.has(discord.bot.id));
  return ok({
    threads: threads.map((each) => channelShape(discord, each)),
    members: joined.map((each) => threadMemberShape(discord, each, discord.bot.id)),
    has_more: false,
  });
}

function audit(request: Request) {
  const { discord, query } = request;
  const found = guildOf(request);
  if ((basePermissions(found, discord.bot.id) & Permission.VIEW_AUDIT_LOG) === 0n) throw refusal(50013);
  const type = query.get('action_type');
  const user = query.get('user_id');
  const entries = found.audit
    .filter(
      (each) =>
        (type === null || String(each['action_type']) === type) &&
        (user === null || each['user_id'] === user),
    )
    .slice(0, count(request, 'limit', 1, 100, 50));
  const users = new Set(entries.map((each: Json) => String(each['user_id'])));
  return ok({
    audit_log_entries: entries,
    users: [...users].flatMap((id) => discord.world.users.get(id) ?? []).map(userShape),
    threads: [],
    webhooks: [],
    integrations: [],
    application_commands: [],
    auto_moderation_rules: [],
    guild_scheduled_events: [],
  });
}

export const GUILDS = [
  route('GET', '/guilds/{guild_id}', guild),
  route('GET', '/guilds/{guild_id}/channels', (request) =>
    ok(
      [...guildOf(request).channels.values()]
        .filter((each) => !each.thread && !each.deleted)
        .map((each) => channelShape(request.discord, each)),
    ),
  ),
  route('GET', '/guilds/{guild_id}/threads/active', active),
  route('GET', '/guilds/{guild_id}/members', members),
  route('GET', '/guilds/{guild_id}/members/{user_id}', member),
  route('GET', '/guilds/{guild_id}/roles', (request) =>
    ok([...guildOf(request).roles.values()].map((each) => roleShape(request.discord, each))),
  ),
  route('GET', '/guilds/{guild_id}/roles/{role_id}', (request) => {
    const role = guildOf(request).roles.get(request.params['role_id'] ?? '');
    if (!role) throw refusal(10011);
    return ok(roleShape(request.discord, role));
  }),
  route('GET', '/guilds/{guild_id}/audit-logs', audit),
];
