// Text made ready for reading, in one pass and into one buffer: one form for each letter, lower case, without accents, without marks that nobody
// sees, links and mentions, long rows of one letter cut short, emoji as one unit each, traditional Chinese characters as their simplified ones.
import { EMOTICONS } from './emoji.ts';
import {
  APOSTROPHE,
  DIGIT,
  FOREIGN,
  HAN,
  KANA,
  KIND,
  LATIN,
  PAUSE,
  PICTURE,
  pictureOf,
  READ_AS,
  SEVERAL,
  SPACE,
  STOP,
  UNSEEN,
} from './units.ts';

/** Longer texts are read up to here; a verbatim that is kept is shorter. */
const LONGEST_READ = 8_000;

/** What a text looks like once it is read. There is one, filled anew by each text. */
export interface Page {
  /** Begins and ends with a space. */
  readonly units: Uint16Array;
  length: number;
  /** How many of each: `!`, `?`, rows of dots, rows of one letter, numbers, mentions and tags. */
  exclamations: number;
  questions: number;
  dots: number;
  rows: number;
  numbers: number;
  mentions: number;
  pictures: number;
  latin: number;
  han: number;
  kana: number;
  foreign: number;
  /** A letter of the script that is none of the above; 0 without one. */
  foreignUnit: number;
  /** Letters that only some Latin languages have, by their unit. */
  readonly accents: Uint16Array;
  accentCount: number;
}

const ACCENTS_KEPT = 64;

export function blankPage(): Page {
  return {
    units: new Uint16Array(2 * LONGEST_READ + 64),
    length: 0,
    exclamations: 0,
    questions: 0,
    dots: 0,
    rows: 0,
    numbers: 0,
    mentions: 0,
    pictures: 0,
    latin: 0,
    han: 0,
    kana: 0,
    foreign: 0,
    foreignUnit: 0,
    accents: new Uint16Array(ACCENTS_KEPT),
    accentCount: 0,
  };
}

const BEGINS_EMOTICON = new Uint8Array(0x80);
const emoticons = new Map<number, (readonly [written: string, unit: number])[]>();
for (const [written, emoji] of EMOTICONS) {
  const first = written.charCodeAt(0);
  const point = emoji.codePointAt(0)!;
  const unit = point < 0x10000 ? point : pictureOf(point);
  BEGINS_EMOTICON[first] = 1;
  emoticons.set(first, [...(emoticons.get(first) ?? []), [written, unit]]);
}

/** Questions that need no mark: 请问…, …吗, …ですか. */
const ASKS = /^(?:请问|請問)|[吗嗎][。.…~]?$|(?:です|ます|でしょう)か[。.…]?$/u;

export function readInto(page: Page, raw: string): void {
  const text = raw.slice(0, LONGEST_READ).normalize('NFKC').slice(0, LONGEST_READ).toLowerCase().trim();
  const { units } = page;
  page.exclamations =
    page.questions =
    page.dots =
    page.rows =
    page.numbers =
    page.mentions =
    page.pictures =
      0;
  page.latin = page.han = page.kana = page.foreign = page.foreignUnit = page.accentCount = 0;
  units[0] = 0x20;
  let at = 1;
  let hanRow = 0;
  for (let i = 0; i < text.length; i++) {
    let unit = text.charCodeAt(i);
    let kind = KIND[unit]!;
    const before = units[at - 1]!;
    if (kind === UNSEEN) {
      const point = (unit & 0xfc00) === 0xd800 ? text.codePointAt(i)! : 0;
      if (point < 0x10000) continue;
      i++;
      unit = pictureOf(point);
      if (unit === 0 || (point >= 0x1f3fb && point <= 0x1f3ff)) continue;
      kind = PICTURE;
    }
    if (kind === LATIN) {
      if (unit === 0x68 && before === 0x20 && text.startsWith('http', i) && isLink(text, i + 4)) {
        i = endOfWord(text, i) - 1;
        continue;
      }
      if (unit === 0x77 && text.startsWith('www.', i)) {
        i = endOfWord(text, i) - 1;
        continue;
      }
      const picture = before === 0x20 ? emoticonAt(text, i) : 0;
      if (picture !== 0) {
        i += (picture >>> 16) - 1;
        units[at++] = picture & 0xffff;
        page.pictures++;
        continue;
      }
      page.latin++;
      if (unit > 0x7f) {
        if (page.accentCount < ACCENTS_KEPT) page.accents[page.accentCount++] = unit;
        const read = READ_AS[unit]!;
        if (read === 0) {
          const several = SEVERAL.get(unit)!;
          units[at++] = several.charCodeAt(0);
          unit = several.charCodeAt(1);
        } else unit = read;
      }
      if (unit === before && unit === units[at - 2]) {
        if (unit !== units[at]) page.rows++;
        units[at] = unit;
        continue;
      }
      units[at++] = unit;
      units[at] = 0;
      continue;
    }
    if (kind === HAN) {
      page.han++;
      unit = READ_AS[unit]!;
      if (before === 0x20 && hanRow === 1 && KIND[units[at - 2]!] === HAN) at--;
      else hanRow = KIND[before] === HAN ? hanRow : 0;
      if (unit === units[at - 1] && unit === units[at - 2]) continue;
      hanRow++;
      units[at++] = unit;
      continue;
    }
    if (kind === KANA) {
      page.kana++;
      if (unit === before && unit === units[at - 2]) continue;
      units[at++] = unit;
      continue;
    }
    if (kind === DIGIT) {
      let end = i + 1;
      while (end < text.length && isNumeric(text.charCodeAt(end), text.charCodeAt(end + 1))) end++;
      units[at++] = end === i + 1 ? unit : 0x30;
      page.numbers++;
      i = end - 1;
      continue;
    }
    if (kind === PICTURE) {
      if (unit !== before) units[at++] = unit;
      page.pictures++;
      continue;
    }
    if (unit === 0x40 && before === 0x20) {
      page.mentions++;
      i = endOfWord(text, i) - 1;
      continue;
    }
    const picture = kind === STOP || kind === PAUSE || unit >= 0x3c ? emoticonAfter(text, i, before) : 0;
    if (picture !== 0) {
      i += (picture >>> 16) - 1;
      units[at++] = picture & 0xffff;
      page.pictures++;
      continue;
    }
    if (kind === STOP) {
      if (unit === 0x0d) unit = 0x0a;
      if (unit === 0x21) page.exclamations++;
      else if (unit === 0x3f) page.questions++;
      if (unit === 0x2e && before === 0x2e) {
        page.dots++;
        units[at - 1] = 0x2026;
      } else if (before !== unit && !(unit === 0x2e && before === 0x2026)) {
        if (before === 0x20 && at > 1) units[at - 1] = unit;
        else units[at++] = unit;
      }
      continue;
    }
    if (kind === FOREIGN) {
      page.foreign++;
      page.foreignUnit = unit;
      units[at++] = unit;
      continue;
    }
    if (kind === APOSTROPHE) {
      if (KIND[before] === LATIN && KIND[text.charCodeAt(i + 1)] === LATIN) units[at++] = 0x27;
      else if (before !== 0x20) units[at++] = 0x20;
      continue;
    }
    if (kind === PAUSE) {
      // Before a space, a mark takes its place; between two letters, a hyphen is a space.
      const mark = unit === 0x2d && KIND[text.charCodeAt(i + 1)] === LATIN ? 0x20 : 0x2c;
      if (before === 0x20 && at > 1) units[at - 1] = mark;
      else if (before !== mark && KIND[before] !== STOP) units[at++] = mark;
      continue;
    }
    if (kind === SPACE && before !== 0x20) {
      if (
        unit === 0x25 ||
        unit === 0x23 ||
        unit === 0x26 ||
        unit === 0x2b ||
        unit === 0x24 ||
        unit === 0x20ac
      )
        units[at++] = unit;
      else units[at++] = 0x20;
    }
  }
  if (units[at - 1] !== 0x20) units[at++] = 0x20;
  page.length = at;
  if (page.questions === 0 && page.han + page.kana > 0 && ASKS.test(text)) page.questions = 1;
}

function isLink(text: string, i: number): boolean {
  const next = text.charCodeAt(i);
  return next === 0x3a || (next === 0x73 && text.charCodeAt(i + 1) === 0x3a) || !(KIND[next] === LATIN);
}

function endOfWord(text: string, from: number): number {
  let i = from;
  while (i < text.length) {
    const unit = text.charCodeAt(i);
    if (unit <= 0x20 || unit >= 0x2e80) break;
    i++;
  }
  return i;
}

/** Digits, and marks between them. */
function isNumeric(unit: number, next: number): boolean {
  if (KIND[unit] === DIGIT) return true;
  return (unit === 0x2e || unit === 0x2c || unit === 0x3a) && KIND[next] === DIGIT;
}

function emoticonAfter(text: string, i: number, before: number): number {
  const kind = KIND[before];
  return kind === LATIN || kind === DIGIT ? 0 : emoticonAt(text, i);
}

/** Its length and its unit in one number; 0 when there is none. */
function emoticonAt(text: string, i: number): number {
  const first = text.charCodeAt(i);
  if (first > 0x7f || BEGINS_EMOTICON[first] === 0) return 0;
  const known = emoticons.get(first)!;
  for (const [written, unit] of known) {
    if (!text.startsWith(written, i)) continue;
    const next = text.charCodeAt(i + written.length);
    if (KIND[next] !== LATIN && KIND[next] !== DIGIT && next !== 0x2f) return (written.length << 16) | unit;
  }
  return 0;
}
