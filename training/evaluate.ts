// `npm run evaluate -- DATA`: prints the model card, every figure measured in this run on DATA/dev and DATA/themes-dev, which are not learned from.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClassifier } from '../src/domain/classification/classify.ts';
import { LANGUAGES } from '../src/domain/classification/languages.ts';
import { loadModel } from '../src/domain/classification/model.ts';
import { card, type LanguageFigures } from './card.ts';
import { leaks } from './leaks.ts';
import { figuresOf, type Tried } from './measure.ts';
import { peers } from './peers.ts';
import { corpusRows, LABELS, type Label, linesOf, ownRows } from './rows.ts';
import { themeFigures } from './theme-figures.ts';

const [data, file] = process.argv.slice(2);
if (data === undefined) {
  console.error('usage: npm run evaluate -- DATA (the folder with train/, dev/ and themes-dev/)');
  process.exit(2);
}
const bytes = readFileSync(file ?? new URL('../src/model/afterword.bin', import.meta.url));
const model = loadModel(bytes);
const classify = createClassifier(model);
const learned = [...ownRows(), ...corpusRows(data)];

const dev = LANGUAGES.map((language) =>
  linesOf(join(data, 'dev', `${language}.tsv`)).map((line) => {
    const [label = '', text = ''] = line.split('\t');
    return { language, label: LABELS.indexOf(label as Label), text };
  }),
);
const themed = (['en', 'zh', 'de'] as const).map((language) => ({
  language,
  lines: linesOf(join(data, 'themes-dev', `${language}.tsv`)).map((line) => {
    const [themes = '', text = ''] = line.split('\t');
    return { themes, text };
  }),
}));

const measured = [...dev.flat(), ...themed.flatMap(({ lines }) => lines)].map(({ text }) => text);
const leaked = leaks(measured, learned);
if (leaked.length > 0) {
  console.error(
    `${leaked.length} of the texts to measure with were learned from, such as ${JSON.stringify(leaked[0])}`,
  );
  process.exit(1);
}

const SAID = ['negative', 'neutral', 'positive'];

const languages: LanguageFigures[] = LANGUAGES.map((language, i) => {
  const alone = dev[i]!.map(({ text }) => classify({ survey: 'nps', score: null, text, locale: null }));
  const tried: Tried[] = alone.map(({ sentiment, confidence }, at) => ({
    label: dev[i]![at]!.label,
    said: SAID.indexOf(sentiment ?? 'neutral'),
    confidence: confidence ?? 1 / 3,
  }));
  const told = alone.filter((one) => one.language === language).length / alone.length;
  return { language, figures: figuresOf(tried), told };
});

const others = [];
for (const { name, language, read } of await peers()) {
  const tried: Tried[] = [];
  for (const { text, label } of dev[LANGUAGES.indexOf(language)]!)
    tried.push({ label, said: await read(text), confidence: 1 });
  others.push({ name, language, figures: figuresOf(tried) });
}

const themes = themed.map(({ language, lines }) => ({
  language,
  ...themeFigures(lines, language, classify),
}));
console.log(
  card({
    version: model.version,
    bytes: bytes.length,
    learned,
    measured: measured.length,
    languages,
    others,
    themes,
  }),
);
