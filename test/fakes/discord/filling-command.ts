// Running a command as a client lets people do: only what is registered here and allowed, every value within its limits.
import { lengthOf } from './check/form.ts';
import { type Command, localized } from './commands.ts';
import type { Discord } from './discord.ts';
import { may, permissionsIn } from './permissions.ts';
import { memberShape, messageShape, roleShape, userShape } from './shapes.ts';
import { channelShape } from './shapes-places.ts';
import type { Channel, Json, Message, User } from './types.ts';

/** By the name of the option; people, channels and roles by what has their id. */
export type Given = Readonly<Record<string, string | number | boolean | { readonly id: string }>>;

const GUILD = 0;
const BOT_DM = 1;

export interface Offer {
  readonly command: Command;
  /** Its name in the person's language. */
  readonly shown: string;
}

function allowed(user: User, channel: Channel, { body }: Command): boolean {
  const contexts = body['contexts'] as number[] | null | undefined;
  const here = channel.guild ? GUILD : BOT_DM;
  if (contexts ? !contexts.includes(here) : here === BOT_DM && body['dm_permission'] === false) return false;
  const needed = body['default_member_permissions'];
  if (!channel.guild) return true;
  if (!may(channel, user.id, 'USE_APPLICATION_COMMANDS')) return false;
  if (needed === null || needed === undefined) return true;
  const bits = BigInt(String(needed));
  if (bits === 0n) return may(channel, user.id, 'ADMINISTRATOR');
  return (permissionsIn(channel, user.id) & bits) === bits;
}

export function offered(discord: Discord, user: User, channel: Channel): Offer[] {
  const own = channel.guild ? discord.commands.of(channel.guild.id) : [];
  const all = [...own, ...discord.commands.of(null)];
  return all
    .filter((each) => allowed(user, channel, each))
    .map((command) => ({ command, shown: localized(command.body, 'name', user.locale) }));
}

interface Resolved {
  readonly users: Json;
  readonly members: Json;
  readonly channels: Json;
  readonly roles: Json;
  readonly messages: Json;
}

function resolve(discord: Discord, channel: Channel, type: number, id: string, into: Resolved): string {
  const user = discord.world.users.get(id);
  const member = channel.guild?.members.get(id);
  if ((type === 6 || type === 9) && user) {
    into.users[id] = userShape(user);
    if (member)
      into.members[id] = {
        ...memberShape(discord, member, false),
        permissions: String(permissionsIn(channel, id)),
      };
    return id;
  }
  const other = discord.world.channels.get(id);
  if (type === 7 && other) {
    into.channels[id] = { ...channelShape(discord, other), permissions: '0' };
    return id;
  }
  const role = channel.guild?.roles.get(id);
  if ((type === 8 || type === 9) && role) {
    into.roles[id] = roleShape(discord, role);
    return id;
  }
  throw new Error(`${id} is nothing that can be chosen here`);
}

function refuseValue(option: Json, value: unknown, typing: boolean): void {
  const name = String(option['name']);
  const choices = option['choices'] as Json[] | undefined;
  if (choices && choices.length > 0 && !choices.some((each) => each['value'] === value))
    throw new Error(`${name} has no choice ${String(value)}`);
  if (typeof value === 'string' && !typing) {
    const length = lengthOf(value);
    if (length < Number(option['min_length'] ?? 1) || length > Number(option['max_length'] ?? 6000))
      throw new Error(`${name} is too short or too long`);
  }
  if (
    typeof value === 'number' &&
    (value < Number(option['min_value'] ?? -(2 ** 53)) || value > Number(option['max_value'] ?? 2 ** 53))
  )
    throw new Error(`${name} is too small or too big`);
}

function leaves(
  discord: Discord,
  channel: Channel,
  options: readonly Json[],
  given: Given,
  focused: string | null,
  into: Resolved,
): Json[] {
  for (const name of Object.keys(given))
    if (!options.some((each) => each['name'] === name)) throw new Error(`there is no option ${name}`);
  return options.flatMap((option) => {
    const name = String(option['name']);
    const type = option['type'] as number;
    const value = given[name];
    if (value === undefined) {
      if (option['required'] === true && focused === null) throw new Error(`${name} is required`);
      return [];
    }
    const typing = focused === name;
    if (typing && option['autocomplete'] !== true) throw new Error(`${name} offers nothing while typing`);
    const sent = typeof value === 'object' ? resolve(discord, channel, type, value.id, into) : value;
    refuseValue(option, sent, typing);
    return [{ name, type, value: sent, ...(typing ? { focused: true } : {}) }];
  });
}

export function commandData(
  discord: Discord,
  user: User,
  channel: Channel,
  path: string,
  given: Given,
  focused: string | null,
  target: Message | null = null,
): Json {
  const into: Resolved = { users: {}, members: {}, channels: {}, roles: {}, messages: {} };
  const offers = offered(discord, user, channel);
  const wanted = target ? 3 : 1;
  const [name, ...rest] = target ? [path] : path.split(' ');
  const offer = offers.find((each) => each.command.type === wanted && each.command.name === name);
  if (!offer) throw new Error(`${user.username} is offered no ${path} here`);
  const { command } = offer;
  const base = {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guildId ? { guild_id: command.guildId } : {}),
  };
  if (target) {
    into.messages[target.id] = messageShape(discord, target);
    return { ...base, target_id: target.id, resolved: { messages: into.messages } };
  }
  let options = (command.body['options'] as Json[] | undefined) ?? [];
  const steps: Json[] = [];
  for (const step of rest) {
    const sub = options.find((each) => each['name'] === step && (each['type'] === 1 || each['type'] === 2));
    if (!sub) throw new Error(`there is no ${path}`);
    steps.push(sub);
    options = (sub['options'] as Json[] | undefined) ?? [];
  }
  if (options.some((each) => each['type'] === 1 || each['type'] === 2))
    throw new Error(`${path} needs a subcommand`);
  let sent = leaves(discord, channel, options, given, focused, into);
  for (const step of steps.reverse()) sent = [{ name: step['name'], type: step['type'], options: sent }];
  const resolved = Object.fromEntries(
    Object.entries(into).filter(([, each]) => Object.keys(each as Json).length > 0),
  );
  return { ...base, options: sent, ...(Object.keys(resolved).length > 0 ? { resolved } : {}) };
}
