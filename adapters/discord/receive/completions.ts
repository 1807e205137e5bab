// What is offered while somebody fills an option in: what is known without asking anybody.
import { parseCommand } from '../../../src/domain/command/grammar.ts';
import { vocabularyOf } from '../../../src/domain/command/words/dictionary.ts';
import type { PeriodName } from '../../../src/domain/command/words/vocabulary.ts';

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

/** With what is sent for them. */
const PERIODS: readonly (readonly [PeriodName, string])[] = [
  ['this week', 'this week'],
  ['last week', 'last week'],
  ['this month', 'this month'],
  ['last month', 'last month'],
  ['this quarter', 'this quarter'],
  ['last quarter', 'last quarter'],
  ['this year', 'this year'],
  ['last year', 'last year'],
  ['last day', 'yesterday'],
  ['7 day', '7d'],
  ['30 day', '30d'],
  ['90 day', '90d'],
  ['12 month', '12m'],
];

/** Time zones and periods; of everything else people know best themselves. */
export function completionsOf(completing: Completing | null, locale: string | null): readonly Choice[] {
  if (completing === null) return [];
  if (/zone/u.test(completing.name)) return zones(completing.typed);
  return completing.name === 'period' ? periods(completing.typed, locale) : [];
}

function zones(typed: string): readonly Choice[] {
  const wanted = folded(typed);
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

/** Those with a name that begins so, and what was typed, where it can be read. */
function periods(typed: string, locale: string | null): readonly Choice[] {
  const wanted = folded(typed);
  const { periods: named } = vocabularyOf(locale);
  const known = PERIODS.map(([name, value]) => ({
    name: /^\d/u.test(value) ? value : (named[name]?.[0] ?? value),
    value,
  })).filter(({ name, value }) => [name, value].some((one) => folded(one).includes(wanted)));
  const own = typed.trim().slice(0, LONGEST);
  const isRead = own !== '' && parseCommand(`summary ${own}`, locale).kind === 'command';
  const isKnown = known.some(({ name, value }) => [name, value].some((one) => folded(one) === wanted));
  return [...(isRead && !isKnown ? [{ name: own, value: own }] : []), ...known].slice(0, MOST);
}

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/gu, '_');
}
