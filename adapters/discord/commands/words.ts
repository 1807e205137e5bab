// The words of all languages, as Discord takes them: English first, which is what it sends back, and every other under the tags that it knows.
import type { CommandWord, Language } from '../../../src/domain/command/command.ts';
import { commandIn } from '../../../src/domain/command/words/dictionary.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import { ja } from './texts/ja.ts';
import { pt } from './texts/pt.ts';
import type { Texts } from './texts/texts.ts';
import { zh } from './texts/zh.ts';

const TEXTS: Readonly<Record<Language, Texts>> = { en, zh, es, de, fr, ja, pt };

/** Chinese of either script, and Spanish of either side of the ocean, read these better than English. */
const TAGS = {
  zh: ['zh-CN', 'zh-TW'],
  es: ['es-ES', 'es-419'],
  de: ['de'],
  fr: ['fr'],
  ja: ['ja'],
  pt: ['pt-BR'],
} as const satisfies Readonly<Record<Exclude<Language, 'en'>, readonly string[]>>;

export type Words = (texts: Texts, language: Language) => string;

/** A field in every language. */
export function localized(field: 'name' | 'description', words: Words): Readonly<Record<string, unknown>> {
  const others = (Object.keys(TAGS) as (keyof typeof TAGS)[]).flatMap((language) =>
    TAGS[language].map((tag) => [tag, words(TEXTS[language], language)] as const),
  );
  return { [field]: words(en, 'en'), [`${field}_localizations`]: Object.fromEntries(others) };
}

export function told(name: Words, says: Words): Readonly<Record<string, unknown>> {
  return { ...localized('name', name), ...localized('description', says) };
}

/** A command under its own name in each language. */
export function commandWords(word: CommandWord): Readonly<Record<string, unknown>> {
  return told(
    (_texts, language) => commandIn(language, word),
    ({ says }) => says[word],
  );
}
