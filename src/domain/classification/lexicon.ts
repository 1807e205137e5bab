// A lexicon as it is written by hand, one line of terms for each weight, and as it is looked up.

/** From a term to its weight, -3 (very bad) to 3 (very good). */
export type Lexicon = ReadonlyMap<string, number>;

type Weight = -3 | -2 | -1 | 1 | 2 | 3;

/** Terms are separated by `|`; line breaks around them do not matter. A term that is listed twice keeps its stronger weight. */
export function lexicon(byWeight: Readonly<Record<Weight, string>>): Lexicon {
  const terms = new Map<string, number>();
  for (const [weight, list] of Object.entries(byWeight)) {
    for (const raw of list.split('|')) {
      const term = raw.trim();
      const known = terms.get(term) ?? 0;
      if (term !== '' && Math.abs(Number(weight)) > Math.abs(known)) terms.set(term, Number(weight));
    }
  }
  return terms;
}
