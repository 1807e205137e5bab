// What English words say: praise and complaint with negation ("not bad"), force ("very slow") and contrast ("great, but …").
import type { Clause } from './clause.ts';
import { simpleForms } from './english-forms.ts';
import {
  ENGLISH,
  ENGLISH_BOOST,
  ENGLISH_CONTRAST,
  ENGLISH_DAMP,
  ENGLISH_FLAT,
  ENGLISH_NEGATION,
} from './lexicon-en.ts';

/** The longest phrase of the lexicon, in words. */
const LONGEST_PHRASE = 5;

/** How many words a negation reaches. */
const NEGATION_REACH = 3;

const phraseStarts = new Set(
  [...ENGLISH.keys(), ...ENGLISH_FLAT]
    .filter((term) => term.includes(' '))
    .map((term) => term.split(' ')[0]!),
);

/** The clauses of a readable English text. */
export function englishClauses(text: string): readonly Clause[] {
  const clauses: Clause[] = [];
  for (const sentence of text.split(/[.!?;\n]+/u)) {
    for (const part of sentence.split(/,|\s-+\s|[()]/u)) {
      let words: string[] = [];
      for (const word of part.match(/[\p{L}\p{N}]+(?:'\p{L}+)*/gu) ?? []) {
        if (ENGLISH_CONTRAST.has(word) && clauses.length + words.length > 0) {
          if (words.length > 0) clauses.push(clause(words));
          clauses.push({ text: '', values: [], contrast: true });
          words = [];
        } else words.push(word);
      }
      if (words.length > 0) clauses.push(clause(words));
    }
  }
  return clauses;
}

function clause(words: readonly string[]): Clause {
  const values: number[] = [];
  let negatedUntil = -1;
  let force = 1;
  for (let i = 0; i < words.length; ) {
    const found = termAt(words, i);
    if (found !== null) {
      if (found.value !== 0) values.push(i <= negatedUntil ? turned(found.value) : found.value * force);
      force = 1;
      i += found.length;
      continue;
    }
    const word = words[i]!;
    if (ENGLISH_NEGATION.has(word))
      negatedUntil = word === 'not' && words[i + 1] === 'only' ? -1 : i + NEGATION_REACH;
    else if (ENGLISH_BOOST.has(word)) force = 1.4;
    else if (ENGLISH_DAMP.has(word)) force = 0.6;
    i++;
  }
  return { text: words.join(' '), values, contrast: false };
}

/** Not good is bad; not bad is only fair. */
function turned(value: number): number {
  return value > 0 ? -0.8 * value : -0.4 * value;
}

/** The longest term that begins at this word. */
function termAt(
  words: readonly string[],
  i: number,
): { readonly value: number; readonly length: number } | null {
  const first = words[i]!;
  if (phraseStarts.has(first)) {
    for (let length = Math.min(LONGEST_PHRASE, words.length - i); length > 1; length--) {
      const phrase = words.slice(i, i + length).join(' ');
      if (ENGLISH_FLAT.has(phrase)) return { value: 0, length };
      const value = ENGLISH.get(phrase);
      if (value !== undefined) return { value, length };
    }
  }
  for (const form of simpleForms(first)) {
    const value = ENGLISH.get(form);
    if (value !== undefined) return { value, length: 1 };
  }
  return null;
}
