// (g) Texts classified in a second on one core, against two lexicon classifiers on the same texts in the same run; what the model takes to load.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import Sentiment from 'sentiment';
import winkSentiment from 'wink-sentiment';
import type { Classifier } from '../src/domain/classification/classify.ts';
import { median, round, say, type Verdict } from './support/numbers.ts';

const WARM_RUNS = 6;
const RUNS = 7;
const ROUND_MS = 700;
const SHORT = 80;
const EACH = 300;

export async function benchClassify(): Promise<readonly Verdict[]> {
  const english = texts('en');
  const all = ['en', 'zh', 'ja', 'de', 'es', 'fr', 'pt'].flatMap(texts);
  const classify = await built();
  const sentiment = new Sentiment();
  const read = (text: string) => classify({ survey: 'nps', score: null, text, locale: null });
  const subjects = {
    afterword: () => speed(english, read),
    'afterword, seven languages': () => speed(all, read),
    sentiment: () => speed(english, (text) => sentiment.analyze(text)),
    'wink-sentiment': () => speed(english, (text) => winkSentiment(text)),
  };
  const seen = new Map<string, number[]>(Object.keys(subjects).map((name) => [name, []]));
  // Each as warm as a program that has run for a while; then in turns, so that a busy moment of the machine hits all of them.
  for (const once of Object.values(subjects)) for (let run = 0; run < WARM_RUNS; run++) once();
  for (let run = 0; run < RUNS; run++)
    for (const [name, once] of Object.entries(subjects)) seen.get(name)!.push(once());
  const of = (name: keyof typeof subjects) => median(seen.get(name)!);
  for (const peer of ['sentiment', 'wink-sentiment'] as const)
    console.log(
      `  ${peer}: ${round(of(peer))} texts/s; afterword ${round(of('afterword') / of(peer), 2)} times that`,
    );
  const loads = Array.from({ length: RUNS }, load);
  const milliseconds = median(loads.map((one) => one.milliseconds));
  const megabytes = median(loads.map((one) => one.megabytes));
  const size = statSync(MODEL).size / 1e6;
  return [
    ...(['afterword', 'afterword, seven languages'] as const).map((name) =>
      say({
        name: `short texts classified, ${name}`,
        figure: `${round(of(name))} texts/s`,
        wanted: 'at least 50,000',
        met: of(name) >= 50_000,
      }),
    ),
    say({ name: 'model file', figure: `${round(size, 2)} MB`, wanted: 'at most 5 MB', met: size <= 5 }),
    say({
      name: 'loading the model',
      figure: `${round(milliseconds)} ms`,
      wanted: 'under 100 ms',
      met: milliseconds < 100,
    }),
    say({
      name: 'memory that the model takes',
      figure: `${round(megabytes)} MB`,
      wanted: 'under 60 MB',
      met: megabytes < 60,
    }),
  ];
}

/** As it runs: compiled, not as it is read by the tools of development. */
async function built(): Promise<Classifier> {
  const path = new URL('../dist/src/model/index.js', import.meta.url).href;
  const { shippedClassifier } = (await import(path)) as { shippedClassifier: () => Classifier };
  return shippedClassifier();
}

const MODEL = new URL('../src/model/afterword.bin', import.meta.url);

/** Short comments of customers about all sorts of things. */
function texts(language: string): string[] {
  const folder = new URL(`../training/data/${language}/`, import.meta.url);
  const all = readdirSync(folder)
    .sort()
    .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split('\n'))
    .map((line) => line.split('\t')[2] ?? '')
    .filter((text) => text !== '' && text.length <= SHORT);
  const step = Math.max(1, Math.floor(all.length / EACH));
  return all.filter((_, i) => i % step === 0);
}

function speed(all: readonly string[], read: (text: string) => unknown): number {
  const begin = performance.now();
  let count = 0;
  while (performance.now() - begin < ROUND_MS) {
    for (const text of all) read(text);
    count += all.length;
  }
  return (count * 1000) / (performance.now() - begin);
}

/** In a process of its own, so that what is loaded here already does not count. */
function load(): { readonly milliseconds: number; readonly megabytes: number } {
  const script = `
    const { shippedClassifier } = await import('./dist/src/model/index.js');
    globalThis.gc();
    const before = process.memoryUsage().rss;
    const begin = performance.now();
    const classify = shippedClassifier();
    const milliseconds = performance.now() - begin;
    for (let i = 0; i < 1000; i++) classify({ survey: 'nps', score: null, text: 'Great support, thanks! ' + i, locale: null });
    globalThis.gc();
    console.log(JSON.stringify({ milliseconds, megabytes: (process.memoryUsage().rss - before) / 1e6 }));`;
  const out = execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
  });
  return JSON.parse(out);
}
