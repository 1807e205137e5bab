// Who said something where, without a word of what: how an adapter knows whose conversation it is when a platform's event does not say.
import type { Instant } from '../domain/basics.ts';
import type { MessageRef } from '../domain/prompt/prompt.ts';

/** One message of a conversation. Ids are the platform's own. */
export interface Utterance {
  readonly channel: string;
  /** The conversation: the id of its first message, or of the thread. */
  readonly thread: string;
  readonly message: string;
  readonly author: string;
  readonly at: Instant;
}

/** Of one platform; kept for a month. */
export interface Conversations {
  /** Said twice is said once. */
  note(installation: string, utterance: Utterance): Promise<void>;
  /** The conversation that a message belongs to; null when it was never noted. */
  threadOf(installation: string, channel: string, message: string): Promise<string | null>;
  /** Who took part, each once, in the order of their first words; at most twenty. */
  authors(installation: string, channel: string, thread: string): Promise<readonly string[]>;
  /** A message of ours that the platform showed us under its key; kept for a day. */
  noteEcho(installation: string, key: string, ref: MessageRef): Promise<void>;
  echo(installation: string, key: string): Promise<MessageRef | null>;
}
