// Contract: conversations are kept in their order, a message is there once however often it is posted, and whoever follows the cursor misses nothing.
import { describe, expect, it } from 'vitest';
import type { MailMessage, MailThread } from '../../../src/ports/mailbox.ts';
import type { View } from '../../../src/views/view.ts';
import { atOnce, NOW, newId, newWorld, type StoreUnderTest, type World } from './world.ts';

const VIEW: View = {
  summary: 'How easy was it?',
  locale: 'en',
  blocks: [{ kind: 'heading', text: 'How easy was it?' }, { kind: 'divider' }],
};

const text = (said: string): MailMessage['body'] => ({ kind: 'text', text: said });

export function mailboxContract(test: () => StoreUnderTest): void {
  describe('the mailbox', () => {
    const conversation = (world: World, name = 'talk-1', person = 'ann'): Promise<MailThread> =>
      world.store.mailbox.openThread(world.workspaceId, { kind: 'conversation', name, person }, NOW);

    const say = (world: World, thread: MailThread, said: string, more: { key?: string; now?: number } = {}) =>
      world.store.mailbox.post(
        world.workspaceId,
        {
          threadId: thread.id,
          author: { kind: 'customer', externalId: 'ann' },
          body: text(said),
          key: more.key ?? newId(),
        },
        more.now ?? NOW,
      );

    it('given a new name, when its thread is opened by twenty at once, then there is one, and it is found by name', async () => {
      const world = await newWorld(test());
      const threads = await atOnce(20, () => conversation(world));
      expect(new Set(threads.map(({ id }) => id)).size).toBe(1);
      const expected = { kind: 'conversation', name: 'talk-1', person: 'ann', open: true, createdAt: NOW };
      expect(threads[0]).toEqual({ id: expect.any(String), workspaceId: world.workspaceId, ...expected });
      expect(await world.store.mailbox.findThread(world.workspaceId, 'talk-1')).toEqual(threads[0]);
      expect(await world.store.mailbox.findThread(world.workspaceId, 'talk-2')).toBeNull();
    });

    it('given several conversations of a person, when theirs is asked for, then it is the newest, and never a channel', async () => {
      const world = await newWorld(test());
      const { mailbox } = world.store;
      await mailbox.openThread(world.workspaceId, { kind: 'channel', name: 'team', person: null }, NOW + 9);
      await mailbox.openThread(
        world.workspaceId,
        { kind: 'conversation', name: 'b', person: 'ann' },
        NOW + 2,
      );
      await mailbox.openThread(
        world.workspaceId,
        { kind: 'conversation', name: 'a', person: 'ann' },
        NOW + 1,
      );
      await mailbox.openThread(
        world.workspaceId,
        { kind: 'conversation', name: 'c', person: 'bob' },
        NOW + 3,
      );
      expect((await mailbox.threadOf(world.workspaceId, 'ann'))?.name).toBe('b');
      expect(await mailbox.threadOf(world.workspaceId, 'eve')).toBeNull();
    });

    it('given a thread, when it is closed and opened again, then it says so', async () => {
      const world = await newWorld(test());
      const thread = await conversation(world);
      const open = async () => (await world.store.mailbox.findThread(world.workspaceId, 'talk-1'))?.open;
      await world.store.mailbox.setOpen(world.workspaceId, thread.id, false);
      expect(await open()).toBe(false);
      await world.store.mailbox.setOpen(world.workspaceId, thread.id, true);
      expect(await open()).toBe(true);
    });

    it('given words and views of all authors, when they are posted, then they are read as they were, the newest last', async () => {
      const world = await newWorld(test());
      const { mailbox } = world.store;
      const thread = await conversation(world);
      const first = await say(world, thread, 'Hi, 你好 👋');
      const bot = {
        threadId: thread.id,
        author: { kind: 'bot' },
        body: { kind: 'view', view: VIEW },
        key: 'p',
      } as const;
      const second = await mailbox.post(world.workspaceId, bot, NOW);
      const team = {
        threadId: thread.id,
        author: { kind: 'team', externalId: 'bob' },
        body: text('Hello'),
        key: 't',
      } as const;
      const third = await mailbox.post(world.workspaceId, team, NOW + 1);
      expect(second).toMatchObject({
        threadId: thread.id,
        author: { kind: 'bot' },
        body: { kind: 'view', view: VIEW },
      });
      expect(third).toMatchObject({ author: { kind: 'team', externalId: 'bob' }, createdAt: NOW + 1 });
      expect(await mailbox.read(world.workspaceId, thread.id, 10)).toEqual([first, second, third]);
      expect(await mailbox.read(world.workspaceId, thread.id, 2)).toEqual([second, third]);
      expect(await mailbox.findByKey(world.workspaceId, 'p')).toEqual(second);
      expect(await mailbox.findByKey(world.workspaceId, 'q')).toBeNull();
    });

    it('given one key, when it is posted by twenty at once, then one message is there and all are told of it', async () => {
      const world = await newWorld(test());
      const thread = await conversation(world);
      const posted = await atOnce(20, (i) => say(world, thread, `try ${i}`, { key: 'once' }));
      expect(new Set(posted.map(({ id }) => id)).size).toBe(1);
      expect(await world.store.mailbox.read(world.workspaceId, thread.id, 100)).toEqual([posted[0]]);
    });

    it('given a message, when it is replaced, then it keeps its place and comes again after the cursor', async () => {
      const world = await newWorld(test());
      const { mailbox } = world.store;
      const thread = await conversation(world);
      const first = await say(world, thread, 'first');
      const second = await say(world, thread, 'second');
      const cursor = await mailbox.cursor(world.workspaceId);
      expect(cursor).toBe(second.change);
      const replaced = await mailbox.replace(world.workspaceId, first.id, text('better'));
      expect(replaced).toEqual({ ...first, body: text('better'), change: expect.any(Number) });
      expect(await mailbox.read(world.workspaceId, thread.id, 10)).toEqual([replaced, second]);
      expect(await mailbox.since(world.workspaceId, cursor, 10)).toEqual([replaced]);
      expect(await mailbox.since(world.workspaceId, replaced!.change, 10)).toEqual([]);
      expect(await mailbox.replace(world.workspaceId, newId(), text('nobody'))).toBeNull();
    });

    it('given nothing was ever said, when the cursor is asked for, then it is 0', async () => {
      const world = await newWorld(test());
      expect(await world.store.mailbox.cursor(world.workspaceId)).toBe(0);
      expect(await world.store.mailbox.since(world.workspaceId, 0, 10)).toEqual([]);
    });

    it('given no such thread, when something is posted to it, then it is refused and says so', async () => {
      const world = await newWorld(test());
      const lost = { id: newId() } as MailThread;
      await expect(say(world, lost, 'anybody?')).rejects.toMatchObject({ kind: 'not_found' });
    });

    it('given NUL and half a character in the words, when they are posted, then the rest is kept', async () => {
      const world = await newWorld(test());
      const thread = await conversation(world, 'talk\0');
      const message = await say(world, thread, 'a\0b\uD83D', { key: 'k\0' });
      expect(message.body).toEqual(text('ab\uFFFD'));
      expect((await say(world, thread, 'again', { key: 'k\0' })).id).toBe(message.id);
    });

    it('given many writers at once, when a reader follows the cursor meanwhile, then it sees every change of every message', async () => {
      const world = await newWorld(test());
      const { mailbox } = world.store;
      const thread = await conversation(world);
      const seen = new Map<string, string>();
      let cursor = 0;
      let writing = true;
      const follow = async (): Promise<void> => {
        const news = await mailbox.since(world.workspaceId, cursor, 7);
        for (const message of news) {
          expect(message.change).toBeGreaterThan(cursor);
          cursor = message.change;
          seen.set(message.id, message.body.kind === 'text' ? message.body.text : '');
        }
        if (writing || news.length > 0) await follow();
      };
      const reader = follow();
      const written = await atOnce(12, async (writer) => {
        const texts: (readonly [string, string])[] = [];
        for (let i = 0; i < 15; i++) {
          const message = await say(world, thread, `${writer}.${i}`);
          const better = text(`${writer}.${i}!`);
          const last = i % 3 === 0 ? await mailbox.replace(world.workspaceId, message.id, better) : message;
          texts.push([message.id, last!.body.kind === 'text' ? last!.body.text : '']);
        }
        return texts;
      }).finally(() => {
        writing = false;
      });
      await reader;
      expect([...seen].sort()).toEqual(written.flat().sort());
    });
  });
}
