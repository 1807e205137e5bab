// Who the token is, and its end: a bot's token revoked takes the app out.
import { uninstall } from '../building.ts';
import { SlackError } from '../errors.ts';
import { botOf, installationOf, type Method, method } from './method.ts';

export const auth: readonly Method[] = [
  method(
    'auth.test',
    'none',
    [],
    (context) => {
      const { slack, token } = context;
      if (token?.kind === 'app') return { app_name: 'fake', app_id: slack.options.appId };
      const installation = installationOf(context);
      const bot = botOf(context);
      const team = installation.teamId === null ? null : slack.world.team(installation.teamId);
      const enterprise = installation.enterpriseId
        ? slack.world.enterprises.get(installation.enterpriseId)
        : undefined;
      return {
        url: `https://${team?.domain ?? enterprise?.domain ?? 'x'}.slack.com/`,
        team: team?.name ?? enterprise?.name ?? '',
        user: bot.name,
        team_id: team?.id ?? enterprise?.id ?? '',
        user_id: bot.id,
        bot_id: installation.botId,
        ...(enterprise ? { enterprise_id: enterprise.id } : {}),
        is_enterprise_install: installation.teamId === null,
        ...(token?.expiresAt
          ? { expires_in: Math.max(0, Math.floor((token.expiresAt - slack.clock.now()) / 1000)) }
          : {}),
      };
    },
    { kinds: ['bot', 'user', 'app'], json: true },
  ),
  method('auth.teams.list', 2, [], (context) => {
    const { teamId, enterpriseId } = installationOf(context);
    const teams = [...context.slack.world.teams.values()].filter((team) =>
      teamId === null ? team.enterprise?.id === enterpriseId : team.id === teamId,
    );
    return { teams: teams.map(({ id, name }) => ({ id, name })), response_metadata: { next_cursor: '' } };
  }),
  method(
    'auth.revoke',
    3,
    [],
    (context) => {
      const { slack, token, args } = context;
      if (args.boolean('test')) return { revoked: false };
      if (!token) throw new SlackError('not_authed');
      slack.tokens.revoke(token.value);
      uninstall(slack, installationOf(context), ['tokens_revoked', 'app_uninstalled']);
      return { revoked: true };
    },
    { kinds: ['bot', 'user'] },
  ),
  method(
    'apps.connections.open',
    'none',
    ['connections:write'],
    ({ slack }) => ({ url: slack.sockets.ticket() }),
    { kinds: ['app'] },
  ),
];
