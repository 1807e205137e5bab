// The gateway's address, the app itself, its user, and the opening of direct conversations.
import { DiscordError, refusal } from '../errors.ts';
import { permissionsIntegerOf, userShape } from '../shapes.ts';
import { channelShape } from '../shapes-places.ts';
import { checked, nothing, ok, type Request, route } from './route.ts';

const application = ({ discord }: Request) => {
  const bot = userShape(discord.bot);
  return ok({
    id: discord.applicationId,
    name: discord.bot.username,
    icon: null,
    description: '',
    type: null,
    bot,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: discord.keys.publicKey,
    flags: 0,
    flags_new: '0',
    redirect_uris: [],
    interactions_endpoint_url: discord.interactionsUrl,
    role_connections_verification_url: null,
    owner: bot,
    approximate_guild_count: discord.world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  });
};

function openDirect(request: Request) {
  const { discord } = request;
  const body = checked(request, 'POST /users/@me/channels', (field) => {
    if (field.object(['recipient_id'])) field.key('recipient_id').snowflake();
  });
  const user = discord.world.users.get(String(body['recipient_id']));
  if (!user || user.id === discord.bot.id) throw refusal(50033);
  if (user.bot) throw refusal(50007);
  return ok(channelShape(discord, discord.world.direct(user)));
}

function gatewayBot({ discord }: Request) {
  const { shards, concurrency, sessionStarts } = discord.options;
  return ok({
    url: discord.gateway.url,
    shards,
    session_start_limit: {
      total: sessionStarts,
      remaining: Math.max(0, discord.gateway.startsLeft),
      reset_after: 14_400_000,
      max_concurrency: concurrency,
    },
  });
}

function leave({ discord, params }: Request) {
  const guild = discord.world.guild(params['guild_id']);
  guild.members.delete(discord.bot.id);
  discord.events.emit('GUILD_DELETE', { id: guild.id }, { guild, always: true });
  return nothing;
}

export const BASICS = [
  route('GET', '/gateway', ({ discord }) => ok({ url: discord.gateway.url }), 'token'),
  route('GET', '/gateway/bot', gatewayBot),
  route('GET', '/applications/@me', application),
  route('GET', '/applications/{application_id}', (request) => {
    if (request.params['application_id'] !== request.discord.applicationId) throw refusal(10002);
    return application(request);
  }),
  route('GET', '/users/@me', ({ discord }) =>
    ok({ ...userShape(discord.bot), mfa_enabled: false, locale: 'en-US', verified: true, email: null }),
  ),
  route('GET', '/users/@me/guilds', ({ discord }) =>
    ok(
      [...discord.world.guilds.values()]
        .filter((guild) => guild.members.has(discord.bot.id))
        .map((guild) => ({
          id: guild.id,
          name: guild.name,
          icon: null,
          banner: null,
          owner: false,
          permissions: permissionsIntegerOf(guild, discord.bot.id),
          features: ['COMMUNITY'],
        })),
    ),
  ),
  route('DELETE', '/users/@me/guilds/{guild_id}', leave),
  route('POST', '/users/@me/channels', openDirect),
  route('GET', '/users/{user_id}', ({ discord, params }) => {
    const user = discord.world.users.get(params['user_id'] ?? '');
    if (!user) throw new DiscordError(404, 10013, 'Unknown User');
    return ok(userShape(user));
  }),
];
