// What the command line does for people: having what is kept of them, forgetting them, how long anything is kept, and the trail of it all.
import { expect, it } from 'vitest';
import { describeOnEachInstallation } from '../support/installation.ts';

const ROW = {
  id: 'r-1',
  survey: 'nps',
  score: 2,
  verbatim: 'Never again',
  sentAt: '2026-01-01T00:00:00Z',
  person: 'vera@example.com',
};

interface Entry {
  readonly at: string;
  readonly who: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: object;
}

describeOnEachInstallation('the command line and people', (at) => {
  const trail = async (...more: string[]) => await at().json<Entry[]>(['audit', ...more]);

  it('given somebody imported, when they are exported and forgotten, then it is all there, and then it is gone, and the trail names nobody', async () => {
    expect(
      (await at().cli(['import', '-', '--format', 'jsonl'], { stdin: `${JSON.stringify(ROW)}\n` })).code,
    ).toBe(0);
    for (const more of [[], ['--json']]) {
      const { code, stdout } = await at().cli(['person', 'export', 'vera@example.com', ...more]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        identities: [{ externalId: 'vera@example.com' }],
        interactions: [
          { prompt: { answer: { score: 2, verbatim: 'Never again', revisions: [{ revision: 1 }] } } },
        ],
        cases: [],
        presence: [],
      });
    }
    expect(await trail('--limit', '1')).toMatchObject([{ who: 'command line', action: 'person.export' }]);
    expect((await at().cli(['forget', 'vera@example.com'])).code).toBe(2);
    expect(await at().json(['forget', 'vera@example.com', '--yes'])).toEqual({
      erased: true,
      identities: 1,
      responses: 1,
    });
    expect((await at().cli(['person', 'export', 'vera@example.com'])).code).toBe(1);
    const entries = await trail();
    expect(entries[0]).toMatchObject({
      action: 'person.erase',
      subject: 'a person',
      detail: { responses: 1 },
    });
    expect(JSON.stringify(entries)).not.toMatch(/vera/);
    const shown = await at().cli(['audit']);
    expect(shown.stdout).toMatch(/command line {2}person\.erase +a person/);
    expect((await at().cli(['audit', '--limit', 'many'])).code).toBe(2);
  });

  it('given spans, when they are set, then they hold, are told, and can be taken back; what is no span is wrong use', async () => {
    const set = (...args: string[]) => at().json<object>(['workspace', 'set', ...args]);
    expect(await set('--keep-words', '365d', '--keep-names', '730d')).toMatchObject({
      keepWords: '365d',
      keepNames: '730d',
    });
    expect(await set('--keep-names', 'off')).toMatchObject({
      keepWords: '365d',
      keepNames: null,
      confirm: false,
    });
    expect(await trail('--limit', '1')).toMatchObject([
      { action: 'settings.set', detail: { identities: null } },
    ]);
    const short = await at().cli(['workspace', 'set', '--keep-names', '30d']);
    expect([short.code, short.stderr]).toEqual([0, expect.stringContaining('may be asked sooner')]);
    expect(short.stdout).toContain('words are kept 365d, names 30d');
    for (const wrong of ['1h', 'soon', '-3d', '']) {
      expect((await at().cli(['workspace', 'set', '--keep-words', wrong])).code, wrong).toBe(2);
    }
    expect(await set('--keep-words', 'off', '--keep-names', 'off')).toMatchObject({
      keepWords: null,
      keepNames: null,
    });
  });
});
