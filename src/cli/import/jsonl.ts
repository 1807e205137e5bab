// JSON Lines: one object a line.
import type { Cell } from '../../domain/response/import-row.ts';
import type { Entry } from './entry.ts';
import { type Damage, decode, type Scan, split } from './split.ts';

const LF = 10;

/** Every object of the stream, blank lines left out. */
export function readJsonl(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly (Entry | Damage)[]> {
  return split(chunks, scanLine({ blank: 'skip', read: parse }));
}

/** Lines as text, of which `read` makes entries. */
export function scanLine<T>({ blank, read }: LineReader<T>): Scan<T> {
  return (window, start, line, ended) => {
    const lf = window.indexOf(LF, start);
    if (lf < 0 && !ended) return 'more';
    const to = lf < 0 ? window.length : lf;
    const end = lf < 0 ? to : lf + 1;
    const text = decode(window.subarray(start, to));
    if (text === null) return { entry: { line, damage: 'is not valid UTF-8' }, end, lines: 1 };
    const nothing = blank === 'skip' && text.trim() === '';
    return { entry: nothing ? null : read(line, text), end, lines: 1 };
  };
}

interface LineReader<T> {
  readonly blank: 'skip' | 'keep';
  readonly read: (line: number, text: string) => T | Damage;
}

function parse(line: number, text: string): Entry | Damage {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      line,
      damage: text.trimStart().startsWith('[') ? 'is a list: write one object a line' : 'is not JSON',
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { line, damage: 'is not an object: write one object a line' };
  const object = value as Readonly<Record<string, unknown>>;
  return {
    line,
    columns: Object.keys(object),
    cellOf: (column) => (Object.hasOwn(object, column) ? cellOf(object[column]) : null),
  };
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  const kind = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : String(value);
  return { problem: `is ${kind}: write text or a number` };
}
