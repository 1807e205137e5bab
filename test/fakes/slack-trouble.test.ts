// What goes wrong with Slack can be had on purpose, at the moment and as often as a test wants it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Example, exampleWorld, FORM, refusal } from './slack/example.ts';

let { slack, team, bot, ann, support, client } = {} as Example;

beforeEach(async () => {
  ({ slack, team, bot, ann, support, client } = await exampleWorld({ rates: false }));
});

afterEach(() => slack.close());

describe('what goes wrong on purpose', () => {
  const app = (): void => {
    slack.overHttp('http://127.0.0.1:9/nobody');
  };

  it('cuts a call before or after it was done', async () => {
    const post = (): Promise<string> => refusal(client.chat.postMessage({ channel: support.id, text: 'x' }));
    slack.mischief.next('chat.postMessage', { kind: 'drop_before' });
    expect(await post()).toContain('fetch failed');
    expect(slack.messages(support)).toHaveLength(0);
    slack.mischief.next('chat.postMessage', { kind: 'drop_after' });
    expect(await post()).toContain('fetch failed');
    expect(slack.messages(support)).toHaveLength(1);
    slack.mischief.next(null, { kind: 'status', status: 503 });
    expect(await post()).toContain('503');
    expect(await post()).toBe('ok');
  });

  it('lets a trigger live three seconds and serve once', async () => {
    app();
    const outcome = await ann.command('/nps', '', support);
    expect(outcome).toMatchObject({ ok: false, failure: 'connection_failed' });
    expect(ann.troubles).toHaveLength(1);
    const trigger = (): string => slack.triggers.make(team.id, ann.id);
    const once = trigger();
    expect(await refusal(client.views.open({ trigger_id: once, view: FORM }))).toBe('ok');
    expect(await refusal(client.views.open({ trigger_id: once, view: FORM }))).toBe('exchanged_trigger_id');
    const late = trigger();
    slack.advance(3001);
    expect(await refusal(client.views.open({ trigger_id: late, view: FORM }))).toBe('expired_trigger_id');
    const title = { type: 'plain_text' as const, text: 'x'.repeat(25) };
    expect(await refusal(client.views.open({ trigger_id: trigger(), view: { ...FORM, title } }))).toBe(
      'invalid_arguments',
    );
  });

  it('takes five answers at a response url within half an hour', async () => {
    app();
    const { payload } = await ann.command('/nps', '', support);
    const url = String(payload['response_url']);
    const answer = async (): Promise<string> =>
      (await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'x' }) })).text();
    for (let use = 0; use < 5; use += 1) expect(await answer()).toBe('ok');
    expect(await answer()).toBe('used_url');
    const late = await ann.command('/nps', '', support);
    slack.advance(31 * 60 * 1000);
    const response = await fetch(String(late.payload['response_url']), {
      method: 'POST',
      body: '{"text":"x"}',
    });
    expect([response.status, await response.text()]).toEqual([404, 'expired_url']);
  });

  it('holds events and lets them out in another order, after a new installation', async () => {
    slack.mischief.hold();
    slack.uninstall(bot);
    const again = team.install();
    expect(again.token).not.toBe(bot.token);
    expect(slack.mischief.held.map((each) => each.event['type'])).toEqual([
      'tokens_revoked',
      'app_uninstalled',
    ]);
    slack.mischief.release((held) => [...held].reverse());
    await eventually('both tried', () => slack.deliveries.length >= 2);
    expect(slack.deliveries.slice(0, 2).map((each) => each.type)).toEqual([
      'app_uninstalled',
      'tokens_revoked',
    ]);
  });

  it('tells markup that is alive from words that are not', async () => {
    const say = async (text: string): Promise<string[]> => {
      await client.chat.postMessage({
        channel: support.id,
        text: 'x',
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
      });
      return slack.alive(slack.messages(support).at(-1)!).map((each) => each.kind);
    };
    expect(await say('<!channel> <@U1> <https://evil.test|x>')).toEqual(['broadcast', 'user', 'link']);
    expect(await say('&lt;!channel&gt; 1 < 2 > 0')).toEqual([]);
    expect(await say('<https://acme.slack.com/archives/C1/p1|there>')).toEqual([]);
  });
});
