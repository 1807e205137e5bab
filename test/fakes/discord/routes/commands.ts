// Registering commands, globally and in a server.
import { checkCommand } from '../check/commands.ts';
import { refusal } from '../errors.ts';
import type { Json } from '../types.ts';
import { checked, created, nothing, ok, type Request, route } from './route.ts';

const GLOBAL = '/applications/{application_id}/commands';
const GUILD = '/applications/{application_id}/guilds/{guild_id}/commands';

/** Where these commands are: a server's id, or null for everywhere. */
function placeOf({ discord, params }: Request): string | null {
  if (params['application_id'] !== discord.applicationId) throw refusal(10002);
  const { guild_id: id } = params;
  if (id === undefined) return null;
  if (!discord.world.guilds.get(id)?.members.has(discord.bot.id)) throw refusal(50001);
  return id;
}

const localizations = ({ query }: Request): boolean => query.get('with_localizations') === 'true';

function list(request: Request) {
  const { commands } = request.discord;
  const place = placeOf(request);
  return ok(commands.of(place).map((each) => commands.shape(each, localizations(request))));
}

function create(request: Request) {
  const { commands } = request.discord;
  const place = placeOf(request);
  const body = checked(request, 'POST commands', (field) => checkCommand(field));
  const { command, fresh } = commands.put(place, body);
  const shape = commands.shape(command, true);
  return fresh ? created(shape) : ok(shape);
}

function replace(request: Request) {
  const { commands } = request.discord;
  const place = placeOf(request);
  checked(request, 'PUT commands', (field) => {
    const names = new Set<string>();
    for (const each of field.list({ max: 130 })) {
      checkCommand(each);
      const name = `${String(each.key('type').value ?? 1)} ${String(each.key('name').value)}`;
      if (names.has(name))
        each.wrong('APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
      names.add(name);
    }
  });
  return ok(commands.replace(place, request.body as Json[]).map((each) => commands.shape(each, true)));
}

function change(request: Request) {
  const { commands } = request.discord;
  const command = commands.find(placeOf(request), request.params['command_id']);
  const body = checked(request, 'PATCH commands', (field) => checkCommand(field, true));
  commands.change(command, { ...command.body, ...body });
  return ok(commands.shape(command, true));
}

function remove(request: Request) {
  const { commands } = request.discord;
  commands.remove(commands.find(placeOf(request), request.params['command_id']));
  return nothing;
}

function get(request: Request) {
  const { commands } = request.discord;
  return ok(commands.shape(commands.find(placeOf(request), request.params['command_id']), true));
}

export const COMMANDS = [GLOBAL, GUILD].flatMap((template) => [
  route('GET', template, list),
  route('POST', template, create),
  route('PUT', template, replace),
  route('GET', `${template}/{command_id}`, get),
  route('PATCH', `${template}/{command_id}`, change),
  route('DELETE', `${template}/{command_id}`, remove),
]);
