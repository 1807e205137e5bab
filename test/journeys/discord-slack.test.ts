// Slack and Discord in one program: one person on both is one person, and a code joins a second server to what is there.
import { expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack, type Team } from '../fakes/slack/index.ts';
import { eventually } from '../support/eventually.ts';
import { NPS, Office } from './discord-office.ts';
import { Outside } from './outside.ts';
import { describeScenes, EMBEDDED, SOON } from './scene.ts';

let slack: FakeSlack;
let team: Team;

/** Nobody is asked twice in a month. */
const SURVEYS = ['nps', 'ces', 'csat'].map((kind) => [kind, '--delay', '0s', '--throttle', '30d']);

async function open(processes: number): Promise<Office> {
  slack = await startFakeSlack();
  team = slack.team('Acme');
  const also = {
    SLACK_API_URL: slack.apiUrl,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_BOT_TOKEN: team.install().token,
  };
  const office = await Office.open({ processes, surveys: SURVEYS, also });
  slack.overSocket();
  await eventually('Slack to be connected', () => slack.sockets.connections > 0, SOON);
  return office;
}

describeScenes(
  'Slack and Discord in one program',
  async (processes) => {
    const office = await open(processes);
    const close = office.close.bind(office);
    office.close = async () => {
      await close();
      await slack.close();
    };
    return office;
  },
  (office) => {
    let count = 0;
    const tell = async (where: object, customer: string) => {
      count += 1;
      const { body } = await new Outside(office().instances, office().site.apiKey).ask(
        'POST',
        '/api/v1/interactions',
        { source: 'helpdesk', externalId: `T-${count}`, customer, survey: 'nps', ...where },
      );
      return body['prompt'];
    };
    const onSlack = (name: string) => {
      const person = team.user(name);
      const channel = team.channel(`help-${name}`, { members: [person] });
      const { ts } = person.post(channel, 'Help!');
      return {
        person,
        channel,
        where: { platform: 'slack', workspace: team.id, person: person.id, channel: channel.id, thread: ts },
      };
    };
    const onDiscord = async (name: string) => {
      const { person, thread } = office().customer(name);
      await office().heard(thread);
      const { acme, help } = office();
      return {
        person,
        thread,
        where: {
          platform: 'discord',
          workspace: acme.id,
          person: person.id,
          channel: help.id,
          thread: thread.id,
        },
      };
    };

    it('given one customer on both, when they were asked on Slack, then they are not asked on Discord as well', async () => {
      const [here, there] = [onSlack('ann'), await onDiscord('ann.discord')];
      await slack.settled();
      expect(await tell(here.where, 'C-1')).toMatchObject({ state: 'scheduled' });
      const said = () => slack.messages(here.channel).some((one) => slack.readable(one).includes(NPS));
      await eventually('the question on Slack', said, SOON);
      expect(await tell(there.where, 'C-1')).toMatchObject({ state: 'suppressed', reason: 'throttled' });
      expect(office().said(there.thread)).toEqual([]);
    });

    it('given one customer on both, when they opt out on Discord, then they are not asked on Slack either', async () => {
      const [here, there] = [onSlack('ben'), await onDiscord('ben.discord')];
      await slack.settled();
      expect(await tell(there.where, 'C-2')).toMatchObject({ state: 'scheduled' });
      const prompt = await office().message(() => there.thread, NPS);
      await office().press(there.person, prompt, 'opt_out');
      await office().told(there.person, 'we won’t ask you again');
      expect(await tell(here.where, 'C-2')).toMatchObject({ state: 'suppressed', reason: 'opted_out' });
    });

    it('given a second server, when a code that was made on Slack is typed there, then it belongs to the same workspace', async () => {
      const lead = team.user('lea');
      const desk = team.channel('desk', { members: [lead] });
      const made = await lead.command('/nps', 'connect', desk);
      const reply = await eventually('a code', () => lead.ephemerals(desk).at(-1), SOON);
      expect(made.ok).toBe(true);
      const [, code] = /\/nps connect (\S+?)[\s`*]/u.exec(`${slack.readable(reply)} `) ?? [];
      const branch = office().discord.guild('Branch', { without: true });
      const channel = branch.channel('office');
      branch.invite();
      const known = async () => (await office().cli('doctor')).includes('Branch');
      await eventually('the second server to be known', known, SOON);
      const typed = () => office().nps(branch.owner, 'connect', { code: code! }, channel);
      expect(await typed()).toContain('Connected: this chat now belongs to the same workspace');
      expect(slack.violations).toEqual([]);
    });
  },
  [EMBEDDED],
);
