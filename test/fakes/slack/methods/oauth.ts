// oauth.v2.access: a code for a token, or a refresh token for the next token.
import { SlackError } from '../errors.ts';
import type { Installation } from '../tokens.ts';
import type { Json } from '../types.ts';
import { type Context, type Method, method } from './method.ts';

const CODE_LIFE = 10 * 60 * 1000;

function client({ slack, args }: Context): void {
  if (args.string('client_id') !== slack.options.clientId) throw new SlackError('invalid_client_id');
  if (args.string('client_secret') !== slack.options.clientSecret) throw new SlackError('bad_client_secret');
}

function answer({ slack }: Context, installation: Installation, fresh: boolean): Json {
  const { world, options } = slack;
  const team = installation.teamId === null ? null : world.team(installation.teamId);
  const enterprise = installation.enterpriseId ? world.enterprises.get(installation.enterpriseId) : undefined;
  return {
    app_id: options.appId,
    ...(fresh ? { authed_user: { id: installation.installedBy } } : {}),
    scope: installation.scopes.join(','),
    token_type: 'bot',
    access_token: installation.token,
    bot_user_id: installation.botUserId,
    ...(installation.refreshToken ? { refresh_token: installation.refreshToken, expires_in: 43_200 } : {}),
    team: team ? { id: team.id, name: team.name } : null,
    enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
    is_enterprise_install: installation.teamId === null,
  };
}

function exchanged(context: Context): Json {
  const { slack, args } = context;
  const grant = slack.grants.get(args.string('code') ?? '');
  if (!grant) throw new SlackError('invalid_code');
  if (grant.used) throw new SlackError('code_already_used');
  if (slack.clock.now() > grant.at + CODE_LIFE) throw new SlackError('invalid_code');
  if ((args.string('redirect_uri') ?? grant.redirectUri) !== grant.redirectUri)
    throw new SlackError('bad_redirect_uri');
  grant.used = true;
  return answer(context, slack.install(grant), true);
}

export const oauth: readonly Method[] = [
  method(
    'oauth.v2.access',
    4,
    [],
    (context) => {
      const { slack, args } = context;
      client(context);
      const type = args.string('grant_type') ?? 'authorization_code';
      if (type === 'authorization_code') return exchanged(context);
      if (type !== 'refresh_token') throw new SlackError('invalid_grant_type');
      return answer(context, slack.tokens.refreshed(args.need('refresh_token')), false);
    },
    { kinds: [] },
  ),
];
