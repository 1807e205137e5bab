// No text is measured that was learned from: texts are compared as the classifier reads them, without marks and spaces.
import { blankPage, readInto } from '../src/domain/classification/normalise.ts';
import { DIGIT, FOREIGN, HAN, KANA, KIND, LATIN } from '../src/domain/classification/units.ts';
import type { Row } from './rows.ts';

const page = blankPage();
const LETTERS: readonly number[] = [LATIN, HAN, KANA, FOREIGN, DIGIT];

function keyOf(text: string): string {
  readInto(page, text);
  let key = '';
  for (let i = 0; i < page.length; i++)
    if (LETTERS.includes(KIND[page.units[i]!]!)) key += String.fromCharCode(page.units[i]!);
  return key;
}

/** The texts that are among the rows. Of one or two words nobody is the author: they do not count. */
export function leaks(texts: readonly string[], rows: readonly Row[]): string[] {
  const learned = new Set(rows.map(({ text }) => keyOf(text)));
  return texts.filter((text) => {
    const key = keyOf(text);
    return key.length > 12 && learned.has(key);
  });
}
