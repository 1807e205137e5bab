// What narrows figures down, in whatever order: a period, a survey, a sentiment, a theme; each at most once.
import { addDays, dayStart, type LocalDate, localDate } from '../calendar.ts';
import type { Theme } from '../classification/classification.ts';
import type { Segment, SurveyKind } from '../survey/kind.ts';
import type { Piece } from './lex.ts';
import { isPlausibleYear, lastOf, type Period, type PeriodUnit, resolvePeriod } from './period.ts';
import type { Mark } from './words/vocabulary.ts';

export interface Slots {
  readonly period: Period | null;
  readonly survey: SurveyKind | null;
  readonly sentiment: Segment | null;
  readonly theme: Theme | null;
}

export type SlotName = keyof Slots;

/** What was read; or the first piece that does not fit. */
export type SlotsRead =
  | { readonly kind: 'slots'; readonly slots: Slots; readonly count: number }
  | { readonly kind: 'bad'; readonly piece: Piece };

export const NO_SLOTS: Slots = { period: null, survey: null, sentiment: null, theme: null };

export function readSlots(pieces: readonly Piece[], allowed: ReadonlySet<SlotName>): SlotsRead {
  const slots: { -readonly [K in SlotName]: Slots[K] } = { ...NO_SLOTS };
  let count = 0;
  for (let index = 0; index < pieces.length; ) {
    const piece = pieces[index]!;
    const timed = allowed.has('period') && slots.period === null ? periodAt(pieces, index) : null;
    if (timed !== null) {
      slots.period = timed.period;
      index = timed.next;
      count += 1;
      continue;
    }
    const { survey, sentiment, theme } = piece.meaning ?? {};
    if (survey !== undefined && allowed.has('survey') && slots.survey === null) slots.survey = survey;
    else if (sentiment !== undefined && allowed.has('sentiment') && slots.sentiment === null)
      slots.sentiment = sentiment;
    else if (theme !== undefined && allowed.has('theme') && slots.theme === null) slots.theme = theme;
    else if (isMark(piece, 'filler') || isMark(piece, 'until')) count -= 1;
    else return { kind: 'bad', piece };
    count += 1;
    index += 1;
  }
  return { kind: 'slots', slots, count };
}

export function isMark({ meaning }: Pick<Piece, 'meaning'>, mark: Mark): boolean {
  return meaning?.marks?.has(mark) === true;
}

interface Found {
  readonly period: Period;
  readonly next: number;
}

function periodAt(pieces: readonly Piece[], index: number): Found | null {
  const piece = pieces[index]!;
  if (piece.date !== null) return daysFrom(pieces, index, piece.date);
  if (piece.number !== null) {
    // "14 derniers jours"; and some units are small words of another language.
    const next = unitOf(pieces[index + 1]) === undefined ? skip(pieces, index + 1, 'filler') : index + 1;
    const unit = unitOf(pieces[next]);
    if (unit !== undefined) {
      const period = lastOf(piece.number, unit);
      return period === null ? null : { period, next: next + 1 };
    }
    return piece.word.length === 4 && isPlausibleYear(piece.number)
      ? { period: { kind: 'year', year: piece.number }, next: index + 1 }
      : null;
  }
  const named = piece.period ?? monthOf(piece) ?? piece.meaning?.period ?? null;
  if (named === null) return null;
  if (named.kind !== 'month' && named.kind !== 'quarter') return { period: named, next: index + 1 };
  const after = skip(pieces, index + 1, 'filler');
  const year = pieces[after]?.word.length === 4 ? pieces[after]?.number : null;
  const known = year && named.year === null && isPlausibleYear(year) ? { ...named, year } : named;
  return monthsFrom(pieces, known === named ? index + 1 : after + 1, known);
}

function unitOf(piece: Piece | undefined): PeriodUnit | undefined {
  return piece?.meaning?.unit;
}

function monthOf({ meaning }: Piece): Period | null {
  return meaning?.month === undefined ? null : { kind: 'month', year: null, month: meaning.month };
}

/** `2026-10-01..2026-10-31`, `2026-10-01 2026-10-31`, or one day. */
function daysFrom(pieces: readonly Piece[], index: number, first: LocalDate): Found {
  const next = skip(pieces, index + 1, 'filler', 'until');
  const last = pieces[next]?.date ?? null;
  const [from, to] = last === null || first <= last ? [first, last ?? first] : [last, first];
  return { period: { kind: 'dates', from, to }, next: last === null ? index + 1 : next + 1 };
}

/** `2026-07..2026-09`: whole months, where both say their year. */
function monthsFrom(pieces: readonly Piece[], after: number, first: Period): Found {
  const next = skip(pieces, after, 'until');
  const last = next > after ? pieces[next]?.period : null;
  if (first.kind !== 'month' || first.year === null || last?.kind !== 'month' || last.year === null)
    return { period: first, next: after };
  const [a, b] = [daysIn(first), daysIn(last)];
  const [from, to] = a.from <= b.from ? [a.from, b.to] : [b.from, a.to];
  return { period: { kind: 'dates', from, to }, next: next + 1 };
}

function daysIn(month: Period): { readonly from: LocalDate; readonly to: LocalDate } {
  const { from, to } = resolvePeriod(month, dayStart('2200-01-01', 'UTC'), 'UTC');
  return { from: localDate(from, 'UTC'), to: addDays(localDate(to, 'UTC'), -1) };
}

function skip(pieces: readonly Piece[], from: number, ...marks: readonly Mark[]): number {
  let index = from;
  while (index < pieces.length && marks.some((mark) => isMark(pieces[index]!, mark))) index += 1;
  return index;
}
