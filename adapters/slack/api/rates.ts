// How often each method may be called. Slack counts per method, app and workspace, and for messages per channel too.
import { MINUTE, SECOND } from '../../../src/domain/basics.ts';
import type { Rate } from '../../../src/ports/budget.ts';

/** So many at once after a rest, and one each `interval` from then on: together never more than the tier allows in any minute. */
interface Pace {
  readonly burst: number;
  readonly interval: number;
}

/** Slack promises 1, 20, 50, 100 a minute and tolerates more; we keep to what it promises. */
const TIERS: Readonly<Record<number, Pace>> = {
  1: { burst: 1, interval: MINUTE },
  2: { burst: 8, interval: MINUTE / 12 },
  3: { burst: 15, interval: MINUTE / 35 },
  4: { burst: 40, interval: MINUTE / 60 },
};

/** "Several hundred a minute": messages of a whole workspace, and methods with a limit of their own. */
const HUNDREDS: Pace = { burst: 30, interval: MINUTE / 270 };

/** One message a second in a channel; a little slower, since what leaves us a second apart may arrive closer. */
const PER_CHANNEL: Pace = { burst: 1, interval: 1.1 * SECOND };

const PACES: ReadonlyMap<string, Pace> = new Map(
  Object.entries({
    'chat.postMessage': HUNDREDS,
    'chat.getPermalink': HUNDREDS,
    'auth.test': HUNDREDS,
    'chat.update': TIERS[3]!,
    'chat.postEphemeral': TIERS[4]!,
    'conversations.open': TIERS[3]!,
    'conversations.info': TIERS[3]!,
    'conversations.list': TIERS[2]!,
    'conversations.members': TIERS[4]!,
    // Reading what was said: once a minute for many apps.
    'conversations.replies': TIERS[1]!,
    'conversations.history': TIERS[1]!,
    'users.info': TIERS[4]!,
    'usergroups.list': TIERS[2]!,
    'usergroups.users.list': TIERS[2]!,
    'views.open': TIERS[4]!,
    'views.push': TIERS[4]!,
    'views.update': TIERS[4]!,
    'views.publish': TIERS[4]!,
    'files.getUploadURLExternal': TIERS[4]!,
    'files.completeUploadExternal': TIERS[4]!,
    'files.info': TIERS[4]!,
    'oauth.v2.access': TIERS[4]!,
    'apps.connections.open': TIERS[1]!,
  }),
);

/** A method that nobody thought of is called as seldom as most are allowed to be. */
const OTHERWISE = TIERS[2]!;

/** The budgets that one call comes out of. */
export function ratesOf(installation: string, method: string, channel?: string): readonly Rate[] {
  const whole = { name: budgetOf(installation, method), ...(PACES.get(method) ?? OTHERWISE) };
  if (method !== 'chat.postMessage' || channel === undefined) return [whole];
  return [whole, { name: `${whole.name} ${channel}`.slice(0, 200), ...PER_CHANNEL }];
}

/** The budget that a 429 is about: Slack does not say whether it meant the channel or all of them. */
export function budgetOf(installation: string, method: string): string {
  return `slack ${installation} ${method}`.slice(0, 160);
}
