// The languages whose words are read, in the order in which the model numbers them.

export const LANGUAGES = ['en', 'zh', 'ja', 'de', 'es', 'fr', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

export const EN = 0;
export const ZH = 1;
export const JA = 2;
const DE = 3;
const ES = 4;
const FR = 5;
const PT = 6;
/** Latin letters that do not tell. */
export const UNTOLD = 7;

/** Those of Latin letters, which their words tell apart. */
export const LATIN_LANGUAGES = [EN, DE, ES, FR, PT] as const;
