// The names that people have for languages, in their own and in each other's.
import type { Language } from '../command.ts';
import { fold } from '../fold.ts';

const NAMES: Readonly<Record<Language, string>> = {
  en: 'en eng english englisch anglais inglés inglês 英语 英文 英語',
  zh: 'zh chi cn chinese chinesisch chinois chino chinês 中文 汉语 漢語 简体中文 繁體中文 简体 繁體 国语 中国語 普通话',
  es: 'es spa spanish spanisch espagnol español castellano espanhol 西班牙语 西班牙文 スペイン語',
  de: 'de ger deu german deutsch allemand alemán alemão 德语 德文 ドイツ語',
  fr: 'fr fra fre french französisch français francés francês 法语 法文 フランス語',
  ja: 'ja jp jpn japanese japanisch japonais japonés japonês 日语 日文 日本語',
  pt: 'pt por portuguese portugiesisch portugais portugués português brasileiro 葡萄牙语 葡语 ポルトガル語',
};

const named = new Map(
  (Object.keys(NAMES) as Language[]).flatMap((language) =>
    NAMES[language].split(' ').map((name) => [fold(name), language] as const),
  ),
);

/** By a tag (`pt-BR`, `zh_CN`) or a name; null where there is none such. */
export function languageNamed(folded: string): Language | null {
  const primary = /^([a-z]{2})[-_][a-z0-9_-]{2,20}$/u.exec(folded)?.[1];
  return named.get(primary ?? folded) ?? null;
}
