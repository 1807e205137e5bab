// Who somebody is in Slack, and who is team: full members, guests, strangers, bots; a group, a channel, a name that a lead typed.
import { afterEach, describe, expect, it } from 'vitest';
import type { SlackApi } from '../../../adapters/slack/parts.ts';
import { BOT_SCOPES } from '../../../adapters/slack/scopes.ts';
import { teamMembers, teamOf } from '../../../adapters/slack/team.ts';
import { memberOf } from '../../../adapters/slack/user.ts';
import { MINUTE, SECOND } from '../../../src/domain/basics.ts';
import { type FakeSlack, startFakeSlack, type Team } from '../../fakes/slack/index.ts';
import { partsFor } from './calling.ts';

const open: FakeSlack[] = [];

async function workspace(named: (team: Team, slack: FakeSlack) => string | null = () => null) {
  const slack = await startFakeSlack({ rates: false });
  open.push(slack);
  const team = slack.team('Acme');
  const bot = team.install({ scopes: BOT_SCOPES });
  const made = partsFor(slack, team.id, bot.token, { team: named(team, slack) });
  return {
    ...made,
    slack,
    team,
    bot,
    find: (id: string) => made.members.find(team.id, id),
    inTeam: (id: string) => made.members.inNamedTeam(team.id, id),
  };
}

afterEach(async () => {
  for (const slack of open.splice(0)) await slack.close();
});

describe('given somebody', () => {
  it('when they are a full member, then that is known, with their name, language and zone', async () => {
    const { team, find } = await workspace();
    const ann = team.user('ann', { tz: 'Asia/Shanghai', locale: 'zh-CN' });
    expect(await find(ann.id)).toEqual({
      id: ann.id,
      profile: { name: ann.user.displayName, locale: 'zh-CN', zone: 'Asia/Shanghai', isBot: false },
      full: true,
      deactivated: false,
    });
  });

  it.each([
    ['a guest of one channel', { guest: 'single_channel' }],
    ['a guest of several channels', { guest: 'multi_channel' }],
    ['a bot', { bot: true }],
    ['deactivated', { deleted: true }],
  ] as const)('when they are %s, then they are no full member', async (_what, options) => {
    const { team, find } = await workspace();
    expect(await find(team.user('x', options).id)).toMatchObject({ full: false });
  });

  it('when they come by Slack Connect from another organisation, then they are no full member', async () => {
    const { slack, team, bot, find } = await workspace();
    const stranger = slack.team('Customer').user('cora');
    team.channel('shared', { members: [stranger] });
    expect(bot.teamId).toBe(team.id);
    expect(await find(stranger.id)).toMatchObject({ full: false });
  });

  it('when there is nobody of that id, then that is known, and Slack is not asked each time', async () => {
    const { slack, find } = await workspace();
    expect(await find('U0NOBODY000')).toBe('nobody');
    expect(await find('U0NOBODY000')).toBe('nobody');
    expect(slack.called('users.info')).toHaveLength(1);
  });

  it('when Slack does not answer, then nobody can tell, and soon', async () => {
    const { slack, team, find, platform } = await workspace();
    const ann = team.user('ann');
    slack.mischief.plan({ method: 'users.info', trouble: { kind: 'hang_after' } });
    const began = performance.now();
    expect(await find(ann.id)).toBeNull();
    expect(await platform.lookUp(team.id, ann.id)).toEqual({ kind: 'cannot_tell' });
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  it('when many ask at once, then Slack is asked once, and again after some minutes', async () => {
    const { slack, team, find } = await workspace();
    const ann = team.user('ann');
    await Promise.all([1, 2, 3, 4].map(() => find(ann.id)));
    await find(ann.id);
    expect(slack.called('users.info')).toHaveLength(1);
    slack.advance(6 * MINUTE);
    await find(ann.id);
    expect(slack.called('users.info')).toHaveLength(2);
  });

  it('when the platform is asked, then it says the same', async () => {
    const { platform, team } = await workspace();
    const ann = team.user('ann', { tz: 'Europe/Berlin' });
    expect(await platform.lookUp(team.id, ann.id)).toMatchObject({
      kind: 'found',
      profile: { zone: 'Europe/Berlin' },
    });
    expect(await platform.lookUp(team.id, 'U0NOBODY000')).toEqual({ kind: 'nobody' });
    expect(await platform.lookUp('T0STRANGER', ann.id)).toEqual({ kind: 'cannot_tell' });
  });
});

describe('given a payload of a user', () => {
  it.each([
    ['of the workspace', { team_id: 'T1' }, true],
    [
      'of the organisation that installed it',
      { team_id: 'T2', enterprise_user: { enterprise_id: 'T1' } },
      true,
    ],
    [
      'of several workspaces of an organisation',
      { team_id: 'T2', enterprise_user: { teams: ['T2', 'T1'] } },
      true,
    ],
    ['of nobody knows what', {}, true],
    ['of another workspace', { team_id: 'T2' }, false],
    ['of the workspace, but a stranger to us', { team_id: 'T1', is_stranger: true }, false],
    ['Slackbot', { id: 'USLACKBOT', team_id: 'T1' }, false],
  ])('when they are %s, then full is told', (_what, fields, full) => {
    expect(memberOf({ id: 'U1', ...fields }, 'T1')?.full).toBe(full);
  });

  it('when fields are strange, then the others are read', () => {
    const strange = {
      id: 'U1',
      team_id: 'T1',
      tz: 7,
      locale: null,
      profile: { display_name: '' },
      name: 'ann',
    };
    expect(memberOf(strange, 'T1')).toMatchObject({ profile: { name: 'ann', isBot: false } });
    for (const nothing of [null, 'U1', {}, [], { id: 1 }]) expect(memberOf(nothing, 'T1')).toBeNull();
  });
});

describe('given a team that the workspace names', () => {
  it.each([
    ['a user group', (id: string) => id],
    ['the mention of a user group', (id: string) => `<!subteam^${id}|@support>`],
    ['the handle of a user group', () => '@support'],
    ['the bare handle', () => 'Support'],
  ])('when it is %s, then whoever is in it is team', async (_what, name) => {
    let bob = '';
    const { team, inTeam } = await workspace((team) => {
      const member = team.user('bob');
      bob = member.id;
      return name(team.group('support', [member]).id);
    });
    expect(await inTeam(bob)).toBe(true);
    expect(await inTeam(team.user('ann').id)).toBe(false);
  });

  it.each([
    ['a channel', (id: string) => id],
    ['the mention of a channel', (id: string) => `<#${id}|agents>`],
    ['the name of a channel', () => '#agents'],
  ])('when it is %s, then whoever is in it is team', async (_what, name) => {
    let bob = '';
    const { team, slack, inTeam } = await workspace((team) => {
      const member = team.user('bob');
      bob = member.id;
      return name(team.channel('agents', { members: [member], private: true }).id);
    });
    expect(await inTeam(bob)).toBe(true);
    expect(await inTeam(team.user('ann').id)).toBe(false);
    expect(slack.called('conversations.members')).toHaveLength(1);
  });

  it('when it is a large channel, then all of its pages are read', async () => {
    let all: string[] = [];
    const { inTeam, slack } = await workspace((team) => {
      const members = Array.from({ length: 1_100 }, (_, index) => team.user(`agent-${index}`));
      all = members.map((one) => one.id);
      return team.channel('agents', { members }).id;
    });
    expect(await inTeam(all[0]!)).toBe(true);
    expect(await inTeam(all.at(-1)!)).toBe(true);
    expect(slack.called('conversations.members')).toHaveLength(2);
  });

  it('when there is no such team, then nobody can tell, and Slack is not asked by each who presses', async () => {
    const { slack, team, inTeam } = await workspace(() => '@nobody');
    const ann = team.user('ann');
    for (let count = 0; count < 5; count += 1) expect(await inTeam(ann.id)).toBeNull();
    expect(slack.called('usergroups.list')).toHaveLength(1);
    slack.advance(MINUTE);
    await inTeam(ann.id);
    expect(slack.called('usergroups.list')).toHaveLength(2);
  });

  it('when none is named, or nobody owns the installation, then that cannot be told', async () => {
    const { team, members, inTeam, slack } = await workspace();
    expect(await inTeam(team.user('ann').id)).toBeNull();
    expect(await members.inNamedTeam('T0STRANGER', 'U1')).toBeNull();
    expect(slack.calls).toEqual([]);
  });

  it('when the app is installed for a whole organisation, then the team is looked for in its workspaces', async () => {
    const slack = await startFakeSlack({ rates: false });
    open.push(slack);
    const enterprise = slack.enterprise('Mega');
    const [sales, help] = [slack.team('Sales', enterprise), slack.team('Help', enterprise)];
    const bot = slack.installEnterprise(enterprise, { scopes: BOT_SCOPES });
    const bob = help.user('bob');
    const group = help.group('support', [bob]);
    for (const team of [group.id, '@support']) {
      const { members } = partsFor(slack, enterprise.id, bot.token, { team });
      expect(await members.inNamedTeam(enterprise.id, bob.id)).toBe(true);
      expect(await members.inNamedTeam(enterprise.id, sales.user('ann').id)).toBe(false);
      expect(await members.find(enterprise.id, bob.id)).toMatchObject({ full: true });
    }
  });

  it('when the workspaces of the organisation cannot be had, then it is asked without one', async () => {
    const asked: unknown[] = [];
    const api = {
      async call(_installation: string, method: string, args: unknown) {
        asked.push(args);
        return method === 'usergroups.users.list'
          ? { kind: 'ok', body: { users: ['U0BOB000001'] } }
          : { kind: 'refused', error: 'unknown_method', retryAfter: null, detail: '' };
      },
    } as unknown as SlackApi;
    expect(await teamMembers(api, 'E0MEGA0001', 'S0SUPPORT01')).toEqual(new Set(['U0BOB000001']));
    expect(asked.at(-1)).toEqual({ usergroup: 'S0SUPPORT01' });
  });

  it('when somebody joins it, then that is known after some minutes', async () => {
    let join = (_id: string) => {};
    const { team, slack, inTeam } = await workspace((team) => {
      const group = team.group('support', []);
      join = (id) => group.users.push(id);
      return group.id;
    });
    const ann = team.user('ann');
    expect(await inTeam(ann.id)).toBe(false);
    join(ann.id);
    slack.advance(2 * MINUTE + SECOND);
    expect(await inTeam(ann.id)).toBe(true);
  });

  it('when it is written in any way, then what it names is understood', () => {
    expect(teamOf(' <!subteam^S0123456|@x> ')).toEqual({ kind: 'group', id: 'S0123456' });
    expect(teamOf('G0123456')).toEqual({ kind: 'channel', id: 'G0123456' });
    expect(teamOf('support')).toEqual({ kind: 'group handle', name: 'support' });
    expect(teamOf('#help-desk')).toEqual({ kind: 'channel name', name: 'help-desk' });
  });
});
