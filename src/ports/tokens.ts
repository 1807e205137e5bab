// Signed tokens that let their holder do one thing and nothing else.
import type { Id } from '../domain/basics.ts';

export interface Tokens {
  /** A token that answers this prompt; always the same for the same prompt. */
  sign(workspaceId: Id, promptId: Id): string;
  /** The workspace that signed it for this prompt; null for a forged one. Compared in constant time. */
  verify(token: string, promptId: Id): Id | null;
  /** What is stored of an API key. */
  hashKey(key: string): Uint8Array;
  /** A new API key of 256 random bits. */
  newKey(): string;
}
