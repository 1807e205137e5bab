// The rows that the model learns from: our own comments, and the corpora whose licences allow it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { THEMES } from '../src/domain/classification/classification.ts';
import { LANGUAGES, type Language } from '../src/domain/classification/languages.ts';

export const LABELS = ['neg', 'neu', 'pos'] as const;
export type Label = (typeof LABELS)[number];

export interface Row {
  readonly language: number;
  /** Its place in LABELS, as its source has it. */
  readonly label: number;
  /** As whoever read it for this project has it, null where they found nothing to learn from it; left out where nobody did. */
  readonly read?: number | null;
  readonly text: string;
  /** `ours/<topic>`, or the tag of a corpus. */
  readonly source: string;
  /** A bit for each theme; null where nobody said. */
  readonly themes: number | null;
}

const OWN = fileURLToPath(new URL('data/', import.meta.url));

export interface OwnLine {
  readonly file: string;
  readonly line: number;
  readonly fields: readonly string[];
}

/** Every line of our own comments, as it stands. */
export function* ownLines(): Generator<OwnLine> {
  for (const language of LANGUAGES) {
    const folder = join(OWN, language);
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)
      .filter((one) => one.endsWith('.tsv'))
      .sort()) {
      const lines = readFileSync(join(folder, name), 'utf8').split('\n');
      for (const [index, line] of lines.entries())
        if (line !== '') yield { file: `${language}/${name}`, line: index + 1, fields: line.split('\t') };
    }
  }
}

export function ownRows(): Row[] {
  const rows: Row[] = [];
  for (const { file, fields } of ownLines()) {
    const [sentiment = '', themes = '', text = ''] = fields;
    const [language = '', topic = ''] = file.split('/');
    const label = LABELS.indexOf(sentiment as Label);
    if (label < 0 || text === '') continue;
    rows.push({
      language: LANGUAGES.indexOf(language as Language),
      label,
      text,
      source: `ours/${topic.replace('.tsv', '')}`,
      themes: themeBits(themes),
    });
  }
  return rows;
}

function themeBits(field: string): number {
  let bits = 0;
  for (const one of field.split(' ')) {
    const theme = (THEMES as readonly string[]).indexOf(one.slice(0, -1));
    if (theme >= 0) bits |= 1 << theme;
  }
  return bits;
}

/** So common that it stands in what is measured too. */
const LEFT_OUT = /^expensive but worth it\W*$/iu;

/** The rows of DATA/train. */
export function corpusRows(data: string): Row[] {
  const rows: Row[] = [];
  for (const [language, name] of LANGUAGES.entries()) {
    const readings = readingsOf(name);
    for (const line of linesOf(join(data, 'train', `${name}.tsv`))) {
      const [sentiment = '', text = '', source = ''] = line.split('\t');
      if (LEFT_OUT.test(text)) continue;
      const label = LABELS.indexOf(sentiment as Label);
      const read = readings.get(createHash('sha256').update(text).digest('hex').slice(0, KEY));
      rows.push({ language, label, text, source, themes: null, ...(read === undefined ? {} : { read }) });
    }
  }
  return rows;
}

/** So many digits of the SHA-256 of a text stand for it. */
const KEY = 12;

/** What rows of corpora say to whoever read them for this project: many were labelled by machine, or by stars alone. The texts are not kept here. */
function readingsOf(language: Language): ReadonlyMap<string, number | null> {
  const path = fileURLToPath(new URL(`labels/${language}.tsv`, import.meta.url));
  if (!existsSync(path)) return new Map();
  return new Map(
    linesOf(path).map((line) => {
      const [key = '', said = ''] = line.split('\t');
      return [key, said === 'x' ? null : LABELS.indexOf(said as Label)];
    }),
  );
}

export function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
