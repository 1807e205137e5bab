// A thread as Discord tells of it, and what the difference between two such tellings means. Pure.
//
// `THREAD_UPDATE` says how a thread is, and neither what changed nor who did it: the first is told by comparing, the second not at all (the audit
// log would tell, for a permission that nobody should have to give). Whether it was archived by a person is told by the time: Discord archives
// what was silent for as long as the thread's own setting says, which is seldom before that and often some time after it. So whoever archives by
// hand what has been silent for so long is taken for inactivity, and so nobody is asked; and where a server has too many active threads, Discord
// archives some before their time, which looks like a person.
import { z } from 'zod';
import { type Duration, type Instant, MINUTE, SECOND } from '../../../src/domain/basics.ts';
import { id, instantOf, isThread, maybe, moment, text } from './fields.ts';

const payload = z.object({
  id,
  type: z.number().refine(isThread),
  guild_id: maybe(id),
  parent_id: maybe(id),
  owner_id: maybe(id),
  last_message_id: maybe(id),
  applied_tags: maybe(z.array(text)),
  thread_metadata: z.object({
    archived: z.boolean(),
    locked: maybe(z.boolean()),
    auto_archive_duration: maybe(z.number().positive()),
    archive_timestamp: moment,
    create_timestamp: maybe(moment),
  }),
});

export interface ThreadFacts {
  readonly id: string;
  readonly guild: string | null;
  readonly channel: string | null;
  readonly owner: string | null;
  readonly archived: boolean;
  readonly locked: boolean;
  /** When it was archived or opened the last time. */
  readonly turnedAt: Instant;
  readonly createdAt: Instant;
  readonly lastMessage: string | null;
  /** Silent for so long, it is archived. */
  readonly patience: Duration;
  readonly tags: readonly string[];
}

export function readThread(body: unknown): ThreadFacts | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return null;
  const { data } = parsed;
  const { thread_metadata: metadata } = data;
  return {
    id: data.id,
    guild: data.guild_id ?? null,
    channel: data.parent_id ?? null,
    owner: data.owner_id ?? null,
    archived: metadata.archived,
    locked: metadata.locked ?? false,
    turnedAt: metadata.archive_timestamp,
    createdAt: metadata.create_timestamp ?? instantOf(data.id),
    lastMessage: data.last_message_id ?? null,
    patience: (metadata.auto_archive_duration ?? 4_320) * MINUTE,
    tags: data.applied_tags ?? [],
  };
}

export type Change =
  | {
      readonly kind: 'closed';
      readonly gesture: string;
      readonly at: Instant;
      readonly closedBy: 'person' | 'inactivity';
    }
  /** It was archived, and is no longer: writing into it does that, ours too. */
  | { readonly kind: 'opened'; readonly at: Instant }
  /** The lock or the tag was taken away again: only people do that. */
  | { readonly kind: 'taken back' };

export interface Telling {
  readonly before: ThreadFacts | null;
  readonly after: ThreadFacts;
  /** Whether a tag, by its id, says that a conversation is done. */
  readonly isDone: (tag: string) => boolean;
  /** The newest thing that anybody is known to have said in it. */
  readonly lastSaidAt: Instant;
  readonly now: Instant;
  /** A change in a thread that was not known before is news if it is later than this; left out: if it is one of just now. */
  readonly since?: Instant;
}

const FRESH: Duration = MINUTE;
/** Clocks and hands. */
const TOLERANCE: Duration = MINUTE;

export function changeOf({
  before,
  after,
  isDone,
  lastSaidAt,
  now,
  since = now - FRESH,
}: Telling): Change | null {
  const turned = before
    ? before.archived !== after.archived || before.turnedAt !== after.turnedAt
    : after.turnedAt >= since && (after.archived || after.turnedAt - after.createdAt > SECOND);
  const tagged = (facts: ThreadFacts) => facts.tags.some(isDone);
  const newlyLocked = before !== null && after.locked && !before.locked;
  const newlyTagged = before !== null && tagged(after) && !tagged(before);
  if (after.archived && turned) {
    const silent = after.turnedAt - lastActivity(before, after, lastSaidAt);
    const byPerson = newlyLocked || newlyTagged || silent < after.patience - TOLERANCE;
    return {
      kind: 'closed',
      gesture: `archived:${after.turnedAt}`,
      at: after.turnedAt,
      closedBy: byPerson ? 'person' : 'inactivity',
    };
  }
  if (newlyLocked || newlyTagged)
    return {
      kind: 'closed',
      gesture: `${newlyLocked ? 'locked' : 'tagged'}:${now}`,
      at: now,
      closedBy: 'person',
    };
  if (before === null) return !after.archived && turned ? { kind: 'opened', at: after.turnedAt } : null;
  if (after.archived) return null;
  if (before.archived) return { kind: 'opened', at: after.turnedAt };
  const untagged = tagged(before) && !tagged(after);
  const unlocked = before.locked && !after.locked;
  const stillDone = after.locked || tagged(after);
  return (untagged || unlocked) && !stillDone ? { kind: 'taken back' } : null;
}

/** Writing, opening and changing the setting itself count; the last of these cannot be dated, and makes it begin anew at most. */
function lastActivity(before: ThreadFacts | null, after: ThreadFacts, lastSaidAt: Instant): Instant {
  const said = after.lastMessage === null ? 0 : instantOf(after.lastMessage);
  const opened = before && !before.archived ? before.turnedAt : 0;
  return Math.max(said, opened, lastSaidAt, after.createdAt);
}

const tag = z.object({ id, name: text });
const channel = z.object({
  id,
  type: z.number(),
  guild_id: maybe(id),
  parent_id: maybe(id),
  available_tags: maybe(z.array(tag.nullable().catch(null))),
});

export interface ChannelFacts {
  readonly id: string;
  readonly type: number;
  readonly guild: string | null;
  /** The ids of the tags that say that a conversation is done. */
  readonly done: readonly string[];
}

export function readChannel(body: unknown): ChannelFacts | null {
  const parsed = channel.safeParse(body);
  if (!parsed.success) return null;
  const { data } = parsed;
  const tags = (data.available_tags ?? []).filter((one) => one !== null);
  return {
    id: data.id,
    type: data.type,
    guild: data.guild_id ?? null,
    done: tags.filter(({ name }) => saysDone(name)).map(({ id }) => id),
  };
}

const DONE = new Set([
  ...['resolved', 'solved', 'done', 'closed', 'answered', 'fixed', 'complete', 'completed'],
  ...[
    'erledigt',
    'gelöst',
    'geloest',
    'beantwortet',
    'abgeschlossen',
    'résolu',
    'resolu',
    'resuelto',
    'resolvido',
    'risolto',
  ],
  ...[
    '已解决',
    '已解決',
    '解决',
    '解決',
    '已完成',
    '完成',
    '已关闭',
    '已關閉',
    '解決済み',
    '解決済',
    '해결됨',
    '해결',
  ],
]);

/** In whatever case, with or without an emoji around it. */
export function saysDone(name: string): boolean {
  const bare = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim();
  return DONE.has(bare);
}
