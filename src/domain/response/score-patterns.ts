// What a typed answer is made of, as patterns that are tried at one place of a text.
import { ASKING, COUNTING, JUDGING, REASONING } from './opening-words.ts';
import {
  ABOUT,
  AND,
  BEFORE,
  BETWEEN,
  CORRECTIONS,
  FULL_MARKS,
  HEDGES,
  NUMBER_WORD,
  OUT_OF,
  POINTS,
  STARS,
} from './score-words.ts';

// None repeats what can be read in two ways: white space is one character (see typedText).
const NUMBER = String.raw`(\d{1,3}(?!\d)|${NUMBER_WORD})`;
export const SCORE = at(
  `(?:(?:${BEFORE})(?:\\s?:)?\\s?)?([*_"'“”„‘’«»「『【(\\[\`]{0,4})${NUMBER}(?:\\s?(?:${OUT_OF})\\s?${NUMBER})?(\\s?(?:${POINTS}))?`,
);
export const JAPANESE_SCORE = at(`${NUMBER}点満点(?:[中で]{0,2}[、,]?\\s?${NUMBER})?(?:${POINTS})?`);
export const FULL = at(FULL_MARKS);
export const STARRED = at(`(?:${NUMBER}\\s?(?:${STARS})|[星★](\\d)つ?)`);
export const DRAWN = at('([⭐★🌟]+)(☆*)');
export const THUMBS = at(
  '(👍[\u{1F3FB}-\u{1F3FF}]?(?:\\s?👍[\u{1F3FB}-\u{1F3FF}]?)*)|👎[\u{1F3FB}-\u{1F3FF}]?(?:\\s?👎[\u{1F3FB}-\u{1F3FF}]?)*',
);

export const CLOSERS = at('[*_"\'“”’«»」』】)\\]`]{1,4}');
export const SAME_AGAIN = at(`\\s?\\(\\s?${NUMBER}\\s?\\)`);
export const MARK = at('[-–—:,;!.、。?~\\s]');
export const BRACKET = at('[(（]');
export const FACE = at(
  String.raw`[:;=]['’]?[-^o]?[)\]]|(?:[:;=]['’]?[-^o]?[(\[dpo/\\|*>]|xd|t[_.]t|<3)(?![\p{L}\p{N}])|\^[_.]?\^|>[_.]<|-_-|:[a-z+-][a-z0-9_+-]{0,39}:|(?=\p{Extended_Pictographic})`,
);
export const OPENING = at(`${JUDGING}|${REASONING}`);
export const JUDGEMENT = at(JUDGING);
export const REQUEST = at(ASKING);
export const COUNTED = at(COUNTING);
export const HEDGE = at(HEDGES);
export const HEDGE_BEFORE = at(`(?:${HEDGES}|${ABOUT})[\\s,]{0,2}`);
export const CORRECTION = at(CORRECTIONS);
export const CLOSING = /^[-–—:,;!.、。?~\s]*$/u;

const UNIT = `(?:[%+]|(?:${POINTS})|(?:${STARS}))`;
const FIGURE = String.raw`\d{1,3}(?:[.,]\d{1,2})?(?:\s[1-7]/[2-8])?`;
/** One number that is none of a scale, two of them, or two number words. */
export const LIKE_A_SCORE = at(
  `[-+~≈<>]?\\s?${FIGURE}(?:\\s?${UNIT})?(?:\\s?(?:[-–—~〜→/,.]{1,3}|(?:${BETWEEN})|(?:${AND})|(?:${OUT_OF}))?\\s?(?:${FIGURE}|${NUMBER_WORD})(?:\\s?${UNIT})?)?` +
    `|(?:${NUMBER_WORD})\\s?(?:[-–—~〜→/,.]|(?:${BETWEEN})|(?:${AND}))\\s?(?:${FIGURE}|${NUMBER_WORD})(?:\\s?${UNIT})?` +
    `|(?:一二|[二两]三|三四|四五|五六|六七|七八|八九)${UNIT}?`,
);

/** Tries a pattern at one place of a text. */
function at(pattern: string): (text: string, place: number) => RegExpExecArray | null {
  const expression = new RegExp(pattern, 'uy');
  return (text, place) => {
    expression.lastIndex = place;
    return expression.exec(text);
  };
}
