// How a score is said in words: numbers from zero to ten, what may stand before and behind a number, and names of stars, in every language of the
// product. All lower case, as they are after NFKC.

/** Zero to ten. */
const NUMBERS: readonly (readonly string[])[] = [
  ['zero', '零', '〇', 'ゼロ', 'cero', 'null', 'zéro'],
  ['one', '一', 'uno', 'eins', 'un', 'um'],
  ['two', '二', '两', '兩', 'dos', 'zwei', 'deux', 'dois'],
  ['three', '三', 'tres', 'drei', 'trois', 'três'],
  ['four', '四', 'cuatro', 'vier', 'quatre', 'quatro'],
  ['five', '五', 'cinco', 'fünf', 'cinq'],
  ['six', '六', 'seis', 'sechs'],
  ['seven', '七', 'siete', 'sieben', 'sept', 'sete'],
  ['eight', '八', 'ocho', 'acht', 'huit', 'oito'],
  ['nine', '九', 'nueve', 'neun', 'neuf', 'nove'],
  ['ten', '十', 'diez', 'zehn', 'dix', 'dez'],
];

export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  NUMBERS.flatMap((words, n) => words.map((word) => [word, n] as const)),
);

/** The longest first, so that none hides a longer one. */
export const NUMBER_WORD = [...NUMBER_WORDS.keys()].sort((a, b) => b.length - a.length).join('|');

/** "I'd give it a …": what says that a score comes. */
export const BEFORE = [
  "i(?:'d| would|’d)? (?:give|say|rate)(?: (?:it|you|this|that))?(?: an?)?",
  'an?',
  '(?:my )?(?:score|rating|answer)(?: is|:)?',
  '我?[给給打](?:你们?|您|个|個)?',
  '評価は?',
  'ich (?:gebe|sage)(?: (?:eine|ihnen|euch))?',
  'eine',
  '(?:les? |te )?(?:doy|pongo)(?: un)?',
  'je (?:vous )?(?:donne|mets|dis)(?: un)?',
  '(?:eu )?dou(?: nota)?',
  'nota',
].join('|');

/** "out of": the number behind it is that of the whole scale. */
export const OUT_OF = '/|out of|of|von|aus|sur|de|su|em';

/** "points", and the small words that a sentence ends with. */
export const POINTS =
  '(?:points?|pts?|punkte?n?|puntos?|pontos?)(?!\\p{L})|[分点點](?:です|だ|吧|哦|喔|啊|呀|哈|了)?|です|吧';

export const STARS = 'stars?(?!\\p{L})|sterne?(?!\\p{L})|estrellas?|étoiles?|estrelas?|[星⭐★🌟](?:です|吧)?';

/** All that there is of a scale. */
export const FULL_MARKS: ReadonlySet<string> = new Set(['满分', '滿分', '満点', '満点です', 'full marks']);

/** Between two numbers: one or the other. */
export const BETWEEN = 'or|to|bis|oder|o|ou|u|à|a|到|至|或|から|か';
