// What every platform must do, whatever it calls things. An adapter's test calls `platformContract` once, with its descriptor: how to make one with
// a server (fake or real), and what people do there.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Action, encodeAction } from '../../src/domain/command/action.ts';
import type { MessageRef } from '../../src/domain/prompt/prompt.ts';
import type {
  Destination,
  Inbound,
  InboundEvent,
  InboundOutcome,
  Platform,
  SendOutcome,
} from '../../src/ports/platform.ts';
import type { View } from '../../src/views/view.ts';
import { eventually } from '../support/eventually.ts';
import { HOSTILE, hostileView, readable } from './hostile.ts';

type Place<K extends Destination['kind']> = Extract<Destination, { kind: K }>;

/** A message of ours, as whoever looks at it finds it. */
export interface Shown {
  readonly message: string;
  /** Everything that is read in it, in order. */
  readonly text: string;
  /** What its buttons carry (see `encodeAction`). */
  readonly actions: readonly string[];
  /** What somebody merely wrote and the platform took for more: markup, a mention, a link. */
  readonly alive: readonly string[];
}

/** What came back to whoever acted. */
export interface Ack {
  /** The platform was told that the event was taken; else it, or the person, does it again. */
  readonly taken: boolean;
  /** What whoever acted, and nobody else, now reads. */
  readonly reply: string | null;
}

export interface Press {
  /** A customer, or (null) a member of the team. */
  readonly by: string | null;
  readonly in: Destination;
  readonly at: MessageRef;
  readonly action: Action;
  /** What was filled in, where the action submits a form. */
  readonly values?: Readonly<Record<string, string>>;
}

/** What people do there; each settles when the platform has its acknowledgement. */
export interface People {
  press(press: Press): Promise<Ack>;
  say(by: string, thread: Place<'thread'>, text: string): Promise<Ack>;
  /** `/nps text`, typed by a customer in their thread or (null) by the team in its channel. */
  command(by: string | null, where: Destination, text: string): Promise<Ack>;
  /** The conversation with this customer is done; by a member of the team. */
  close(customer: string, thread: Place<'thread'>): Promise<Ack>;
  /** That is taken back; left out where a platform has no such thing. */
  reopen?(customer: string, thread: Place<'thread'>): Promise<Ack>;
  /** The last act is delivered again, as a platform does that had no answer in time. */
  again(): Promise<Ack>;
}

export interface PlatformUnderTest {
  readonly platform: Platform;
  /** An installation that a workspace owns, and one that nobody does. */
  readonly installation: string;
  readonly stranger: string;
  /** The outside id of a new customer. */
  person(): Promise<string>;
  thread(customer: string): Promise<Place<'thread'>>;
  channel(): Promise<Place<'channel'>>;
  /** Every message of ours there, oldest first. */
  shown(where: Destination): Promise<readonly Shown[]>;
  readonly people: People;
  dispose(): Promise<void>;
}

export function platformContract(name: string, make: () => Promise<PlatformUnderTest>): void {
  describe(`the platform: ${name}`, () => {
    let test: PlatformUnderTest;
    let events: InboundEvent[];
    let handle: Inbound;
    beforeEach(async () => {
      events = [];
      handle = async () => done(null, null);
      test = await make();
      await test.platform.start(async (event) => {
        events.push(event);
        return await handle(event);
      });
    });
    afterEach(async () => await test.dispose());

    const send = (to: Destination, view: View, key: string = randomUUID()) =>
      test.platform.send({ installation: test.installation, to, key, view });
    const mustSend = async (to: Destination, view: View, key?: string) => refOf(await send(to, view, key));
    const scene = async () => {
      const customer = await test.person();
      const thread = await test.thread(customer);
      const promptId = randomUUID();
      const ref = await mustSend(thread, asking(promptId));
      const score: Action = { kind: 'score', promptId, score: 9 };
      return { customer, thread, promptId, ref, score };
    };
    const seen = async (where: Destination, ref: MessageRef) =>
      (await test.shown(where)).find((one) => one.message === ref.message);

    describe('sending', () => {
      it('given a thread and a channel, when something is sent, then it is there for its readers, with its buttons', async () => {
        const thread = await test.thread(await test.person());
        for (const where of [thread, await test.channel()]) {
          const promptId = randomUUID();
          const ref = await mustSend(where, asking(promptId));
          const shown = await seen(where, ref);
          expect(shown?.text).toContain('How was it?');
          expect(shown?.actions).toEqual(actionsOf(promptId));
        }
      });

      it('given a person, when something is sent to them, then they find it, or it is refused with a reason', async () => {
        const externalId = await test.person();
        const to = { kind: 'person', externalId } as const;
        const outcome = await send(to, asking(randomUUID()));
        if (!test.platform.capabilities.direct)
          return expect(outcome).toMatchObject({ kind: 'refused', reason: 'no_reachable_channel' });
        expect((await seen(to, refOf(outcome)))?.text).toContain('How was it?');
      });

      it('given a key that was used, when it is sent again or by many at once, then there is one message', async () => {
        const thread = await test.thread(await test.person());
        const key = randomUUID();
        const first = await mustSend(thread, asking(randomUUID()), key);
        if (!test.platform.capabilities.idempotentSend) return;
        const more = await Promise.all(
          [1, 2, 3, 4].map(() => mustSend(thread, sentence('other words'), key)),
        );
        expect(new Set(more.map((ref) => ref.message))).toEqual(new Set([first.message]));
        const mine = (await test.shown(thread)).filter((one) => one.message === first.message);
        expect(mine).toHaveLength(1);
        expect(mine[0]?.text).toContain('How was it?');
      });

      it('given keys that differ, when they are sent to one place, then each is a message, in their order', async () => {
        const thread = await test.thread(await test.person());
        const refs: MessageRef[] = [];
        for (const words of ['first', 'second', 'third']) refs.push(await mustSend(thread, sentence(words)));
        const order = (await test.shown(thread)).map((one) => one.message);
        expect(order.filter((id) => refs.some((ref) => ref.message === id))).toEqual(
          refs.map((ref) => ref.message),
        );
      });

      it('given an installation that nobody owns, when something is sent or updated, then it is refused with the reason', async () => {
        const thread = await test.thread(await test.person());
        const ref = await mustSend(thread, sentence('mine'));
        const message = {
          installation: test.stranger,
          to: thread,
          key: randomUUID(),
          view: sentence('lost'),
        };
        expect(await test.platform.send(message)).toMatchObject(UNINSTALLED);
        expect(await test.platform.update(test.stranger, ref, sentence('lost'))).toMatchObject(UNINSTALLED);
        expect((await seen(thread, ref))?.text).toContain('mine');
      });

      it('given a message, when it is updated, then it says the new and no longer the old, in its place', async () => {
        const thread = await test.thread(await test.person());
        const ref = await mustSend(thread, asking(randomUUID()));
        const after = await mustSend(thread, sentence('after it'));
        expect(await test.platform.update(test.installation, ref, sentence('All done.'))).toMatchObject({
          kind: 'sent',
        });
        const shown = await test.shown(thread);
        expect(shown.map((one) => one.message).slice(-2)).toEqual([ref.message, after.message]);
        const updated = shown.find((one) => one.message === ref.message);
        expect(updated?.text).toContain('All done.');
        expect(updated?.text).not.toContain('How was it?');
        expect(updated?.actions).toEqual([]);
      });

      it('given no such message, when it is updated, then it is refused', async () => {
        const thread = await test.thread(await test.person());
        const ref = await mustSend(thread, sentence('mine'));
        const lost = { ...ref, message: randomUUID() };
        expect(await test.platform.update(test.installation, lost, sentence('x'))).toMatchObject({
          kind: 'refused',
          retryAfter: null,
        });
      });

      it('given a key, when it is looked for, then what was sent is found and what was not is absent, unless it cannot tell', async () => {
        const thread = await test.thread(await test.person());
        const key = randomUUID();
        const look = (wanted: string) =>
          test.platform.find({ installation: test.installation, to: thread, key: wanted });
        const ref = await mustSend(thread, asking(randomUUID()), key);
        const found = await look(key);
        if (found.kind !== 'cannot_tell') expect(found).toEqual({ kind: 'found', ref });
        expect((await look(randomUUID())).kind).not.toBe('found');
      });

      it('given it runs, when its health is asked, then it is well', async () => {
        expect(await test.platform.health()).toMatchObject({ ok: true });
      });
    });

    describe('what anybody wrote', () => {
      it.each(Object.keys(HOSTILE))(
        'given %s in every place of a view, when it is sent, then nothing of it is alive and all of it can be read',
        async (what) => {
          const words = HOSTILE[what]!;
          const thread = await test.thread(await test.person());
          const ref = await mustSend(thread, hostileView(words));
          const shown = await seen(thread, ref);
          expect(shown?.alive).toEqual([]);
          const read = readable(shown?.text ?? '');
          // What is longer than a message may be is cut, and no more than that.
          expect(read).toContain(readable(words).slice(0, 1_000));
        },
      );

      it.each(Object.keys(HOSTILE))(
        'given %s, when a customer types it and fills it into a form, then it arrives as it was written',
        async (what) => {
          const words = HOSTILE[what]!;
          const { customer, thread, ref, promptId } = await scene();
          await test.people.say(customer, thread, words);
          const action: Action = { kind: 'add_words', promptId };
          await test.people.press({
            by: customer,
            in: thread,
            at: ref,
            action,
            values: { words },
          });
          const [message, submitted] = events;
          expect(message?.kind === 'message' && readable(message.text)).toBe(readable(words));
          expect(submitted?.kind === 'action' && readable(submitted.values?.['words'] ?? '')).toBe(
            readable(words),
          );
        },
      );
    });

    describe('what comes in', () => {
      it('given a conversation, when it is done, then that is an interaction that ended, with who and where', async () => {
        const customer = await test.person();
        const thread = await test.thread(customer);
        const before = Date.now();
        expect((await test.people.close(customer, thread)).taken).toBe(true);
        expect(events).toHaveLength(1);
        const [event] = events;
        if (event?.kind !== 'interaction_closed') throw new Error(`it was taken for ${event?.kind}`);
        expect(event.interaction).toMatchObject({
          place: { platform: test.platform.name, installation: test.installation, thread: thread.thread },
          person: {
            platform: test.platform.name,
            installation: test.installation,
            externalId: customer,
          },
          closedBy: 'person',
          explicit: false,
        });
        expect(event.interaction.externalId).not.toBe('');
        expect(event.interaction.profile.isTeam ?? false).toBe(false);
        expect(event.triggeredBy?.profile.isTeam ?? true).toBe(true);
        expect(event.receivedAt).toBeGreaterThanOrEqual(before - 1_000);
      });

      it('given a conversation that was done, when that is taken back, then it is open again', async () => {
        const customer = await test.person();
        const thread = await test.thread(customer);
        if (!test.people.reopen) return;
        await test.people.close(customer, thread);
        await test.people.reopen(customer, thread);
        expect(events[1]).toMatchObject({
          kind: 'interaction_reopened',
          place: { thread: thread.thread },
          by: { identity: { externalId: customer } },
        });
      });

      it('given a button, when it is pressed, then its action arrives with who pressed it', async () => {
        const { customer, thread, ref, score } = await scene();
        const press = { by: customer, in: thread, at: ref, action: score };
        expect((await test.people.press(press)).taken).toBe(true);
        expect(events).toHaveLength(1);
        expect(events[0]).toMatchObject({
          kind: 'action',
          action: score,
          values: null,
          by: identified(test, customer),
        });
      });

      it('given a form, when it is sent, then what was filled in arrives with it', async () => {
        const { customer, thread, ref, promptId } = await scene();
        const action: Action = { kind: 'add_words', promptId };
        const values = { words: 'Quick help,\nthank you!' };
        await test.people.press({ by: customer, in: thread, at: ref, action, values });
        expect(events[0]).toMatchObject({ kind: 'action', action, values });
      });

      it('given a case, when a member of the team presses its button, then they are known as team', async () => {
        const channel = await test.channel();
        const action: Action = { kind: 'claim', followUpId: randomUUID() };
        const ref = await mustSend(channel, withButton(action));
        await test.people.press({ by: null, in: channel, at: ref, action });
        expect(events[0]).toMatchObject({ kind: 'action', action, by: { profile: { isTeam: true } } });
      });

      it('given a conversation, when the customer types, then their words arrive with where they were typed', async () => {
        const { customer, thread } = await scene();
        await test.people.say(customer, thread, '9 – quick help');
        expect(events).toHaveLength(1);
        expect(events[0]).toMatchObject({
          kind: 'message',
          text: '9 – quick help',
          place: { platform: test.platform.name, thread: thread.thread },
          by: identified(test, customer),
        });
      });

      it('given a command, when the team or a customer types it, then what follows its name arrives, with which of them it was', async () => {
        const { customer, thread } = await scene();
        await test.people.command(null, await test.channel(), 'why  ann');
        await test.people.command(customer, thread, 'optout');
        await test.people.command(null, await test.channel(), '');
        expect(events.map((event) => event.kind)).toEqual(['command', 'command', 'command']);
        expect(events[0]).toMatchObject({ text: expect.stringMatching(/^why\s+ann$/) });
        expect(events[0]).toMatchObject({ by: { profile: { isTeam: true } } });
        expect(events[1]).toMatchObject({ text: 'optout', by: identified(test, customer) });
        expect(events[1]?.kind === 'command' && events[1].by.profile.isTeam).not.toBe(true);
        expect(events[2]).toMatchObject({ text: '' });
      });

      it('given anything, when it is delivered again, then it can be known again', async () => {
        const { customer, thread, ref, score } = await scene();
        const acts = [
          () => test.people.close(customer, thread),
          () => test.people.say(customer, thread, 'hello'),
          () => test.people.press({ by: customer, in: thread, at: ref, action: score }),
          async () => test.people.command(null, await test.channel(), 'help'),
        ];
        for (const act of acts) {
          events.length = 0;
          await act();
          await test.people.again();
          // Where the platform itself holds the second one back, there is one.
          for (const again of events.slice(1)) expect(mark(again)).toEqual(mark(events[0]!));
        }
      });
    });

    describe('what came of it', () => {
      it('given the outcome is not known yet, when somebody acts, then the acknowledgement waits for it', async () => {
        const { customer, thread, ref, score } = await scene();
        const acts = [
          () => test.people.press({ by: customer, in: thread, at: ref, action: score }),
          () => test.people.say(customer, thread, '9'),
          async () => test.people.command(null, await test.channel(), 'help'),
          () => test.people.close(customer, thread),
        ];
        for (const act of acts) {
          events.length = 0;
          const gate = makeGate();
          handle = async () => {
            await gate.opened;
            return done(null, null);
          };
          let acknowledged = false;
          const ack = act().then((answer) => {
            acknowledged = true;
            return answer;
          });
          await eventually('the event to arrive', () => events.length > 0);
          await test.shown(thread);
          expect(acknowledged).toBe(false);
          gate.open();
          expect((await ack).taken).toBe(true);
        }
      });

      it('given an answer was recorded, when it was pressed, then the message says so, and the choice only where nobody else reads it', async () => {
        const { customer, thread, ref, score } = await scene();
        handle = async () => done(sentence('Answered.'), sentence('You said nine.'));
        const ack = await test.people.press({ by: customer, in: thread, at: ref, action: score });
        const now = (await seen(thread, ref))?.text ?? '';
        expect(now).not.toContain('How was it?');
        if (test.platform.capabilities.privateThreads) expect(now).toContain('You said nine.');
        else {
          expect(now).toContain('Answered.');
          expect(now).not.toContain('You said nine.');
        }
        expect(`${now}${ack.reply ?? ''}`).toContain('You said nine.');
      });

      it('given a case was claimed, when the team pressed, then everybody sees it on the message', async () => {
        const channel = await test.channel();
        const action: Action = { kind: 'claim', followUpId: randomUUID() };
        const ref = await mustSend(channel, withButton(action));
        handle = async () => done(sentence('Bob has it.'), sentence('Bob has it.'));
        await test.people.press({ by: null, in: channel, at: ref, action });
        expect((await seen(channel, ref))?.text).toContain('Bob has it.');
      });

      it('given only the actor is answered, when they acted, then the message stays as it is', async () => {
        const { customer, thread, ref, promptId } = await scene();
        handle = async () => done(null, sentence('Only for you.'));
        const action: Action = { kind: 'change', promptId };
        const ack = await test.people.press({ by: customer, in: thread, at: ref, action });
        expect(ack).toMatchObject({ taken: true, reply: expect.stringContaining('Only for you.') });
        expect((await seen(thread, ref))?.text).toContain('How was it?');
      });

      it('given it is not theirs or too late, when somebody presses, then they are told and nothing changes', async () => {
        const { thread, ref, score } = await scene();
        handle = async () => ({ kind: 'rejected', reply: sentence('Not yours.') });
        const other = await test.person();
        const ack = await test.people.press({ by: other, in: thread, at: ref, action: score });
        expect(ack.reply).toContain('Not yours.');
        expect((await seen(thread, ref))?.text).toContain('How was it?');
      });

      it('given it could not be made durable, when somebody acts, then they are told, and can do it again', async () => {
        const { customer, thread, ref, score } = await scene();
        handle = async () => ({ kind: 'failed', reply: sentence('Please try again.') });
        const press = { by: customer, in: thread, at: ref, action: score };
        expect((await test.people.press(press)).reply).toContain('Please try again.');
        expect((await seen(thread, ref))?.actions).toEqual(actionsOf(score.promptId));
        handle = async () => done(sentence('Answered.'), sentence('You said nine.'));
        expect((await test.people.press(press)).taken).toBe(true);
        expect((await seen(thread, ref))?.text).not.toContain('How was it?');
      });

      it('given a command, when it is answered, then whoever typed it reads the answer', async () => {
        handle = async () => done(null, sentence('NPS 42'));
        expect((await test.people.command(null, await test.channel(), '')).reply).toContain('NPS 42');
      });

      it('given mere talk, when it is ignored, then nobody is told anything', async () => {
        const { customer, thread } = await scene();
        handle = async () => ({ kind: 'ignored', reason: 'talk' });
        const before = await test.shown(thread);
        expect(await test.people.say(customer, thread, 'by the way')).toEqual({ taken: true, reply: null });
        expect(await test.shown(thread)).toEqual(before);
      });
    });

    describe('stopping', () => {
      it('given something is in hand, when it stops, then that ends well before stopping has ended', async () => {
        const { customer, thread, ref, score } = await scene();
        const gate = makeGate();
        const order: string[] = [];
        handle = async () => {
          await gate.opened;
          order.push('handled');
          return done(sentence('Answered.'), sentence('You said nine.'));
        };
        const ack = test.people.press({ by: customer, in: thread, at: ref, action: score });
        await eventually('the event to arrive', () => events.length > 0);
        const stopped = test.platform.stop().then(() => order.push('stopped'));
        await test.platform.health().catch(() => undefined);
        gate.open();
        expect((await ack).taken).toBe(true);
        await stopped;
        expect(order).toEqual(['handled', 'stopped']);
      });

      it('given it was stopped, when somebody acts, then nothing is taken and they are not told that it was', async () => {
        const { customer, thread, ref, score } = await scene();
        await test.platform.stop();
        const acts = [
          () => test.people.press({ by: customer, in: thread, at: ref, action: score }),
          () => test.people.say(customer, thread, '9'),
          async () => test.people.command(null, await test.channel(), 'help'),
          () => test.people.close(customer, thread),
        ];
        for (const { taken } of await Promise.all(acts.map((act) => act()))) expect(taken).toBe(false);
        expect(events).toEqual([]);
        await test.platform.stop();
      });
    });
  });
}

const UNINSTALLED = { kind: 'refused', reason: 'workspace_uninstalled', retryAfter: null };

function done(shared: View | null, reply: View | null): InboundOutcome {
  return { kind: 'done', shared, reply, subject: null };
}

function refOf(outcome: SendOutcome): MessageRef {
  if (outcome.kind !== 'sent') throw new Error(`not sent: ${JSON.stringify(outcome)}`);
  return outcome.ref;
}

/** How a delivery is known again: by the platform's own number of it, or because the act does nothing the second time. */
function mark(event: InboundEvent): unknown {
  if (event.eventId !== null) return event.eventId;
  if (event.kind === 'interaction_closed') {
    const { source, externalId } = event.interaction;
    return { source, externalId };
  }
  if (event.kind === 'message' || event.kind === 'command')
    throw new Error(`a ${event.kind} must have an id of its delivery: done twice it is two`);
  return { ...event, receivedAt: 0 };
}

function identified({ platform, installation }: PlatformUnderTest, externalId: string) {
  return { identity: { platform: platform.name, installation, externalId } };
}

function sentence(words: string): View {
  return { summary: words, locale: 'en', blocks: [{ kind: 'text', text: [words], tone: 'plain' }] };
}

function withButton(action: Action): View {
  const button = { label: 'Claim', action, style: 'primary' } as const;
  return { ...sentence('A case'), blocks: [{ kind: 'buttons', buttons: [button] }] };
}

const SCORES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

function asking(promptId: string): View {
  return {
    summary: 'How was it?',
    locale: 'en',
    blocks: [
      { kind: 'text', text: [{ kind: 'strong', text: 'How was it?' }], tone: 'plain' },
      {
        kind: 'scale',
        label: 'Your score',
        low: 'bad',
        high: 'good',
        options: SCORES.map((score) => ({
          score,
          alt: `${score} of 10`,
          action: { kind: 'score', promptId, score },
          selected: false,
        })),
      },
      {
        kind: 'buttons',
        buttons: [{ label: 'Not now', action: { kind: 'decline', promptId }, style: 'plain' }],
      },
    ],
  };
}

function actionsOf(promptId: string): readonly string[] {
  const scores = SCORES.map((score) => encodeAction({ kind: 'score', promptId, score }));
  return [...scores, encodeAction({ kind: 'decline', promptId })];
}

function makeGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
