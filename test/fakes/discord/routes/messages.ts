// Messages of a channel: read, posted, edited, deleted.
import { Flag } from '../check/message.ts';
import type { Discord } from '../discord.ts';
import { refusal } from '../errors.ts';
import { addMessage, type Change, changeMessage, removeMessage } from '../messages.ts';
import { may, maySend } from '../permissions.ts';
import { checkedContent, refuseEmpty } from '../sending.ts';
import { createdShape, messageShape } from '../shapes.ts';
import { type Channel, ChannelType, type Json, type Message } from '../types.ts';
import { count, nothing, ok, type Request, route } from './route.ts';

const CREATE = 'POST /channels/{channel_id}/messages';
const EDIT = 'PATCH /channels/{channel_id}/messages/{message_id}';

const channelOf = ({ discord, params }: Request): Channel => discord.world.visible(params['channel_id']);

/** Without the privileged intent, reading is as blind as listening. */
const blind = (discord: Discord): boolean => !discord.options.privileged.includes('MESSAGE_CONTENT');

function refuseSending(discord: Discord, channel: Channel): void {
  const { bot, world } = discord;
  if (channel.recipient) {
    if (!world.mutual(channel.recipient)) throw refusal(50278);
    if (channel.recipient.closed || channel.recipient.bot) throw refusal(50007);
    return;
  }
  if (channel.type === ChannelType.forum) throw refusal(50008);
  if (channel.thread?.locked && !may(channel, bot.id, 'MANAGE_THREADS')) throw refusal(160005);
  if (!maySend(channel, bot.id)) throw refusal(50013);
}

function refuseContent(discord: Discord, channel: Channel, change: Change): void {
  const { bot } = discord;
  if (!channel.guild) return;
  if ((change.attachments?.length ?? 0) > 0 && !may(channel, bot.id, 'ATTACH_FILES')) throw refusal(50013);
  if ((change.embeds?.length ?? 0) > 0 && !may(channel, bot.id, 'EMBED_LINKS')) throw refusal(50013);
}

/** The message that this nonce made a little while ago, if it has to be the only one. */
function twin(discord: Discord, body: Json): Message | null {
  const { nonce } = body;
  if (body['enforce_nonce'] !== true || nonce === undefined || nonce === null) return null;
  const known = discord.nonces.get(String(nonce));
  return known && discord.clock.now() - known.at <= discord.options.nonceLife ? known : null;
}

function create(request: Request) {
  const { discord } = request;
  const channel = channelOf(request);
  refuseSending(discord, channel);
  const change = checkedContent(discord, CREATE, request.body, request.files, 'create');
  refuseEmpty(change);
  refuseContent(discord, channel, change);
  if (((change.flags ?? 0) & Flag.ephemeral) !== 0)
    discord.violated(CREATE, 'EPHEMERAL', 'only answers to interactions can be ephemeral');
  const body = request.body as Json;
  const known = twin(discord, body);
  if (known) return ok(createdShape(discord, known));
  const reference = (body['message_reference'] as Json | null | undefined)?.['message_id'] ?? null;
  if (reference !== null && channel.guild && !may(channel, discord.bot.id, 'READ_MESSAGE_HISTORY'))
    throw refusal(160002);
  const nonce = (body['nonce'] as string | number | null | undefined) ?? null;
  const message = addMessage(discord, channel, {
    ...change,
    author: discord.bot,
    flags: (change.flags ?? 0) & ~Flag.ephemeral,
    nonce,
    reference: reference === null ? null : String(reference),
  });
  if (nonce !== null && body['enforce_nonce'] === true) discord.nonces.set(String(nonce), message);
  return ok(createdShape(discord, message));
}

function readable(discord: Discord, channel: Channel): boolean {
  return !channel.guild || may(channel, discord.bot.id, 'READ_MESSAGE_HISTORY');
}

function list(request: Request) {
  const { discord, query } = request;
  const channel = channelOf(request);
  if (channel.type === ChannelType.forum) throw refusal(50024);
  const limit = count(request, 'limit', 1, 100, 50);
  const newest = readable(discord, channel) ? channel.messages.filter((each) => !each.deleted).reverse() : [];
  const id = (name: string): bigint | null => (query.has(name) ? BigInt(query.get(name) ?? '0') : null);
  const [before, after, around] = [id('before'), id('after'), id('around')];
  let page = newest;
  if (around !== null) {
    const half = Math.floor(limit / 2);
    const older = newest.filter((each) => BigInt(each.id) <= around).slice(0, half + 1);
    page = [...newest.filter((each) => BigInt(each.id) > around).slice(-half), ...older];
  } else if (before !== null) page = newest.filter((each) => BigInt(each.id) < before);
  else if (after !== null) page = newest.filter((each) => BigInt(each.id) > after).slice(-limit);
  return ok(page.slice(0, limit).map((each) => messageShape(discord, each, blind(discord))));
}

function get(request: Request) {
  const { discord, params } = request;
  const channel = channelOf(request);
  if (!readable(discord, channel)) throw refusal(50001);
  return ok(messageShape(discord, discord.world.message(channel, params['message_id']), blind(discord)));
}

function edit(request: Request) {
  const { discord, params } = request;
  const channel = channelOf(request);
  const message = discord.world.message(channel, params['message_id']);
  if (message.author.id !== discord.bot.id) throw refusal(50005);
  if (channel.thread?.archived) throw refusal(50083);
  const change = checkedContent(discord, EDIT, request.body, request.files, 'edit', message);
  refuseEmpty(change, message);
  refuseContent(discord, channel, change);
  changeMessage(discord, message, change);
  return ok(messageShape(discord, message));
}

function remove(request: Request) {
  const { discord, params } = request;
  const channel = channelOf(request);
  const message = discord.world.message(channel, params['message_id']);
  if (message.author.id !== discord.bot.id) {
    if (!channel.guild) throw refusal(50003);
    if (!may(channel, discord.bot.id, 'MANAGE_MESSAGES')) throw refusal(50013);
  }
  if (channel.thread?.archived) throw refusal(50083);
  removeMessage(discord, message);
  return nothing;
}

export const MESSAGES = [
  route('POST', '/channels/{channel_id}/messages', create),
  route('GET', '/channels/{channel_id}/messages', list),
  route('GET', '/channels/{channel_id}/messages/{message_id}', get),
  route('PATCH', '/channels/{channel_id}/messages/{message_id}', edit),
  route('DELETE', '/channels/{channel_id}/messages/{message_id}', remove),
  route('POST', '/channels/{channel_id}/typing', (request) => {
    channelOf(request);
    return nothing;
  }),
];
