// An answer that was typed instead of tapped: a score at its beginning, with or without words behind it. What is not clear is words.
import { SCALES, type SurveyKind } from '../survey/kind.ts';
import { parseScore } from './score.ts';

export type TypedAnswer =
  | { readonly kind: 'score'; readonly score: number; readonly words: string | null }
  | { readonly kind: 'words' };

/**
 * A number, perhaps out of another, then the end or a mark that no further number follows ("9.5", "9 - 10" and "3 people" are words, and so is
 * what a list begins with: "1. It fails").
 */
const SCORE_FIRST = /^\s*(\d{1,3})(?:\s*\/\s*(\d{1,3}))?\s*(?:$|[.、]\s*$|[-–—:,!，。：](?!\s*\d)\s*(.*)$)/su;

/** Longer texts are words; nobody types a score in front of so many. */
const LONGEST = 20_000;

/** Reads `9`, `9/10`, `９`, `9 – quick help`. A number off the scale, or out of another scale, makes the whole text words: never guessed. */
export function readTypedAnswer(kind: SurveyKind, text: string): TypedAnswer {
  const [, digits, outOf, rest] =
    (text.length <= LONGEST ? SCORE_FIRST.exec(text.normalize('NFKC')) : null) ?? [];
  const score = parseScore(kind, digits);
  if (!score.ok || (outOf !== undefined && Number(outOf) !== SCALES[kind].max)) return { kind: 'words' };
  const words = rest?.trim() ?? '';
  return { kind: 'score', score: score.score, words: words === '' ? null : words };
}
