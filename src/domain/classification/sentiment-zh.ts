// What Chinese words say. There are no spaces to go by: at each place the longest term of the lexicon is taken, and what stands right before it
// negates or strengthens it.
import type { Clause } from './clause.ts';
import {
  CHINESE,
  CHINESE_BOOST,
  CHINESE_CONTRAST,
  CHINESE_DAMP,
  CHINESE_FLAT,
  CHINESE_NEGATION,
} from './lexicon-zh.ts';

/** Every term by its first character, the longest first. */
const byFirst = new Map<string, { readonly term: string; readonly value: number }[]>();
for (const [term, value] of [...CHINESE, ...CHINESE_FLAT.map((flat) => [flat, 0] as const)]) {
  const first = term[0]!;
  byFirst.set(first, [...(byFirst.get(first) ?? []), { term, value }]);
}
for (const terms of byFirst.values()) terms.sort((a, b) => b.term.length - a.term.length);

/** How many characters before a term are looked at. */
const LOOK_BACK = 5;

/** The clauses of a readable Chinese text. */
export function chineseClauses(text: string): readonly Clause[] {
  const clauses: Clause[] = [];
  for (const sentence of text.split(/[。.!！?？;；,，、~～…\s]+/u)) {
    if (sentence === '') continue;
    for (const [i, part] of sentence.split(CHINESE_CONTRAST).entries()) {
      if (i > 0) clauses.push({ text: '', values: [], contrast: true });
      if (part !== '') clauses.push(clause(part));
    }
  }
  return clauses;
}

function clause(part: string): Clause {
  const values: number[] = [];
  let end = 0;
  for (let i = 0; i < part.length; ) {
    const found = byFirst.get(part[i]!)?.find(({ term }) => part.startsWith(term, i));
    if (!found) {
      i++;
      continue;
    }
    if (found.value !== 0) values.push(weighed(found.value, part.slice(Math.max(end, i - LOOK_BACK), i)));
    i += found.term.length;
    end = i;
  }
  return { text: part, values, contrast: false };
}

function weighed(value: number, before: string): number {
  const bare = before.replace(CHINESE_BOOST, '');
  if (CHINESE_NEGATION.test(before) || (bare !== before && CHINESE_NEGATION.test(bare))) {
    return value > 0 ? -0.8 * value : -0.4 * value;
  }
  if (CHINESE_BOOST.test(before)) return 1.4 * value;
  return CHINESE_DAMP.test(before) ? 0.6 * value : value;
}
