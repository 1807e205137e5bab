import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

async function classify(lines: readonly string[], ...args: string[]) {
  const ran = await cli(['classify', ...args], { stdin: lines.join('\n') });
  const written = ran.stdout === '' ? [] : ran.stdout.trimEnd().split('\n');
  return { ...ran, lines: written.map((line) => JSON.parse(line)) };
}

describe('afterword classify', () => {
  it('given a text with its score, then a line with all that the contract names', async () => {
    const { code, lines } = await classify([
      '{"text":"Terrible, the answer took ages","survey":"nps","score":2,"locale":"en"}\n',
    ]);
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      sentiment: 'negative',
      confidence: expect.any(Number),
      language: 'en',
      themes: expect.arrayContaining(['speed']),
      segment: 'detractor',
      conflict: false,
    });
  });

  it('given each end of each scale, then its segment in the words of that survey', async () => {
    const { lines } = await classify([
      '{"text":"x","survey":"nps","score":9}',
      '{"text":"x","survey":"nps","score":7}',
      '{"text":"x","survey":"ces","score":7}',
      '{"text":"x","survey":"csat","score":"1"}',
      '{"text":"x"}',
    ]);
    expect(lines.map((line) => line.segment)).toEqual(['promoter', 'passive', 'positive', 'negative', null]);
  });

  it('given lines that cannot be read, then each gives an error in its own place, and the exit code says so', async () => {
    const { code, lines } = await classify([
      'not json',
      '{"text":"good"}',
      '',
      '[]',
      '{"score":9}',
      '{"text":7}',
      '{"text":"x","survey":"stars"}',
      '{"text":"x","score":11}',
      '{"text":"bad"}',
    ]);
    expect(code).toBe(1);
    expect(lines.map((line) => ('error' in line ? 'error' : line.sentiment))).toEqual([
      'error',
      'positive',
      'error',
      'error',
      'error',
      'error',
      'error',
      'error',
      'negative',
    ]);
  });

  it.each([
    ['not json', 'the line is not JSON: "not json" → write one JSON object a line'],
    ['[]', 'the line is not an object: "[]" → write one JSON object a line'],
    ['{"score":9}', 'text is missing: "{\\"score\\":9}" → write it as "text":"…"'],
    ['{"text":7}', 'text is not text: 7 → put it in quotes'],
    ['{"text":["x"]}', 'text is not text: a list → put it in quotes'],
    ['{"text":"x","survey":"stars"}', '"stars" is no survey → write one of nps, ces, csat'],
    ['{"text":"x","survey":null}', 'null is no survey → write one of nps, ces, csat'],
    ['{"text":"x","score":11}', '11 is not a score → write a whole number from 0 to 10 for NPS'],
    ['{"text":"x","locale":"english"}', '"english" is no language tag → write one such as en or zh-CN'],
    ['{"text":"x","locale":7}', '7 is no language tag → write one such as en or zh-CN'],
  ])('given %s, then the error names the value and the remedy', async (line, error) => {
    const { code, lines } = await classify([line]);
    expect(code).toBe(1);
    expect(lines).toEqual([{ error: expect.stringContaining(error) }]);
  });

  it('given a long value that cannot be read, then it is shortened', async () => {
    const long = 'x'.repeat(100_000);
    const { lines } = await classify([
      long,
      `{"text":"x","survey":"${long}"}`,
      `{"text":"x","locale":"${long}"}`,
    ]);
    for (const { error } of lines) {
      expect(error).toContain('xxx…"');
      expect(error.length).toBeLessThan(160);
    }
  });

  it('given a survey in capitals, then it is that survey', async () => {
    const { code, lines } = await classify([
      '{"text":"x","survey":"NPS","score":9}',
      '{"text":"x","survey":"Ces","score":1}',
    ]);
    expect(code).toBe(0);
    expect(lines.map((line) => line.segment)).toEqual(['promoter', 'negative']);
  });

  it('given a line whose locale is empty, then its language is found out', async () => {
    expect((await classify(['{"text":"good","locale":""}', '{"text":"good","locale":null}'])).code).toBe(0);
  });

  it.each([
    ['classify', 'klingon'],
    ['classify', 'x!'],
    ['digest', 'klingon'],
  ])(
    'given afterword %s --locale %s, then that is wrong use, told with the value and the remedy',
    async (command, tag) => {
      expect(await cli([command, '--locale', tag])).toEqual({
        code: 2,
        stdout: '',
        stderr: `afterword: "${tag}" is no language tag\n  → write one such as en or zh-CN\n`,
      });
    },
  );

  it('given a line that is not UTF-8, then an error and the next line', async () => {
    const stdin = Buffer.concat([
      Buffer.from('{"text":"'),
      Buffer.from([0xff]),
      Buffer.from('"}\n{"text":"good"}'),
    ]);
    const { stdout } = await cli(['classify'], { stdin });
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { error: expect.stringMatching(/^line 1 is not valid UTF-8 → write .+ in UTF-8/) },
      expect.objectContaining({ sentiment: 'positive' }),
    ]);
  });

  it('given nothing, then nothing', async () => {
    expect(await classify([])).toMatchObject({ code: 0, lines: [] });
  });

  it('answers every text with one line, in order, whatever it says', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constant('\ud800'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
        const { code, lines } = await classify(
          texts.map((one) => JSON.stringify({ text: one, locale: 'en' })),
        );
        expect(code).toBe(0);
        expect(lines).toHaveLength(texts.length);
        for (const line of lines) expect(['positive', 'neutral', 'negative']).toContain(line.sentiment);
      }),
      { numRuns: 50 },
    );
  });
});
