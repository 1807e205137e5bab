// Lines of plain text for terminals, with Chinese, Japanese and Korean characters and emoji counted as the two columns they take.

/** Lines of at most `width` columns behind `lead`. Breaks at spaces and between wide characters; longer words are broken anywhere. */
export function wrap(words: string, width: number, lead = ''): string {
  const lines = inert(words)
    .split('\n')
    .flatMap((paragraph) => wrapParagraph(paragraph, width));
  return lines.map((line) => (lead + line).trimEnd()).join('\n');
}

/** Longer leads are only the beginning of the words. */
const WIDEST_LEAD = 20;

/** The words behind `lead`, their further lines set in under them. */
export function hanging(lead: string, words: string, width: number): string {
  const indent = columns(lead);
  if (indent > Math.min(WIDEST_LEAD, width / 2)) return wrap(lead + words, width);
  return (lead + wrap(words, width - indent, ' '.repeat(indent)).slice(indent)).trimEnd();
}

/** How many columns of a terminal a text takes, as far as that can be known without asking it. */
export function columns(text: string): number {
  let n = 0;
  for (const letter of text) {
    if (!NO_WIDTH.test(letter)) n += WIDE.test(letter) ? 2 : 1;
  }
  return n;
}

const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** East Asian wide and full-width characters, and emoji (Unicode Standard Annex 11, rounded to whole blocks). */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u;

/** A word, or one wide character; opening marks stay with what follows them, closing marks with what they close. */
const PIECE =
  /[（「『〈《【]*(?:[^\s\u2E80-\uFFEF]+|[\u2E80-\uFFEF])[、。，．：；！？）」』〉》】]*\s*|\s+/gu;

function wrapParagraph(paragraph: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of paragraph.match(PIECE) ?? []) {
    for (const part of columns(piece) > width ? chunks(piece, width) : [piece]) {
      if (used > 0 && used + columns(part.trimEnd()) > width) {
        lines.push(line);
        line = '';
        used = 0;
      }
      if (used === 0 && part.trim() === '') continue;
      line += part;
      used += columns(part);
    }
  }
  return [...lines, line];
}

function chunks(piece: string, width: number): readonly string[] {
  const result: string[] = [];
  let chunk = '';
  let used = 0;
  for (const letter of piece) {
    const takes = columns(letter);
    if (used + takes > width) {
      result.push(chunk);
      chunk = '';
      used = 0;
    }
    chunk += letter;
    used += takes;
  }
  return [...result, chunk];
}

/** Customers' words must not move the cursor, colour the screen or turn the reading direction. */
function inert(words: string): string {
  return words
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(/\t/gu, ' ')
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .replace(/[^\P{Cc}\n]|\p{Cs}/gu, '\uFFFD');
}
