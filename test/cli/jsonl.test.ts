import { describe, expect, it } from 'vitest';
import { readJsonl } from '../../src/cli/import/jsonl.ts';

async function read(file: string | Uint8Array, columns: readonly string[], chunk = 3) {
  const bytes = Buffer.from(file);
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  })();
  const lines: unknown[] = [];
  for await (const entries of readJsonl(chunks)) {
    for (const entry of entries) {
      lines.push('damage' in entry ? [entry.line, entry.damage] : [entry.line, ...columns.map(entry.cellOf)]);
    }
  }
  return lines;
}

describe('a JSON Lines file', () => {
  it('given objects, then each is a line, blank ones are none', async () => {
    const file = '\uFEFF{"a":"x","b":9}\r\n\r\n{"b":null,"a":""}\n{"a":"好"}';
    expect(await read(file, ['a', 'b'])).toEqual([
      [1, 'x', 9],
      [3, null, null],
      [4, '好', null],
    ]);
  });

  it('given what is no object, then that line is damaged and the others are read', async () => {
    const file = Buffer.concat([
      Buffer.from('nope\n[1]\n7\n'),
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
      Buffer.from('{"a":"x"}'),
    ]);
    expect(await read(file, ['a'])).toEqual([
      [1, 'is not JSON'],
      [2, 'is not an object: write one object a line'],
      [3, 'is not an object: write one object a line'],
      [4, 'is not valid UTF-8'],
      [5, 'x'],
    ]);
  });

  it('given a value that is neither text nor a number, then that field cannot be read', async () => {
    expect(await read('{"a":{"b":1}}\n{"a":[1]}\n{"a":true}', ['a'])).toEqual([
      [1, { problem: 'is an object: write text or a number' }],
      [2, { problem: 'is a list: write text or a number' }],
      [3, { problem: 'is true: write text or a number' }],
    ]);
  });

  it('given a key of every object, such as constructor, then it is nothing unless the line says it', async () => {
    expect(await read('{}\n{"constructor":"x"}', ['constructor'])).toEqual([
      [1, null],
      [2, 'x'],
    ]);
  });
});
