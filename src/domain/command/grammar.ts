// Reads what was typed after `/nps`, in any of the product's languages, however it is spelt: upper case, full width, with or without accents and
// spaces, the command first or last. Any text has a reading, in time linear in its length.
import { READERS } from './arguments.ts';
import type { CommandWord, ParsedCommand } from './command.ts';
import { lex, type Piece } from './lex.ts';
import { nearest } from './nearest.ts';
import { type Given, parsed, shorten, wordAround } from './outcome.ts';
import { isMark, NO_SLOTS, readSlots, type SlotName } from './slots.ts';
import { type Dictionary, dictionaryFor, type Meaning } from './words/dictionary.ts';

/** Nobody types more; the rest is not looked at. */
const LONGEST = 10_000;

/** Words that may be meant as the command; the first one that makes sense is. */
const MOST_CANDIDATES = 4;

const EVERY: ReadonlySet<SlotName> = new Set(['period', 'survey', 'sentiment', 'theme']);

/** Reads one command. `locale` is the reader's language, where it is known: it decides what the languages do not agree about. Never throws. */
export function parseCommand(text: string, locale: string | null = null): ParsedCommand {
  const typed = clean(text)
    .replace(/^\/nps(?=\s|$)\s*/iu, '')
    .replace(/^[-/]+(?=\p{L})/u, '');
  if (typed === '') return parsed({ kind: 'summary', period: null, survey: null });
  if (/^[?？]+$/u.test(typed)) return parsed({ kind: 'help' });
  const dictionary = dictionaryFor(locale);
  const pieces = lex(typed, dictionary);
  const readings = candidates(pieces).map(([word, piece]) =>
    READERS[word](around(typed, pieces, piece, dictionary)),
  );
  return readings.find(({ kind }) => kind === 'command') ?? readings[0] ?? unnamed(typed, pieces, dictionary);
}

/** Command words with nothing before them but what narrows a command down. */
function candidates(pieces: readonly Piece[]): readonly (readonly [CommandWord, Piece])[] {
  const found: (readonly [CommandWord, Piece])[] = [];
  for (const piece of pieces) {
    for (const word of piece.meaning?.commands ?? []) found.push([word, piece]);
    if (found.length >= MOST_CANDIDATES || !mayPrecede(piece)) break;
  }
  return found;
}

function mayPrecede({ mention, meaning, number, date, period }: Piece): boolean {
  if (mention || number !== null || date !== null || period !== null) return true;
  if (meaning === null) return false;
  const { commands: _, setting: __, ...others } = meaning;
  return Object.keys(others).length > 0;
}

/** `90d ces`: figures whose name was left out. Else nothing that is known. */
function unnamed(typed: string, pieces: readonly Piece[], dictionary: Dictionary): ParsedCommand {
  const read = readSlots(pieces, EVERY);
  if (read.kind === 'slots' && read.count > 0) {
    const { sentiment, theme, ...figures } = read.slots;
    const kind = sentiment === null && theme === null ? 'summary' : 'comments';
    return parsed(kind === 'summary' ? { kind, ...figures } : { ...NO_SLOTS, ...read.slots, kind });
  }
  const strange = pieces.find((piece) => !isMark(piece, 'filler') && !isMark(piece, 'until')) ?? pieces[0];
  const word = strange === undefined ? typed : wordAround(typed, strange);
  const isCommand = ({ commands }: Meaning) => commands !== undefined;
  const suggestion = strange === undefined ? null : nearest(foldedWord(strange, word), dictionary, isCommand);
  return { kind: 'unknown', word: shorten(word.split(/\s/u)[0]!), suggestion };
}

function foldedWord(piece: Piece, word: string): string {
  return piece.word.length >= word.length ? piece.word : word.toLowerCase();
}

/** What stands before the command word and behind it, as one text. */
function around(typed: string, pieces: readonly Piece[], word: Piece, dictionary: Dictionary): Given {
  const gap = ' '.repeat(word.end - word.start);
  const text = typed.slice(0, word.start) + gap + typed.slice(word.end);
  return {
    text,
    pieces: pieces.filter((piece) => piece !== word),
    rest: text.trim().replace(/^[:：,，、]+\s*/u, ''),
    dictionary,
    said: (piece) => typed.slice(piece.start, piece.end),
    after: (piece) => text.slice(piece.end).trim(),
  };
}

/** Without what nobody sees: control characters, half characters, marks of no width. */
function clean(text: string): string {
  return text
    .slice(0, LONGEST)
    .replace(/[\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, '')
    .replace(/[^\P{Cc}\s]|\p{Cs}/gu, ' ')
    .trim();
}
