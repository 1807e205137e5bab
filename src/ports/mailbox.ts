// The messages of a platform that has no server of its own: conversations kept in our store, the web page's above all.
import type { Id, Instant } from '../domain/basics.ts';
import type { View } from '../views/view.ts';

export interface MailThread {
  readonly id: Id;
  readonly workspaceId: Id;
  /** `conversation` is one customer with the team; `channel` is the team's own. */
  readonly kind: 'conversation' | 'channel';
  /** The outside name: a channel's name, or a conversation's own id. Unique in the workspace. */
  readonly name: string;
  /** The customer's outside id; null for a channel. */
  readonly person: string | null;
  readonly open: boolean;
  readonly createdAt: Instant;
}

export type MailAuthor =
  | { readonly kind: 'bot' }
  | { readonly kind: 'customer' | 'team'; readonly externalId: string };

export interface MailMessage {
  readonly id: Id;
  readonly threadId: Id;
  readonly author: MailAuthor;
  /** Typed words, or what the bot shows. */
  readonly body:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'view'; readonly view: View };
  readonly createdAt: Instant;
  /** Grows with every change of any message in the workspace: the cursor of `since`. */
  readonly change: number;
}

export interface Mailbox {
  /** The thread of that name, made if it was not there. */
  openThread(
    workspaceId: Id,
    thread: Pick<MailThread, 'kind' | 'name' | 'person'>,
    now: Instant,
  ): Promise<MailThread>;
  findThread(workspaceId: Id, name: string): Promise<MailThread | null>;
  /** A person's newest conversation. */
  threadOf(workspaceId: Id, person: string): Promise<MailThread | null>;
  setOpen(workspaceId: Id, threadId: Id, open: boolean): Promise<void>;
  /** Adds a message; the same key in a workspace adds it once, and answers with the one that is there. */
  post(
    workspaceId: Id,
    message: { threadId: Id; author: MailAuthor; body: MailMessage['body']; key: string },
    now: Instant,
  ): Promise<MailMessage>;
  /** Replaces a message's body; null when there is no such message. */
  replace(workspaceId: Id, messageId: Id, body: MailMessage['body']): Promise<MailMessage | null>;
  findByKey(workspaceId: Id, key: string): Promise<MailMessage | null>;
  /** The newest `limit` messages of a thread, oldest first. */
  read(workspaceId: Id, threadId: Id, limit: number): Promise<readonly MailMessage[]>;
  /** What was added or changed after a cursor, in order of change, at most `limit`. */
  since(workspaceId: Id, cursor: number, limit: number): Promise<readonly MailMessage[]>;
  /** The newest cursor of a workspace; 0 when nothing was ever said. */
  cursor(workspaceId: Id): Promise<number>;
}
