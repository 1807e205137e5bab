// What a method of the Web API is: who may call it, with which scopes, how often, and what it does.
import type { Args } from '../args.ts';
import { SlackError } from '../errors.ts';
import type { Tier } from '../rates.ts';
import type { Slack } from '../slack.ts';
import type { Installation, Token, TokenKind } from '../tokens.ts';
import type { Channel, Json, User } from '../types.ts';

export interface Context {
  readonly slack: Slack;
  readonly args: Args;
  readonly token: Token | null;
  /** Null where an organisation's token names no workspace. */
  readonly teamId: string | null;
}

export interface Method {
  readonly name: string;
  /** Tokens that may call it; none: it needs no token. */
  readonly kinds: readonly TokenKind[];
  readonly scopes: readonly string[] | ((slack: Slack, args: Args) => readonly string[]);
  readonly tier: Tier;
  /** Whether arguments may come as JSON. */
  readonly json: boolean;
  readonly run: (context: Context) => Json | Promise<Json>;
}

export function method(
  name: string,
  tier: Tier,
  scopes: Method['scopes'],
  run: Method['run'],
  more: Partial<Pick<Method, 'kinds' | 'json'>> = {},
): Method {
  return { name, tier, scopes, run, kinds: ['bot'], json: false, ...more };
}

export function installationOf(context: Context): Installation {
  const installation = context.token?.installation;
  if (!installation) throw new SlackError('not_allowed_token_type');
  return installation;
}

export function botOf(context: Context): User {
  return context.slack.world.user(installationOf(context).botUserId);
}

export function seenBy(context: Context): {
  teamId: string | null;
  enterpriseId: string | null;
  userId: string;
} {
  const { teamId, enterpriseId, botUserId } = installationOf(context);
  return { teamId, enterpriseId, userId: botUserId };
}

export function channelOf(context: Context, name = 'channel'): Channel {
  return context.slack.world.visibleChannel(context.args.need(name), seenBy(context));
}

const READ = { public: 'channels:read', private: 'groups:read', im: 'im:read' } as const;
const HISTORY = { public: 'channels:history', private: 'groups:history', im: 'im:history' } as const;

/** The scope goes by the kind of the channel that is asked for. */
export function channelScope(what: 'read' | 'history'): (slack: Slack, args: Args) => readonly string[] {
  return (slack, args) => {
    const channel = slack.world.channels.get(String(args.raw['channel'] ?? ''));
    if (!channel) return [];
    return [(what === 'read' ? READ : HISTORY)[channel.kind]];
  };
}

export const READ_SCOPES = READ;
