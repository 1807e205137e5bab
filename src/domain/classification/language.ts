// Which language a text is in, by its script and, for Latin letters, by the small words that every sentence has. What does not tell is null.
import { simpleForms } from './english-forms.ts';
import { ENGLISH } from './lexicon-en.ts';

/** Scripts that belong to one language, as far as customers of a product are concerned. */
const SCRIPTS: readonly (readonly [language: string, letters: RegExp])[] = [
  ['ko', /\p{Script=Hangul}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
];

const SMALL_WORDS: Readonly<Record<string, string>> = {
  en: `the and is was are it its it's i i'm i've my we you your they this that these there with for of to in on not but have has had very so
    what when which would could should will can't don't didn't just from been about after how no all more than because really get got work works time day days week took app please need
    support team answer again`,
  de: `der die das und ist war nicht ich ein eine einen mit für auf zu den dem im sehr aber auch es sie wir man hat habe wurde bei noch nur
    alles immer wieder leider danke gut schnell super kein keine mehr nach bin vom zum`,
  fr: `le la les et est était pas je un une des avec pour sur du au aux très mais aussi il elle nous vous on ce cette que qui dans en plus
    merci bien rien toujours c'est j'ai n'est d'un l'application produit rapide bon bonne été`,
  es: `el la los las y es era no yo un una con para por del al muy pero también lo nos que en más se me mi su gracias bien bueno buena
    todo nada siempre está fue producto rápido excelente llegó servicio he ha`,
  pt: `o a os as e é era não eu um uma com para por do da no na muito mas também ele nos que em mais se me meu minha obrigado obrigada bom boa
    tudo nada sempre está foi produto rápido ótimo chegou recomendo entrega antes prazo`,
  it: `il lo la gli le e è era non io un una con per di del della molto ma anche che in più si mi grazie bene tutto niente sempre sono
    prodotto veloce ottimo arrivato servizio questo`,
  nl: `de het een en is was niet ik met voor op van zeer maar ook wij we je dat dit heel erg goed bedankt snel geen meer altijd helaas`,
};

const LATIN = new Map<string, readonly string[]>();
for (const [language, words] of Object.entries(SMALL_WORDS)) {
  for (const word of words.split(/\s+/u)) LATIN.set(word, [...(LATIN.get(word) ?? []), language]);
}

/** Letters that only some languages have. */
const ACCENTS: readonly (readonly [language: string, letters: RegExp])[] = [
  ['de', /[äöüß]/gu],
  ['es', /[ñ¿¡áíóú]/gu],
  ['pt', /[ãõçáóúê]/gu],
  ['fr', /[èêëàâîïôùûçœ]/gu],
];

/** Enough for any text to tell. */
const WORDS_READ = 200;

/** The BCP 47 language of a readable text; null when it does not tell. */
export function languageOf(text: string): string | null {
  const head = text.slice(0, 2_000);
  const count = (letters: RegExp) => head.match(letters)?.length ?? 0;
  const han = count(/\p{Script=Han}/gu);
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const latin = count(/\p{Script=Latin}/gu);
  if (kana > 0 && kana * 10 >= han) return 'ja';
  // A Han character says about as much as three letters: product names do not make Chinese English.
  if (han > 0 && han * 3 >= latin) return 'zh';
  const [script] = SCRIPTS.map(([language, letters]) => ({ language, n: count(letters) })).sort(
    (a, b) => b.n - a.n,
  );
  if (script && script.n > latin) return script.language;
  return latin === 0 ? null : latinLanguage(head);
}

function latinLanguage(text: string): string | null {
  const scores = new Map<string, number>();
  const add = (language: string, n: number) => scores.set(language, (scores.get(language) ?? 0) + n);
  for (const word of (text.match(/[\p{L}']+/gu) ?? []).slice(0, WORDS_READ)) {
    const languages = LATIN.get(word) ?? [];
    for (const language of languages) add(language, 1 / languages.length);
    if (languages.length === 0 && isEnglish(word)) add('en', 0.5);
  }
  for (const [language, letters] of ACCENTS)
    add(language, 0.5 * Math.min(4, text.match(letters)?.length ?? 0));
  const [best, second] = [...scores].sort(([, a], [, b]) => b - a);
  if (!best || best[1] < 0.5 || best[1] === second?.[1]) return null;
  return best[0];
}

/** Words with an English ending, and forms of those that the lexicon knows. */
function isEnglish(word: string): boolean {
  return /'(?:t|s|re|ve|ll|d|m)$/u.test(word) || simpleForms(word).some((form) => ENGLISH.has(form));
}
