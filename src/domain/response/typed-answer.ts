// An answer that was typed instead of tapped: a score, and words behind or before it. What could be a score and is not clear is never guessed: the
// question is asked again. The rules:
// 1. A number, stars or a thumb alone is a score; "it's a", "out of 10", "points", quotes and brackets may belong to it.
// 2. Words behind it belong to it after a mark such as "-" or ",", a new line, or where they begin with a bracket, an emoji or an emoticon.
// 3. After a mark that lists begin with ("1. It fails") or after none ("3 people"), they must begin with an opening word: thanks, praise, blame, a
//    recommendation, a reason. Else the number counts something, and all is words. So it is where they ask for help, or go on with the next number.
// 4. A score may come last, after a mark, where the text begins with an opening word.
// 5. Two numbers ("8-9", "9, no wait 8"), half ones, one off the scale and one that is not certain ("maybe 8", "8ish") are unclear.
import { SCALES, type SurveyKind } from '../survey/kind.ts';
import { parseScore } from './score.ts';
import {
  BRACKET,
  CLOSERS,
  CLOSING,
  CORRECTION,
  COUNTED,
  DRAWN,
  FACE,
  FULL,
  HEDGE,
  HEDGE_BEFORE,
  JAPANESE_SCORE,
  JUDGEMENT,
  LIKE_A_SCORE,
  MARK,
  OPENING,
  REQUEST,
  SAME_AGAIN,
  SCORE,
  STARRED,
  THUMBS,
} from './score-patterns.ts';
import { ARTICLES, NUMBER_WORDS } from './score-words.ts';
import { type TypedText, typedText } from './typed-text.ts';

export type TypedAnswer =
  | { readonly kind: 'score'; readonly score: number; readonly words: string | null }
  /** It looks like an answer, and could be several scores or none: `11`, `8-9`, `9.5`, `100%`, `8ish`, a thumb on a scale of eleven. */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'words' };

const WORDS: TypedAnswer = { kind: 'words' };
const UNCLEAR: TypedAnswer = { kind: 'unclear' };

/** Longer texts are words; nobody types a score in front of so many. */
const LONGEST = 20_000;

/** Longer ones are no unclear score, and no score at the end. */
const LONGEST_UNCLEAR = 40;
const LONGEST_BEFORE = 200;

/** A score as far as it goes; `counts`: in front of a word it may count something; `alone`: it is none in front of any. */
interface Head {
  readonly score: number;
  readonly outOf: number | null;
  readonly end: number;
  readonly counts: boolean;
  readonly alone: boolean;
}

/** What stands behind a score: words, nothing (null), what makes it unclear, or what is no words about a score. */
type Rest = { readonly words: string | null; readonly opens: boolean } | 'unclear' | 'other';

/** Reads `9`, `9/10`, `９`, `nine`, `九分`, `9 – quick help`, `10 love it`, `Great! 9`; stars and a thumb on a scale of five, where they mean what they say. */
export function readTypedAnswer(kind: SurveyKind, text: string): TypedAnswer {
  if (text.length > LONGEST) return WORDS;
  const typed = typedText(unwrapped(text.trim()));
  const drawn = readDrawn(kind, typed);
  if (drawn) return drawn;
  const head = headAt(kind, typed.folded, 0);
  if (head) {
    const rest = restOf(typed, head);
    if (rest === 'unclear') return UNCLEAR;
    if (rest !== 'other') {
      if (head.outOf === null || head.outOf === SCALES[kind].max) return scored(kind, head.score, rest.words);
      if (rest.words === null || rest.opens) return UNCLEAR;
    }
  }
  return readLast(kind, typed) ?? (isUnclear(typed.folded, 0) ? UNCLEAR : WORDS);
}

function scored(kind: SurveyKind, value: number, words: string | null): TypedAnswer {
  const score = parseScore(kind, value);
  if (score.ok) return { kind: 'score', score: score.score, words };
  // "11 people are waiting: when?" is about something else.
  return words === null ? UNCLEAR : WORDS;
}

/** Stars and thumbs; null: there are none. */
function readDrawn(kind: SurveyKind, typed: TypedText): TypedAnswer | null {
  const { min, max } = SCALES[kind];
  const stars = DRAWN(typed.folded, 0);
  const thumbs = THUMBS(typed.folded, 0);
  const starred = STARRED(typed.folded, 0);
  const drawn = stars ?? thumbs ?? starred;
  if (!drawn) return null;
  const said = starred?.[1] ?? starred?.[2];
  const filled = stars ? Array.from(stars[1] ?? '').length : 0;
  const all = filled + (stars?.[2] ?? '').length;
  const score = stars ? filled : thumbs ? (thumbs[1] === undefined ? min : max) : numberIn(said);
  const end = drawn[0].length;
  const rest = restOf(typed, { score, outOf: null, end, counts: false, alone: said === '十' });
  if (rest === 'other') return starred && !stars ? null : WORDS;
  // What stands behind a thumb is often no answer, and a picture behind stars is often one of many.
  if (rest !== 'unclear' && rest.words !== null && !starred && !rest.opens) {
    if (!stars || filled === 1 || /^\p{Extended_Pictographic}/u.test(rest.words)) return WORDS;
  }
  if (rest === 'unclear' || max !== 5 || (stars && all !== filled && all !== 5)) return UNCLEAR;
  // One star may be an ornament.
  if (rest.words !== null && stars && filled === 1) return UNCLEAR;
  return scored(kind, score, rest.words);
}

function headAt(kind: SurveyKind, text: string, from: number): Head | null {
  const full = FULL(text, from);
  if (full)
    return { score: SCALES[kind].max, outOf: null, end: from + full[0].length, counts: false, alone: false };
  const japanese = JAPANESE_SCORE(text, from);
  if (japanese) {
    const outOf = numberIn(japanese[1]);
    const score = japanese[2] === undefined ? outOf : numberIn(japanese[2]);
    return { score, outOf, end: from + japanese[0].length, counts: false, alone: false };
  }
  const found = SCORE(text, from);
  if (!found) return null;
  const [all, opened = '', said = '', outOf, points] = found;
  // Japanese for "it is enough".
  if (said === '十' && /^分[でだ]/u.test((points ?? '').trim())) return null;
  const score = numberIn(said);
  let end = from + all.length;
  if (opened !== '') end += CLOSERS(text, end)?.[0].length ?? 0;
  const again = SAME_AGAIN(text, end);
  if (again && numberIn(again[1]) === score) end += again[0].length;
  const bare = outOf === undefined && points === undefined;
  const word = !/\d/u.test(said);
  const han = word && /\p{Script=Han}/u.test(said);
  const alone =
    (bare && word && (ARTICLES.has(said) || (han && !MARK(text, end)))) ||
    (said === '十' && outOf === undefined);
  // "um!" is a sound.
  if (said === 'um' && all === 'um' && end < text.length) return null;
  return { score, outOf: outOf === undefined ? null : numberIn(outOf), end, counts: bare, alone };
}

function restOf({ folded, typed }: TypedText, head: Head): Rest {
  if (CLOSING.test(folded.slice(head.end)) && !FACE(folded, head.end)) return { words: null, opens: false };
  let first = '';
  let place = head.end;
  while (MARK(folded, place) && !FACE(folded, place)) {
    const mark = folded.charAt(place++);
    if (first === '' || first === ' ') first = mark;
    // A list may begin on the next line.
    if (first === '\n') break;
  }
  const drawn = FACE(folded, place) !== null || BRACKET(folded, place) !== null;
  const apart = drawn || /[-–—:,;!。\n]/u.test(first);
  const leads = unsure(folded, place, apart);
  if (leads) return 'unclear';
  if (REQUEST(folded, place) || goesOn(folded.slice(head.end), head.score, /[.、]/u.test(first)))
    return 'other';
  const number = SCORE(folded, place);
  if (number && CLOSING.test(folded.slice(place + number[0].length))) return 'other';
  const opens = opensAt(folded, place, first !== '');
  if (apart && !/^\d/u.test(folded.slice(place, place + 1))) return { words: typed(place), opens };
  if (!opens || head.alone || first === '?') return 'other';
  const counted = head.counts && first === ' ' ? COUNTED(folded, place) : null;
  if (counted) return 'other';
  return { words: typed(place), opens };
}

/** Words in letters are apart from a number; those in Chinese and Japanese need not be. */
function opensAt(text: string, place: number, apart: boolean): boolean {
  return (
    OPENING(text, place) !== null &&
    (apart || /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text.slice(place, place + 1)))
  );
}

/** "I guess", "maybe 2", "no wait 8", "(or 10)" behind a number. */
function unsure(text: string, from: number, apart: boolean): boolean {
  let place = from;
  let hedged = false;
  let led = false;
  for (;;) {
    const hedge = HEDGE(text, place);
    const word = hedge ?? CORRECTION(text, place);
    hedged ||= hedge !== null;
    led ||= word !== null;
    const length = word?.[0].length ?? (MARK(text, place) || BRACKET(text, place) ? 1 : 0);
    if (length === 0) break;
    place += length;
  }
  if (!led) return false;
  const closes = (end: number) => CLOSING.test(text.slice(end, end + LONGEST_UNCLEAR).replace(')', ''));
  const number = SCORE(text, place);
  if (number && closes(place + number[0].length)) return true;
  if (!hedged) return false;
  return closes(place) || (!apart && text.length <= LONGEST_UNCLEAR && !/\d/u.test(text.slice(place)));
}

/** A list: its next number begins a line, or stands in the line with a mark of lists behind it. */
function goesOn(rest: string, score: number, lists: boolean): boolean {
  const next = String(score + 1);
  return new RegExp(`\\n${next}\\s?[-–—:.)、,]${lists ? `|[\\s,;。；]${next}[.)、]` : ''}`, 'u').test(rest);
}

/** "Love it - 10", "thanks, 9": null where it is not so. */
function readLast(kind: SurveyKind, { folded, typed }: TypedText): TypedAnswer | null {
  if (folded.length > LONGEST_BEFORE || !JUDGEMENT(folded, 0)) return null;
  for (let place = Math.max(1, folded.length - LONGEST_UNCLEAR); place < folded.length; place++) {
    if (/\d/u.test(folded.slice(0, place))) return null;
    if (!/[-–—,;!.、。~\n]/u.test(folded.charAt(place - 1))) continue;
    const from = place + (folded.charAt(place) === ' ' ? 1 : 0);
    const head = headAt(kind, folded, from);
    if (
      head &&
      !head.alone &&
      (head.outOf === null || head.outOf === SCALES[kind].max) &&
      CLOSING.test(folded.slice(head.end))
    )
      return scored(kind, head.score, typed(0, place).replace(/[-–—,;、，；~\s]{1,9}$/u, ''));
    if (isUnclear(folded, from)) return UNCLEAR;
  }
  return null;
}

/** From here on there is an unclear score, and nothing else but an opening word and what follows that. */
function isUnclear(text: string, from: number): boolean {
  let place = from;
  for (let hedge = HEDGE_BEFORE(text, place); hedge; hedge = HEDGE_BEFORE(text, place))
    place += hedge[0].length;
  const like = LIKE_A_SCORE(text, place);
  const score = place > from ? SCORE(text, place) : null;
  const length = Math.max(like?.[0].length ?? 0, score?.[0].length ?? 0);
  if (length === 0) return false;
  place += length;
  const apart = /^[-,;:!.\s]{1,3}/u.exec(text.slice(place, place + 3))?.[0] ?? '';
  const plain = place === from + length && /^\d{1,3}\D{0,8}$/u.test(like?.[0] ?? '');
  if (!plain && apart !== '' && OPENING(text, place + apart.length)) return true;
  if (text.length - from > LONGEST_UNCLEAR) return false;
  let behind = place + apart.length;
  for (let hedge = HEDGE(text, behind); hedge; hedge = HEDGE(text, behind)) {
    behind += hedge[0].length;
    place = behind;
  }
  return CLOSING.test(text.slice(place)) || (score !== null && /^[-,;:]\s?[^\s\d]/u.test(text.slice(place)));
}

function numberIn(said: string | undefined): number {
  if (said === undefined) return Number.NaN;
  // A leading zero is no way to write a score.
  return NUMBER_WORDS.get(said) ?? (/^(?:0|[1-9]\d*)$/u.test(said) ? Number(said) : Number.NaN);
}

/** Without quotes, brackets or stars of emphasis around the whole. */
function unwrapped(text: string): string {
  const inner =
    /^(?:\*{1,2}|_{1,2}|["“„(（「『【«'`])([^*_"“”„()（）「」『』【】«»'`]+)(?:\*{1,2}|_{1,2}|["”“)）」』】»'`])$/u.exec(
      text,
    );
  return inner?.[1] ?? text;
}
