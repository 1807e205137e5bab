// The token that an installation is called with: the one of the configuration, or its own out of the store, renewed before it expires. Of many that
// want to renew at once, in this process and in others, one does.
import { HOUR, type Instant, MINUTE, SECOND } from '../../../src/domain/basics.ts';
import type { Credentials } from '../../../src/ports/credentials.ts';
import type { Log } from '../../../src/ports/log.ts';
import { createMemory } from '../../shared/memory.ts';
import { type Kept, keptOf, readKept, writeKept } from '../credentials.ts';
import type { SlackOptions } from '../parts.ts';
import type { Wire } from './wire.ts';

export interface Token {
  readonly token: string;
  /** What the store holds; null: it came with the configuration. */
  readonly text: string | null;
}

export interface Tokens {
  /** Null: there is none. Throws `unavailable` when the store is away. */
  of(installation: string): Promise<Token | null>;
  /** Slack did not take it: another one that it may take, if there is one. Throws when there may be one later. */
  instead(installation: string, used: Token, error: string): Promise<Token | null>;
  /** The store may hold another one by now. */
  forget(installation: string): void;
}

export interface TokenParts {
  readonly options: SlackOptions;
  readonly credentials: Credentials;
  readonly wire: Wire;
  readonly now: () => Instant;
  readonly log: Log;
  /** Whether the token of the configuration is this installation's; null: nobody can tell at the moment. */
  readonly isConfigured: (installation: string) => Promise<boolean | null>;
}

const EARLY = HOUR;
/** Nobody waits for a new token while the old one still serves. */
const LAST_MOMENT = MINUTE;
const KEPT_FOR = 10 * SECOND;
const AFTER_A_FAILURE = 30 * SECOND;
const RENEWAL_TIMEOUT = 8 * SECOND;

export function createTokens(parts: TokenParts): Tokens {
  const { options, credentials, now, log } = parts;
  const texts = createMemory<string>({ now, most: 10_000, keptFor: KEPT_FOR });
  const renewing = new Map<string, Promise<string | null>>();
  const failures = new Map<string, { readonly at: Instant; readonly final: boolean }>();

  const configured = async (installation: string): Promise<Token | null> => {
    if (options.botToken === null) return null;
    const own = await parts.isConfigured(installation);
    // Where nobody can tell, it is ours if there can be no other.
    return (own ?? options.oauth === null) ? { token: options.botToken, text: null } : null;
  };

  const renewed = (installation: string, seen: string): Promise<string | null> => {
    const underWay = renewing.get(installation);
    if (underWay) return underWay;
    const renewal = credentials
      .renew(installation, seen, (current) => renew(parts, current))
      .then((text) => {
        failures.delete(installation);
        texts.forget(installation);
        return text;
      })
      .catch((error: unknown) => {
        failures.set(installation, { at: now(), final: error instanceof NeverAgain });
        log.warn({ installation, error: messageOf(error) }, 'a Slack token could not be renewed');
        return null;
      })
      .finally(() => renewing.delete(installation));
    renewing.set(installation, renewal);
    return renewal;
  };
  const failedLately = (installation: string) => {
    const failure = failures.get(installation);
    return failure !== undefined && now() - failure.at < AFTER_A_FAILURE;
  };

  return {
    async of(installation) {
      if (options.oauth === null) return await configured(installation);
      const text = await texts.get(installation, () => credentials.load(installation));
      const kept = text === null ? null : readKept(text);
      if (text === null || kept === null) return await configured(installation);
      const held = { token: kept.token, text };
      const left = kept.expiresAt === null || kept.refreshToken === null ? EARLY : kept.expiresAt - now();
      if (left >= EARLY || failedLately(installation)) return held;
      const renewal = renewed(installation, text);
      return left > LAST_MOMENT ? held : (tokenIn(await renewal) ?? held);
    },

    async instead(installation, used, error) {
      if (used.text === null) return null;
      texts.forget(installation);
      const text = await credentials.load(installation).catch(() => null);
      if (text !== null && text !== used.text) return tokenIn(text);
      if (text === null || error !== 'token_expired' || !readKept(text)?.refreshToken) return null;
      const token = failedLately(installation) ? null : tokenIn(await renewed(installation, text));
      if (token === null && failures.get(installation)?.final === false)
        throw new Error('the token has expired and could not be renewed yet');
      return token;
    },

    forget: (installation) => texts.forget(installation),
  };
}

/** What renews the token is void: only installing the app again helps. */
class NeverAgain extends Error {}

const VOID = new Set([
  'invalid_refresh_token',
  'invalid_grant',
  'token_revoked',
  'account_inactive',
  'invalid_auth',
]);

/** Throws where there is no new one, so that the store keeps what it has. */
async function renew({ options, wire, now }: TokenParts, current: string): Promise<string> {
  const kept = readKept(current);
  if (!kept?.refreshToken || options.oauth === null) return current;
  const { clientId, clientSecret } = options.oauth;
  const args = {
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'refresh_token',
    refresh_token: kept.refreshToken,
  };
  const called = await wire('oauth.v2.access', args, { token: null, timeout: RENEWAL_TIMEOUT });
  if (called.kind === 'unknown') throw new Error(called.detail);
  if (called.kind === 'refused')
    throw VOID.has(called.error) ? new NeverAgain(called.error) : new Error(called.error);
  const next: Kept | null = keptOf(called.body, now());
  if (next === null) throw new Error('the answer holds no token');
  return writeKept({ ...next, refreshToken: next.refreshToken ?? kept.refreshToken });
}

function tokenIn(text: string | null): Token | null {
  const kept = text === null ? null : readKept(text);
  return text === null || kept === null ? null : { token: kept.token, text };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
