// A user as users.info tells of them → somebody in the product's words. Pure.
import { z } from 'zod';
import type { Member } from './parts.ts';

const words = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

const schema = z.object({
  id: z.string(),
  team_id: words,
  name: words,
  real_name: words,
  deleted: flag,
  is_bot: flag,
  is_workflow_bot: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  locale: words,
  tz: words,
  profile: z.object({ display_name: words, real_name: words }).optional().catch(undefined),
  enterprise_user: z
    .object({ enterprise_id: words, teams: z.array(z.string()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

type User = z.infer<typeof schema>;

/** Null for what is no user. */
export function memberOf(value: unknown, installation: string): Member | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const user = parsed.data;
  // Slackbot is a person to users.info.
  const isBot = user.is_bot === true || user.is_workflow_bot === true || user.id === 'USLACKBOT';
  const guest = user.is_restricted === true || user.is_ultra_restricted === true;
  const deactivated = user.deleted === true;
  const name = [user.profile?.display_name, user.profile?.real_name, user.real_name, user.name].find(Boolean);
  return {
    id: user.id,
    profile: {
      isBot,
      ...(name && { name }),
      ...(user.locale && { locale: user.locale }),
      ...(user.tz && { zone: user.tz }),
    },
    full: isOurs(user, installation) && !guest && !isBot && !deactivated,
    deactivated,
  };
}

/** Of the installation's own workspace, or of the organisation that it is of. Whoever comes by Slack Connect is of another. */
function isOurs(user: User, installation: string): boolean {
  if (user.is_stranger === true) return false;
  const { enterprise_id, teams = [] } = user.enterprise_user ?? {};
  const of = [user.team_id, enterprise_id, ...teams].filter((one) => one !== undefined);
  // Slack always says whose they are, and of strangers that they are; where nothing is said, it is somebody of the workspace that was asked.
  return of.length === 0 || of.includes(installation);
}
