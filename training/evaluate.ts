// `npm run evaluate -- DATA`: measures the shipped model on DATA/dev.
import { readFileSync } from 'node:fs';
import { createClassifier } from '../src/domain/classification/classify.ts';
import { LANGUAGES } from '../src/domain/classification/languages.ts';
import { loadModel } from '../src/domain/classification/model.ts';
import { linesOf } from './rows.ts';

const data = process.argv[2] ?? '';
const model = loadModel(
  readFileSync(process.argv[3] ?? new URL('../src/model/afterword.bin', import.meta.url)),
);
const classify = createClassifier(model);
const L = ['neg', 'neu', 'pos'];
for (const lang of LANGUAGES) {
  const m = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  const bins = Array.from({ length: 10 }, () => [0, 0, 0]);
  let wrongLang = 0,
    n = 0;
  const bysrc: Record<string, number[][]> = {};
  for (const line of linesOf(`${data}/dev/${lang}.tsv`)) {
    const [label = '', text = '', src = ''] = line.split('\t');
    const r = classify({ survey: 'nps', score: null, text, locale: lang });
    const p = r.sentiment === 'negative' ? 0 : r.sentiment === 'positive' ? 2 : 1;
    m[L.indexOf(label)]![p]!++;
    bysrc[src] ??= [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ];
    bysrc[src]![L.indexOf(label)]![p]!++;
    const c = r.confidence ?? 0.34;
    const b = bins[Math.min(9, Math.floor(c * 10))]!;
    b[0]!++;
    b[1]! += c;
    b[2]! += p === L.indexOf(label) ? 1 : 0;
    if (r.language !== lang) wrongLang++;
    n++;
  }
  const f = (m: number[][]) =>
    [0, 1, 2].map((c) => {
      const tp = m[c]![c]!;
      const pr = m[0]![c]! + m[1]![c]! + m[2]![c]!;
      const ac = m[c]![0]! + m[c]![1]! + m[c]![2]!;
      return tp === 0 ? 0 : (2 * tp) / (pr + ac);
    });
  const macro = (m: number[][]) => {
    const x = f(m);
    return (x[0]! + x[1]! + x[2]!) / 3;
  };
  const ece = bins.reduce((s, b) => s + Math.abs(b[1]! - b[2]!), 0) / n;
  console.log(
    lang,
    macro(m).toFixed(3),
    f(m)
      .map((x) => x.toFixed(2))
      .join('/'),
    'ece',
    ece.toFixed(3),
    'lang?',
    wrongLang,
    JSON.stringify(m),
    Object.entries(bysrc)
      .map(([s, x]) => `${s} ${macro(x).toFixed(2)}`)
      .join(' '),
  );
}
