// The things that the fake Discord is made of. Their wire shapes are made in shapes.ts.

export type Json = { [key: string]: unknown };

export interface User {
  readonly id: string;
  username: string;
  globalName: string | null;
  readonly bot: boolean;
  locale: string;
  /** Takes no direct messages from apps: 50007. */
  closed: boolean;
}

export interface Role {
  readonly id: string;
  name: string;
  permissions: bigint;
  position: number;
  /** The app's own role. */
  readonly managed: boolean;
}

export interface Member {
  readonly user: User;
  readonly roles: Set<string>;
  nick: string | null;
  readonly joinedAt: number;
}

export interface Overwrite {
  readonly id: string;
  readonly kind: 'role' | 'member';
  allow: bigint;
  deny: bigint;
}

export interface Tag {
  readonly id: string;
  name: string;
  /** Only those who manage threads may put it on. */
  moderated: boolean;
}

export const ChannelType = {
  text: 0,
  direct: 1,
  announcement: 5,
  public: 11,
  private: 12,
  forum: 15,
} as const;
export type ChannelType = (typeof ChannelType)[keyof typeof ChannelType];

export interface Thread {
  readonly ownerId: string;
  archived: boolean;
  locked: boolean;
  /** Minutes without a message. */
  autoArchive: number;
  archiveChangedAt: number;
  readonly createdAt: number;
  readonly members: Map<string, number>;
  appliedTags: string[];
  sent: number;
}

export interface Channel {
  readonly id: string;
  readonly type: ChannelType;
  readonly guild: GuildRecord | null;
  name: string;
  readonly parent: Channel | null;
  readonly overwrites: Overwrite[];
  readonly tags: Tag[];
  readonly messages: Message[];
  /** Of a direct conversation: the other one. */
  readonly recipient: User | null;
  readonly thread: Thread | null;
  deleted: boolean;
}

export interface GuildRecord {
  readonly id: string;
  name: string;
  ownerId: string;
  locale: string;
  readonly roles: Map<string, Role>;
  readonly channels: Map<string, Channel>;
  readonly members: Map<string, Member>;
  /** An outage of Discord's own: the bot is in, and sees nothing. */
  unavailable: boolean;
  readonly audit: Json[];
}

export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  description: string | null;
}

export interface Reaction {
  readonly emoji: { readonly id: string | null; readonly name: string };
  readonly users: string[];
}

export interface Version {
  readonly content: string;
  readonly embeds: readonly Json[];
  readonly components: readonly Json[];
}

export interface Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly type: number;
  content: string;
  embeds: Json[];
  components: Json[];
  attachments: Attachment[];
  flags: number;
  readonly at: number;
  editedAt: number | null;
  mentions: string[];
  mentionRoles: string[];
  mentionEveryone: boolean;
  readonly nonce: string | number | null;
  readonly reference: string | null;
  readonly reactions: Reaction[];
  /** Who alone sees it; null: everybody in the channel. */
  readonly ephemeralTo: string | null;
  readonly interactionId: string | null;
  deleted: boolean;
  /** What it said before, oldest first. */
  readonly versions: Version[];
}

/** One request to the REST API. */
export interface Call {
  readonly method: string;
  /** As the official specification writes it, such as `/channels/{channel_id}/messages`; null: no such route. */
  readonly route: string | null;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly files: readonly string[];
  readonly at: number;
  /** What was answered; null: the connection was cut, or nothing came yet. */
  status: number | null;
  answer: unknown;
  /** Whether the world was read or changed: false for what a limit or mischief refused. */
  executed: boolean;
}

export interface Violation {
  readonly where: string;
  readonly error: string;
  readonly detail: string;
  readonly at: number;
}
