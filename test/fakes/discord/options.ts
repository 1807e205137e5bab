// What a test may set, with what the real platform does as the default.

/** So many requests in so many milliseconds. */
export type Bucket = readonly [limit: number, window: number];

export interface RateOptions {
  /** Requests a second in all; interactions do not count. */
  readonly global: number;
  /** By method and route, such as `POST /channels/{channel_id}/messages`; each channel, server and webhook has its own. */
  readonly routes: Readonly<Record<string, Bucket>>;
  readonly others: Bucket;
}

export interface DiscordOptions {
  readonly token: string;
  readonly rates: RateOptions | false;
  /** Requests refused with 401, 403 or 429 in ten minutes before the address is shut out. */
  readonly invalidLimit: number;
  /** How long the app may take to acknowledge an interaction, in milliseconds. */
  readonly ackWithin: number;
  /** How long an interaction's token lives, in milliseconds. */
  readonly tokenLife: number;
  /** How long an enforced nonce is remembered, in milliseconds. */
  readonly nonceLife: number;
  /** Commands that may be created in a day, in each server and globally. */
  readonly commandCreates: number;
  /** Privileged intents that are turned on for the app. */
  readonly privileged: readonly ('GUILD_MEMBERS' | 'GUILD_PRESENCES' | 'MESSAGE_CONTENT')[];
  readonly heartbeat: number;
  /** How many shards Discord recommends, and whether it insists (4011). */
  readonly shards: number;
  readonly shardsRequired: boolean;
  /** How many may identify within `identifyEvery` milliseconds, and in a day. */
  readonly concurrency: number;
  readonly identifyEvery: number;
  readonly sessionStarts: number;
  /** How long a cut session can be resumed, in milliseconds. */
  readonly sessionLife: number;
}

const REAL_RATES: RateOptions = {
  global: 50,
  routes: {
    'POST /channels/{channel_id}/messages': [5, 5000],
    'PATCH /channels/{channel_id}/messages/{message_id}': [5, 5000],
    'DELETE /channels/{channel_id}/messages/{message_id}': [5, 1000],
    'PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me': [1, 250],
    'PATCH /channels/{channel_id}': [5, 10_000],
    'POST /users/@me/channels': [10, 10_000],
    'PUT /applications/{application_id}/commands': [5, 20_000],
    'POST /webhooks/{webhook_id}/{webhook_token}': [5, 2000],
    'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original': [5, 2000],
    'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': [5, 2000],
  },
  others: [50, 1000],
};

export type GivenOptions = Partial<Omit<DiscordOptions, 'rates'>> & {
  readonly rates?: Partial<RateOptions> | false;
};

export function resolve(given: GivenOptions): DiscordOptions {
  return {
    token: 'MTA5OTAwMDAwMDAwMDAwMDAwMA.FAKE01.a-token-of-the-fake-discord-that-opens-nothing',
    invalidLimit: 10_000,
    ackWithin: 3000,
    tokenLife: 15 * 60_000,
    nonceLife: 5 * 60_000,
    commandCreates: 200,
    privileged: [],
    heartbeat: 41_250,
    shards: 1,
    shardsRequired: false,
    concurrency: 1,
    identifyEvery: 5000,
    sessionStarts: 1000,
    sessionLife: 90_000,
    ...given,
    rates:
      given.rates === false
        ? false
        : { ...REAL_RATES, ...given.rates, routes: { ...REAL_RATES.routes, ...given.rates?.routes } },
  };
}
