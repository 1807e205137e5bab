// Anybody's words as a platform may show them: as long as it allows, cut between whole characters, and nothing in them reaches beyond themselves.
import type { Locale } from './basics.ts';

/** Stands for what was left out, and for what there is no word for: platforms refuse empty texts. */
export const MORE = '…';

/** Much more than is kept is not even looked at. */
const LOOKED_AT = 8;

/** Embeddings, overrides and isolates: left open, they would turn what stands behind the words. A pair that closes reaches no further than itself. */
const TURNS = /(\u2068[^\u2068\u2069]*\u2069)|[\u202A-\u202E\u2066-\u2069]/gu;
/** Within a pair: those of the other kinds. */
const INNER_TURNS = /[\u202A-\u202E\u2066\u2067]/gu;
const ISOLATES = /[\u2068\u2069]/gu;

/** Without controls, half characters and marks that turn others; at most `max` UTF-16 units, which is never less than a platform counts. */
export function words(text: string, max: number): string {
  const clean = text
    .slice(0, max * LOOKED_AT)
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(TURNS, (_, pair?: string) => (pair === undefined ? '' : pair.replace(INNER_TURNS, '')))
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Cs}/gu, '\uFFFD');
  return closed(cut(clean, max));
}

/** What was cut within an isolate is not left open. */
function closed(text: string): string {
  const open = text.lastIndexOf('\u2068');
  return open > text.lastIndexOf('\u2069') ? text.slice(0, open) + text.slice(open + 1) : text;
}

/** The same on one line. */
export function line(text: string, max: number): string {
  const flat = text.slice(0, max * LOOKED_AT).replace(/\s+/gu, ' ');
  return words(flat, max).trim();
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** As much of the beginning as fits with an ellipsis; never half a character, nor a character without its marks. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const near = text.slice(0, max + 64);
  const end = graphemes.segment(near).containing(max - 1)?.index ?? 0;
  // Marks without end on one letter are one character; they are cut all the same.
  const kept = end > 0 ? near.slice(0, end) : near.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/u, '');
  return kept.trimEnd() + MORE;
}

export function isBlank(text: string): boolean {
  return /^[\s\p{Cf}]*$/u.test(text);
}

/** Hebrew, Arabic and all other letters that are read from the right, and the marks that make others be read so. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFE\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const READ_FROM_THE_RIGHT = /^(?:ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/u;

/**
 * A piece of a line whose direction stays its own; `ours` where the sentence itself is, which in a script from the right decides how all of it runs.
 * Not for what is a paragraph by itself: there its first letter does.
 */
export function isolated(text: string, locale: Locale, ours = false): string {
  const turned = READ_FROM_THE_RIGHT.test(locale) ? !ours : RIGHT_TO_LEFT.test(text.replace(TURNS, ''));
  return turned && text !== '' ? `\u2068${text.replace(ISOLATES, '')}\u2069` : text;
}

/** What stands between a label and its value. */
export function colonOf(locale: Locale): string {
  if (/^(?:zh|ja)\b/u.test(locale)) return '：';
  return /^fr\b/u.test(locale) ? '\u00A0: ' : ': ';
}
