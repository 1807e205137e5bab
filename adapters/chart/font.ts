// The font that travels with the package, wherever the program runs from: source or build.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AfterwordError } from '../../src/domain/basics.ts';

const FONT = join('adapters', 'chart', 'fonts', 'AfterwordSans.ttc');

/**
 * The font's path, below the nearest folder upwards that has a package.json.
 * @throws AfterwordError `broken` when the package is incomplete.
 */
export function fontFile(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, FONT);
    if (existsSync(join(folder, 'package.json')) && existsSync(file)) return file;
    if (dirname(folder) === folder) break;
  }
  throw new AfterwordError('broken', `${FONT} is missing`, 'install the package again, with all its files');
}

/** The characters of one cmap subtable, formats 4 and 12: the ones that hold Unicode. */
function readSubtable(font: DataView, at: number, into: Set<number>): void {
  const format = font.getUint16(at);
  if (format === 4) {
    const segments = font.getUint16(at + 6) / 2;
    for (let i = 0; i < segments; i++) {
      const end = font.getUint16(at + 14 + 2 * i);
      const start = font.getUint16(at + 16 + 2 * (segments + i));
      for (let code = start; code <= end && code !== 0xffff; code++) into.add(code);
    }
  } else if (format === 12) {
    for (let i = 0; i < font.getUint32(at + 12); i++) {
      const group = at + 16 + 12 * i;
      for (let code = font.getUint32(group); code <= font.getUint32(group + 4); code++) into.add(code);
    }
  }
}

/** Every character that at least one face of a TrueType collection has a glyph for (OpenType 1.9, `ttcf` and `cmap`). */
function readCoverage(file: string): ReadonlySet<number> {
  const bytes = readFileSync(file);
  const font = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const covered = new Set<number>();
  for (let face = 0; face < font.getUint32(8); face++) {
    const directory = font.getUint32(12 + 4 * face);
    for (let i = 0; i < font.getUint16(directory + 4); i++) {
      const record = directory + 12 + 16 * i;
      if (font.getUint32(record) !== 0x636d6170) continue; // cmap
      const cmap = font.getUint32(record + 8);
      for (let j = 0; j < font.getUint16(cmap + 2); j++) {
        readSubtable(font, cmap + font.getUint32(cmap + 8 + 8 * j), covered);
      }
    }
  }
  return covered;
}

let coverage: ReadonlySet<number> | null = null;

/** The characters of a text that the package's font cannot draw, each once. Format characters are never drawn. */
export function uncovered(text: string): readonly string[] {
  coverage ??= readCoverage(fontFile());
  const known = coverage;
  return [...new Set(text)].filter(
    (character) => !known.has(character.codePointAt(0) ?? 0) && !/\p{Cf}/u.test(character),
  );
}
