// The stream of what is new: nothing is missed by a page that was away, and nobody is served who has gone.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLive, type Follower } from '../../../adapters/web/live.ts';
import { openStream } from '../../../adapters/web/stream.ts';
import type { MailMessage } from '../../../src/ports/mailbox.ts';
import type { View } from '../../../src/views/view.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { type WebUnderTest, webUnderTest } from './web-under-test.ts';

const sentence = (words: string): View => ({
  summary: words,
  locale: 'en',
  blocks: [{ kind: 'text', text: [words], tone: 'plain' }],
});

interface Event {
  readonly id: string;
  readonly data: {
    readonly pane: string;
    readonly id: string;
    readonly change: number;
    readonly html: string;
  };
}

/** Reads a stream as a browser does, until it is closed. */
function reader(url: string, after: number, conversation: string, lastEventId?: string) {
  const abort = new AbortController();
  const events: Event[] = [];
  const query = new URLSearchParams({ conversation, after: String(after), lang: 'en' });
  const ended = (async () => {
    const response = await fetch(`${url}/web/events?${query}`, {
      signal: abort.signal,
      headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + chunk).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(part) ?? [];
        if (id && data) events.push({ id, data: JSON.parse(data) as Event['data'] });
      }
    }
    return 'ended';
  })().catch((error: Error) => error.name);
  return { events, ended, close: () => abort.abort() };
}

describeOnEachStore('the stream of the page', (database) => {
  let test: WebUnderTest;
  beforeEach(async () => {
    test = await webUnderTest(database());
    await test.platform.start(async () => ({ kind: 'ignored', reason: 'a test' }));
  });
  afterEach(async () => await test.dispose());

  const send = async (thread: string, words: string) => {
    const to = { kind: 'thread', channel: '', thread } as const;
    return await test.platform.send({ installation: 'local', to, key: randomUUID(), view: sentence(words) });
  };
  const lookingOn = async () => Number(/(\d+) looking on/.exec((await test.platform.health()).detail)?.[1]);

  it('given a page, when something is written in its conversation and in the team channel, then both come, and nothing of others', async () => {
    const { thread } = await test.thread('ann');
    const { thread: other } = await test.thread('bob');
    const page = reader(test.url, await test.store.mailbox.cursor(test.workspaceId), thread);
    await eventually('the page to look on', async () => (await lookingOn()) === 1);
    await send(other, 'for bob');
    await send(thread, 'for ann');
    await test.platform.send({
      installation: 'local',
      to: await test.channel(),
      key: randomUUID(),
      view: sentence('for the team'),
    });
    await eventually('both', () => page.events.length >= 2);
    expect(page.events.map(({ data }) => data.pane)).toEqual(['customer', 'team']);
    expect(page.events[0]?.data.html).toContain('for ann');
    page.close();
  });

  it('given a page that was away, when it comes back and says where it stopped, then it gets what it missed, once and in order', async () => {
    const { thread } = await test.thread('ann');
    const first = reader(test.url, await test.store.mailbox.cursor(test.workspaceId), thread);
    await send(thread, 'one');
    await eventually('the first', () => first.events.length === 1);
    first.close();
    const sent = [];
    for (const words of ['two', 'three', 'four']) sent.push(await send(thread, words));
    const back = reader(test.url, 0, thread, first.events[0]!.id);
    await eventually('what it missed', () => back.events.length >= 3);
    expect(back.events.map(({ data }) => data.html.match(/one|two|three|four/)?.[0])).toEqual([
      'two',
      'three',
      'four',
    ]);
    expect(sent.map((outcome) => outcome.kind === 'sent' && outcome.ref.message)).toEqual(
      back.events.map(({ data }) => data.id),
    );
    // A page that stands further back joins those that are up to date: it misses nothing, and they get nothing twice.
    const late = reader(test.url, 0, thread);
    await eventually('everything', () => late.events.length >= 5);
    await send(thread, 'five');
    await eventually('the fifth', () => back.events.length >= 4 && late.events.length >= 6);
    expect(back.events).toHaveLength(4);
    back.close();
    late.close();
  });

  it('given a message that changes, when it is updated, then it comes again with a later change', async () => {
    const { thread } = await test.thread('ann');
    const page = reader(test.url, await test.store.mailbox.cursor(test.workspaceId), thread);
    const outcome = await send(thread, 'before');
    await eventually('the message', () => page.events.length === 1);
    if (outcome.kind !== 'sent') throw new Error('not sent');
    await test.platform.update('local', outcome.ref, sentence('after'));
    await eventually('the change', () => page.events.length === 2);
    const [before, after] = page.events;
    expect(after?.data.id).toBe(before?.data.id);
    expect(after!.data.change).toBeGreaterThan(before!.data.change);
    page.close();
  });

  it('given pages look on, when they close, then nobody is looked for any more', async () => {
    const { thread } = await test.thread('ann');
    const pages = [1, 2, 3].map(() => reader(test.url, 0, thread));
    await eventually('all to look on', async () => (await lookingOn()) === 3);
    for (const page of pages) page.close();
    await eventually('all to be gone', async () => (await lookingOn()) === 0);
  });

  it('given pages look on, when the program stops, then their streams end, and a new one ends at once', async () => {
    const { thread } = await test.thread('ann');
    const page = reader(test.url, 0, thread);
    await eventually('it to look on', async () => (await lookingOn()) === 1);
    await test.platform.stop();
    expect(await page.ended).toBe('ended');
    expect(await reader(test.url, 0, thread).ended).toBe('ended');
    expect(await lookingOn()).toBe(0);
  });
});

describe('looking for what is new', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const message = (change: number) => ({ id: `m-${change}`, change }) as MailMessage;

  /** A mailbox of which each answer is given by the test. */
  function mailbox(initial: readonly number[] = []) {
    const changes = [...initial];
    const asked: number[] = [];
    let gate: Promise<void> = Promise.resolve();
    let broken = false;
    return {
      changes,
      asked,
      hold(): () => void {
        let open = () => {};
        gate = new Promise((resolve) => {
          open = resolve;
        });
        return open;
      },
      break: (is: boolean) => {
        broken = is;
      },
      async since(_: string, cursor: number, limit: number) {
        asked.push(cursor);
        await gate;
        if (broken) throw new Error('the store is away');
        return changes
          .filter((change) => change > cursor)
          .slice(0, limit)
          .map(message);
      },
    };
  }

  function follower() {
    const got: number[] = [];
    const one: Follower = {
      news: (messages) => got.push(...messages.map(({ change }) => change)),
      ended: () => got.push(-1),
    };
    return { got, one };
  }

  it('given nobody looks on, when time goes by, then the store is not asked', async () => {
    const box = mailbox([1, 2]);
    const live = createLive(box, recordedLog().log);
    const { got, one } = follower();
    const stop = live.follow('w', 0, one);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(got).toEqual([1, 2]);
    expect(box.asked.length).toBeGreaterThan(1);
    stop();
    await vi.advanceTimersByTimeAsync(1_000);
    const before = box.asked.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(box.asked.length).toBe(before);
    expect(live.followers()).toBe(0);
  });

  it('given the store is being asked, when a page joins that stands further back, then it misses nothing', async () => {
    const box = mailbox([1, 2, 3]);
    const live = createLive(box, recordedLog().log);
    const [near, far] = [follower(), follower()];
    const open = box.hold();
    live.follow('w', 2, near.one);
    live.follow('w', 0, far.one);
    open();
    await vi.advanceTimersByTimeAsync(1_000);
    box.changes.push(4);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(near.got).toEqual([3, 4]);
    expect(far.got).toEqual([1, 2, 3, 4]);
  });

  it('given more than a batch was missed, when a page comes back, then all of it comes at once', async () => {
    const box = mailbox(Array.from({ length: 950 }, (_, i) => i + 1));
    const live = createLive(box, recordedLog().log);
    const { got, one } = follower();
    live.follow('w', 10, one);
    await vi.advanceTimersByTimeAsync(0);
    expect(got).toEqual(box.changes.slice(10));
  });

  it('given something was written here, when that is told, then it is looked for at once', async () => {
    const box = mailbox();
    const live = createLive(box, recordedLog().log);
    const { got, one } = follower();
    live.follow('w', 0, one);
    await vi.advanceTimersByTimeAsync(100);
    box.changes.push(1);
    live.nudge('w');
    live.nudge('another workspace');
    await vi.advanceTimersByTimeAsync(0);
    expect(got).toEqual([1]);
  });

  it('given the store is away, when it comes back, then what was missed comes, and the operator was told once', async () => {
    const box = mailbox([1]);
    const { log, lines } = recordedLog();
    const live = createLive(box, log);
    const { got, one } = follower();
    live.follow('w', 1, one);
    await vi.advanceTimersByTimeAsync(1_000);
    box.break(true);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(lines).toHaveLength(1);
    box.changes.push(2);
    box.break(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(got).toEqual([2]);
  });

  it('given a reader that does not read, when too much piles up, then it is let go, and told nothing more', async () => {
    let feeder: Parameters<Parameters<typeof openStream>[2]>[0] | undefined;
    let released = 0;
    openStream(new Request('http://localhost/'), {}, (one) => {
      feeder = one;
      return () => {
        released += 1;
      };
    });
    for (let i = 0; i < 2_000 && released === 0; i++) feeder!.push(i, { html: 'x' });
    expect(released).toBe(1);
    feeder!.push(1, {});
    feeder!.end();
    expect(released).toBe(1);
  });
});
