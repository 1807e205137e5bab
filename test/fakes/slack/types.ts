// The things that the fake workspace is made of. Wire shapes follow Slack's; fields that never leave the fake say so.

export type Json = { [key: string]: unknown };

export interface Enterprise {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

export type Guest = 'single_channel' | 'multi_channel';

export interface User {
  readonly id: string;
  /** The team that the user belongs to; a stranger's is another one than the installation's. */
  readonly teamId: string;
  readonly name: string;
  realName: string;
  displayName: string;
  title: string;
  tz: string;
  tzOffset: number;
  locale: string;
  admin: boolean;
  owner: boolean;
  guest: Guest | null;
  bot: boolean;
  botId: string | null;
  deleted: boolean;
  /** Apps of other teams cannot open a direct message to them. */
  stranger: boolean;
}

export type ChannelKind = 'public' | 'private' | 'im';

export interface Channel {
  readonly id: string;
  readonly teamId: string;
  name: string;
  readonly kind: ChannelKind;
  readonly members: Set<string>;
  archived: boolean;
  /** Shared with another organisation through Slack Connect. */
  readonly shared: boolean;
  readonly creator: string;
  readonly created: number;
  readonly messages: Message[];
}

export type Block = { type: string; block_id?: string; [key: string]: unknown };

export interface Reaction {
  readonly name: string;
  users: string[];
  count: number;
}

/** What the sender asked for beside the content; kept for looking at, never sent. */
export interface PostFlags {
  readonly unfurl_links?: boolean;
  readonly unfurl_media?: boolean;
  readonly link_names?: boolean;
  readonly parse?: string;
  readonly mrkdwn?: boolean;
  readonly reply_broadcast?: boolean;
}

export interface Message {
  readonly type: 'message';
  subtype?: string;
  readonly ts: string;
  thread_ts?: string;
  parent_user_id?: string;
  user?: string;
  bot_id?: string;
  app_id?: string;
  bot_profile?: Json;
  team?: string;
  text: string;
  blocks?: Block[];
  attachments?: Json[];
  files?: Json[];
  metadata?: Json;
  edited?: { user: string; ts: string };
  reactions?: Reaction[];
  reply_count?: number;
  reply_users?: string[];
  reply_users_count?: number;
  latest_reply?: string;
  client_msg_id?: string;
  user_team?: string;
  source_team?: string;
  is_ephemeral?: boolean;
  /** Only inside the fake, from here on. */
  readonly channel: string;
  ephemeralTo?: string;
  flags: PostFlags;
  deleted: boolean;
  /** Earlier contents, oldest first. */
  versions: { readonly text: string; readonly blocks: Block[] | undefined }[];
}

export interface View {
  readonly id: string;
  readonly teamId: string;
  readonly userId: string;
  readonly type: 'modal' | 'home';
  content: Json;
  blocks: Block[];
  hash: string;
  readonly rootId: string;
  readonly previousId: string | null;
  /** What stands in the fields: block id, action id, state. */
  values: Record<string, Record<string, Json>>;
  /** The errors that a submission was answered with, by block id. */
  errors: Record<string, string>;
  closed: boolean;
}

export interface FileRecord {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly length: number;
  readonly ticket: string;
  readonly altText: string;
  bytes: Buffer | null;
  title: string;
  completedAt: number | null;
  readonly channels: string[];
  readonly user: string;
}

export interface UserGroup {
  readonly id: string;
  readonly teamId: string;
  readonly handle: string;
  readonly name: string;
  users: string[];
  enabled: boolean;
}

export interface Call {
  readonly method: string;
  readonly args: Json;
  /** The token that it came with, in full: a fake's tokens are nobody's secret. */
  readonly token: string | null;
  readonly teamId: string | null;
  readonly at: number;
  readonly encoding: 'form' | 'json' | 'query' | 'multipart' | 'none';
  /** What was answered; null: the connection was cut. */
  status: number | null;
  body: Json | null;
  /** Whether the world was changed or read: false for calls refused by a limit or by mischief. */
  executed: boolean;
}

export interface Violation {
  readonly where: string;
  readonly error: string;
  readonly messages: readonly string[];
  readonly at: number;
}
