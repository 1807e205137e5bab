// Which servers the bot is in. Those that a connection begins with are told of one by one, in no order: they are handed on in the order in which the
// bot came to them, so that whichever was first is first.
import { type Duration, type Instant, SECOND } from '../../../src/domain/basics.ts';
import { type Guild, installed, type Ready } from '../inbound/lifecycle.ts';
import type { Intake } from './intake.ts';

export interface Servers {
  ready(ready: Ready, shard: number): void;
  came(guild: Guild, receivedAt: Instant): void;
}

/** Discord sends them within moments; one that is away at the moment may come much later. */
const GATHERING: Duration = 3 * SECOND;

interface Gathering {
  readonly missing: Set<string>;
  readonly came: (readonly [Guild, Instant])[];
  readonly timer: NodeJS.Timeout;
}

export function createServers(intake: Intake, onInstalled: (guild: Guild) => void): Servers {
  const gatherings = new Map<number, Gathering>();
  let last: Promise<void> = Promise.resolve();

  const hand = (came: readonly (readonly [Guild, Instant])[]) => {
    const inOrder = [...came].sort(([a], [b]) => (a.joinedAt ?? 0) - (b.joinedAt ?? 0));
    const all = async () => {
      for (const [guild, at] of inOrder) {
        await intake.handSurely(installed(guild, at)).catch(() => undefined);
        onInstalled(guild);
      }
    };
    last = last.then(all);
    intake.background.runNow(() => last);
  };
  const finish = (shard: number) => {
    const gathering = gatherings.get(shard);
    if (!gathering) return;
    gatherings.delete(shard);
    clearTimeout(gathering.timer);
    hand(gathering.came);
  };

  return {
    ready({ guilds }, shard) {
      finish(shard);
      if (guilds.length === 0) return;
      const timer = setTimeout(() => finish(shard), GATHERING);
      gatherings.set(shard, { missing: new Set(guilds), came: [], timer });
    },
    came(guild, receivedAt) {
      for (const [shard, { missing, came }] of gatherings) {
        if (!missing.delete(guild.id)) continue;
        came.push([guild, receivedAt]);
        if (missing.size === 0) finish(shard);
        return;
      }
      hand([[guild, receivedAt]]);
    },
  };
}
