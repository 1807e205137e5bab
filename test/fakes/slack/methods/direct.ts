// Opening a direct message, and whom a bot cannot write to.
import { SlackError } from '../errors.ts';
import type { Channel } from '../types.ts';
import { botOf, type Context, installationOf } from './method.ts';

/** `unseen` is what is said of somebody whom the app cannot reach at all. */
export function dmFor(context: Context, userId: string, unseen: string): Channel {
  const { world } = context.slack;
  const user = world.users.get(userId);
  if (!user) throw new SlackError('user_not_found');
  if (user.bot) throw new SlackError('cannot_dm_bot');
  if (user.deleted) throw new SlackError('user_disabled');
  const { teamId, enterpriseId } = installationOf(context);
  const ours =
    teamId === null ? world.enterpriseOf(user.teamId)?.id === enterpriseId : user.teamId === teamId;
  if (!ours || user.stranger) throw new SlackError(unseen);
  return world.direct(botOf(context), user, teamId ?? user.teamId);
}
