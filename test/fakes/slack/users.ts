// Making users: a full member unless said otherwise.
import { randomBytes } from 'node:crypto';
import type { Ids } from './ids.ts';
import type { Guest, User } from './types.ts';

export interface UserOptions {
  readonly realName?: string;
  readonly displayName?: string;
  readonly title?: string;
  readonly tz?: string;
  readonly tzOffset?: number;
  readonly locale?: string;
  readonly admin?: boolean;
  readonly owner?: boolean;
  readonly guest?: Guest;
  readonly bot?: boolean;
  readonly deleted?: boolean;
  readonly stranger?: boolean;
}

export function makeUser(ids: Ids, teamId: string, name: string, options: UserOptions = {}): User {
  const bot = options.bot ?? false;
  return {
    id: ids.next('U'),
    teamId,
    name,
    realName: options.realName ?? name,
    displayName: options.displayName ?? name,
    title: options.title ?? '',
    tz: options.tz ?? 'Europe/Berlin',
    tzOffset: options.tzOffset ?? 3600,
    locale: options.locale ?? 'en-US',
    admin: options.admin ?? options.owner ?? false,
    owner: options.owner ?? false,
    guest: options.guest ?? null,
    bot,
    botId: bot ? ids.next('B') : null,
    deleted: options.deleted ?? false,
    stranger: options.stranger ?? false,
  };
}

/** What a client sends along so that it knows its own message again. */
export function clientMessageId(): string {
  const hex = randomBytes(16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
