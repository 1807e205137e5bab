// A score, read once from whatever came in: an integer on the survey's scale, or a sentence that says what was wrong.
import { SCALES, type SurveyKind } from '../survey/kind.ts';

export type ParsedScore =
  | { readonly ok: true; readonly score: number }
  | {
      readonly ok: false;
      readonly value: string;
      readonly min: number;
      readonly max: number;
      readonly message: string;
    };

/**
 * Reads `9` or `"9"` (spaces around the digits are allowed). Anything else, such as 9.5, "9.0", "", true, null, NaN or 11 on a
 * scale that ends at 10, is a value that names itself and the scale. 0 is a score for NPS.
 */
export function parseScore(kind: SurveyKind, input: unknown): ParsedScore {
  const { min, max } = SCALES[kind];
  const score = integerIn(input);
  if (score !== null && score >= min && score <= max) return { ok: true, score };
  const value = shown(input);
  const message = `${value} is not a score: ${kind.toUpperCase()} takes a whole number from ${min} to ${max}`;
  return { ok: false, value, min, max, message };
}

function integerIn(input: unknown): number | null {
  // `+ 0` makes -0 an ordinary zero.
  if (typeof input === 'number') return Number.isInteger(input) ? input + 0 : null;
  const [, digits] =
    typeof input === 'string' && input.length <= 40 ? (/^\s*(0|[1-9]\d?)\s*$/.exec(input) ?? []) : [];
  return digits === undefined ? null : Number(digits);
}

/** The value as it came in, short enough for a log line or an error message. */
function shown(input: unknown): string {
  if (typeof input === 'string') return JSON.stringify(input.length > 40 ? `${input.slice(0, 40)}…` : input);
  if (typeof input === 'object' && input !== null) return Array.isArray(input) ? 'a list' : 'an object';
  return typeof input === 'function' ? 'a function' : String(input);
}
