// Two processes with one budget: together they keep to what Slack allows, and a 429 to one of them holds for both.
import { afterEach, expect, it } from 'vitest';
import { SECOND } from '../../../src/domain/basics.ts';
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/index.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { storeUnderTest } from '../postgres/store-under-test.ts';
import { partsFor, sentence } from './calling.ts';

const open: FakeSlack[] = [];
let seed = 700;

afterEach(async () => {
  for (const slack of open.splice(0)) await slack.close();
});

describeOnEachStore('Slack under pressure', (database) => {
  async function processes() {
    seed += 1;
    const slack = await startFakeSlack({ seed, rates: { postBurst: 1 } });
    open.push(slack);
    const team = slack.team('Acme');
    const bot = team.install();
    const { budget } = storeUnderTest(database()).store;
    const both = [1, 2].map(() => partsFor(slack, team.id, bot.token, { parts: { budget } }));
    const channels = [1, 2].map((number) => team.channel(`help-${number}`));
    return { slack, team, both, channels };
  }

  it('given many messages for one channel, when both send as fast as they may, then Slack never says too often', async () => {
    const { slack, both, channels } = await processes();
    const outcomes: string[] = [];
    const work = both.map(async ({ send }, process) => {
      for (let count = 0; count < 3; count += 1) {
        const to = { kind: 'channel', channel: channels[0]!.id } as const;
        await eventually('its turn', async () => {
          const outcome = await send(to, sentence('hello'), `${process}-${count}`);
          outcomes.push(outcome.kind === 'refused' ? outcome.reason : outcome.kind);
          return outcome.kind === 'sent';
        });
      }
    });
    await Promise.all(work);
    expect(slack.messages(channels[0]!)).toHaveLength(6);
    expect(slack.called('chat.postMessage').map((call) => call.status)).toEqual(Array(6).fill(200));
  }, 30_000);

  it('given one of them was told to wait, when either sends anywhere, then it waits or says for how long', async () => {
    const { slack, both, channels } = await processes();
    const [one, other] = both as [(typeof both)[0], (typeof both)[0]];
    const [here, there] = channels.map(({ id }) => ({ kind: 'channel', channel: id }) as const);
    slack.mischief.next('chat.postMessage', { kind: 'ratelimited', retryAfter: 4 });
    expect(await one.send(here!)).toMatchObject({ reason: 'rate_limited', retryAfter: 4 * SECOND });
    const began = performance.now();
    const outcome = await other.send(there!);
    if (outcome.kind !== 'refused') throw new Error('it did not wait');
    expect(outcome).toMatchObject({ reason: 'rate_limited' });
    expect(outcome.retryAfter).toBeGreaterThan(2 * SECOND);
    expect(slack.called('chat.postMessage')).toHaveLength(1);
    await eventually('their turn', async () => (await other.send(there!)).kind === 'sent');
    expect(performance.now() - began).toBeGreaterThan(3.5 * SECOND);
  }, 30_000);
});
