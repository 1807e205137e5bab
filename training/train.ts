// `npm run train -- DATA`: makes src/model/afterword.bin from our own comments and from DATA/train and DATA/lexicons. The same input gives the same
// bytes.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadModel } from '../src/domain/classification/model.ts';
import { buildModel } from './build.ts';
import { bakeLexicon } from './lexicon.ts';
import { corpusRows, ownRows } from './rows.ts';

const [data, out = fileURLToPath(new URL('../src/model/afterword.bin', import.meta.url))] =
  process.argv.slice(2);
if (data === undefined) {
  console.error('usage: npm run train -- DATA (the folder with train/ and lexicons/)');
  process.exit(2);
}
const lexicon = bakeLexicon(data);
const rows = [...ownRows(), ...corpusRows(data)];
const bytes = buildModel(rows, lexicon);
const { version } = loadModel(bytes);
writeFileSync(out, bytes);
console.log(`${version}: ${rows.length} rows, ${(bytes.length / 1e6).toFixed(2)} MB`);
