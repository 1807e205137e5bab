// Refusals as Discord words them: a status, a code, a message, and for forms the fields that are wrong.
import type { Json } from './types.ts';

const KNOWN = {
  10002: [404, 'Unknown Application'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10011: [404, 'Unknown Role'],
  10013: [404, 'Unknown User'],
  10014: [400, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  30032: [400, 'Maximum number of application commands reached (100)'],
  30034: [400, 'Max number of daily application command creates has been reached (200)'],
  40001: [401, 'Unauthorized'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50033: [400, 'Invalid Recipient(s)'],
  50041: [400, 'Invalid API version provided'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  50278: [403, 'Cannot send messages to this user due to having no mutual guilds'],
  160002: [400, 'Cannot reply without permission to read message history'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [403, 'Thread is locked'],
} as const;

export type KnownCode = keyof typeof KNOWN;

/** What no well-behaved client ever sends: these are noted as violations. */
const MALFORMED = new Set([0, 10002, 10015, 50003, 50006, 50008, 50024, 50033, 50035, 50041, 50109]);

export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: Json | undefined;
  readonly malformed: boolean;

  constructor(status: number, code: number, message: string, errors?: Json, malformed?: boolean) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.malformed = malformed ?? (status !== 401 && status < 500 && MALFORMED.has(code));
  }

  get body(): Json {
    return { message: this.message, code: this.code, ...(this.errors ? { errors: this.errors } : {}) };
  }
}

export function refusal(code: KnownCode, status?: number): DiscordError {
  const [usual, message] = KNOWN[code];
  return new DiscordError(status ?? usual, code, message);
}

export const unauthorized = (): DiscordError => new DiscordError(401, 0, '401: Unauthorized');
export const notFound = (): DiscordError => new DiscordError(404, 0, '404: Not Found');
export const notAllowed = (): DiscordError => new DiscordError(405, 0, '405: Method Not Allowed');
