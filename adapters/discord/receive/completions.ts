// What is offered while somebody fills an option in: what is known without asking anybody.
export interface Completing {
  readonly path: string;
  readonly name: string;
  readonly typed: string;
}

interface Choice {
  readonly name: string;
  readonly value: string;
}

const MOST = 25;
const LONGEST = 100;

const ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** Time zones; of everything else people know best themselves. */
export function completionsOf(completing: Completing | null): readonly Choice[] {
  if (completing === null || !/zone/u.test(completing.name)) return [];
  const wanted = folded(completing.typed);
  const begins = (zone: string) =>
    folded(zone)
      .split('/')
      .some((part) => part.startsWith(wanted));
  const fitting = ZONES.filter((zone) => folded(zone).includes(wanted));
  return [...fitting.filter(begins), ...fitting.filter((zone) => !begins(zone))]
    .filter((zone) => zone.length <= LONGEST)
    .slice(0, MOST)
    .map((zone) => ({ name: zone.replaceAll('_', ' '), value: zone }));
}

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/gu, '_');
}
