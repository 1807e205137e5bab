// Any period as whole days, whole hours and what is left of an hour at either end: the first two stand in the tallies, the last is counted.
import { DAY, HOUR, type Instant } from '../../../src/domain/basics.ts';

/** From `from` up to, but without, `to`. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

export interface Whole extends Span {
  readonly grain: 'hour' | 'day';
}

export interface Parts {
  /** At most one run of days, with one of hours before and one after it. */
  readonly whole: readonly Whole[];
  /** All of `whole` together; null where the period has no whole hour. */
  readonly hours: Span | null;
  /** Less than an hour each. */
  readonly edges: readonly Span[];
}

export function partsOf({ from, to }: Span): Parts {
  const hours = within({ from, to }, HOUR);
  if (hours === null) return { whole: [], hours, edges: present([{ from, to }]) };
  const edges = present([
    { from, to: hours.from },
    { from: hours.to, to },
  ]);
  const days = within(hours, DAY);
  if (days === null) return { whole: [{ grain: 'hour', ...hours }], hours, edges };
  const around = present([
    { from: hours.from, to: days.from },
    { from: days.to, to: hours.to },
  ]);
  return { whole: [{ grain: 'day', ...days }, ...around.map(asHours)], hours, edges };
}

function asHours(span: Span): Whole {
  return { grain: 'hour', ...span };
}

/** The whole steps of a period; null where there is none. */
function within({ from, to }: Span, step: number): Span | null {
  const first = Math.ceil(from / step) * step;
  const end = Math.floor(to / step) * step;
  return first < end ? { from: first, to: end } : null;
}

function present(spans: readonly Span[]): readonly Span[] {
  return spans.filter(({ from, to }) => from < to);
}
