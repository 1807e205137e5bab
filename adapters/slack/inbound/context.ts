// What is known about a delivery besides its payload, and the few values that every event of Slack is made from.
import type { Instant } from '../../../src/domain/basics.ts';
import type { Place, Profile } from '../../../src/domain/trigger/interaction.ts';
import type { Actor } from '../../../src/ports/platform.ts';

export const PLATFORM = 'slack';

export interface Context {
  /** A team's id, or an enterprise's. */
  readonly installation: string;
  readonly receivedAt: Instant;
}

export function actor({ installation }: Context, user: string, profile: Profile = {}): Actor {
  return { identity: { platform: PLATFORM, installation, externalId: user }, profile };
}

export function place({ installation }: Context, channel: string | null, thread: string | null): Place {
  return { platform: PLATFORM, installation, channel, thread };
}
