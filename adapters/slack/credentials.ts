// What is kept of an installation, as the one text that the store seals: the bot's token, and what renews it.
import { z } from 'zod';
import { type Instant, SECOND } from '../../src/domain/basics.ts';

const schema = z.object({
  token: z.string().min(1),
  refreshToken: z.string().min(1).nullable(),
  expiresAt: z.number().nullable(),
});

export type Kept = Readonly<z.infer<typeof schema>>;

/** Null for a text that is none of ours. */
export function readKept(text: string): Kept | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function writeKept(kept: Kept): string {
  return JSON.stringify(kept);
}

/** What `oauth.v2.access` answered, at installing or renewing; null when it holds no token of a bot. */
export function keptOf(body: Readonly<Record<string, unknown>>, now: Instant): Kept | null {
  const answer = granted.safeParse(body);
  if (!answer.success) return null;
  const { access_token: token, refresh_token: refreshToken = null, expires_in: seconds } = answer.data;
  return { token, refreshToken, expiresAt: seconds === undefined ? null : now + seconds * SECOND };
}

const granted = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive().optional(),
});
