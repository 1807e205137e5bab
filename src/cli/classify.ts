// `afterword classify`: what texts say, line by line, without any store.
import type { Command } from 'commander';
import { isLocale } from '../domain/locale.ts';
import { parseScore } from '../domain/response/score.ts';
import { isSurveyKind, type SurveyKind } from '../domain/survey/kind.ts';
import { shippedClassifier } from '../model/index.ts';
import type { Act } from './act.ts';
import { EXIT, UsageError } from './errors.ts';
import { scanLine } from './import/jsonl.ts';
import { type Damage, split } from './import/split.ts';
import { type Io, write } from './io.ts';

interface ClassifyOptions {
  readonly locale?: string;
}

const HELP = `
Reads JSON Lines from standard input, of which only text is needed:
  {"text":"Quick and friendly!","survey":"nps","score":9,"locale":"en"}
and writes as many lines to standard output, in the same order:
  {"sentiment":"positive","confidence":0.93,"language":"en","themes":["speed"],"segment":"promoter","conflict":false}
Words that are not understood are neutral, with the confidence of a guess; what else is not known is null. A line that cannot be read gives {"error":"…"} in its place.

Exit code: 0 every line was classified, 1 some could not be read, 2 wrong use.

Example:
  $ echo '{"text":"Took ages, but they solved it"}' | afterword classify --locale en
`;

export function classifyCommand(program: Command, act: Act): void {
  program
    .command('classify')
    .summary('what texts say: sentiment, language and themes')
    .description('Classifies texts, a line each.')
    .option('--locale <tag>', 'the language of texts that do not name one')
    .addHelpText('after', HELP)
    .action(act(classifyLines));
}

async function classifyLines(io: Io, { locale }: ClassifyOptions): Promise<number> {
  if (locale !== undefined && !isLocale(locale))
    throw new UsageError(`${JSON.stringify(locale)} is no language tag`, 'write one such as en or zh-CN');
  let failed = false;
  const answer = (line: string | Damage): object => {
    try {
      if (typeof line !== 'string') throw new Unreadable(`the line ${line.damage}`);
      return classified(line, locale ?? null);
    } catch (error) {
      failed = true;
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

class Unreadable extends Error {}

function classified(line: string, fallback: string | null): object {
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
    throw new Unreadable(line.trim() === '' ? 'the line is empty' : 'the line is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unreadable('the line is not an object');
  const { text, survey = 'nps', score = null, locale = null } = value as Readonly<Record<string, unknown>>;
  if (typeof text !== 'string' && text !== null)
    throw new Unreadable(text === undefined ? 'text is missing' : 'text is not text');
  if (typeof survey !== 'string' || !isSurveyKind(survey))
    throw new Unreadable(`survey ${JSON.stringify(survey)} is not one of nps, ces, csat`);
  const parsed = score === null ? null : parseScore(survey, score);
  if (parsed?.ok === false) throw new Unreadable(parsed.message);
  return {
    text,
    survey,
    score: parsed?.score ?? null,
    locale: typeof locale === 'string' && isLocale(locale) ? locale : null,
  };
}

async function* bytesOf({ stdin }: Io): AsyncGenerator<Uint8Array> {
  for await (const chunk of stdin)
    yield typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
}
