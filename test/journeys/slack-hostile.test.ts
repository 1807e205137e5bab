// Whatever people write, wherever they may, comes out of Slack as words: nobody is called, nothing is linked, nothing is broken.
import { expect, it } from 'vitest';
import { SECOND } from '../../src/domain/basics.ts';
import type { Message, View } from '../fakes/slack/index.ts';
import { eventually } from '../support/eventually.ts';
import { Outside } from './outside.ts';
import { describeScenes, EMBEDDED } from './scene.ts';
import { button, Office, SOON } from './slack-office.ts';

const EVIL =
  '<!channel> <!here> <@U0EVIL> <#C0EVIL|x> <!subteam^S0EVIL> <http://evil.example|click> https://evil.example *b* _i_ ~s~ `c` &lt;!everyone&gt; \u202Egpj.exe\u200F @channel @everyone :tada: > q';
const LONG_EVIL = `${EVIL} ${'字'.repeat(2_000)}`;
/** As a person types it; a client sends neither NUL nor half a character, an attacker may. */
const WORST = `NUL\0 half\uD83D ${EVIL}`;

describeScenes(
  'Slack and hostile words',
  (processes) => Office.open({ transport: 'http', processes }),
  (office) => {
    it('given people whose names, questions and answers are hostile, when all of it is shown, then it is words everywhere', async () => {
      const { slack, lead, team } = office();
      const alerts = team.channel('unhappy', { members: [lead] });
      const weekly = team.channel('weekly', { members: [lead] });
      await office().nps(lead, `settings alerts <#${alerts.id}|unhappy>`);
      await office().nps(lead, 'digest weekly monday 9:00 UTC', weekly);

      const eve = await office().customer('eve', {
        displayName: EVIL.slice(0, 70),
        realName: EVIL.slice(0, 70),
        title: EVIL,
      });
      eve.person.post(eve.channel, WORST, { thread: eve.question });
      await slack.settled();
      const told = await new Outside(office().instances, office().site.apiKey).ask(
        'POST',
        '/api/v1/interactions',
        {
          source: EVIL.slice(0, 60),
          externalId: EVIL.slice(0, 60),
          platform: 'slack',
          workspace: team.id,
          person: eve.person.id,
          channel: eve.channel.id,
          thread: eve.question.ts,
          subject: EVIL,
          account: EVIL.slice(0, 100),
          agent: EVIL.slice(0, 60),
          survey: 'nps',
        },
      );
      expect(told.status).toBe(202);
      const prompt = await office().message(() => eve.channel, 'How likely are you');
      await eve.person.press(prompt, button(0));
      const own = await office().told(eve.person, 'Your answer: 0 of 10');
      await eve.person.press(own, button('add_words'));
      await eventually('the form', () => eve.person.modal, SOON);
      expect(await eve.person.submitModal({ words: LONG_EVIL.slice(0, 2_900) })).toMatchObject({
        ok: true,
        trouble: null,
      });
      await office().says(own, 'evil.example');
      const alert = await office().message(() => alerts, 'evil.example');
      eve.person.post(eve.channel, WORST, { thread: eve.question });
      eve.person.post(eve.channel, 'x'.repeat(40_000), { thread: eve.question });
      await slack.settled();

      await lead.press(alert, button('close'));
      await eventually('the form', () => lead.modal, SOON);
      expect(await lead.submitModal({ note: EVIL })).toMatchObject({ ok: true, trouble: null });
      await office().says(alert, 'Closed');
      for (const text of [
        EVIL,
        `why ${EVIL}`,
        `ask ${EVIL}`,
        `why <@${eve.person.id}>`,
        'open',
        'summary',
        'digest',
        `close 1 ${EVIL}`,
        `settings team ${EVIL}`,
        `settings zone ${EVIL}`,
        `connect ${EVIL}`,
      ])
        await office().nps(lead, text.slice(0, 2_000));
      await office().digestDue(weekly.id);
      await office().message(() => weekly, 'Support feedback');
      lead.openHome();
      await eventually('the home tab', () => lead.home, SOON);
      await slack.settled();

      const shown: (Message | View)[] = [
        ...[...slack.world.channels.values()].flatMap((channel) => office().said(channel)),
        ...slack.world.ephemerals,
        lead.home!,
      ];
      expect(shown.length).toBeGreaterThan(12);
      const evil = shown
        .flatMap((one) => slack.alive(one, true))
        .filter(({ kind, raw }) => /EVIL|evil/.test(raw) || kind === 'broadcast')
        // What stands beside blocks is read in notifications alone, where nothing can be pressed.
        .filter(({ kind, at }) => kind !== 'autolink' || at !== '/text');
      expect(evil).toEqual([]);
      const [row] = await office().rows(eve.person.id);
      expect(row).toMatchObject({
        score: 0,
        verbatim: expect.stringContaining('<http://evil.example|click>'),
      });
    });

    it('given payloads that Slack would never send, when they come signed, then each is answered in time, and the program goes on', async () => {
      const { slack, lead, team, desk } = office();
      const channel = { id: desk.id, name: EVIL };
      const user = { id: lead.id, name: EVIL };
      const press = (action_id: string, more: object = {}) => ({
        type: 'block_actions',
        team: { id: team.id },
        user,
        channel,
        trigger_id: EVIL,
        actions: [{ type: 'button', action_id, block_id: 'x', value: EVIL }],
        ...more,
      });
      const bodies = [
        press(`score:${EVIL}:9`),
        press('score:00000000-0000-7000-8000-000000000000:99'),
        press('close:00000000-0000-7000-8000-000000000000', { response_url: 'http://evil.example/hook' }),
        press('settings', { team: null, response_url: 'file:///etc/passwd' }),
        { type: 'block_actions', actions: 'none' },
        {
          type: 'view_submission',
          team: { id: team.id },
          user,
          view: {
            callback_id: 'settings',
            private_metadata: WORST,
            state: { values: { a: { b: { value: WORST } } } },
          },
        },
        {
          type: 'message_action',
          callback_id: 'afterword_ask',
          team: { id: team.id },
          user,
          channel,
          message: { ts: EVIL },
        },
        { type: EVIL },
      ];
      for (const body of bodies) {
        const ack = await slack.delivery.act('interactive', body as never);
        expect(ack.status, JSON.stringify(body).slice(0, 80)).toBe(200);
        expect(ack.ms).toBeLessThan(3 * SECOND);
      }
      expect(await office().nps(lead, 'help')).toContain('What you can type');
    });
  },
  [EMBEDDED],
);
