// Cuts what was typed into pieces: mentions, numbers, dates, times, known words of any language, and all else. In time linear in the text, which
// may be written without spaces.
import type { ClockMinutes, LocalDate } from '../calendar.ts';
import { foldText } from './fold.ts';
import { dateOf, isPlausibleYear, type Period } from './period.ts';
import { type Dictionary, isCjk, type Meaning } from './words/dictionary.ts';

export interface Piece {
  /** Where it stands in the text as it was typed. */
  readonly start: number;
  readonly end: number;
  /** As it is compared. */
  readonly word: string;
  readonly mention: boolean;
  readonly meaning: Meaning | null;
  readonly number: number | null;
  readonly time: ClockMinutes | null;
  readonly date: LocalDate | null;
  readonly period: Period | null;
}

/** Nobody's command has more; what stands behind is one piece that means nothing. */
const MOST_PIECES = 64;

const SKIPPED = /[\s,;:!?。、，；：！？·|"“”«»„()[\]{}「」『』]/u;
const MENTION = /<[@#!][^<>\s]{1,200}>/y;

type Read = Partial<Pick<Piece, 'number' | 'time' | 'date' | 'period' | 'mention'>>;

const END = '(?![\\p{Script=Latin}\\p{N}])';

/** The first that fits and has a reading counts. */
const PATTERNS: readonly (readonly [RegExp, (found: readonly string[]) => Read | null])[] = [
  [MENTION, () => ({ mention: true })],
  [sticky(`(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${END}`), ([, y, m, d]) => day(y, m, d)],
  [sticky('(\\d{4})年(\\d{1,2})月(\\d{1,2})[日号]'), ([, y, m, d]) => day(y, m, d)],
  [sticky(`(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})${END}`), ([, d, m, y]) => day(y, m, d)],
  [sticky(`(\\d{4})[-/.](\\d{1,2})${END}`), ([, y, m]) => month(y, m)],
  [sticky('(\\d{4})年(\\d{1,2})月(?!\\d)'), ([, y, m]) => month(y, m)],
  [sticky('(\\d{1,2})月(?![\\d间間])'), ([, m]) => month(undefined, m)],
  [sticky(`(\\d{4})[-/ ]?q([1-4])${END}`), ([, y, q]) => quarter(y, q)],
  [sticky(`[qt]([1-4])(?:[-/ ]?(\\d{4}))?${END}`), ([, q, y]) => quarter(y, q)],
  [sticky('(?:(\\d{4})年)?第?([1-4一二三四])(?:个|個)?(?:季度|四半期)'), ([, y, q]) => quarter(y, q)],
  [sticky(`([1-4])\\. ?quartal(?: (\\d{4}))?${END}`), ([, q, y]) => quarter(y, q)],
  [sticky('(\\d{4})年'), ([, y]) => year(y)],
  [sticky(`(\\d{1,2})(?::(\\d{2}))? ?([ap])\\.?m\\.?${END}`), ([, h, m, half]) => halfDay(h, m, half)],
  [sticky('(\\d{1,2})[:h点點時时](\\d{2})分?(?![\\p{L}\\p{N}:])'), ([, h, m]) => time(h, m)],
  [sticky('(\\d{1,2})\\.(\\d{2})(?![\\p{L}\\p{N}.])'), ([, h, m]) => time(h, m)],
  [sticky(`(\\d{1,2})(?:[点點時时]半)`), ([, h]) => time(h, '30')],
  [sticky(`(\\d{1,2})(?:[点點時时]|h${END})`), ([, h]) => time(h, '00')],
  [sticky('#?(\\d{1,6})(?!\\d)'), ([, digits]) => ({ number: Number(digits) })],
  [sticky('[一二两兩三四五六七八九十]{1,3}(?=[天日周週星礼年个個かヶカヵ箇])'), ([said]) => counted(said)],
];

export function lex(text: string, dictionary: Dictionary): readonly Piece[] {
  const { text: folded, from, to } = foldText(text);
  const pieces: Piece[] = [];
  const add = (begin: number, end: number, more: Partial<Piece>) => {
    pieces.push({
      ...NOTHING,
      start: from[begin]!,
      end: to[end - 1]!,
      word: folded.slice(begin, end),
      ...more,
    });
    return end;
  };
  for (let place = 0; place < folded.length; ) {
    if (SKIPPED.test(folded[place]!)) place += 1;
    else if (pieces.length === MOST_PIECES) place = add(place, folded.length, {});
    else {
      const read = patternAt(folded, place);
      const known = read === null ? dictionary.at(folded, place) : null;
      if (read !== null) place = add(place, place + read.length, read.read);
      else if (known !== null) place = add(place, place + known.length, { meaning: known.meaning });
      else place = add(place, endOfUnknown(folded, place, dictionary), {});
    }
  }
  return pieces;
}

const NOTHING = { mention: false, meaning: null, number: null, time: null, date: null, period: null };

function patternAt(folded: string, place: number): { readonly length: number; readonly read: Read } | null {
  if (!/[<#\dqt一二两兩三四五六七八九十第]/u.test(folded[place]!)) return null;
  for (const [pattern, read] of PATTERNS) {
    pattern.lastIndex = place;
    const found = pattern.exec(folded);
    const said = found && read(found);
    if (found && said) return { length: found[0].length, read: said };
  }
  return null;
}

/** Up to a space; in a script without spaces up to the next word that is known. */
function endOfUnknown(folded: string, place: number, dictionary: Dictionary): number {
  const cjk = isCjk(folded[place]);
  for (let end = place + 1; ; end++) {
    const letter = folded[end];
    if (letter === undefined || letter === ' ' || isCjk(letter) !== cjk) return end;
    if (cjk && dictionary.at(folded, end) !== null) return end;
    if (letter === '<' && folded[end + 1] === '@') return end;
  }
}

function sticky(source: string): RegExp {
  return new RegExp(source, 'uy');
}

function day(y?: string, m?: string, d?: string): Read | null {
  const date = dateOf(Number(y), Number(m), Number(d));
  return date === null ? null : { date };
}

function month(y: string | undefined, m?: string): Read | null {
  const number = Number(m);
  if (!(number >= 1 && number <= 12) || (y !== undefined && !isPlausibleYear(Number(y)))) return null;
  return { period: { kind: 'month', year: y === undefined ? null : Number(y), month: number } };
}

function quarter(y: string | undefined, q = ''): Read | null {
  if (y !== undefined && !isPlausibleYear(Number(y))) return null;
  const number = /^\d$/u.test(q) ? Number(q) : '一二三四'.indexOf(q) + 1;
  return { period: { kind: 'quarter', year: y === undefined ? null : Number(y), quarter: number } };
}

function year(y?: string): Read | null {
  return isPlausibleYear(Number(y)) ? { period: { kind: 'year', year: Number(y) } } : null;
}

function time(h?: string, m?: string): Read | null {
  const [hours, minutes] = [Number(h), Number(m)];
  return hours < 24 && minutes < 60 ? { time: hours * 60 + minutes } : null;
}

function halfDay(h?: string, m = '00', half?: string): Read | null {
  const hours = Number(h);
  if (hours < 1 || hours > 12) return null;
  return time(String((hours % 12) + (half === 'p' ? 12 : 0)), m);
}

/** Chinese numerals up to 99. */
function counted(said = ''): Read | null {
  const digit = (letter: string) => '一二三四五六七八九'.indexOf(letter.replace(/[两兩]/u, '二')) + 1;
  const [tens, ones, ...rest] = said.includes('十') ? said.split('十') : ['', said];
  if (rest.length > 0 || (tens ?? '').length > 1 || (ones ?? '').length > 1) return null;
  const ten = said.includes('十') ? (tens === '' ? 1 : digit(tens!)) * 10 : 0;
  return { number: ten + (ones ? digit(ones) : 0) };
}
