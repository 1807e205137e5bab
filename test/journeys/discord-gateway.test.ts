// The gateway fails in every way in the midst of everything, and the process that holds it is killed: nobody is asked twice, and nobody forgotten.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SECOND } from '../../src/domain/basics.ts';
import type { Instance } from '../chaos/instance.ts';
import { eventually } from '../support/eventually.ts';
import { button, describeInOffices, type Helped, NPS, type Office } from './discord-office.ts';
import { LONG, SERVED, SOON } from './scene.ts';

describeInOffices(
  'The gateway of Discord',
  {},
  (office) => {
    const gateway = () => office().discord.gateway;
    const onceEach = async (all: readonly Helped[]) => {
      for (const { thread } of all) await office().message(() => thread, NPS, 2 * SOON);
      for (const { thread } of all) expect(office().said(thread)).toHaveLength(1);
    };

    it.each<[string, () => void]>([
      ['is cut', () => gateway().cut()],
      ['is closed with 4000', () => gateway().close(4000)],
      ['tells to reconnect', () => gateway().reconnect()],
      ['says that the session is invalid and can be resumed', () => gateway().invalidate(true)],
      ['says that the session is invalid for good', () => gateway().invalidate(false)],
    ])(
      'given threads that end, when the gateway %s meanwhile, then each customer is asked, once, and can answer',
      async (how, fail) => {
        const before = await office().asked(`before-${how.length}`);
        const [first, second] = ['first', 'second'].map((name) => office().customer(`${name}-${how.length}`));
        office().lead.archive(first!.thread);
        fail();
        office().lead.archive(second!.thread);
        // Whoever presses while nobody hears it presses again.
        const answered = async () =>
          (await before.person.press(before.prompt, button(9), { stale: true })).ok;
        await eventually('an answer to be taken', answered, LONG);
        await onceEach([first!, second!]);
        expect(office().said(before.thread)).toHaveLength(1);
        await office().says(before.prompt, 'Answered');
        expect(gateway().most).toBe(1);
      },
    );

    it('given two processes, when the one that holds the gateway is killed, then the other has it within 15 s, and nothing of meanwhile is lost or doubled', async () => {
      const before = await office().asked('early');
      const all = Array.from({ length: 6 }, (_, i) => office().customer(`killed-${i}`));
      const [owner, other] = await ownerFirst(office());
      for (const { thread } of all.slice(0, 3)) office().lead.archive(thread);
      const sessions = gateway().sessions.length;
      await owner.kill();
      const killed = performance.now();
      for (const { thread } of all.slice(3)) office().lead.archive(thread);
      const lost = await before.person.press(before.prompt, button(3), { stale: true });
      expect(lost.trouble).toBe('This interaction failed');
      await eventually('a takeover', () => gateway().sessions.length > sessions, LONG);
      expect(performance.now() - killed).toBeLessThan(15 * SECOND);
      await onceEach(all);
      await office().press(before.person, before.prompt, 8);
      await office().told(before.person, 'Your answer: 8 of 10');
      expect(gateway().most).toBe(1);
      owner.start();
      await eventually('the killed one to run again', () => owner.isRunning, LONG);
      expect(other.isRunning).toBe(true);
      expect(gateway().live).toHaveLength(1);
    });
  },
  [SERVED],
);

/** Which process holds the gateway says its log: whoever connected last. */
async function ownerFirst({ instances, site }: Office): Promise<readonly [Instance, Instance]> {
  const connected = async ({ name }: Instance) => {
    const lines = (await readFile(join(site.directory, `${name}.log`), 'utf8')).split('\n');
    const last = lines.findLast((line) => line.includes('"connected to Discord'));
    return last === undefined ? '' : String((JSON.parse(last) as { time: unknown }).time);
  };
  const [one, another] = instances as readonly [Instance, Instance];
  return (await connected(one)) > (await connected(another)) ? [one, another] : [another, one];
}
