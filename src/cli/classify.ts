// `afterword classify`: what texts say, line by line, without any store.
import type { Command } from 'commander';
import { AfterwordError, type Locale } from '../domain/basics.ts';
import { parseScore } from '../domain/response/score.ts';
import { isSurveyKind, SURVEY_KINDS, type SurveyKind } from '../domain/survey/kind.ts';
import { shippedClassifier } from '../model/index.ts';
import type { Act } from './act.ts';
import { EXIT } from './errors.ts';
import { scanLine } from './import/jsonl.ts';
import { type Damage, split } from './import/split.ts';
import { type Io, write } from './io.ts';
import { localeOption, readLocale } from './options.ts';
import { shown } from './words.ts';

interface ClassifyOptions {
  readonly locale?: Locale;
}

const HELP = `
Reads JSON Lines from standard input, of which only text is needed:
  {"text":"Quick and friendly!","survey":"nps","score":9,"locale":"en"}
and writes as many lines to standard output, in the same order:
  {"sentiment":"positive","confidence":0.93,"language":"en","themes":["speed"],"segment":"promoter","conflict":false}
Words that are not understood are neutral, with the confidence of a guess; what else is not known is null. A line that cannot be read gives {"error":"…"} in its place, with what to do about it.

Exit code: 0 every line was classified, 1 some could not be read, 2 wrong use.

Example:
  $ echo '{"text":"Took ages, but they solved it"}' | afterword classify --locale en
`;

export function classifyCommand(program: Command, act: Act): void {
  program
    .command('classify')
    .summary('what texts say: sentiment, language and themes')
    .description('Classifies texts, a line each.')
    .addOption(localeOption('the language of texts that do not name one'))
    .addHelpText('after', HELP)
    .action(act(classifyLines));
}

async function classifyLines(io: Io, { locale }: ClassifyOptions): Promise<number> {
  let failed = false;
  const answer = (line: string | Damage): object => {
    try {
      if (typeof line !== 'string') throw unreadable(`line ${line.line} ${line.damage}`, REMEDY);
      return classified(line, locale ?? null);
    } catch (error) {
      failed = true;
      if (error instanceof AfterwordError) return { error: `${error.message} → ${error.remedy}` };
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
  for await (const lines of split(bytesOf(io), scanLine({ blank: 'keep', read: (_, text) => text }))) {
    await write(io, lines.map((line) => `${JSON.stringify(answer(line))}\n`).join(''));
  }
  return failed ? EXIT.failed : EXIT.good;
}

/** Of words that nobody understood: one of three, no better than chance. */
const GUESS = 1 / 3;

const REMEDY = 'write one JSON object a line, in UTF-8, such as {"text":"Quick and friendly!"}';

function unreadable(message: string, remedy: string): AfterwordError {
  return new AfterwordError('invalid', message, remedy);
}

function classified(line: string, fallback: Locale | null): object {
  const { text, survey, score, locale } = fieldsOf(line);
  const found = shippedClassifier()({ survey, score, text, locale: locale ?? fallback });
  return {
    sentiment: found.sentiment ?? 'neutral',
    confidence: found.confidence ?? GUESS,
    language: found.language,
    themes: [...new Set(found.themes.map(({ theme }) => theme))],
    segment: found.segment === null ? null : (SEGMENTS[survey]?.[found.segment] ?? found.segment),
    conflict: found.conflict,
    mentions: found.themes,
    classifier: found.classifier,
  };
}

/** NPS has names of its own. */
const SEGMENTS: Partial<Record<SurveyKind, Readonly<Record<'positive' | 'neutral' | 'negative', string>>>> = {
  nps: { positive: 'promoter', neutral: 'passive', negative: 'detractor' },
};

function fieldsOf(line: string) {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw line.trim() === ''
      ? unreadable('the line is empty', REMEDY)
      : unreadable(`the line is not JSON: ${shown(line)}`, REMEDY);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable(`the line is not an object: ${shown(line)}`, REMEDY);
  const { text, survey, score = null, locale = null } = value as Readonly<Record<string, unknown>>;
  if (text === undefined) throw unreadable(`text is missing: ${shown(line)}`, 'write it as "text":"…"');
  if (typeof text !== 'string' && text !== null)
    throw unreadable(`text is not text: ${shown(text)}`, 'put it in quotes: "text":"…"');
  const kind = surveyOf(survey);
  const parsed = score === null ? null : parseScore(kind, score);
  if (parsed?.ok === false) {
    const { value, min, max } = parsed;
    const remedy = `write a whole number from ${min} to ${max} for ${kind.toUpperCase()}`;
    throw unreadable(`${value} is not a score`, remedy);
  }
  return {
    text,
    survey: kind,
    score: parsed?.score ?? null,
    locale: locale === null || locale === '' ? null : readLocale(hyphened(locale)),
  };
}

/** `zh_CN`, as operating systems write it. */
function hyphened(locale: unknown): unknown {
  return typeof locale === 'string' ? locale.replaceAll('_', '-') : locale;
}

function surveyOf(value: unknown = 'nps'): SurveyKind {
  const name = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (isSurveyKind(name)) return name;
  throw unreadable(`${shown(value)} is no survey`, `write one of ${SURVEY_KINDS.join(', ')}`);
}

async function* bytesOf({ stdin }: Io): AsyncGenerator<Uint8Array> {
  for await (const chunk of stdin)
    yield typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
}
