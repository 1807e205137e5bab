// An interaction is answered once, within three seconds, after it was made durable; and what is left is shown to whom it concerns.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel, Message } from '../../fakes/discord/index.ts';
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
  wordsForm,
} from './receiving.ts';

const NINE = /^score:.*:9@/u;
const WORDS = /^add_words:/u;

describe.each(TRANSPORTS)('given interactions over %s', (transport) => {
  let at: Stage;
  let thread: Channel;
  let prompt: Message;
  beforeEach(async () => {
    at = await stage({ transport });
    thread = at.ann.startThread(at.help, 'It does not work');
    prompt = await post(at, thread);
    await eventually('our message is seen', () => at.of('posted').length > 0);
    at.events.length = 0;
  });
  afterEach(async () => {
    expect(at.discord.violations).toEqual([]);
    await at.close();
  });

  it('when a button is pressed, then the message says it to all and the giver alone reads the rest', async () => {
    at.handle = async () => done(sentence('Answered, thank you.'), sentence('You said 9.'));
    const outcome = await at.ann.press(prompt, NINE);
    expect(outcome.kind).toBe('update');
    expect(at.discord.readable(prompt)).toContain('Answered');
    await eventually('the giver reads it', () => at.ann.ephemerals(thread).length === 1);
    expect(at.discord.readable(at.ann.ephemerals(thread)[0]!)).toContain('You said 9');
    expect(at.events).toMatchObject([
      {
        kind: 'action',
        eventId: null,
        action: { kind: 'score', promptId: PROMPT, score: 9 },
        by: {
          identity: { platform: 'discord', installation: at.acme.id, externalId: at.ann.id },
          profile: { locale: 'de' },
        },
        values: null,
      },
    ]);
  });

  it('when it is not durable yet, then it is not acknowledged', async () => {
    const { opened, open } = gate();
    at.handle = async () => {
      await opened;
      return NOTHING;
    };
    const pressed = at.ann.press(prompt, NINE);
    await eventually('it is in hand', () => at.events.length === 1);
    expect(at.discord.called('POST /interactions/{interaction_id}/{interaction_token}/callback')).toEqual([]);
    open();
    expect((await pressed).ok).toBe(true);
  });

  it('when it takes too long, then it is acknowledged all the same and shown when it is done', async () => {
    const { opened, open } = gate();
    at.handle = async () => {
      await opened;
      return done(sentence('Answered'), sentence('You said 9.'));
    };
    const outcome = await at.ann.press(prompt, NINE);
    expect(outcome.kind).toBe('deferred_update');
    open();
    await eventually('the message says it', () => at.discord.readable(prompt).includes('Answered'));
    await eventually('the giver reads it', () => at.ann.ephemerals(thread).length === 1);
  });

  it('when it cannot be made durable, then they are told and the buttons stay', async () => {
    at.handle = async () => ({ kind: 'failed', reply: sentence('Press again, please') });
    const outcome = await at.ann.press(prompt, NINE);
    expect([outcome.kind, outcome.ephemeral]).toEqual(['message', true]);
    expect(at.discord.readable(prompt)).toContain('How was it?');
  });

  it('when a form is wanted, then it is the one answer, and what is filled in comes back', async () => {
    at.handle = async (event) =>
      event.kind === 'action' && event.values === null
        ? done(null, wordsForm())
        : done(sentence('Answered'), sentence('Thank you for your words'));
    expect((await at.ann.press(prompt, WORDS)).kind).toBe('modal');
    const submitted = await at.ann.submitModal({ words: 'Quick <@!1> help' });
    expect(submitted.kind).toBe('update');
    expect(at.events.at(-1)).toMatchObject({
      action: { kind: 'add_words' },
      values: { words: 'Quick <@!1> help' },
    });
    await eventually('the giver reads it', () => at.ann.ephemerals(thread).length === 1);
  });

  it('when a button of an ephemeral message is pressed, then that message changes and nothing else', async () => {
    at.handle = async () => done(sentence('Answered'), asking());
    await at.ann.press(prompt, NINE);
    const own = await eventually('the reply', () => at.ann.ephemerals(thread)[0]);
    at.handle = async () => done(sentence('Answered'), sentence('Changed'));
    const outcome = await at.ann.press(own, NINE);
    expect(outcome.kind).toBe('update');
    expect(at.discord.readable(own)).toContain('Changed');
    expect(at.ann.ephemerals(thread)).toHaveLength(1);
  });

  it('when it is pressed in a direct message, then the reply stands in its place and the server is known', async () => {
    const direct = await post(at, at.ann.directChannel());
    at.handle = async () => done(sentence('Answered'), sentence('You said 9.'));
    const outcome = await at.ann.press(direct, NINE);
    expect(outcome.kind).toBe('update');
    expect(at.discord.readable(direct)).toContain('You said 9');
    expect(at.events.at(-1)).toMatchObject({ by: { identity: { installation: at.acme.id } } });
  });

  it('when a case is claimed, then the handlers know who is team', async () => {
    await at.bob.press(prompt, /^claim/u);
    await at.ann.press(prompt, /^claim/u);
    expect(at.events.map((event) => 'by' in event && event.by.profile.isTeam)).toEqual([true, false]);
  });
});

describe('given an answer that gets lost', () => {
  const CALLBACK = 'POST /interactions/{interaction_id}/{interaction_token}/callback';
  let at: Stage;
  let prompt: Message;
  let thread: Channel;
  beforeEach(async () => {
    at = await stage();
    thread = at.ann.startThread(at.help, 'It does not work');
    prompt = await post(at, thread);
    at.handle = async () => done(sentence('Answered'), sentence('You said 9.'));
  });
  afterEach(async () => await at.close());

  it.each(['drop_after', 'drop_before'] as const)(
    'when the connection is cut (%s), then all is shown once',
    async (kind) => {
      at.discord.mischief.next(CALLBACK, { kind });
      expect((await at.ann.press(prompt, NINE)).ok).toBe(true);
      await eventually('the giver reads it', () => at.ann.ephemerals(thread).length > 0);
      expect(at.ann.ephemerals(thread)).toHaveLength(1);
      expect(at.discord.violations).toEqual([]);
    },
  );

  it('when Discord is called too often, then it is answered after the pause', async () => {
    at.discord.mischief.next(CALLBACK, { kind: 'ratelimited', retryAfter: 0.3 }, 2);
    expect((await at.ann.press(prompt, NINE)).ok).toBe(true);
  });

  it('when an interaction is told twice, then it is answered once', async () => {
    at.discord.mischief.events({ duplicate: 1, only: ['INTERACTION_CREATE'] });
    const outcome = await at.ann.press(prompt, NINE);
    await eventually('the giver reads it', () => at.ann.ephemerals(thread).length > 0);
    expect(outcome.calls.filter(({ route }) => route?.endsWith('/callback'))).toHaveLength(1);
    expect(at.ann.ephemerals(thread)).toHaveLength(1);
  });

  it('when somebody else answered it, then nothing more is said', async () => {
    at.discord.mischief.next(CALLBACK, {
      kind: 'error',
      status: 400,
      code: 40060,
      message: 'Already acknowledged',
    });
    void at.ann.press(prompt, NINE);
    await eventually('it was tried', () => at.discord.called(CALLBACK).length === 1);
    await at.bob.press(prompt, NINE);
    await eventually('the other reads it', () => at.bob.ephemerals(thread).length === 1);
    expect(at.discord.called('POST /webhooks/{webhook_id}/{webhook_token}')).toHaveLength(1);
  });

  it('when Discord does not take what it says, then it is acknowledged all the same', async () => {
    at.discord.mischief.next(CALLBACK, {
      kind: 'error',
      status: 400,
      code: 50035,
      message: 'Invalid Form Body',
    });
    expect((await at.ann.press(prompt, NINE)).kind).toBe('deferred_update');
  });

  it('when Discord no longer waits, then the message says it all the same', async () => {
    at.discord.mischief.next(CALLBACK, {
      kind: 'error',
      status: 404,
      code: 10062,
      message: 'Unknown interaction',
    });
    void at.ann.press(prompt, NINE);
    await eventually('the message says it', () => at.discord.readable(prompt).includes('Answered'));
  });
});
