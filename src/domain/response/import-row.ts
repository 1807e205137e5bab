// One line of somebody else's file, made into facts or refused with the field, the value and the reason.
import type { Instant, Locale } from '../basics.ts';
import { isLocale } from '../locale.ts';
import { isSurveyKind, SURVEY_KINDS, type SurveyKind } from '../survey/kind.ts';
import { MOMENT_FORMS, type MomentReader } from '../timestamp.ts';
import { parseScore } from './score.ts';

export const IMPORT_FIELDS = [
  'id',
  'survey',
  'score',
  'verbatim',
  'sentAt',
  'answeredAt',
  'person',
  'locale',
  'agent',
  'channel',
  'account',
  'source',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** What stands in a field: null where it is empty or not there, a `problem` where it could not even be read. */
export type Cell = string | number | null | { readonly problem: string };

/** What a line says. Null is what it does not say. */
export interface ImportRow {
  readonly id: string | null;
  readonly survey: SurveyKind;
  /** Null: the prompt was sent and not answered. */
  readonly score: number | null;
  readonly verbatim: string | null;
  readonly sentAt: Instant;
  /** Null exactly where the score is. */
  readonly answeredAt: Instant | null;
  readonly person: string | null;
  readonly locale: Locale | null;
  readonly agent: string | null;
  readonly channel: string | null;
  readonly account: string | null;
  readonly source: string | null;
}

/** Why a line is refused. */
export interface BadField {
  readonly field: ImportField;
  /** The value, shortened; null where there is none to show. */
  readonly value: string | null;
  readonly reason: string;
}

export type ReadRow =
  | { readonly ok: true; readonly row: ImportRow }
  | { readonly ok: false; readonly bad: BadField };

/** Longer words are refused with their length, not cut: nobody would notice what is missing. In code points. */
const LONGEST_WORDS = 20_000;

/** Of ids and names, in UTF-16 code units, as the API takes them. */
const LONGEST_NAME = 255;

class Refusal {
  readonly bad: BadField;
  constructor(bad: BadField) {
    this.bad = bad;
  }
}

/**
 * Reads one line. An empty score means that nobody answered: then there may be no words and no answer time either. An answer
 * without a time came when the prompt was sent.
 */
export function readImportRow(cellOf: (field: ImportField) => Cell, momentOf: MomentReader): ReadRow {
  try {
    const survey = readSurvey(cellOf('survey'));
    const score = readScore(survey, cellOf('score'));
    const sentAt = readMoment('sentAt', cellOf('sentAt'), momentOf);
    if (sentAt === null)
      throw refusal('sentAt', null, 'is missing: when was the prompt sent, or the question asked?');
    const answeredAt = readMoment('answeredAt', cellOf('answeredAt'), momentOf);
    const verbatim = readWords(cellOf('verbatim'));
    if (score === null && answeredAt !== null)
      throw refusal('score', null, 'is empty, but answeredAt says that there was an answer');
    if (score === null && verbatim !== null)
      throw refusal('score', null, 'is empty, but there are words: an answer has a score');
    if (answeredAt !== null && answeredAt < sentAt)
      throw refusal('answeredAt', cellOf('answeredAt'), 'is before sentAt');
    const row: ImportRow = {
      id: readName('id', cellOf('id')),
      survey,
      score,
      verbatim,
      sentAt,
      answeredAt: score === null ? null : (answeredAt ?? sentAt),
      person: readName('person', cellOf('person')),
      locale: readLocale(cellOf('locale')),
      agent: readName('agent', cellOf('agent')),
      channel: readName('channel', cellOf('channel')),
      account: readName('account', cellOf('account')),
      source: readName('source', cellOf('source')),
    };
    return { ok: true, row };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, bad: error.bad };
    throw error;
  }
}

function readSurvey(cell: Cell): SurveyKind {
  const name = readText('survey', cell)?.trim().toLowerCase();
  if (name === undefined)
    throw refusal('survey', null, `is missing: write one of ${SURVEY_KINDS.join(', ')}`);
  if (isSurveyKind(name)) return name;
  throw refusal('survey', cell, `is not a survey: write one of ${SURVEY_KINDS.join(', ')}`);
}

function readScore(survey: SurveyKind, cell: Cell): number | null {
  if (typeof cell === 'string' ? cell.trim() === '' : cell === null) return null;
  if (typeof cell === 'object' && cell !== null) throw refusal('score', null, cell.problem);
  const parsed = parseScore(survey, cell);
  if (parsed.ok) return parsed.score;
  const { min, max } = parsed;
  throw refusal(
    'score',
    cell,
    `is not a score: ${survey.toUpperCase()} takes a whole number from ${min} to ${max}`,
  );
}

function readMoment(field: 'sentAt' | 'answeredAt', cell: Cell, momentOf: MomentReader): Instant | null {
  const text = readText(field, cell)?.trim();
  if (text === undefined || text === '') return null;
  const moment = momentOf(text);
  if (moment !== null) return moment;
  throw refusal(field, cell, `is not a date or a time: write ${MOMENT_FORMS}`);
}

function readWords(cell: Cell): string | null {
  // NUL means nothing and cannot be stored; all else stays as it was written.
  const words = readText('verbatim', typeof cell === 'string' ? cell.replaceAll('\0', '') : cell);
  if (words === null || words.trim() === '') return null;
  if (words.length <= LONGEST_WORDS) return words;
  const length = Array.from(words).length;
  if (length <= LONGEST_WORDS) return words;
  throw refusal(
    'verbatim',
    null,
    `has ${count(length)} characters: at most ${count(LONGEST_WORDS)} are kept`,
  );
}

function readLocale(cell: Cell): Locale | null {
  const tag = readName('locale', cell)?.trim().replaceAll('_', '-');
  if (tag === undefined) return null;
  if (tag.length <= 35 && isLocale(tag)) return Intl.getCanonicalLocales(tag)[0] ?? null;
  throw refusal('locale', cell, 'is not a language tag such as en or zh-CN');
}

function readName(field: ImportField, cell: Cell): string | null {
  const text = readText(field, cell);
  if (text === null || text.trim() === '') return null;
  if (text.length <= LONGEST_NAME) return text;
  throw refusal(field, cell, `has ${count(text.length)} characters: at most ${LONGEST_NAME} are kept`);
}

function readText(field: ImportField, cell: Cell): string | null {
  if (cell === null) return null;
  if (typeof cell === 'object') throw refusal(field, null, cell.problem);
  const text = String(cell);
  if (text.includes('\0')) throw refusal(field, cell, 'holds a NUL character');
  if (/\p{Cs}/u.test(text)) throw refusal(field, cell, 'holds half a character (a lone surrogate)');
  return text === '' ? null : text;
}

function refusal(field: ImportField, cell: Cell, reason: string): Refusal {
  const text = cell === null || typeof cell === 'object' ? null : String(cell);
  const value = text !== null && text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return new Refusal({ field, value, reason });
}

function count(n: number): string {
  return n.toLocaleString('en');
}
