// No acknowledgement before the commit, by HTTP and by Socket Mode, however Bolt would have it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAction } from '../../../src/domain/command/action.ts';
import type { Message } from '../../fakes/slack/index.ts';
import { eventually } from '../../support/eventually.ts';
import {
  asking,
  done,
  gate,
  NOTHING,
  PROMPT,
  post,
  type Stage,
  sentence,
  stage,
  TRANSPORTS,
} from './receiving.ts';

const NINE = encodeAction({ kind: 'score', promptId: PROMPT, score: 9 });

describe.each(TRANSPORTS)('given Slack over %s', (transport) => {
  let at: Stage;
  let prompt: Message;
  beforeEach(async () => {
    at = await stage(transport);
    const question = at.ann.post(at.support, 'It does not work');
    prompt = await post(at, { channel: at.support.id, thread: question.ts }, asking());
    await at.slack.settled();
    at.events.length = 0;
  });
  afterEach(async () => await at.close());

  const acts: Record<string, () => Promise<unknown> | undefined> = {
    'presses a button': () => at.ann.press(prompt, NINE),
    'types a command': () => at.bob.command('/nps', 'help', at.support),
    'uses the shortcut': () => at.bob.shortcut(at.slack.thread(prompt)[0]!, 'afterword_ask'),
    'says something': () => void at.ann.post(at.support, '9', { thread: prompt }),
    reacts: () => at.bob.react(at.slack.thread(prompt)[0]!, 'white_check_mark') as undefined,
    'opens the home tab': () => at.bob.openHome() as undefined,
    'uninstalls the app': () => at.slack.uninstall(at.bot, ['app_uninstalled']) as undefined,
  };

  it.each(Object.keys(acts))(
    'when somebody %s, then the acknowledgement waits for the handlers',
    async (what) => {
      const { opened, open } = gate();
      at.handle = async () => {
        await opened;
        return NOTHING;
      };
      const before = at.slack.deliveries.length;
      void acts[what]!();
      await eventually('the handlers to be asked', () => at.events.length === 1);
      // Whatever was going to be said before them has been said by the time another delivery was answered.
      const other = at.carol.command('/nps', '', at.support);
      await eventually('the handlers to be asked again', () => at.events.length === 2);
      expect(at.slack.deliveries.slice(before)).toEqual([]);
      open();
      await other;
      await eventually('both acknowledged', () => at.slack.deliveries.length === before + 2);
      expect(at.slack.deliveries.slice(before).map(({ ack }) => ack.ok)).toEqual([true, true]);
    },
  );

  it('when an event cannot be made durable, then it is not acknowledged, and taken when it comes again', async () => {
    let tries = 0;
    at.handle = async () => {
      tries += 1;
      if (tries === 1) throw new Error('broken');
      return tries === 2 ? { kind: 'failed', reply: sentence('Try again') } : NOTHING;
    };
    (at.slack.options as { ackWithin: number }).ackWithin = 500;
    const before = at.slack.deliveries.length;
    at.ann.post(at.support, '9', { thread: prompt });
    await at.slack.settled();
    expect(at.slack.deliveries.slice(before).map(({ ack }) => ack.ok)).toEqual([false, false, true]);
    expect(new Set(at.events.map((event) => event.eventId)).size).toBe(1);
  });

  it('when a press cannot be made durable, then it is acknowledged, they are told, and can press again', async () => {
    at.handle = async () => ({ kind: 'failed', reply: sentence('Please press again.') });
    expect((await at.ann.press(prompt, NINE)).ok).toBe(true);
    await eventually('they are told', () => at.ann.ephemerals().length === 1);
    expect(at.slack.readable(at.ann.ephemerals()[0]!)).toContain('Please press again.');
    at.handle = async () => done(sentence('Answered.'), sentence('You said nine.'));
    expect((await at.ann.press(prompt, NINE)).ok).toBe(true);
    await eventually('it says so', () =>
      at.slack.readable(at.slack.thread(prompt)[1]!).includes('Answered.'),
    );
  });

  it('when the store is away, then events come again and a press is told that it failed', async () => {
    at.deskFails = true;
    at.handle = async () => ({ kind: 'failed', reply: sentence('Please press again.') });
    (at.slack.options as { ackWithin: number }).ackWithin = 500;
    const before = at.slack.deliveries.length;
    expect((await at.ann.press(prompt, NINE)).ok).toBe(true);
    await eventually('they are told', () => at.ann.ephemerals().length === 1);
    at.ann.post(at.support, '9', { thread: prompt });
    await eventually('it was refused', () => at.slack.deliveries.length > before + 1);
    expect(at.slack.deliveries.at(-1)?.ack.ok).toBe(false);
    at.deskFails = false;
    at.handle = async () => NOTHING;
    await at.slack.settled();
    expect(at.slack.deliveries.at(-1)?.ack.ok).toBe(true);
  });

  it('when it is nothing of ours, then it is acknowledged and nobody is asked', async () => {
    const before = at.slack.deliveries.length;
    at.ann.edit(at.ann.post(at.support, 'x', { thread: prompt }), 'y');
    await at.slack.settled();
    at.events.length = 0;
    const theirs = at.bob.shortcut({ teamId: at.team.id }, 'something_else');
    expect((await theirs).ok).toBe(true);
    at.slack.events.emit(at.team.id, { type: 'team_join', user: { id: 'U1' }, event_ts: '1.2' });
    at.slack.events.emit(at.team.id, {
      type: 'user_change',
      user: 'U1',
      channel: null,
      item: 3,
      event_ts: '1.2',
    });
    await at.slack.settled();
    expect(at.events).toEqual([]);
    expect(at.slack.deliveries.slice(before).every(({ ack }) => ack.ok && ack.json === null)).toBe(true);
  });

  it('when a command takes longer than Slack waits, then it is acknowledged in time and answered later', async () => {
    const { opened, open } = gate();
    at.handle = async () => {
      await opened;
      return done(null, sentence('NPS 42'));
    };
    const outcome = await at.bob.command('/nps', '', at.support);
    expect(outcome).toMatchObject({ ok: true, text: '' });
    expect(outcome.ms).toBeLessThan(3_000);
    open();
    await eventually('the answer', () => at.bob.ephemerals().length === 1);
    expect(at.slack.readable(at.bob.ephemerals()[0]!)).toBe('NPS 42');
  });

  it('when Slack says nothing about who acts, then what the team may do is decided in time all the same', async () => {
    at.slack.mischief.plan({ method: 'users.info', trouble: { kind: 'slow', ms: 5_000 } });
    const outcome = await at.bob.command('/nps', '', at.support);
    expect(outcome.ok).toBe(true);
    expect(outcome.ms).toBeLessThan(2_500);
    await eventually('it is handed in all the same', () => at.events.length === 1, 10_000);
    expect(at.events[0]).toMatchObject({ kind: 'command', by: { profile: {} } });
    expect((await at.bob.press(prompt, encodeAction({ kind: 'claim', followUpId: PROMPT }))).ok).toBe(true);
    const score = await at.ann.press(prompt, NINE);
    expect(score.ms).toBeLessThan(2_500);
  });

  it('when Slack is slow once to say who types a command, then it is asked again', async () => {
    at.slack.mischief.next('users.info', { kind: 'status', status: 500 }, 3);
    await at.bob.command('/nps', '', at.support);
    await eventually('it is handed in', () => at.events.length === 1, 10_000);
    expect(at.events[0]).toMatchObject({ kind: 'command', by: { profile: { isTeam: true } } });
  });

  it('when it stops, then what is in hand ends, is acknowledged and shown, and nothing else is taken', async () => {
    const { opened, open } = gate();
    at.handle = async () => {
      await opened;
      return done(sentence('Answered.'), null);
    };
    const pressed = at.ann.press(prompt, NINE);
    await eventually('it is in hand', () => at.events.length === 1);
    let hasStopped = false;
    const stopped = at.receiver.stop().then(() => {
      hasStopped = true;
    });
    (at.slack.options as { ackWithin: number }).ackWithin = 300;
    expect((await at.carol.command('/nps', '', at.support)).ok).toBe(false);
    expect(hasStopped).toBe(false);
    open();
    expect((await pressed).ok).toBe(true);
    await stopped;
    expect(at.events).toHaveLength(1);
    expect(at.slack.readable(at.slack.thread(prompt)[1]!)).toContain('Answered.');
    expect((await at.ann.command('/nps', '', at.support)).ok).toBe(false);
    expect(at.receiver.health()).toMatchObject({ ok: false });
  });
});
