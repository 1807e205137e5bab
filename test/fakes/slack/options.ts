// What a test may set, with what the real platform does as the default.

export interface RateOptions {
  /** chat.postMessage in one channel: how many a second, and how many at once before that bites. */
  readonly postsPerSecond: number;
  readonly postBurst: number;
  /** All posts of a workspace together. */
  readonly workspacePostsPerMinute: number;
  /** Calls a minute of one method and one workspace, by tier. */
  readonly tiers: Readonly<Record<1 | 2 | 3 | 4, number>>;
  /** Reading history: once a minute and 15 items, as it is for apps outside the Marketplace. */
  readonly historyPerMinute: number;
  readonly historyItems: number;
}

export interface SlackOptions {
  readonly appId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly verificationToken: string;
  /** Bot tokens last 12 hours and come with a refresh token. */
  readonly rotation: boolean;
  readonly rates: RateOptions | false;
  /** How long the app may take to acknowledge, in milliseconds. */
  readonly ackWithin: number;
  /** The waits before an event is sent again, in milliseconds. */
  readonly retryWaits: readonly number[];
  /** How long a trigger lives, in milliseconds. */
  readonly triggerLife: number;
  /** How long Slack takes to work on a completed upload before it can be shown, in milliseconds. */
  readonly fileProcessing: number;
  /** Event types that the app is subscribed to; null: all. */
  readonly subscriptions: readonly string[] | null;
  /** Hosts whose links are the product's own. */
  readonly ownHosts: readonly string[];
  /** Another seed gives other ids, for two fakes in one test. */
  readonly seed: number;
}

const REAL_RATES: RateOptions = {
  postsPerSecond: 1,
  postBurst: 4,
  workspacePostsPerMinute: 300,
  tiers: { 1: 1, 2: 20, 3: 50, 4: 100 },
  historyPerMinute: 1,
  historyItems: 15,
};

export type GivenOptions = Partial<Omit<SlackOptions, 'rates'>> & {
  readonly rates?: Partial<RateOptions> | false;
};

export function resolve(given: GivenOptions): SlackOptions {
  return {
    appId: 'A0AFTERWORD',
    clientId: '1700000000.1800000000',
    clientSecret: 'client-secret-of-the-fake',
    signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
    verificationToken: 'verification-token-of-the-fake',
    rotation: false,
    ackWithin: 3000,
    retryWaits: [0, 60_000, 300_000],
    triggerLife: 3000,
    fileProcessing: 0,
    subscriptions: null,
    ownHosts: [],
    seed: 0,
    ...given,
    rates: given.rates === false ? false : { ...REAL_RATES, ...given.rates },
  };
}
