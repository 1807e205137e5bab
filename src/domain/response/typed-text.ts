// A typed text as a reader compares it, which knows where each of its characters stands in what was typed: so that words are kept as they were typed.

export interface TypedText {
  /** NFKC, lower case, without what cannot be seen; each run of white space is one character, a new line where it holds one. */
  readonly folded: string;
  /** What was typed from this place of `folded` on, up to another. */
  typed(from: number, to?: number): string;
}

const INVISIBLE = /[\uFE0E\uFE0F\u20E3\u200B-\u200D\u2060\uFEFF]/u;

/** NFKC would make "91⁄2" of "9½". */
const FRACTION = /[¼-¾⅐-⅞]/u;

export function typedText(text: string): TypedText {
  const raw = text.normalize('NFC').trim();
  const parts: string[] = [];
  const places: number[] = [];
  let at = 0;
  for (const character of raw) {
    for (const unit of foldedCharacter(character)) {
      if (!/\s/u.test(unit)) add(unit);
      else if (!/\s/u.test(parts.at(-1) ?? '')) add(/[\n\r\u2028\u2029]/u.test(unit) ? '\n' : ' ');
      else if (/[\n\r\u2028\u2029]/u.test(unit)) parts[parts.length - 1] = '\n';
    }
    at += character.length;
  }
  const folded = parts.join('');
  return {
    folded,
    typed: (from, to = folded.length) => raw.slice(places[from] ?? raw.length, places[to]).trim(),
  };

  function add(unit: string): void {
    parts.push(unit);
    for (let i = 0; i < unit.length; i++) places.push(at);
  }
}

function foldedCharacter(character: string): string {
  if (character === '🔟') return '10';
  if (INVISIBLE.test(character)) return '';
  const folded = character.normalize('NFKC').toLowerCase();
  return FRACTION.test(character) ? ` ${folded.replace('⁄', '/')}` : folded;
}
