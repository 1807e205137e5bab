// Splits a stream of bytes into entries with their line numbers, in constant memory: what is too long is measured, not kept.
import { AfterwordError } from '../../domain/basics.ts';

/** Lines, or a CSV record of several lines, up to this size are read; longer ones are reported with their size. */
export const LONGEST_RECORD = 8 * 1024 * 1024;

/** A line that could not even be read. */
export interface Damage {
  readonly line: number;
  readonly damage: string;
}

export interface Scanned<T> {
  /** Null: nothing stands here (a blank line). */
  readonly entry: T | Damage | null;
  /** Where the next entry begins. */
  readonly end: number;
  /** How many lines were used up. */
  readonly lines: number;
}

/** Reads the entry that begins at `start`; `more` when its end is not there yet, never when `ended`. */
export type Scan<T> = (window: Buffer, start: number, line: number, ended: boolean) => Scanned<T> | 'more';

const LF = 10;

/** Entries as they become whole, a window at a time. Throws `invalid` for a file that is UTF-16. */
export async function* split<T>(
  chunks: AsyncIterable<Uint8Array>,
  scan: Scan<T>,
): AsyncGenerator<readonly (T | Damage)[]> {
  let window: Buffer = Buffer.alloc(0);
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  // Bytes that must come before looking again is worth it: an entry that is not whole is not read again for every chunk.
  let wanted = 3;
  let begun = false;
  let line = 1;
  let tooLong: { readonly line: number; bytes: number } | null = null;

  const drain = (ended: boolean): (T | Damage)[] => {
    const entries: (T | Damage)[] = [];
    let at = 0;
    window = Buffer.concat([window, ...held]);
    held = [];
    heldBytes = 0;
    if (!begun) at = withoutMark(window);
    begun = true;
    wanted = 1;
    while (at < window.length) {
      if (tooLong !== null) {
        const lf = window.indexOf(LF, at);
        tooLong.bytes += (lf < 0 ? window.length : lf) - at;
        at = lf < 0 ? window.length : lf + 1;
        if (lf < 0) break;
        entries.push(sizeOf(tooLong));
        line = tooLong.line + 1;
        tooLong = null;
        continue;
      }
      const scanned = scan(window, at, line, ended);
      if (scanned === 'more') {
        const size = window.length - at;
        wanted = Math.max(1, Math.min(size, LONGEST_RECORD + 1 - size));
        if (size <= LONGEST_RECORD) break;
        const lf = window.indexOf(LF, at);
        if (lf < 0) {
          tooLong = { line, bytes: 0 };
          continue;
        }
        entries.push({ line, damage: `a quote opens here and is not closed within ${LONGEST_RECORD} bytes` });
        at = lf + 1;
        line += 1;
        continue;
      }
      if (scanned.entry !== null) entries.push(scanned.entry);
      at = scanned.end;
      line += scanned.lines;
    }
    window = window.subarray(at);
    if (ended && tooLong !== null) entries.push(sizeOf(tooLong));
    return entries;
  };

  for await (const chunk of chunks) {
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes >= wanted) yield drain(false);
  }
  yield drain(true);
}

function sizeOf({ line, bytes }: { readonly line: number; readonly bytes: number }): Damage {
  return { line, damage: `has ${bytes.toLocaleString('en')} bytes: too long for a line` };
}

/** The length of a byte-order mark. */
function withoutMark(window: Buffer): number {
  const [a, b, c] = window;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new AfterwordError(
      'invalid',
      'the file is UTF-16',
      'save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8',
    );
  }
  return a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of these bytes; null when they are not UTF-8. Never a replacement character. */
export function decode(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}
