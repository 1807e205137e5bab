// From files to figures: what is imported is counted, once, and what cannot be read is told by its line.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { describeOnEachInstallation, type Installation } from '../support/installation.ts';

interface Imported {
  readonly lines: number;
  readonly added: number;
  readonly known: number;
  readonly bad: readonly { line: number; field: string | null; value: string | null; reason: string }[];
}

interface Figures {
  readonly sent: number;
  readonly answered: number;
  readonly responseRate: number | null;
  readonly score: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly distribution: Readonly<Record<string, number>>;
  readonly previous: { readonly answered: number; readonly score: number | null };
  readonly change: { readonly z: number | null; readonly significant: boolean };
  readonly groups: readonly (Figures & { readonly key: string | null })[];
  readonly from: string;
}

describeOnEachInstallation('an import', (at) => {
  const file = async (name: string, content: string | Uint8Array) => {
    const path = join(at().directory, name);
    await writeFile(path, content);
    return path;
  };

  describe('given a file of another product', () => {
    const rows = [
      'review;order;stars;comment;created;answered',
      'r1;o1;5;"Great; really";2018-01-15 00:00:00;2018-01-16 10:30:00',
      'r1;o2;4;;2018-01-15 00:00:00;2018-01-15 12:00:00',
      'r2;o3;1;Never came;2018-02-18 00:00:00;2018-02-20 08:00:00',
      'r3;o4;3;;2018-11-04 00:30:00;2018-11-05 00:00:00',
      'r4;o5;;;2018-11-04 00:30:00;',
    ];
    const args = (path: string) => [
      'import',
      path,
      '--map',
      'id=review+order,score=stars,verbatim=comment,sentAt=created,answeredAt=answered,survey:csat,account:shop',
      '--timezone',
      'America/Sao_Paulo',
    ];

    it('then its figures are the ones that can be counted by hand, and importing it again adds nothing', async () => {
      const path = await file('reviews.csv', `${rows.join('\r\n')}\r\n`);
      expect(await at().json<Imported>(args(path))).toEqual({ lines: 5, added: 5, known: 0, bad: [] });
      const report = () =>
        at().json<Figures>([
          'report',
          '--survey',
          'csat',
          '--account',
          'shop',
          '--by',
          'week',
          '--timezone',
          'America/Sao_Paulo',
        ]);
      const figures = await report();
      expect(figures).toMatchObject({
        sent: 5,
        answered: 4,
        responseRate: 80,
        score: 50,
        distribution: { 1: 1, 2: 0, 3: 1, 4: 1, 5: 1 },
        change: { z: null, significant: false },
        from: '2018-01-15T00:00:00-02:00',
      });
      expect(figures.groups.map(({ key, sent, score }) => [key, sent, score])).toEqual([
        ['2018-01-15', 2, 100],
        ['2018-02-12', 1, 0],
        ['2018-10-29', 2, 0],
      ]);
      expect(await at().json<Imported>(args(path))).toEqual({ lines: 5, added: 0, known: 5, bad: [] });
      expect(await report()).toEqual(figures);
    });

    it('then a time that daylight saving skipped is the first moment after', async () => {
      const { stdout } = await at().cli([
        'export',
        '--survey',
        'csat',
        '--format',
        'jsonl',
        '--from',
        '2018-11-01',
        '--to',
        '2018-12-01',
      ]);
      const sent = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).sentAt);
      expect(sent).toEqual(['2018-11-04T03:00:00.000Z', '2018-11-04T03:00:00.000Z']);
    });
  });

  it('given broken lines of every kind, then each is told by its line and all others are kept', async () => {
    const line = (...cells: string[]) => Buffer.from(`${cells.join(',')}\r\n`);
    const content = Buffer.concat([
      Buffer.from('\uFEFFid,survey,score,verbatim,sentAt,answeredAt,account\r\n'),
      line('b1', 'nps', '9', 'kept', '2026-05-04', '', 'broken'),
      line('b2', 'nps', '11', 'off the scale', '2026-05-04', '', 'broken'),
      line('b3', 'nps', 'nine', 'letters', '2026-05-04', '', 'broken'),
      line('b4', 'nps', '9', 'no date', '', '', 'broken'),
      Buffer.concat([
        Buffer.from('b5,nps,9,'),
        Buffer.from([0xe9, 0xff]),
        Buffer.from(',2026-05-04,,broken\r\n'),
      ]),
      line('b6', 'nps', '9', 'x'.repeat(1_048_576), '2026-05-04', '', 'broken'),
      line('b7', 'nps', '7', '"two\r\nlines"', '2026-05-04', '', 'broken'),
      line('b8', 'nps', '9', 'ragged'),
      line('b9', 'nps', '9', '"never closed', '2026-05-04', '', 'broken'),
      line('b1', 'nps', '9', 'again', '2026-05-04', '', 'broken'),
      line('b10', 'nps', '0', 'kept', '2026-05-04', '', 'broken'),
      line('b11', 'nps', '', '', '2026-05-04', '', 'broken'),
    ]);
    const path = await file('broken.csv', content);
    const imported = await at().json<Imported>(['import', path], { code: 1 });
    expect(imported).toMatchObject({ lines: 12, added: 4, known: 0 });
    expect(imported.bad.map(({ line, field }) => [line, field])).toEqual([
      [3, 'score'],
      [4, 'score'],
      [5, 'sentAt'],
      [6, 'verbatim'],
      [7, 'verbatim'],
      [10, null],
      [11, null],
      [12, 'id'],
    ]);
    expect(imported.bad[0]).toEqual({
      line: 3,
      field: 'score',
      value: '11',
      reason: 'is not a score: NPS takes a whole number from 0 to 10',
    });
    expect(imported.bad[4]?.reason).toContain('1,048,576 bytes');
    const figures = await at().json<Figures>(['report', '--account', 'broken']);
    expect(figures).toMatchObject({ sent: 4, answered: 3, score: 0 });

    const again = await at().cli(['import', path]);
    expect(again).toMatchObject({ code: 1, stdout: '12 lines: 0 added, 4 already known, 8 bad\n' });
    expect(again.stderr.split('\n')[0]).toBe(
      'line 3: score "11" is not a score: NPS takes a whole number from 0 to 10',
    );
  });

  it('given a file that is not what it should be, then nothing is kept, and JSON says so too', async () => {
    const stdin = 'survey,when\nnps,2026-05-04\n';
    expect(await at().json(['import', '-'], { stdin, code: 1 })).toEqual({
      bad: [],
      lines: 0,
      added: 0,
      known: 0,
      error: 'the file has no column sentAt',
    });
    expect(await at().cli(['import', '-'], { stdin })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/no column sentAt\n {2}→ .*--map sentAt=date.*survey, when/),
    });
  });

  it('given two periods, then they are compared, by local days, and whether the change is real is true or false', async () => {
    const answers = (day: string, scores: Readonly<Record<number, number>>) =>
      Object.entries(scores).flatMap(([score, n]) =>
        Array.from({ length: n }, () => `nps,${score},${day},change`),
      );
    const lines = [
      ...answers('2026-03-16', { 9: 60, 7: 30, 3: 10 }),
      ...answers('2026-03-12', { 10: 30, 8: 30, 0: 40 }),
    ];
    const stdin = `survey,score,sentAt,account\n${lines.join('\n')}\n`;
    expect(await at().json<Imported>(['import', '-'], { stdin })).toMatchObject({ lines: 200, added: 200 });
    // The same rows once more in another order: they are known by their content and how often it came.
    const shuffled = `survey,score,sentAt,account\n${lines.toReversed().join('\n')}\n`;
    expect(await at().json<Imported>(['import', '-'], { stdin: shuffled })).toMatchObject({
      added: 0,
      known: 200,
    });

    const figures = await at().json<Figures>([
      'report',
      '--account',
      'change',
      '--from',
      '2026-03-16',
      '--to',
      '2026-03-23',
    ]);
    expect(figures).toMatchObject({
      sent: 100,
      answered: 100,
      score: 50,
      previous: { answered: 100, score: -10 },
    });
    // (50 - (-10)) / √(v/n + v/n), v = p + d - (p - d)².
    const z = 0.6 / Math.sqrt((0.7 - 0.25) / 100 + (0.7 - 0.01) / 100);
    expect(figures.change.z).toBeCloseTo(z, 10);
    expect(figures.change.significant).toBe(true);
    // Three answers more, 3/4 promoters and 3/4 detractors.
    const [p, d, n] = [60.75 / 103, 10.75 / 103, 103];
    const half = 1.959963984540054 * Math.sqrt((p + d - (p - d) ** 2) / n);
    expect(figures.low).toBeCloseTo(100 * (p - d - half), 6);
    expect(figures.high).toBeCloseTo(100 * (p - d + half), 6);
  });

  it('given words that a spreadsheet would run, then an export is safe, and comes back without loss', async () => {
    const rows = ['=1+1', "'=1", '-5', '@me', '\ttab', 'a "b", c\r\nd', '好 🎉', "it's"].map((words, i) => ({
      id: `w${i}`,
      survey: 'ces',
      score: 1 + (i % 7),
      verbatim: words,
      sentAt: '2026-06-01T10:00:00.123Z',
      person: words.trim(),
      agent: `${words.trim()}?`,
      account: 'words',
      locale: 'zh-CN',
    }));
    const stdin = rows.map((row) => JSON.stringify(row)).join('\n');
    expect(await at().json<Imported>(['import', '-'], { stdin })).toMatchObject({ added: 8, bad: [] });

    const exported = async (format: string) =>
      (
        await at().cli([
          'export',
          '--survey',
          'ces',
          '--format',
          format,
          '--from',
          '2026-06-01',
          '--to',
          '2026-06-02',
        ])
      ).stdout;
    const csv = await exported('csv');
    const jsonl = await exported('jsonl');
    expect(csv).not.toMatch(/(^|,|")[=@]/m);
    expect(
      jsonl
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
        .map(({ verbatim, person }) => [verbatim, person]),
    ).toEqual(rows.map(({ verbatim, person }) => [verbatim, person]));
    for (const stdin of [csv, jsonl]) {
      expect(await at().json<Imported>(['import', '-'], { stdin })).toMatchObject({
        lines: 8,
        added: 0,
        known: 8,
      });
    }
    const elsewhere = csv.replaceAll(',import,', ',elsewhere,');
    expect(await at().json<Imported>(['import', '-'], { stdin: elsewhere })).toMatchObject({ added: 8 });
    const twice = (await exported('jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const facts = (source: string) =>
      twice.filter((row) => row.source === source).map((row) => ({ ...row, source: '' }));
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect(facts('elsewhere').sort(byId)).toEqual(facts('import').sort(byId));
  });

  it('given a backup, then a fresh embedded store takes it, and tells the same', async () => {
    const { directory, environment } = at();
    await at().cli(['import', '-'], {
      stdin: '{"survey":"nps","score":10,"sentAt":"2026-07-01","account":"saved"}',
    });
    const backup = join(directory, 'all.backup');
    expect(await at().cli(['backup', backup])).toMatchObject({ code: 0 });
    expect((await readFile(backup)).length).toBeGreaterThan(100);
    const fresh = { AFTERWORD_DATA_DIR: join(directory, 'fresh'), LOG_LEVEL: environment['LOG_LEVEL']! };
    expect(await cli(['restore', backup], { environment: fresh })).toMatchObject({ code: 0 });
    const there = await cli(['report', '--account', 'saved', '--json'], { environment: fresh });
    expect(JSON.parse(there.stdout)).toMatchObject({ sent: 1, answered: 1, score: 100 });
  }, 60_000);

  it('counts whatever rows are written, once, however often and in whichever form they are imported', async () => {
    let run = 0;
    const row = fc.record({
      survey: fc.constantFrom('nps', 'ces', 'csat'),
      score: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 3 }),
      words: fc.string({
        unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', "'", '=', '好', '🎉'),
        maxLength: 12,
      }),
      day: fc.integer({ min: 1, max: 28 }),
      id: fc.option(fc.uuid(), { freq: 1 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row, { minLength: 1, maxLength: 40, selector: ({ id }) => id ?? {} }),
        async (rows) => {
          run += 1;
          const account = `property ${run}`;
          const lines = rows.map(({ survey, score, words, day, id }) => ({
            id: id === null ? null : `${run} ${id}`,
            survey,
            score,
            verbatim: score === null ? null : words,
            sentAt: `2026-04-${String(day).padStart(2, '0')}`,
            account,
          }));
          const columns = ['id', 'survey', 'score', 'verbatim', 'sentAt', 'account'] as const;
          const cell = (value: unknown) => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`);
          const csv = [
            columns.join(','),
            ...lines.map((line) => columns.map((name) => cell(line[name])).join(',')),
          ].join('\n');
          const jsonl = lines.map((line) => JSON.stringify(line)).join('\n');

          const n = rows.length;
          expect(await importText(at(), csv)).toEqual({ lines: n, added: n, known: 0, bad: [] });
          expect(await importText(at(), csv)).toMatchObject({ added: 0, known: n });
          // An apostrophe before a formula is taken for the one that an export puts there.
          if (!lines.some(({ verbatim }) => verbatim?.startsWith("'")))
            expect(await importText(at(), jsonl)).toMatchObject({ added: 0, known: n });
          for (const survey of ['nps', 'ces', 'csat']) {
            const asked = rows.filter((one) => one.survey === survey);
            const scores = asked.flatMap(({ score }) => (score === null ? [] : [score]));
            const figures = await at().json<Figures>(['report', '--survey', survey, '--account', account]);
            expect(figures).toMatchObject({ sent: asked.length, answered: scores.length });
            for (const score of [1, 2, 3, 4, 5]) {
              expect(figures.distribution[score]).toBe(scores.filter((one) => one === score).length);
            }
          }
        },
      ),
      { numRuns: 6 },
    );
  });
});

async function importText(at: Installation, stdin: string): Promise<Imported> {
  return await at.json<Imported>(['import', '-'], { stdin });
}
