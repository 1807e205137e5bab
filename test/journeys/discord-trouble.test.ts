// What can be taken away from the product: permissions, channels, people, the server, the token. Each has its reason, and is not run against.
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { describeInOffices, type Helped, NPS, type Office } from './discord-office.ts';
import { Outside } from './outside.ts';
import { EMBEDDED, SOON } from './scene.ts';

describeInOffices(
  'Discord that takes something away',
  {},
  (office) => {
    let count = 0;
    const ask = async ({ person, thread }: Pick<Helped, 'person' | 'thread'>) => {
      count += 1;
      const { body } = await outside(office()).ask('POST', '/api/v1/interactions', {
        source: 'helpdesk',
        externalId: `T-${count}`,
        platform: 'discord',
        workspace: office().acme.id,
        person: person.id,
        channel: office().help.id,
        thread: thread.id,
        survey: 'nps',
      });
      return (body['prompt'] as { id: string }).id;
    };
    const ends = async (id: string, reason: string) => {
      const seen = async () => JSON.stringify(await outside(office()).look(id));
      await eventually(
        `it to end as ${reason}: ${await seen()}`,
        async () => (await seen()).includes(`"${reason}"`),
        SOON,
      );
    };

    it('given the bot may not write in threads, when many are to be asked, then they are asked directly, the lead is told once, and Discord is spared', async () => {
      const { acme, help, discord, lead } = office();
      await office().nps(lead, 'help');
      acme.overwrite(help, 'bot', { deny: ['SEND_MESSAGES_IN_THREADS'] });
      const all = Array.from({ length: 8 }, (_, i) => office().customer(`mute-${i}`));
      for (const { thread } of all) office().lead.archive(thread);
      for (const { person } of all) await office().message(() => person.directChannel(), NPS);
      const notices = () => office().saidAnywhere('Afterword needs a hand');
      await eventually('the lead to be told', () => notices().length > 0, SOON);
      expect(notices()).toHaveLength(1);
      expect(office().reads(notices()[0])).toContain('Send Messages in Threads');
      expect(discord.invalidRequests).toBeLessThan(20);
      acme.overwrite(help, 'bot', {});
    });

    it('given a thread that is deleted, when its customer is to be asked, then they are asked directly', async () => {
      const helped = office().customer('gone');
      await office().heard(helped.thread);
      office().acme.deleteChannel(helped.thread);
      await ask(helped);
      await office().message(() => helped.person.directChannel(), NPS);
    });

    it('given somebody who left, or takes no direct messages and has no thread, when they are to be asked, then that is the reason', async () => {
      const left = office().customer('left');
      await office().heard(left.thread);
      office().acme.leaves(left.person);
      office().acme.deleteChannel(left.thread);
      const closed = office().customer('closed', { closed: true });
      await office().heard(closed.thread);
      office().acme.deleteChannel(closed.thread);
      await ends(await ask(left), 'no_reachable_channel');
      await ends(await ask(closed), 'no_reachable_channel');
    });

    it('given the bot was removed from the server, when somebody is to be asked, then that is the reason; and invited again, it asks', async () => {
      const helped = office().customer('server');
      await office().heard(helped.thread);
      office().acme.expel();
      const removed = async () => (await office().cli('doctor')).includes('removed');
      await eventually('the removal to be noted', removed, SOON);
      await ends(await ask(helped), 'workspace_uninstalled');
      office().acme.invite();
      await eventually('the return to be noted', async () => !(await removed()), SOON);
      await office().asked('returned');
    });

    it('given the token is worthless from now on, when somebody is to be asked, then Discord is asked a few times and left alone, and the program lives', async () => {
      const { discord } = office();
      const before = discord.invalidRequests;
      discord.revoke();
      const helped = [1, 2, 3].map((i) => ({ ...office().customer(`void-${i}`) }));
      for (const one of helped) await ends(await ask(one), 'workspace_uninstalled');
      expect(discord.invalidRequests - before).toBeLessThan(20);
      const { port } = office().instances[0]!;
      expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
      expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503);
    });
  },
  [EMBEDDED],
);

function outside({ instances, site }: Office): Outside {
  return new Outside(instances, site.apiKey);
}
