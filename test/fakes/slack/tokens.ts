// Tokens and what each may do: an installation gives a bot token, with rotation one that lasts 12 hours and a refresh token.
import type { Clock } from './clock.ts';
import { SlackError } from './errors.ts';
import type { Ids } from './ids.ts';

const LIFE = 12 * 3600 * 1000;

export type TokenKind = 'bot' | 'user' | 'app';

export interface Installation {
  readonly id: string;
  readonly teamId: string | null;
  readonly enterpriseId: string | null;
  readonly botUserId: string;
  readonly botId: string;
  readonly installedBy: string;
  scopes: readonly string[];
  active: boolean;
  /** The newest. */
  token: string;
  refreshToken: string | null;
}

export interface Token {
  readonly value: string;
  readonly kind: TokenKind;
  readonly installation: Installation | null;
  readonly scopes: readonly string[];
  readonly expiresAt: number | null;
  revoked: boolean;
}

export function scopesOf(token: Token): readonly string[] {
  return token.kind === 'bot' && token.installation ? token.installation.scopes : token.scopes;
}

export class Tokens {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #tokens = new Map<string, Token>();
  readonly #refresh = new Map<string, Installation>();
  readonly installations: Installation[] = [];

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock;
    this.#ids = ids;
  }

  app(appId: string, scopes: readonly string[] = ['connections:write']): string {
    const value = `xapp-1-${appId}-${this.#ids.number()}-${this.#ids.secret(32)}`;
    this.#tokens.set(value, {
      value,
      kind: 'app',
      installation: null,
      scopes,
      expiresAt: null,
      revoked: false,
    });
    return value;
  }

  /** Installing where it is installed already adds scopes; without rotation the token stays the same. */
  install(
    where: Pick<Installation, 'teamId' | 'enterpriseId' | 'botUserId' | 'botId' | 'installedBy' | 'scopes'>,
    rotation: boolean,
  ): Installation {
    const again = this.installations.find(
      (each) => each.active && each.teamId === where.teamId && each.enterpriseId === where.enterpriseId,
    );
    if (again) {
      again.scopes = [...new Set([...again.scopes, ...where.scopes])];
      if (rotation) this.issue(again, true);
      return again;
    }
    const installation: Installation = {
      ...where,
      id: this.#ids.secret(4),
      active: true,
      token: '',
      refreshToken: null,
    };
    this.installations.push(installation);
    this.issue(installation, rotation);
    return installation;
  }

  /** A fresh bot token; the one before it holds until it expires. */
  issue(installation: Installation, rotation: boolean): void {
    const secret = `${this.#ids.number()}-${this.#ids.number()}-${this.#ids.secret(12)}`;
    const value = rotation ? `xoxe.xoxb-1-${secret}` : `xoxb-${secret}`;
    this.#tokens.set(value, {
      value,
      kind: 'bot',
      installation,
      scopes: installation.scopes,
      expiresAt: rotation ? this.#clock.now() + LIFE : null,
      revoked: false,
    });
    if (rotation) {
      if (installation.refreshToken) this.#refresh.delete(installation.refreshToken);
      installation.refreshToken = `xoxe-1-${this.#ids.secret(32)}`;
      this.#refresh.set(installation.refreshToken, installation);
    }
    installation.token = value;
  }

  /** A refresh token serves once. */
  refreshed(refreshToken: string): Installation {
    const installation = this.#refresh.get(refreshToken);
    if (!installation?.active) throw new SlackError('invalid_refresh_token');
    this.issue(installation, true);
    return installation;
  }

  /** The installation is over: its tokens say so from now on. */
  uninstall(installation: Installation): void {
    installation.active = false;
    if (installation.refreshToken) this.#refresh.delete(installation.refreshToken);
  }

  revoke(value: string): void {
    const token = this.#tokens.get(value);
    if (token) token.revoked = true;
  }

  /** A token of somebody that is no bot, to see it refused. */
  user(installation: Installation, scopes: readonly string[]): string {
    const value = `xoxp-${this.#ids.number()}-${this.#ids.secret(12)}`;
    this.#tokens.set(value, { value, kind: 'user', installation, scopes, expiresAt: null, revoked: false });
    return value;
  }

  check(value: string | null, kinds: readonly TokenKind[], needed: readonly string[]): Token {
    if (value === null || value === '') throw new SlackError('not_authed');
    const token = this.#tokens.get(value);
    if (!token) throw new SlackError('invalid_auth');
    if (token.revoked) throw new SlackError('token_revoked');
    if (token.installation && !token.installation.active) throw new SlackError('account_inactive');
    if (token.expiresAt !== null && this.#clock.now() >= token.expiresAt)
      throw new SlackError('token_expired');
    if (!kinds.includes(token.kind)) throw new SlackError('not_allowed_token_type');
    const provided = scopesOf(token);
    const missing = needed.filter((scope) => !provided.includes(scope));
    if (missing.length > 0)
      throw new SlackError('missing_scope', { needed: missing.join(','), provided: provided.join(',') });
    return token;
  }

  peek(value: string | null): Token | null {
    return value === null ? null : (this.#tokens.get(value) ?? null);
  }

  /** The installation that sees what happens in a team. */
  forTeam(teamId: string, enterpriseId: string | null): Installation | null {
    const active = this.installations.filter((each) => each.active);
    return (
      active.find((each) => each.teamId === teamId) ??
      active.find((each) => each.teamId === null && each.enterpriseId === enterpriseId) ??
      null
    );
  }
}
