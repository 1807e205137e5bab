// Tells open pages what is new. The store is asked at short intervals, once a workspace and process however many pages look on, and only while
// somebody does: it works the same on every store and across processes. What this process writes itself is told at once.
import type { Duration, Id } from '../../src/domain/basics.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Mailbox, MailMessage } from '../../src/ports/mailbox.ts';

const LOOK_EVERY: Duration = 400;
const BATCH = 200;

export interface Follower {
  /** Everything after its cursor, in order, each change once. */
  news(messages: readonly MailMessage[]): void;
  /** Nothing more will come. */
  ended(): void;
}

export interface Live {
  /** Answers with what stops it. */
  follow(workspaceId: Id, cursor: number, follower: Follower): () => void;
  /** Something was written: looks now instead of in a moment. */
  nudge(workspaceId: Id): void;
  /** How many look on. */
  followers(): number;
  close(): void;
}

interface Feed {
  readonly cursors: Map<Follower, number>;
  timer: NodeJS.Timeout | null;
  looking: boolean;
  /** Asked to look while looking. */
  again: boolean;
  /** The store does not answer: said once, not at every look. */
  failing: boolean;
}

export function createLive(mailbox: Pick<Mailbox, 'since'>, log: Log): Live {
  const feeds = new Map<Id, Feed>();
  let closed = false;

  /** One batch from where the hindmost stands; true when there is more. */
  const tell = async (workspaceId: Id, { cursors }: Feed): Promise<boolean> => {
    if (cursors.size === 0) return false;
    const from = Math.min(...cursors.values());
    const messages = await mailbox.since(workspaceId, from, BATCH);
    for (const [follower, cursor] of cursors) {
      // One that came meanwhile and stands further back is not served by this batch.
      const fresh = cursor < from ? [] : messages.filter((message) => message.change > cursor);
      if (fresh.length === 0) continue;
      cursors.set(follower, fresh.at(-1)!.change);
      follower.news(fresh);
    }
    return messages.length === BATCH;
  };

  const look = async (workspaceId: Id, feed: Feed): Promise<void> => {
    if (feed.timer) clearTimeout(feed.timer);
    feed.timer = null;
    feed.looking = true;
    try {
      do feed.again = false;
      while ((await tell(workspaceId, feed)) || feed.again);
      feed.failing = false;
    } catch (error) {
      if (!feed.failing)
        log.warn({ error: String(error) }, 'the page could not be brought up to date; trying again');
      feed.failing = true;
    }
    feed.looking = false;
    if (feed.cursors.size === 0) feeds.delete(workspaceId);
    else feed.timer = setTimeout(() => void look(workspaceId, feed), LOOK_EVERY).unref();
  };

  const hurry = (workspaceId: Id, feed: Feed) => {
    if (feed.looking) feed.again = true;
    else void look(workspaceId, feed);
  };

  return {
    follow(workspaceId, cursor, follower) {
      if (closed) {
        follower.ended();
        return () => undefined;
      }
      const feed = feeds.get(workspaceId) ?? {
        cursors: new Map(),
        timer: null,
        looking: false,
        again: false,
        failing: false,
      };
      feeds.set(workspaceId, feed);
      feed.cursors.set(follower, cursor);
      hurry(workspaceId, feed);
      return () => feed.cursors.delete(follower);
    },
    nudge(workspaceId) {
      const feed = feeds.get(workspaceId);
      if (feed) hurry(workspaceId, feed);
    },
    followers: () => [...feeds.values()].reduce((sum, feed) => sum + feed.cursors.size, 0),
    close() {
      closed = true;
      for (const feed of feeds.values()) {
        if (feed.timer) clearTimeout(feed.timer);
        const all = [...feed.cursors.keys()];
        feed.cursors.clear();
        for (const follower of all) follower.ended();
      }
      feeds.clear();
    },
  };
}
