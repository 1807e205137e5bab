// Many people press at once, some of it told twice, some answers lost or put off: nothing is lost, nothing is done twice, and nobody waits long.
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { done, post, sentence, stage } from './receiving.ts';

const CALLBACK = 'POST /interactions/{interaction_id}/{interaction_token}/callback';
const HOOK = 'POST /webhooks/{webhook_id}/{webhook_token}';
const PEOPLE = 300;
const A_SECOND = 150;

describe('given many people who press within two seconds', () => {
  it('then each is answered once, within a second', async () => {
    const at = await stage();
    const thread = at.ann.startThread(at.help, 'It does not work');
    const prompt = await post(at, thread);
    const people = Array.from({ length: PEOPLE }, (_, n) => at.acme.member(`p${n}`));
    at.handle = async () => {
      await delay(20);
      return done(sentence('Answered'), sentence('Thank you'));
    };
    at.discord.mischief
      .seed(7)
      .events({ duplicate: 0.3, only: ['INTERACTION_CREATE'] })
      .plan(
        { route: CALLBACK, trouble: { kind: 'drop_after' }, probability: 0.05 },
        { route: CALLBACK, trouble: { kind: 'drop_before' }, probability: 0.05 },
        { route: HOOK, trouble: { kind: 'ratelimited', retryAfter: 1 }, probability: 0.02 },
      );
    const outcomes = await Promise.all(
      people.map(async (person, n) => {
        await delay((n / A_SECOND) * 1_000);
        return await person.press(prompt, /^score:.*:9@/u, { stale: true });
      }),
    );
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    expect(Math.max(...outcomes.map(({ ms }) => ms ?? Number.POSITIVE_INFINITY))).toBeLessThan(3_000);
    const presses = at.of('action').map(({ by }) => by.identity.externalId);
    expect([presses.length, new Set(presses).size]).toEqual([PEOPLE, PEOPLE]);
    await eventually(
      'everybody reads it',
      () => people.every((person) => person.ephemerals(thread).length === 1),
      20_000,
    );
    expect(at.discord.violations).toEqual([]);
    await at.close();
  }, 40_000);
});
