import { expect, it } from 'vitest';
import { describeOnEachInstallation } from '../support/installation.ts';

const FILE = [
  'id,survey,score,verbatim,sentAt',
  'T-1,nps,2,"The kiosk took ages, far too slow",2026-10-01',
  'T-2,nps,9,"Friendly staff, thank you",2026-10-02',
].join('\n');

interface Report {
  readonly themes: readonly { theme: string; mentions: number }[];
  readonly groups: readonly { key: string | null; answered: number }[];
}

describeOnEachInstallation('the command line of whoever has words of their own', (at) => {
  it('given a theme of its own, then answers are read by it, stored ones too, and reports tell of it', async () => {
    const { json, cli } = at();
    await cli(['import', '-'], { stdin: FILE });
    expect(await cli(['theme', 'list'])).toMatchObject({ stdout: 'no words of your own\n' });
    expect(await json(['theme', 'add', 'Kiosk app', 'kiosk', 'self service'])).toEqual({
      themes: [{ theme: 'Kiosk app', own: true, words: ['kiosk', 'self service'] }],
    });
    await cli(['theme', 'add', 'KIOSK APP', 'Kiosk', 'terminal']);
    await cli(['theme', 'add', 'Speed', 'ages']);
    expect(await cli(['theme', 'list'])).toMatchObject({
      stdout: 'Kiosk app (your own): kiosk, self service, terminal\nspeed: ages\n',
    });
    expect(await json(['reclassify'])).toMatchObject({
      read: 2,
      classifier: expect.stringMatching(/\+[0-9a-f]{8}$/),
    });
    const { themes } = await json<Report>(['report', '--survey', 'nps']);
    expect(themes).toContainEqual(expect.objectContaining({ theme: 'Kiosk app', mentions: 1 }));
    expect((await cli(['report', '--survey', 'nps'])).stdout).toContain('Kiosk app');
    await json(['theme', 'remove', 'kiosk app', 'terminal']);
    await cli(['theme', 'remove', 'kiosk app']);
    await cli(['theme', 'remove', 'speed']);
    expect(await json(['theme', 'list'])).toEqual({ themes: [] });
    expect(await json(['reclassify'])).toMatchObject({ read: 2 });
    expect(
      (await json<Report>(['report', '--survey', 'nps'])).themes.map(({ theme }) => theme),
    ).not.toContain('Kiosk app');
    expect(await cli(['tallies', 'check'])).toMatchObject({ code: 0 });
  });

  it('given dimensions of service quality, then each answer counts once in each', async () => {
    const { groups } = await at().json<Report>(['report', '--survey', 'nps', '--by', 'servqual']);
    const names = ['tangibles', 'reliability', 'responsiveness', 'assurance', 'empathy', null];
    for (const { key } of groups) expect(names).toContain(key);
    expect(groups.length).toBeGreaterThan(0);
  });

  it.each([['a,b'], ['a:b'], [''], ['__proto__'], ['x'.repeat(41)], ['12'], ['a\nb']])(
    'given the name %j, then it is wrong use',
    async (name) => {
      expect(await at().cli(['theme', 'add', name, 'word'])).toMatchObject({ code: 2 });
    },
  );
});
