// Text in a picture: made harmless, measured well enough, and cut to the room there is.

/** Noto Sans advance widths of U+0020…U+007E, in hundredths of an em. */
const ASCII = [
  26, 27, 41, 65, 57, 83, 73, 22, 30, 30, 55, 57, 27, 32, 27, 37, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 27,
  27, 57, 57, 57, 43, 90, 64, 65, 63, 73, 56, 52, 73, 74, 34, 27, 62, 52, 91, 76, 78, 60, 78, 62, 55, 56, 73,
  60, 93, 59, 57, 57, 33, 37, 33, 57, 44, 28, 56, 62, 48, 62, 56, 34, 62, 62, 26, 26, 53, 26, 94, 62, 60, 62,
  62, 41, 48, 36, 62, 51, 79, 53, 51, 47, 38, 55, 38, 57,
];
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\u3000-\u303f\uff00-\uff60]/u;
const ZERO = /[\p{Mn}\p{Me}\p{Cf}]/u;
const LONGEST = 4_000;

/** Controls, lone surrogates and noncharacters break XML; line breaks and bidirectional overrides break the picture. */
const HARMFUL =
  /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{10fffe}\u{10ffff}]/gu;

/** One line of plain text, whatever came in: no controls, no direction overrides, at most `longest` code units. */
export function clean(text: string, longest = LONGEST): string {
  return text.slice(0, longest).replace(/\s+/gu, ' ').replace(HARMFUL, '').trim();
}

/** For XML text and double-quoted attributes alike. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** About how wide a text is, in ems of its font size; a little generous, because a browser may choose another font. */
export function widthOf(text: string): number {
  let hundredths = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code < 0x7f) hundredths += ASCII[code - 0x20] ?? 60;
    else if (WIDE.test(character)) hundredths += 100;
    else if (!ZERO.test(character)) hundredths += 62;
  }
  return (hundredths / 100) * 1.03;
}

/** The text, or as much of its beginning as fits into `ems` with an ellipsis; never half a character. */
export function shorten(text: string, ems: number): string {
  if (widthOf(text) <= ems) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    if (widthOf(kept + segment) + 0.8 > ems) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Up to `lines` lines of `ems` each, broken between words (or Han characters); what remains is cut with an ellipsis. */
export function wrap(text: string, ems: number, lines: number): readonly string[] {
  const done: string[] = [];
  let rest = text;
  while (rest !== '' && done.length < lines - 1 && widthOf(rest) > ems) {
    const head = headThatFits(rest, ems);
    done.push(head.trimEnd());
    rest = rest.slice(head.length).trimStart();
  }
  if (rest !== '') done.push(shorten(rest, ems));
  return done;
}

function headThatFits(text: string, ems: number): string {
  let head = '';
  for (const piece of text.match(/[^\s\u2e80-\uffef]+\s*|\s+|[\u2e80-\uffef][、。，．：；！？」）]*/gu) ??
    []) {
    if (head !== '' && widthOf((head + piece).trimEnd()) > ems) return head;
    head += piece;
    if (widthOf(head) > ems) break;
  }
  return widthOf(head.trimEnd()) <= ems
    ? head
    : shorten(head, ems).slice(0, -1) || String.fromCodePoint(text.codePointAt(0) ?? 0x20);
}
