// What the gateway tells: only what the bot may see, and what the intents of a session ask for.
import type { Discord } from './discord.ts';
import { INTENT_OF, Intent, type IntentName } from './gateway/intents.ts';
import { basePermissions, Permission, type PermissionName, sees } from './permissions.ts';
import type { Channel, GuildRecord, Json } from './types.ts';

export interface Event {
  readonly t: string;
  /** null: direct, and so of the first shard. */
  readonly guildId: string | null;
  /** One of these intents has to be there; 0: none has to. */
  readonly intents: number;
  /** As a session with these intents gets it. */
  readonly data: (intents: number) => Json;
}

export interface Scope {
  readonly channel?: Channel;
  readonly guild?: GuildRecord;
  /** Another intent than the event's usual one. */
  readonly needs?: IntentName;
  readonly permission?: PermissionName;
  /** Also when the bot is not in this server, or no longer. */
  readonly always?: boolean;
}

type Data = Json | ((blind: boolean) => Json);

export class Events {
  readonly #discord: Discord;

  constructor(discord: Discord) {
    this.#discord = discord;
  }

  emit(t: string, data: Data, scope: Scope): void {
    const guild = scope.channel ? scope.channel.guild : (scope.guild ?? null);
    const { bot } = this.#discord;
    if (guild && !scope.always) {
      if (guild.unavailable || !guild.members.has(bot.id)) return;
      if (scope.permission && (basePermissions(guild, bot.id) & Permission[scope.permission]) === 0n) return;
    }
    if (scope.channel && !scope.always && !sees(scope.channel, bot.id)) return;
    const [inGuild, direct] = INTENT_OF[t] ?? [null, null];
    const needed = scope.needs ?? (guild ? inGuild : direct);
    // Two copies, with and without the content, as things are now: what follows must not change what was sent.
    const frozen = (blind: boolean): string =>
      JSON.stringify(typeof data === 'function' ? data(blind) : data);
    const whole = frozen(false);
    const blind = typeof data === 'function' ? frozen(true) : whole;
    this.#discord.mischief.deliver({
      t,
      guildId: guild?.id ?? null,
      intents: needed ? Intent[needed] : 0,
      data: (intents) => JSON.parse((intents & Intent.MESSAGE_CONTENT) !== 0 ? whole : blind) as Json,
    });
  }
}
