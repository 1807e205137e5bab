// What each UTF-16 unit is and what it is read as. Emoji become one unit each, in the private area, which text of its own does not reach.
import { EMOJI } from './emoji.ts';
import { TRADITIONAL } from './traditional.ts';

/** Kinds of units. */
export const SPACE = 0;
export const LATIN = 1;
export const HAN = 2;
export const KANA = 3;
export const FOREIGN = 4;
export const DIGIT = 5;
export const STOP = 6;
export const PAUSE = 7;
export const PICTURE = 8;
export const APOSTROPHE = 9;
export const UNSEEN = 10;

export const KIND = new Uint8Array(0x10000);

/** The unit that this one is read as; 0 stands for several, which `SEVERAL` names. */
export const READ_AS = new Uint16Array(0x10000);

export const SEVERAL: ReadonlyMap<number, string> = new Map([
  [0xe4, 'ae'],
  [0xf6, 'oe'],
  [0xfc, 'ue'],
  [0xdf, 'ss'],
  [0xe6, 'ae'],
  [0x153, 'oe'],
]);

/** Praise (above 0) or complaint (below 0) of a picture. */
export const VALENCE = new Int8Array(0x10000);

const PICTURES = 0xe000;

/** The unit for a code point beyond the basic plane; 0 for what is no emoji. */
export function pictureOf(point: number): number {
  return point >= 0x1f000 && point <= 0x1ffff ? PICTURES + (point & 0xfff) : 0;
}

function paint(kind: number, ...ranges: readonly (readonly [from: number, to: number])[]) {
  for (const [from, to] of ranges) KIND.fill(kind, from, to + 1);
}

for (let unit = 0; unit < 0x10000; unit++) READ_AS[unit] = unit;
paint(FOREIGN, [0x370, 0x1cff], [0xa000, 0xd7ff], [0xfb00, 0xfdff], [0xfe70, 0xfefc]);
paint(
  LATIN,
  [0x61, 0x7a],
  [0xaa, 0xaa],
  [0xb5, 0xb5],
  [0xba, 0xba],
  [0xdf, 0xf6],
  [0xf8, 0x24f],
  [0x1e00, 0x1eff],
);
paint(DIGIT, [0x30, 0x39], [0x660, 0x669], [0x6f0, 0x6f9]);
paint(HAN, [0x3005, 0x3007], [0x3400, 0x9fff], [0xf900, 0xfaff]);
paint(KANA, [0x3041, 0x3096], [0x309d, 0x309f], [0x30a1, 0x30fa], [0x30fc, 0x30ff], [0x31f0, 0x31ff]);
paint(
  PAUSE,
  [0x28, 0x2a],
  [0x2c, 0x2d],
  [0x2f, 0x2f],
  [0x3a, 0x3a],
  [0x5b, 0x5d],
  [0x7b, 0x7e],
  [0x2010, 0x2015],
);
paint(PAUSE, [0x3001, 0x3001], [0x3008, 0x301f], [0x2c, 0x2c], [0x30fb, 0x30fb], [0xab, 0xab], [0xbb, 0xbb]);
paint(
  STOP,
  [0x21, 0x21],
  [0x2e, 0x2e],
  [0x3b, 0x3b],
  [0x3f, 0x3f],
  [0xa1, 0xa1],
  [0xbf, 0xbf],
  [0x2026, 0x2026],
);
paint(STOP, [0x3002, 0x3002], [0x0a, 0x0a], [0x0d, 0x0d]);
paint(
  PICTURE,
  [0x2190, 0x21ff],
  [0x2300, 0x23ff],
  [0x2500, 0x27bf],
  [0x2900, 0x297f],
  [0x2b00, 0x2bff],
  [0x3030, 0x3030],
);
paint(PICTURE, [PICTURES, PICTURES + 0xfff]);
paint(APOSTROPHE, [0x27, 0x27], [0x60, 0x60], [0xb4, 0xb4], [0x2018, 0x2019], [0x2bc, 0x2bc]);
paint(
  UNSEEN,
  [0x00, 0x08],
  [0x0e, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x300, 0x36f],
  [0x61c, 0x61c],
  [0x180b, 0x180e],
);
paint(
  UNSEEN,
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x20e3, 0x20e3],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
);
paint(UNSEEN, [0xd800, 0xdfff], [0xf000, 0xf8ff], [0xfff0, 0xffff]);

for (let unit = 0xdf; unit < 0x1f00; unit = unit === 0x24f ? 0x1e00 : unit + 1) {
  if (SEVERAL.has(unit)) READ_AS[unit] = 0;
  else if (KIND[unit] === LATIN) READ_AS[unit] = String.fromCharCode(unit).normalize('NFD').charCodeAt(0);
}
for (const [unit, kind] of KIND.entries()) if (kind === APOSTROPHE) READ_AS[unit] = 0x27;
for (let i = 0; i < TRADITIONAL.length; i += 2)
  READ_AS[TRADITIONAL.charCodeAt(i)] = TRADITIONAL.charCodeAt(i + 1);
for (const [emoji, valence] of EMOJI) {
  const point = emoji.codePointAt(0)!;
  VALENCE[point < 0x10000 ? point : pictureOf(point)] = valence;
}
