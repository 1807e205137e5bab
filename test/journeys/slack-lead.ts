// What the team gets: alerts that it can act on, a digest, a home tab with its settings, and an answer to every command.
import { expect, it } from 'vitest';
import { SECOND } from '../../src/domain/basics.ts';
import { eventually } from '../support/eventually.ts';
import { button, type Office, SOON } from './slack-office.ts';

const COMMANDS = [
  ['', /Feedback,|Nobody was asked/],
  ['summary 7d nps', /Feedback,/],
  ['help', 'What you can type'],
  ['why @somebody', 'Nobody called'],
  ['why', 'needs a little more'],
  ['ask @nobody', 'Nobody called'],
  ['digest', 'Support feedback'],
  ['digest now', 'Support feedback'],
  ['digest weekly funday', 'does not fit'],
  ['digest off', 'no more digest here'],
  ['open', /wait|No open cases/],
  ['claim 4711', 'nothing to do here'],
  ['close 4711 done', 'nothing to do here'],
  ['settings', 'Settings'],
  ['settings reaction :white_check_mark:', '✅'],
  ['settings zone Nowhere/Else', 'is no time zone'],
  ['connect', /Type .*\/nps connect/],
  ['connect NOSUCHCODE', 'This code is not known'],
  ['optout', 'you won’t be asked again'],
  ['optin', 'you may be asked again'],
  ['sumary', 'Did you mean'],
] as const;

export function leading(office: () => Office): void {
  it('given a channel for alerts, when somebody answers badly, then it is alerted within seconds, and the case’s state shows there for everybody', async () => {
    const { lead, team, slack } = office();
    const second = team.user('zoe', { displayName: 'Zoe' });
    const alerts = team.channel('unhappy', { members: [lead, second] });
    expect(await office().nps(lead, `settings alerts <#${alerts.id}|unhappy>`)).toContain('#unhappy');
    await office().everybodyKnows();
    const wes = await office().asked('wes');
    const pressed = performance.now();
    await wes.person.press(wes.prompt, button(1));
    const alert = await office().message(() => alerts, 'Unhappy customer');
    expect(performance.now() - pressed).toBeLessThan(10 * SECOND);
    expect(office().reads(alert)).toContain('wes');
    expect(office().reads(alert)).toContain('Open the conversation');
    expect(JSON.stringify(alert.blocks)).toContain(
      `/archives/${wes.channel.id}/p${wes.question.ts.replace('.', '')}`,
    );
    wes.person.post(wes.channel, 'Still broken.', { thread: wes.question });
    await office().says(alert, 'Still broken.');

    // Whoever is not of the team may not.
    alerts.members.add(wes.person.id);
    const guest = team.user('gast', { guest: 'multi_channel' });
    alerts.members.add(guest.id);
    await guest.press(alert, button('claim'));
    await office().told(guest, 'That is for the support team', alerts);

    await lead.press(alert, button('claim'));
    await office().says(alert, 'Lea Lead has had it since');
    await second.press(alert, button('close'));
    await eventually('the form', () => second.modal, SOON);
    await second.submitModal({ note: 'Refunded.' });
    const closed = await office().says(alert, 'Note: Refunded.');
    expect(closed).toContain('Closed');
    const left = JSON.stringify(alert.blocks?.filter((one) => one.type === 'actions'));
    expect(left.match(/"action_id":"[a-z_]+/gu)).toEqual(['"action_id":"reopen']);
    expect(slack.messages(alerts).filter((one) => one.bot_id)).toHaveLength(1);
    expect(await office().nps(lead, 'open')).not.toContain('wes');
  });

  it('given a digest on schedule, when it falls due, then it is posted once, with its chart as a picture and in words', async () => {
    const { lead, team, slack } = office();
    const weekly = team.channel('weekly', { members: [lead] });
    expect(await office().nps(lead, 'digest weekly monday 9:00 UTC', weekly)).toContain(
      'Done: the digest comes',
    );
    const xia = await office().asked('xia');
    await xia.person.press(xia.prompt, button(9));
    await office().says(xia.prompt, 'Answered');
    await office().digestDue(weekly.id);
    const digest = await office().message(() => weekly, 'Support feedback');
    const pictures = digest.blocks?.filter((one) => one.type === 'image') ?? [];
    expect(pictures.length).toBeGreaterThan(0);
    for (const picture of pictures) {
      expect(picture).toMatchObject({
        alt_text: expect.stringMatching(/Recommendation|Ease|Satisfaction/),
        slack_file: { id: expect.any(String) },
      });
    }
    expect(slack.called('files.completeUploadExternal').length).toBeGreaterThan(0);
    await slack.settled();
    expect(office().said(weekly)).toHaveLength(1);
  });

  it('given the home tab, when the lead opens it, then figures, cases and settings are there; what is filled in wrongly is told and kept; a test question counts nowhere', async () => {
    const { lead, team } = office();
    const before = await office().rows();
    lead.openHome();
    const home = await eventually('the home tab', () => lead.home, SOON);
    expect(office().slack.readable(home)).toMatch(/Support team|Name your support team/);
    expect(office().slack.readable(home)).toContain('Feedback,');

    await lead.press(home, button('settings'));
    const form = await eventually('the settings', () => lead.modal, SOON);
    await lead.submitModal({ zone: 'Nowhere/Else', time: '08:15' });
    expect(lead.modal).toBe(form);
    expect(Object.values(form.errors).join()).toContain('“Nowhere/Else” is no time zone');
    expect(JSON.stringify(form.values)).toContain('Nowhere/Else');
    expect(await lead.submitModal({ zone: 'Asia/Shanghai' })).toMatchObject({ trouble: null });
    expect(lead.modal).toBeNull();
    await eventually(
      'the home tab to say so',
      () => office().slack.readable(lead.home!).includes('Time zone: Asia/Shanghai'),
      SOON,
    );
    expect(await office().nps(lead, 'settings zone UTC')).toContain('UTC');

    await lead.press(lead.home!, button('test_prompt'));
    const test = await office().message(() => lead.direct(), 'It was easy');
    await lead.press(test, button(2));
    await office().says(test, 'Your answer: 2 of 7');
    const guest = team.user('gila', { guest: 'single_channel' });
    guest.openHome();
    const theirs = await eventually('the home tab', () => guest.home, SOON);
    expect(office().slack.readable(theirs)).toContain('I ask one short question');
    expect(theirs.blocks.filter((one) => one.type === 'actions')).toEqual([]);
    expect((await office().rows()).length).toBe(before.length);
  });

  it('given `/nps`, when any command is typed, then it is answered within three seconds', async () => {
    const { lead } = office();
    for (const [text, says] of COMMANDS) expect(await office().nps(lead, text), `/nps ${text}`).toMatch(says);
    const guest = office().team.user('gert', { guest: 'single_channel' });
    const channel = office().team.channel('help-gert', { members: [guest] });
    expect(await office().nps(guest, 'summary', channel)).toContain('That is for the support team');
    expect(await office().nps(guest, 'optout', channel)).toContain('you won’t be asked again');
  });
}
