// `npx tsx training/traditional.ts`: writes the table of traditional Chinese characters from OpenCC's dictionaries.
import { writeFileSync } from 'node:fs';
import { Converter } from 'opencc-js';

const simplified = Converter({ from: 't', to: 'cn' });

/** What the dictionaries leave out, since it is also written in simplified text. */
let pairs = '覆复妳你嘅的喺在唔不冇没';
for (let code = 0x3400; code < 0xa000; code++) {
  const letter = String.fromCharCode(code);
  const simple = simplified(letter);
  if (simple !== letter && simple.length === 1) pairs += letter + simple;
}
const lines = pairs.match(/.{1,100}/gu) ?? [];
writeFileSync(
  new URL('../src/domain/classification/traditional.ts', import.meta.url),
  `// Traditional Chinese characters, each followed by its simplified one. Made by training/traditional.ts from the dictionaries of OpenCC
// (Apache-2.0).
export const TRADITIONAL =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`,
);
