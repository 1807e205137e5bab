// The word nearest to one that is none: what was perhaps meant.
import { type Dictionary, isCjk, type Meaning } from './words/dictionary.ts';

/** At most two slips away, fewer for short words; of several as near the first, which is the reader's own language. Null when nothing is near. */
export function nearest(
  folded: string,
  dictionary: Dictionary,
  accepts: (meaning: Meaning) => boolean,
): string | null {
  const letters = Array.from(folded.slice(0, 40));
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const { name, letters: target, meaning } of dictionary.single) {
    const most = mostSlips(letters, target);
    if (Math.abs(letters.length - target.length) > most || !accepts(meaning)) continue;
    const distance = slips(letters, target);
    // A word of which nothing is left is not a slip of the pen.
    if (distance > most || distance >= Math.min(letters.length, target.length)) continue;
    if (best === null || distance < best.distance) best = { name, distance };
  }
  return best?.name ?? null;
}

function mostSlips(typed: readonly string[], target: readonly string[]): number {
  const longer = Math.max(typed.length, target.length);
  // Three letters are too few to have two of them wrong; a character of Chinese says as much as a syllable.
  if (longer <= (isCjk(target[0]) ? 3 : 4)) return longer > 1 ? 1 : 0;
  return 2;
}

/** Damerau-Levenshtein distance of neighbours (optimal string alignment): insertions, deletions, changes, swaps. */
function slips(a: readonly string[], b: readonly string[]): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = Number(a[i - 1] !== b[j - 1]);
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
