// A workspace's own words: for themes that everybody has, and for themes of its own. What they are is part of what a classification is known by, so that
// answers can be read again when they change.
import { type Classification, type Polarity, THEMES, type Theme } from './classification.ts';
import type { Answer, Classifier } from './classify.ts';
import { hashOf, mixed } from './hash.ts';

/** Words by theme, whether of ours or of the workspace's own. */
export type WordsByTheme = Readonly<Record<string, readonly string[]>>;

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Where one thing that is said ends and another begins. */
const PARTS =
  /[.!?;,:\n。！？；，、：]+|(?<!\p{L})(?:but|however|although|aber|jedoch|pero|aunque|mais|mas|porém)(?!\p{L})|但是?|不过|可是|ですが|けど/giu;

/** Surer than this of a part, it need not be as the whole is. */
const SURE = 0.6;

/** The classifier as this workspace has it. */
export function classifierWith(classify: Classifier, themes: WordsByTheme): Classifier {
  const given = Object.entries(themes)
    .filter(([, words]) => words.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (given.length === 0) return classify;
  const known = Object.fromEntries(given.filter(([theme]) => isKnownTheme(theme)));
  const own = given
    .filter(([theme]) => !isKnownTheme(theme))
    .map(([theme, words]) => ({ theme, spoken: wordsPattern(words) }));
  const mark = markOf(given);
  return (answer) => {
    const said = classify({ ...answer, themeWords: known });
    const named = own.flatMap(({ theme, spoken }) => {
      const polarity = polarityAbout(classify, answer, said, spoken);
      return polarity === null ? [] : [{ theme, polarity }];
    });
    return { ...said, themes: [...said.themes, ...named], classifier: `${said.classifier}+${mark}` };
  };
}

export function isKnownTheme(theme: string): theme is Theme {
  return (THEMES as readonly string[]).includes(theme);
}

function wordsPattern(words: readonly string[]): RegExp {
  const patterns = words.map((word) => {
    const literal = plain(word.trim())
      .replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&')
      .replace(/\s+/gu, '\\s+');
    return CJK.test(word) ? literal : `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`;
  });
  return new RegExp(patterns.join('|'), 'u');
}

/** Null where it is not spoken of. Like the part that speaks of it, where that says something by itself. */
function polarityAbout(
  classify: Classifier,
  { text, ...answer }: Answer,
  { sentiment }: Classification,
  spoken: RegExp,
): Polarity | null {
  const words = plain(text ?? '');
  if (!spoken.test(words)) return null;
  const whole = sentiment ?? 'neutral';
  const parts = words.split(PARTS);
  const part = parts.length < 2 ? undefined : parts.find((one) => spoken.test(one));
  if (part === undefined) return whole;
  const said = classify({ ...answer, score: null, text: part });
  return said.sentiment !== null && (said.confidence ?? 0) >= SURE ? said.sentiment : whole;
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function markOf(given: readonly (readonly [string, readonly string[]])[]): string {
  const units = Array.from(JSON.stringify(given), (letter) => letter.codePointAt(0) ?? 0);
  return (mixed(hashOf(units, 0, units.length)) >>> 0).toString(16).padStart(8, '0');
}
