// An independent reading of wall clocks, by Intl, and the zones that trip people up.
import fc from 'fast-check';
import type { Instant, ZoneName } from '../../src/domain/basics.ts';

/** Half-hour changes, changes at midnight, none at all, rules that came and went, and a fold back over midnight. */
export const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Shanghai',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'America/Havana',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'UTC',
] as const;

export const anyZone = fc.constantFrom(...ZONES);

/** Any millisecond from 2005 to 2035, two in three of them near a change of the clocks. */
export function anyInstantIn(zone: ZoneName): fc.Arbitrary<Instant> {
  const anywhere = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1) });
  const changes = changesOf(zone);
  if (changes.length === 0) return anywhere;
  const within = (hours: number) =>
    fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -hours * 3_600_000, max: hours * 3_600_000 }))
      .map(([change, offset]) => change + offset);
  return fc.oneof(anywhere, within(48), within(2));
}

/** A zone and a moment in it. */
export const anyMoment = anyZone.chain((zone) => anyInstantIn(zone).map((at) => ({ zone, at })));

const clocks = new Map<ZoneName, Intl.DateTimeFormat>();

/** Date, minutes and weekday as Intl reads them. */
export function readClock(at: Instant, zone: ZoneName): { date: string; minutes: number } {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      calendar: 'iso8601',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    clocks.set(zone, clock);
  }
  const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${part['year']}-${part['month']}-${part['day']}`,
    minutes: Number(part['hour']) * 60 + Number(part['minute']),
  };
}

/** The zone's distance from UTC at a moment, in minutes, by Intl's reading. */
function offsetOf(at: Instant, zone: ZoneName): number {
  const { date, minutes } = readClock(at, zone);
  return (Date.parse(`${date}T00:00:00Z`) + minutes * 60_000 - Math.floor(at / 60_000) * 60_000) / 60_000;
}

const known = new Map<ZoneName, readonly Instant[]>();

/** Every change of the clocks from 2005 to 2035, to the minute, found by halving. */
export function changesOf(zone: ZoneName): readonly Instant[] {
  const found = known.get(zone);
  if (found !== undefined) return found;
  const changes: Instant[] = [];
  const step = 7 * 86_400_000;
  for (let at = Date.UTC(2005, 0, 1); at < Date.UTC(2035, 0, 1); at += step) {
    if (offsetOf(at, zone) === offsetOf(at + step, zone)) continue;
    let [low, high] = [at, at + step];
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 120_000) * 60_000;
      if (offsetOf(middle, zone) === offsetOf(low, zone)) low = middle;
      else high = middle;
    }
    changes.push(high);
  }
  known.set(zone, changes);
  return changes;
}
