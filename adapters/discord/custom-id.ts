// What a button of ours carries: what it means, whose server it is about (a direct message names none), and, on one of them, the mark of the
// message's key.
import { type Action, decodeAction, encodeAction } from '../../src/domain/command/action.ts';

/** Discord's own limit is 100; the longest of ours has 91. */
export interface CustomId {
  readonly action: Action;
  readonly guild: string;
  /** See {@link keyMark}; null where it carries none. */
  readonly mark: string | null;
}

/** `${action}@${guild}`, and behind a `~` what makes it unique in its message. */
export function writeCustomId(action: Action, guild: string, tail: string | null = null): string {
  return `${encodeAction(action)}@${guild}${tail === null ? '' : `~${tail}`}`;
}

/** Null for whatever is none of ours. */
export function readCustomId(text: string): CustomId | null {
  const [, action, guild, tail] = /^([^@~]+)@(\d{1,20})(?:~(.{1,25}))?$/u.exec(text) ?? [];
  const decoded = action === undefined ? null : decodeAction(action);
  if (decoded === null) return null;
  return { action: decoded, guild: guild!, mark: tail !== undefined && isMark(tail) ? tail : null };
}

/** Whether Discord has ids like this. */
export function isSnowflake(id: string): boolean {
  return /^[1-9]\d{14,19}$/u.test(id);
}

/** Marks have 23 characters: whatever else makes an id unique is shorter. */
function isMark(tail: string): boolean {
  return /^[\w-]{23}$/u.test(tail);
}
