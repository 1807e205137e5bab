// What the team gets: alerts that it can act on, a digest, its settings, and an answer to every command, in its own language.
import { expect, it } from 'vitest';
import { SECOND } from '../../src/domain/basics.ts';
import { eventually } from '../support/eventually.ts';
import { inert } from './discord-answering.ts';
import type { Office } from './discord-office.ts';
import { SOON } from './scene.ts';

const COMMANDS = [
  ['summary', {}, /Feedback,|Nobody was asked/],
  ['summary', { period: '7d', survey: 'nps' }, /Feedback,|Nobody was asked/],
  ['help', {}, 'What you can type'],
  ['why', { name: '@somebody' }, 'Nobody called'],
  ['why', {}, 'needs a little more'],
  ['digest', {}, 'Support feedback'],
  ['digest', { when: 'off' }, 'no more digest here'],
  ['open', {}, /wait|No open cases/],
  ['claim', { case: 4711 }, 'nothing to do here'],
  ['close', { case: 4711, note: 'done' }, 'nothing to do here'],
  ['settings', {}, 'Settings'],
  ['setting reaction', { value: '✅' }, '✅'],
  ['setting zone', { zone: 'Nowhere/Else' }, 'is no time zone'],
  ['connect', {}, /Type .*\/nps connect/],
  ['connect', { code: 'NOSUCHCODE' }, 'This code is not known'],
  ['optout', {}, 'you won’t be asked again'],
  ['optin', {}, 'you may be asked again'],
] as const;

export function leading(office: () => Office): void {
  it('given a channel for alerts, when somebody answers badly, then it is alerted within seconds, and the case’s state shows there for everybody', async () => {
    const { lead, acme } = office();
    const second = acme.member('zoe', { roles: [office().support] });
    const alerts = acme.channel('unhappy');
    expect(await office().nps(lead, 'setting alerts', { value: alerts })).toContain('unhappy');
    await office().everybodyKnows();
    const wes = await office().asked('wes **everyone**');
    const pressed = performance.now();
    await office().press(wes.person, wes.prompt, 1);
    const alert = await office().message(() => alerts, 'Unhappy customer');
    expect(performance.now() - pressed).toBeLessThan(10 * SECOND);
    expect(office().reads(alert)).toContain('wes **everyone**');
    expect(office().reads(alert)).toContain('Open the conversation');
    expect(alert.content).toContain(`/channels/${acme.id}/${wes.thread.id}`);
    const own = await office().told(wes.person, 'Your answer: 1 of 10');
    await office().press(wes.person, own, 'add_words');
    await wes.person.submitModal({ words: 'Still broken, @everyone! <#1> https://evil.example' });
    await office().says(alert, 'Still broken, @everyone!');
    expect(alert.mentionEveryone).toBe(false);
    expect(inert(office(), alert)).toEqual([]);

    const refused = await office().press(wes.person, alert, 'claim');
    expect(office().reads(refused.reply!)).toContain('That is for the support team');
    await office().press(lead, alert, 'claim');
    await office().says(alert, 'Lea Lead has had it since');
    await office().press(second, alert, 'close');
    expect(second.modal).not.toBeNull();
    await second.submitModal({ note: 'Refunded.' });
    expect(await office().says(alert, 'Note: Refunded.')).toContain('Closed');
    expect(JSON.stringify(alert.components).match(/"label":"\w+"/gu)).toEqual(['"label":"Reopen"']);
    expect(office().said(alerts)).toHaveLength(1);
    expect(await office().nps(lead, 'open')).not.toContain('wes');
  });

  it('given a digest on schedule, when it falls due, then it is posted once, with its chart attached and in words; and now, for whoever asks', async () => {
    const { lead } = office();
    const weekly = office().private('weekly');
    const set = { when: 'weekly', weekday: 'monday', time: '9:00', zone: 'UTC' };
    expect(await office().nps(lead, 'digest', set, weekly)).toContain('Done: the digest comes');
    const xia = await office().asked('xia');
    await office().press(xia.person, xia.prompt, 9);
    await office().says(xia.prompt, 'Answered');
    await office().digestDue(weekly.id);
    const digest = await office().message(() => weekly, 'Support feedback');
    expect(digest.attachments.length).toBeGreaterThan(0);
    for (const { contentType, description, bytes } of digest.attachments) {
      expect(contentType).toBe('image/png');
      expect(description).toMatch(/Recommendation|Ease|Satisfaction/);
      expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    }
    expect(await office().nps(lead, 'digest', { when: 'now' })).toContain('Support feedback');
    expect(office().said(weekly)).toHaveLength(1);
  });

  it('given `/nps settings`, when its form is filled in, then it is saved; what is wrong is told', async () => {
    const { lead } = office();
    const shown = await lead.command(office().desk, 'nps settings');
    const view = await eventually('the settings', () => shown.reply, SOON);
    await office().press(lead, view, 'settings');
    const form = office().discord.readable(lead.modal!);
    expect(form).toContain('Time of the digest');
    await lead.submitModal({ time: '25:15' });
    const said = () => lead.ephemerals(office().desk).map((one) => office().reads(one));
    await eventually(
      'what is wrong',
      () => said().some((one) => one.includes('“25:15” is no time of day')),
      SOON,
    );
    await office().press(lead, view, 'settings');
    await lead.submitModal({ digest: [office().desk.id], time: '08:15', weekday: ['2'] });
    await office().says(view, /Weekly digest.*Tuesday/);
    expect(await office().nps(lead, 'setting zone', { zone: 'UTC' })).toContain('UTC');
    const offered = await lead.autocomplete(office().desk, 'nps setting zone', 'zone', { zone: 'berl' });
    expect(offered.choices).toContainEqual({ name: 'Europe/Berlin', value: 'Europe/Berlin' });
  });

  it('given `/nps`, when any command is run, then it is answered within three seconds, to whoever ran it alone', async () => {
    const { lead, help } = office();
    for (const [path, given, says] of COMMANDS)
      expect(await office().nps(lead, path, given), path).toMatch(says);
    const guest = office().acme.member('gert', { locale: 'zh-CN' });
    expect(guest.commands(help)).toEqual(['nps']);
    expect(office().lead.commands(help)).toEqual(['nps', 'Ask for feedback']);
    const moderator = office().acme.member('yu', { locale: 'zh-CN', roles: [office().support] });
    expect(moderator.commands(help)).toContain('请求反馈');
    expect(await office().nps(guest, 'summary', {}, help)).toMatch(/[\u4e00-\u9fff]/);
    expect(await office().nps(guest, 'optout', {}, help)).toMatch(/[\u4e00-\u9fff]/);
    expect(office().said(help)).toEqual([]);
  });

  it('given commands that are registered, when that is done again, then nothing is registered', async () => {
    const { discord } = office();
    const written = () =>
      discord.calls.filter(({ method, path }) => method !== 'GET' && path.endsWith('/commands'));
    expect(written()).toHaveLength(1);
    expect(await office().json('discord', 'register')).toMatchObject({ changed: false });
    expect(written()).toHaveLength(1);
    const names = discord.registered().map(({ name }) => name);
    expect(names).toEqual(['nps', 'Ask for feedback']);
    expect(discord.registered()[0]!.body).toMatchObject({
      default_member_permissions: null,
      contexts: [0],
      description_localizations: { 'zh-CN': expect.stringContaining('反馈') },
    });
  });
}
