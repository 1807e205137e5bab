// Channels and threads: looked at, begun, archived, locked, tagged, joined.
import { refusal } from '../errors.ts';
import { addMessage, joinThread } from '../messages.ts';
import { may, maySend } from '../permissions.ts';
import { checkedContent, refuseEmpty } from '../sending.ts';
import { messageShape } from '../shapes.ts';
import { channelShape, threadMemberShape } from '../shapes-places.ts';
import { changeThread, deleteThread, startThread } from '../threads.ts';
import { type Channel, ChannelType, type Json } from '../types.ts';
import { checked, count, created, nothing, ok, type Request, route } from './route.ts';

const PATCH = 'PATCH /channels/{channel_id}';
const START = 'POST /channels/{channel_id}/threads';
const DURATIONS = [60, 1440, 4320, 10_080];

const channelOf = ({ discord, params }: Request): Channel => discord.world.visible(params['channel_id']);

function refuseThreadChange(request: Request, channel: Channel, body: Json): void {
  const { bot } = request.discord;
  const { thread } = channel;
  if (!thread) return;
  const manages = may(channel, bot.id, 'MANAGE_THREADS');
  const opens = body['archived'] === false;
  if (thread.archived && !opens) throw refusal(50083);
  // Whoever may write opens a thread again, unless it is locked; all else is the owner's and the moderators'.
  const only = Object.keys(body).every((name) => name === 'archived');
  if (opens && only && !thread.locked && maySend(channel, bot.id)) return;
  if (!manages && (thread.ownerId !== bot.id || thread.locked)) throw refusal(50013);
  const moderated = (channel.parent?.tags ?? []).filter((each) => each.moderated).map((each) => each.id);
  const tags = (body['applied_tags'] as string[] | undefined) ?? [];
  if (!manages && tags.some((id) => moderated.includes(id))) throw refusal(50013);
}

function patch(request: Request) {
  const { discord } = request;
  const channel = channelOf(request);
  if (!channel.guild) throw refusal(50003);
  if (!channel.thread) {
    if (!may(channel, discord.bot.id, 'MANAGE_CHANNELS')) throw refusal(50013);
    throw refusal(50024);
  }
  const body = checked(request, PATCH, (field) => {
    if (
      !field.object([
        'name',
        'archived',
        'locked',
        'invitable',
        'auto_archive_duration',
        'rate_limit_per_user',
        'flags',
        'applied_tags',
      ])
    )
      return;
    field.key('name').string({ min: 1, max: 100, optional: true });
    field.key('archived').boolean();
    field.key('locked').boolean();
    field.key('auto_archive_duration').oneOf(DURATIONS, true);
    const known = (channel.parent?.tags ?? []).map((each) => each.id);
    for (const tag of field.key('applied_tags').list({ max: 5, optional: true })) tag.oneOf(known);
  });
  refuseThreadChange(request, channel, body);
  changeThread(
    discord,
    channel,
    {
      ...(typeof body['name'] === 'string' ? { name: body['name'] } : {}),
      ...(typeof body['archived'] === 'boolean' ? { archived: body['archived'] } : {}),
      ...(typeof body['locked'] === 'boolean' ? { locked: body['locked'] } : {}),
      ...(typeof body['auto_archive_duration'] === 'number'
        ? { autoArchive: body['auto_archive_duration'] }
        : {}),
      ...(Array.isArray(body['applied_tags']) ? { appliedTags: body['applied_tags'] as string[] } : {}),
    },
    discord.bot,
  );
  return ok(channelShape(discord, channel));
}

function start(request: Request) {
  const { discord, params, files } = request;
  const parent = channelOf(request);
  const forum = parent.type === ChannelType.forum;
  const body = checked(request, START, (field) => {
    const shared = ['name', 'auto_archive_duration', 'rate_limit_per_user'];
    if (!field.object([...shared, ...(forum ? ['message', 'applied_tags'] : ['type', 'invitable'])])) return;
    field.key('name').string({ min: 1, max: 100 });
    field.key('auto_archive_duration').oneOf(DURATIONS, true);
    if (forum) field.key('message').object();
    else if (!params['message_id']) field.key('type').oneOf([11, 12], true);
  });
  const { bot } = discord;
  const hidden = body['type'] === 12 || (!forum && !params['message_id'] && body['type'] === undefined);
  if (
    forum
      ? !may(parent, bot.id, 'SEND_MESSAGES')
      : !may(parent, bot.id, hidden ? 'CREATE_PRIVATE_THREADS' : 'CREATE_PUBLIC_THREADS')
  )
    throw refusal(50013);
  const content = forum
    ? checkedContent(discord, START, body['message'], files, 'create', null, ['message'])
    : null;
  if (content) refuseEmpty(content);
  const from = params['message_id'] ? discord.world.message(parent, params['message_id']) : null;
  if (from && discord.world.channels.has(from.id)) throw refusal(160004);
  const thread = startThread(discord, parent, bot, {
    name: String(body['name']),
    private: hidden,
    tags: (body['applied_tags'] as string[] | undefined) ?? [],
    ...(typeof body['auto_archive_duration'] === 'number'
      ? { autoArchive: body['auto_archive_duration'] }
      : {}),
    ...(from ? { id: from.id } : {}),
  });
  if (!content) return created(channelShape(discord, thread));
  const message = addMessage(discord, thread, { ...content, author: bot, id: thread.id });
  return created({ ...channelShape(discord, thread), message: messageShape(discord, message) });
}

function archived(type: number, joinedOnly: boolean) {
  return (request: Request) => {
    const { discord, query } = request;
    const parent = channelOf(request);
    if (!may(parent, discord.bot.id, 'READ_MESSAGE_HISTORY')) throw refusal(50001);
    if (type === ChannelType.private && !joinedOnly && !may(parent, discord.bot.id, 'MANAGE_THREADS'))
      throw refusal(50013);
    const limit = count(request, 'limit', 2, 100, 50);
    const before = Date.parse(query.get('before') ?? '') || Number.POSITIVE_INFINITY;
    const all = [...discord.world.channels.values()]
      .filter(
        (each) => each.parent === parent && each.type === type && !each.deleted && each.thread?.archived,
      )
      .filter((each) => !joinedOnly || each.thread?.members.has(discord.bot.id))
      .filter((each) => (each.thread?.archiveChangedAt ?? 0) < before)
      .sort((one, other) => (other.thread?.archiveChangedAt ?? 0) - (one.thread?.archiveChangedAt ?? 0));
    const page = all.slice(0, limit);
    const joined = page.filter((each) => each.thread?.members.has(discord.bot.id));
    return ok({
      threads: page.map((each) => channelShape(discord, each)),
      members: joined.map((each) => threadMemberShape(discord, each, discord.bot.id)),
      has_more: all.length > page.length,
    });
  };
}

function threadOf(request: Request): Channel {
  const channel = channelOf(request);
  if (!channel.thread) throw refusal(50024);
  return channel;
}

export const CHANNELS = [
  route('GET', '/channels/{channel_id}', (request) => ok(channelShape(request.discord, channelOf(request)))),
  route('PATCH', '/channels/{channel_id}', patch),
  route('DELETE', '/channels/{channel_id}', (request) => {
    const channel = threadOf(request);
    if (!may(channel, request.discord.bot.id, 'MANAGE_THREADS')) throw refusal(50013);
    const shape = channelShape(request.discord, channel);
    deleteThread(request.discord, channel);
    return ok(shape);
  }),
  route('POST', '/channels/{channel_id}/threads', start),
  route('POST', '/channels/{channel_id}/messages/{message_id}/threads', start),
  route('GET', '/channels/{channel_id}/threads/archived/public', archived(ChannelType.public, false)),
  route('GET', '/channels/{channel_id}/threads/archived/private', archived(ChannelType.private, false)),
  route(
    'GET',
    '/channels/{channel_id}/users/@me/threads/archived/private',
    archived(ChannelType.private, true),
  ),
  route('GET', '/channels/{channel_id}/thread-members', (request) => {
    const channel = threadOf(request);
    const ids = [...(channel.thread?.members.keys() ?? [])];
    return ok(ids.map((id) => threadMemberShape(request.discord, channel, id)));
  }),
  route('GET', '/channels/{channel_id}/thread-members/{user_id}', (request) => {
    const channel = threadOf(request);
    const id = request.params['user_id'] ?? '';
    if (!channel.thread?.members.has(id)) throw refusal(10007);
    return ok(threadMemberShape(request.discord, channel, id));
  }),
  route('PUT', '/channels/{channel_id}/thread-members/@me', (request) => {
    const channel = threadOf(request);
    if (channel.thread?.archived) throw refusal(50083);
    joinThread(request.discord, channel, request.discord.bot);
    return nothing;
  }),
];
