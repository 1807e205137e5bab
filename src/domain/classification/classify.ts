// Reads one answer: where its score stands, what its words say and how sure that is, and what about. Exact short answers first, then the learned
// weights; of words in a script that it does not read it says nothing. Pure, in time linear in the text; never throws.
import { type SurveyKind, segmentOf } from '../survey/kind.ts';
import type { Classification, Polarity } from './classification.ts';
import { featuresInto } from './features.ts';
import { GIST, gistInto, oddsOfGist, toShares } from './gist.ts';
import { languageOf, type Told } from './language.ts';
import { LANGUAGES, LATIN_LANGUAGES, UNTOLD } from './languages.ts';
import type { Model } from './model.ts';
import { blankPage, type Page, readInto } from './normalise.ts';
import { blankOdds, oddsInto } from './score.ts';
import { blankSheet } from './sheet.ts';
import { shortAnswer } from './short-answers.ts';
import { type ThemeWords, themesOf } from './themes.ts';
import { blankTokens, tokensInto } from './tokens.ts';
import { KIND, PICTURE, VALENCE } from './units.ts';

export interface Answer {
  readonly survey: SurveyKind;
  readonly score: number | null;
  readonly text: string | null;
  /** The language that the customer is known to speak; a hint where the words do not tell. */
  readonly locale: string | null;
  /** Words of their own by which a workspace knows a theme. */
  readonly themeWords?: ThemeWords | undefined;
}

type Said = Pick<Classification, 'sentiment' | 'confidence' | 'language' | 'themes'>;

const NOTHING: Said = { sentiment: null, confidence: null, language: null, themes: [] };

/** Below this the words are not sure enough to contradict a score. */
const SURE = 0.6;

/** Of answers known by heart, and of emoji alone. */
const BY_HEART = 0.9;

export type Classifier = (answer: Answer) => Classification;

export function createClassifier(model: Model): Classifier {
  return ({ survey, score, text, locale, themeWords }) => {
    const segment = score === null ? null : segmentOf(survey, score);
    const said = text === null ? NOTHING : read(model, text, locale, themeWords);
    const conflict =
      (segment === 'positive' && said.sentiment === 'negative') ||
      (segment === 'negative' && said.sentiment === 'positive');
    return {
      sentiment: said.sentiment,
      confidence: said.confidence,
      language: said.language,
      themes: said.themes,
      segment,
      conflict: conflict && (said.confidence ?? 0) >= SURE,
      classifier: model.version,
    };
  };
}

const page = blankPage();
const tokens = blankTokens();
const sheet = blankSheet();
const odds = blankOdds();

function read(model: Model, text: string, locale: string | null, words: ThemeWords | undefined): Said {
  readInto(page, text);
  const mood = moodOf(page);
  if (page.latin + page.han + page.kana + page.foreign === 0) {
    return mood === null ? NOTHING : { ...NOTHING, sentiment: polarityOfMood(mood), confidence: BY_HEART };
  }
  tokensInto(tokens, page);
  const told = languageOf(page, tokens, model.languages, hintedNumber(locale));
  const short = shortAnswer(page, told.tag ?? hinted(locale));
  if (short === null && told.number < 0) {
    if (mood === null) return { ...NOTHING, language: told.tag };
    return { sentiment: polarityOfMood(mood), confidence: BY_HEART, language: told.tag, themes: [] };
  }
  const language = short?.language ?? numberOf(told, locale);
  featuresInto(sheet, page, tokens, language, model.lexicon);
  oddsInto(odds, sheet, model, language);
  if (short !== null) {
    const sentiment = mood === null || mood === 0 ? short.polarity : polarityOfMood(mood);
    // It is about what its words name, if about anything.
    const themes = themesOf(sheet, odds.leans, page, model, sentiment, words, Infinity);
    return { sentiment, confidence: BY_HEART, language: LANGUAGES[short.language]!, themes };
  }
  const { polarity, confidence } = likeliest(model, language);
  return {
    sentiment: polarity,
    confidence,
    language: told.tag,
    themes: themesOf(sheet, odds.leans, page, model, polarity, words),
  };
}

/** How the emoji add up; null without any. */
function moodOf({ units, length, pictures }: Page): number | null {
  if (pictures === 0) return null;
  let mood: number | null = null;
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
    if (unit > 0x2000 && KIND[unit] === PICTURE) mood = (mood ?? 0) + VALENCE[unit]!;
  }
  return mood;
}

function polarityOfMood(mood: number): Polarity {
  return mood === 0 ? 'neutral' : mood > 0 ? 'positive' : 'negative';
}

/** Words that do not tell their language are taken to be in the customer's own. */
function numberOf(told: Told, locale: string | null): number {
  if (told.number !== UNTOLD) return told.number;
  const hint = hintedNumber(locale);
  return (LATIN_LANGUAGES as readonly number[]).includes(hint) ? hint : UNTOLD;
}

function hintedNumber(locale: string | null): number {
  return (LANGUAGES as readonly (string | null)[]).indexOf(hinted(locale));
}

function hinted(locale: string | null): string | null {
  return locale?.toLowerCase().split(/[-_]/u)[0] ?? null;
}

const POLARITIES = ['negative', 'neutral', 'positive'] as const;
const gist = new Float64Array(GIST);
const shares = new Float64Array(POLARITIES.length);

function likeliest({ figures }: Model, language: number): { polarity: Polarity; confidence: number } {
  gistInto(gist, odds, sheet, page, language);
  oddsOfGist(shares, gist, figures.layer);
  toShares(shares, figures.temperature[language]!);
  let best = 1;
  for (const k of [0, 2]) if (shares[k]! > shares[best]!) best = k;
  return { polarity: POLARITIES[best]!, confidence: Math.min(0.99, shares[best]!) };
}
