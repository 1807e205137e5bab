// Takes the names of those who wrote out of their words.
import { maskPersonalData } from './quotes.ts';

/** Shorter ones are parts of too many words. */
const SHORTEST = 3;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Names, whole and by their parts, become `[…]`, in whatever case; where words are written without spaces, also inside of others. */
export function maskNames(words: string, names: readonly string[]): string {
  const parts = names
    .map((name) => name.normalize('NFC').trim())
    .flatMap((name) => [name, ...name.split(/[\s,._@-]+/u)]);
  const told = [...new Set(parts)].filter(
    (part) => Array.from(part).length >= (CJK.test(part) ? 2 : SHORTEST),
  );
  if (told.length === 0) return words;
  const longestFirst = told.sort((a, b) => b.length - a.length);
  const pattern = longestFirst.map((part) => {
    const literal = part.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
    return CJK.test(part) ? literal : `(?<![\\p{L}\\p{Nd}])${literal}(?![\\p{L}\\p{Nd}])`;
  });
  return words.normalize('NFC').replace(new RegExp(pattern.join('|'), 'giu'), '[…]');
}

/** As Slack and Discord write whoever or whatever is mentioned. */
const MENTION = /<[@#!][^<>\s]{1,64}>/gu;

/** What may leave the process: without the writers' own names, without mentions, addresses and long numbers. */
export function maskPerson(words: string, names: readonly string[]): string {
  return maskNames(maskPersonalData(words.replace(MENTION, '[…]')), names);
}
