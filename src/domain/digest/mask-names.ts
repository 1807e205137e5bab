// Takes the names of those who wrote out of their words.

/** Shorter ones are parts of too many words. */
const SHORTEST = 3;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Names, whole and by their parts, become `[…]`, in whatever case; where words are written without spaces, also inside of others. */
export function maskNames(words: string, names: readonly string[]): string {
  const parts = names.flatMap((name) => [name.trim(), ...name.trim().split(/[\s,]+/u)]);
  const told = [...new Set(parts)].filter(
    (part) => Array.from(part).length >= (CJK.test(part) ? 2 : SHORTEST),
  );
  if (told.length === 0) return words;
  const longestFirst = told.sort((a, b) => b.length - a.length);
  const pattern = longestFirst.map((part) => {
    const literal = part.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
    return CJK.test(part) ? literal : `(?<![\\p{L}\\p{Nd}])${literal}(?![\\p{L}\\p{Nd}])`;
  });
  return words.replace(new RegExp(pattern.join('|'), 'giu'), '[…]');
}
