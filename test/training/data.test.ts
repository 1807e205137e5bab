// Our own comments that the model learns from: every line is whole, and no comment stands twice.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../../src/domain/classification/classification.ts';
import { LANGUAGES } from '../../src/domain/classification/languages.ts';
import { LABELS, ownLines } from '../../training/rows.ts';

const lines = [...ownLines()];
const THEME = new RegExp(`^(?:${THEMES.join('|')})[+~-]$`, 'u');

describe('our own comments', () => {
  it('are many', () => {
    expect(lines.length).toBeGreaterThan(5_000);
  });

  it('are lines of a label, themes and a text', () => {
    const broken = lines.filter(({ fields }) => {
      const [label = '', themes = '', text = ''] = fields;
      const named = themes === '-' ? [] : themes.split(' ');
      return !(
        fields.length === 3 &&
        (LABELS as readonly string[]).includes(label) &&
        named.every((one) => THEME.test(one)) &&
        text === text.trim() &&
        text.length > 0
      );
    });
    expect(broken.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
  });

  it('stand there once, and never with two labels', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const { file, line, fields } of lines) {
      const key = `${file.split('/')[0]} ${fields[2]?.normalize('NFKC').toLowerCase()}`;
      if (seen.has(key)) twice.push(`${file}:${line} and ${seen.get(key)}`);
      seen.set(key, `${file}:${line}`);
    }
    expect(twice).toEqual([]);
  });
});

describe('what corpora say to whoever read them', () => {
  const folder = new URL('../../training/labels/', import.meta.url);
  const files = readdirSync(folder).map(
    (name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const,
  );

  it.each(files)('is in %s a label for each hash, in their order, and no text', (name, text) => {
    expect(LANGUAGES.map((language) => `${language}.tsv`)).toContain(name);
    const rows = text.trimEnd().split('\n');
    expect(rows.filter((row) => !/^[0-9a-f]{12}\t(?:neg|neu|pos|x)$/u.test(row))).toEqual([]);
    const keys = rows.map((row) => row.slice(0, 12));
    expect([...new Set(keys)].sort()).toEqual(keys);
  });
});
