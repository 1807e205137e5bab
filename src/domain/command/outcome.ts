// What a reader of arguments is given, and how it answers.
import type { Command, CommandWord, ParsedCommand } from './command.ts';
import type { Piece } from './lex.ts';
import { nearest } from './nearest.ts';
import { USAGE } from './usage.ts';
import type { Dictionary } from './words/dictionary.ts';

/** What stands around a command word. */
export interface Given {
  /** Without the command word. */
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** The same, trimmed. */
  readonly rest: string;
  readonly dictionary: Dictionary;
  /** A piece as it was typed. */
  said(piece: Piece): string;
  /** All that stands behind a piece. */
  after(piece: Piece): string;
}

/** Longer arguments are shortened where they are shown again. */
const LONGEST_SHOWN = 60;

export function parsed(command: Command): ParsedCommand {
  return { kind: 'command', command };
}

export function nothing({ rest }: Given): boolean {
  return rest === '';
}

/** `what` is the piece that does not fit, or the words. */
export function bad(given: Given, command: CommandWord, what: Piece | string): ParsedCommand {
  const value = typeof what === 'string' ? what : wordAround(given.text, what);
  const suggestion =
    typeof what === 'string'
      ? null
      : nearest(
          what.word,
          given.dictionary,
          ({ survey, sentiment, theme, period, weekday, setting }) =>
            (survey ?? sentiment ?? theme ?? period ?? weekday ?? setting) !== undefined,
        );
  return { kind: 'bad_argument', command, value: shorten(value), expected: USAGE[command], suggestion };
}

/** Pieces can be parts of words: shown is all of the word. */
export function wordAround(text: string, { start, end }: Pick<Piece, 'start' | 'end'>): string {
  const before = /\S{0,60}$/u.exec(text.slice(Math.max(0, start - 60), start))?.[0] ?? '';
  const after = /^\S{0,60}/u.exec(text.slice(end, end + 60))?.[0] ?? '';
  return before + text.slice(start, end) + after;
}

export function shorten(value: string): string {
  const letters = Array.from(value.slice(0, LONGEST_SHOWN * 2)).filter((letter) => !/\p{Cs}/u.test(letter));
  return letters.length <= LONGEST_SHOWN ? letters.join('') : `${letters.slice(0, LONGEST_SHOWN).join('')}…`;
}
