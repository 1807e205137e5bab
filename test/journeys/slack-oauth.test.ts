// Many workspaces of Slack: each installs by itself and is a tenant of its own until it joins another; tokens that end, removals that come late.
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { HOUR } from '../../src/domain/basics.ts';
import type { Person } from '../fakes/slack/index.ts';
import { eventually } from '../support/eventually.ts';
import { button, describeInOffices, type Office, SOON } from './slack-office.ts';

const NPS = 'How likely are you to recommend us';

describeInOffices(
  'Slack by OAuth',
  { transport: 'http', oauth: true, slack: { rotation: true } },
  (office) => {
    const install = async (by: Person) => {
      const visit = await office().slack.visitInstall(
        `http://127.0.0.1:${office().instances[0]!.port}/slack/install`,
        by,
      );
      expect(visit).toMatchObject({ status: 200, body: expect.stringContaining('Afterword is installed') });
      return office().slack.installationFor(by.user.teamId)!;
    };
    /** Of a team, by the name of whoever was asked. */
    const asked = async (lead: Person, name: string) => {
      const person = office().team.user(name, { displayName: name });
      const said = await office().nps(lead, `ask <@${person.id}>`);
      return { person, said };
    };
    const works = async (lead: Person, name: string) => {
      const { person } = await asked(lead, name);
      return await office().message(() => person.direct(), NPS);
    };

    const answered = async (lead: Person, name: string) => {
      const { person } = await asked(lead, name);
      const prompt = await office().message(() => person.direct(), NPS);
      await person.press(prompt, button(10));
      await office().says(prompt, 'Your answer: 10 of 10');
      return person;
    };

    it('given nobody has installed it, when somebody types a command, then nothing comes of it, and nothing breaks', async () => {
      const { slack, lead, desk } = office();
      const outcome = await lead.command('/nps', 'help', desk).catch((error: unknown) => String(error));
      expect(String(outcome)).not.toContain('What you can type');
      expect(slack.calls.filter((call) => call.method !== 'apps.connections.open')).toEqual([]);
    });

    it('given two teams install it, when one has answers, then the other sees nothing of them until it has joined by a code', async () => {
      const { slack, lead } = office();
      await install(lead);
      const ann = await answered(lead, 'ann');
      expect(await office().nps(lead, 'summary nps')).toContain('NPS 100');

      const beta = slack.team('Beta');
      const bert = beta.user('bert', { displayName: 'Bert', tz: 'UTC', tzOffset: 0 });
      await install(bert);
      const theirs = beta.channel('desk', { members: [bert] });
      expect(await office().nps(bert, 'summary', theirs)).toContain('Nobody was asked and nobody answered');
      expect(await office().nps(bert, 'why ann', theirs)).toContain('Nobody called “ann”');
      expect(await office().nps(bert, `why ${ann.id}`, theirs)).toContain('Nobody called');

      const code = /\/nps connect (\S+)/.exec(await office().nps(lead, 'connect'))![1]!;
      expect(await office().nps(bert, 'connect WRONGCODE', theirs)).toContain('not known');
      expect(await office().nps(bert, `connect ${code}`, theirs)).toContain('Connected');
      await office().everybodyKnows();
      expect(await office().nps(bert, 'summary nps', theirs)).toContain('NPS 100');
      expect(await office().nps(bert, `connect ${code}`, theirs)).toContain('not known');
    });

    it('given it was removed and installed again, when the news of the removal come late and in the wrong order, then it goes on', async () => {
      const { slack, lead, team } = office();
      slack.mischief.hold(({ event }) =>
        ['app_uninstalled', 'tokens_revoked'].includes(String(event['type'])),
      );
      slack.uninstall(slack.installationFor(team.id)!);
      await delay(1_100);
      await install(lead);
      await works(lead, 'between');
      expect(slack.mischief.held).toHaveLength(2);
      slack.mischief.release((held) => [...held].reverse());
      await slack.settled();
      await office().everybodyKnows();
      await works(lead, 'after');
    });

    it('given its token was revoked, when somebody is to be asked, then that ends with a reason, and Slack is not asked on and on', async () => {
      const { slack, lead, team } = office();
      const known = await answered(lead, 'known');
      slack.tokens.revoke(slack.installationFor(team.id)!.token);
      expect(await office().nps(lead, `ask <@${known.id}>`)).toContain('will be asked shortly');
      const ended = await eventually(
        'it to end',
        async () => (await fate(office(), known.id)).reason !== null && fate(office(), known.id),
        SOON,
      );
      expect(ended).toMatchObject({ reason: 'workspace_uninstalled' });
      const calls = slack.calls.length;
      await delay(1_500);
      expect(slack.calls.length - calls).toBeLessThan(5);

      // Installed again, it is what it was.
      slack.uninstall(slack.installationFor(team.id)!);
      await slack.settled();
      const before = slack.calls.length;
      await delay(500);
      expect(slack.calls.length - before).toBeLessThan(5);
      await delay(600);
      await install(lead);
      await office().everybodyKnows();
      await works(lead, 'again');
      expect(await office().nps(lead, 'summary nps')).toContain('NPS 100');
    });

    it('given tokens that last twelve hours, when they end while many are asked, then they are renewed once, and everybody is asked', async () => {
      const { slack, lead } = office();
      await works(lead, 'before');
      // From here on Slack's clock is ahead of ours.
      slack.advance(13 * HOUR);
      const renewals = () =>
        slack.called('oauth.v2.access').filter((call) => call.args['grant_type'] === 'refresh_token');
      const all = await Promise.all(['b1', 'b2', 'b3', 'b4', 'b5', 'b6'].map((name) => asked(lead, name)));
      for (const { person } of all) await office().message(() => person.direct(), NPS);
      expect(renewals().length).toBe(1);
      for (const { person } of all) expect(office().said(person.direct()!)).toHaveLength(1);
    });

    it('given all this, then no token and no secret is in a log', async () => {
      const { slack } = office();
      const secrets = [
        slack.clientSecret,
        'state-secret-of-this-test',
        slack.signingSecret,
        ...slack.tokens.installations.flatMap((one) => [one.token, one.refreshToken]),
      ];
      expect(
        (await office().log()).filter((line) => secrets.some((secret) => secret && line.includes(secret))),
      ).toEqual([]);
    });
  },
);

/** What became of the newest prompt of somebody. */
async function fate({ site }: Office, person: string): Promise<{ status: string; reason: string | null }> {
  return await site.look(async ({ database }) => {
    const { rows } = await database.pool.query<{ status: string; reason: string | null }>(
      `SELECT p.status, p.reason FROM prompts p JOIN identities i ON i.person_id = p.person_id WHERE i.external_id = $1
       ORDER BY p.created_at DESC LIMIT 1`,
      [person],
    );
    return rows[0] ?? { status: 'none', reason: null };
  });
}
