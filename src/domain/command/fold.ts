// Text as the grammar compares it: upper and lower case, full and half width, with and without accents are one. Each folded character knows where it stood.

export interface Folded {
  readonly text: string;
  /** For each character of the folded text the place in the original where what it stands for begins. */
  readonly from: readonly number[];
  /** And where that ends. */
  readonly to: readonly number[];
}

/** A letter with the marks that belong to it: half-width kana are voiced by a character of their own. */
const UNIT = /\P{M}[\p{M}\uFF9E\uFF9F]{0,8}|\p{M}/gsu;

const ACCENTS = /[\u0300-\u036F]/gu;

export function foldText(original: string): Folded {
  const parts: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  for (const { 0: unit, index } of original.matchAll(UNIT)) {
    const folded = fold(unit);
    parts.push(folded);
    for (let i = 0; i < folded.length; i++) {
      from.push(index);
      to.push(index + unit.length);
    }
  }
  return { text: parts.join(''), from, to };
}

const PLAIN = /^[\x20-\x7E]*$/u;

export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(/ß/gu, 'ss')
    .replace(/[‘’ʼ´`]/gu, "'")
    .replace(/[〜∼]/gu, '~')
    .replace(/\s/gu, ' ');
}
