// The Web API within its budgets. Where doing it twice would be twice, a call is made once; where not, it is tried again a few times.
import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, MINUTE, SECOND } from '../../../src/domain/basics.ts';
import { createMemory } from '../../shared/memory.ts';
import type { Called, CallOptions, SlackApi, SlackParts } from '../parts.ts';
import { type Failed, STORE_AWAY, UNREACHABLE } from './outcome.ts';
import { budgetOf, ratesOf } from './rates.ts';
import { createTokens } from './tokens.ts';
import { createWire } from './wire.ts';

/** Whose token it is, as `auth.test` says. */
export interface Identity {
  /** What the installation goes by: the workspace's id, or the organisation's where all of it was installed. */
  readonly installation: string;
  readonly name: string;
  readonly botId: string;
  readonly userId: string;
}

export interface OwnSlackApi extends SlackApi {
  /** What a consent is exchanged for; without a token, and once. */
  exchange(args: Readonly<Record<string, string>>): Promise<Called>;
  /** An installation's credentials are others by now. */
  forget(installation: string): void;
  /** Whose the token of the configuration is; asks Slack each time. */
  introduce(): Promise<Called<Identity>>;
}

export interface ApiParts extends Pick<SlackParts, 'options' | 'credentials' | 'budget' | 'now' | 'log'> {
  /** Is told which scope an installation lacks, each time that this is met. */
  readonly onMissingScope?: (installation: string, scope: string) => void;
}

/** What keeps a message from being sent is told as the outcome of sending. */
const TOLD_BY_OUTCOME: ReadonlySet<string> = new Set(['chat.postMessage', 'conversations.open']);

const PATIENCE = 2 * SECOND;
const TIMEOUT = 10 * SECOND;
const TRIES = 3;

/** A token that does not hold; nothing was done. */
export const TOKEN_ERRORS: ReadonlySet<string> = new Set([
  'token_expired',
  'token_revoked',
  'invalid_auth',
  'not_authed',
  'account_inactive',
]);

export function createApi(parts: ApiParts): OwnSlackApi {
  const { options, budget, now, log } = parts;
  const wire = createWire(options.apiUrl);
  const selves = createMemory<Identity>({ now, most: 1_000, keptFor: 10 * MINUTE, nullFor: 2 * SECOND });
  const configured = createMemory<Identity>({ now, most: 1, keptFor: 60 * MINUTE, nullFor: 2 * SECOND });

  const introduce = async (): Promise<Called<Identity>> => {
    const called = await wire('auth.test', {}, { token: options.botToken, timeout: 5 * SECOND });
    return called.kind === 'ok' ? { kind: 'ok', body: identityOf(called.body) } : called;
  };
  const tokens = createTokens({
    ...parts,
    wire,
    async isConfigured(installation) {
      const identity = await configured.get('', async () => bodyOf(await introduce()));
      return identity === null ? null : identity.installation === installation;
    },
  });

  /** Waits for its turn; what it may not do now is told instead of waited for. */
  const paced = async (installation: string, method: string, { channel, patience }: CallOptions) => {
    try {
      const rates = ratesOf(installation, method, channel);
      const { taken, wait } = await budget.take(rates, patience ?? PATIENCE);
      if (!taken) return refused('ratelimited', 'our own budget is used up', wait);
      if (wait > 0) await delay(wait);
      return null;
    } catch (error) {
      log.warn({ method, error: String(error) }, 'the budget of calls to Slack cannot be reached');
      return refused(STORE_AWAY, 'the budget cannot be reached', null);
    }
  };
  const heed = async (installation: string, method: string, called: Called) => {
    if (called.kind === 'refused' && called.error === 'missing_scope' && !TOLD_BY_OUTCOME.has(method))
      parts.onMissingScope?.(installation, called.detail);
    if (called.kind !== 'refused' || called.error !== 'ratelimited' || called.retryAfter === null) return;
    log.warn({ installation, method, retryAfter: called.retryAfter }, 'Slack asks us to call less often');
    await budget.pause(budgetOf(installation, method), called.retryAfter).catch(() => undefined);
  };

  const call = async <T>(
    installation: string,
    method: string,
    args: Readonly<Record<string, unknown>>,
    given: CallOptions = {},
  ): Promise<Called<T>> => {
    const timeout = given.timeout ?? TIMEOUT;
    const first = await within(timeout, tokens.of(installation));
    if (first === LATE) return refused(STORE_AWAY, 'the token cannot be had', null);
    if (first === null) return refused('not_authed', 'this installation has no token', null);
    let token = first;
    let deadline: number | null = null;
    let replaced = false;
    for (let tries = 1; ; ) {
      const notNow = await paced(installation, method, given);
      if (notNow) return notNow;
      deadline ??= performance.now() + timeout;
      const left = Math.max(deadline - performance.now(), 1);
      const attempt = await wire(method, args, {
        token: token.token,
        // Whoever may try again leaves time for it.
        timeout: given.idempotent && tries < TRIES && left > 3 * SECOND ? left / 2 : left,
      });
      await heed(installation, method, attempt);
      if (attempt.kind === 'ok') return attempt as Called<T>;
      if (!replaced && attempt.kind === 'refused' && TOKEN_ERRORS.has(attempt.error)) {
        replaced = true;
        selves.forget(installation);
        const other = await within(timeout, tokens.instead(installation, token, attempt.error));
        if (other === LATE) return refused(STORE_AWAY, 'another token cannot be had', null);
        if (other === null) return attempt;
        token = other;
        continue;
      }
      const pause = 100 * 2 ** tries;
      if (!given.idempotent || !mayHelp(attempt) || tries >= TRIES) return attempt;
      if (performance.now() + pause >= deadline) return attempt;
      await delay(pause);
      tries += 1;
    }
  };

  const selfOf = async (installation: string): Promise<Identity | null> => {
    const called: Called = await call(
      installation,
      'auth.test',
      {},
      { idempotent: true, timeout: 3 * SECOND },
    );
    return called.kind === 'ok' ? identityOf(called.body) : null;
  };

  return {
    call,
    async introduce() {
      const called = await introduce();
      if (called.kind === 'ok') {
        // Whoever needs it next need not ask again.
        configured.forget('');
        await configured.get('', async () => called.body);
      }
      return called;
    },
    exchange: (args) => wire('oauth.v2.access', args, { token: null, timeout: TIMEOUT }),
    forget(installation) {
      tokens.forget(installation);
      selves.forget(installation);
    },
    /** Where the store cannot be asked, whoever needs the token will hear of it. */
    async knows(installation) {
      return await tokens.of(installation).then(
        (token) => token !== null,
        () => true,
      );
    },
    self: (installation) => selves.get(installation, () => selfOf(installation)),
  };
}

const LATE: unique symbol = Symbol('late');

/** What comes of it in time; the store being away is late too. */
async function within<T>(time: Duration, promise: Promise<T>): Promise<T | typeof LATE> {
  const timer = new AbortController();
  const late = delay(time, LATE, { signal: timer.signal }).catch((): typeof LATE => LATE);
  try {
    return await Promise.race([promise.catch((): typeof LATE => LATE), late]);
  } finally {
    timer.abort();
  }
}

/** Silence, somebody who was not there, and "too often": the budget says whether the wait is worth it. */
function mayHelp(attempt: Failed): boolean {
  return attempt.kind === 'unknown' || attempt.error === UNREACHABLE || attempt.error === 'ratelimited';
}

function identityOf(body: Readonly<Record<string, unknown>>): Identity {
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  const whole = body['is_enterprise_install'] === true && text('enterprise_id') !== '';
  return {
    installation: whole ? text('enterprise_id') : text('team_id'),
    name: text('team'),
    botId: text('bot_id'),
    userId: text('user_id'),
  };
}

function bodyOf<T>(called: Called<T>): T | null {
  return called.kind === 'ok' ? called.body : null;
}

function refused(error: string, detail: string, retryAfter: Duration | null): Failed {
  return { kind: 'refused', error, retryAfter, detail };
}
