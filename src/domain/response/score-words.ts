// How a score is said in words: numbers from zero to ten, what may stand before, behind and between numbers, and what says that one is not sure of
// it, in every language of the product. All lower case, as they are after NFKC.

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

/** Number words that are articles or sounds as well: alone they are a number, in front of words they are not. */
export const ARTICLES: ReadonlySet<string> = new Set(['one', 'uno', 'un', 'um', '一']);

const WORD_ENDS = '(?![\\p{L}\\p{M}\\p{N}])';

/** The longest first, so that none hides a longer one; letters end where the word does. */
export const NUMBER_WORD = [...NUMBER_WORDS.keys()]
  .sort((a, b) => b.length - a.length)
  .map((word) => (/^\p{Script=Latin}/u.test(word) ? `${word}(?!\\p{Script=Latin})` : word))
  .join('|');

const A = '(?: an?)?(?: (?:solid|strong|clear|definite|easy|perfect|full|big))?';

/** "I'd give it a …": what says that a score comes. */
export const BEFORE = [
  `i(?:'d| would|’d)? (?:give|say|rate)(?: (?:it|you|this|that))?${A}`,
  `(?:it|that|this)(?:['’]s| is| was)(?= an? )${A}`,
  `an?${A}`,
  '(?:my )?(?:score|rating|answer)(?: is)?',
  '我?[给給打](?:你们?|您|个|個)?',
  '评分|評分|評価は?|点数は?|スコアは?',
  '(?:ich (?:gebe|sage)(?: (?:euch|ihnen|dir))?|(?:das|es) ist(?= eine ))(?: eine)?(?: (?:glatte|klare|solide))?',
  'eine(?: (?:glatte|klare|solide))?|bewertung',
  '(?:les? |te )?(?:doy|pongo)(?: une?)?|es un|puntuación|calificación',
  "(?:je (?:vous )?(?:donne|mets|dis|dirais)|c['’]est(?= une? ))(?: une?)?",
  '(?:(?:eu )?dou|é(?= uma? ))(?: nota)?(?: uma?)?',
  'u[nm]|nota|note(?=\\s?:)|ma note(?: est)?',
].join('|');

/** "out of": the number behind it is that of the whole scale. */
export const OUT_OF = '/|out of|of|von|aus|sur|sobre|de|su|em';

/** "points", and the small words that a sentence ends with. */
export const POINTS =
  '(?:points?|pts?|punkte?n?|puntos?|pontos?)(?!\\p{L})|[分点點](?:です|だ|吧|哦|喔|啊|呀|哈|了)?|です|吧';

export const STARS =
  'stars?(?!\\p{L})|sterne?(?!\\p{L})|estrellas?(?!\\p{L})|étoiles?(?!\\p{L})|estrelas?(?!\\p{L})|[つ颗顆]?[星⭐★🌟](?:です|吧)?';

/** All that there is of a scale. */
export const FULL_MARKS =
  '(?:我?[给給打](?:你们?|您|个|個)?)?(?:[满滿満]分|[满滿満]点)(?:です|だ|吧|啊|哦)?|full marks(?!\\p{L})';

/** Between two numbers: one or the other. */
export const BETWEEN = 'or|to|bis|oder|o|ou|u|à|a|到|至|或|から|か';

/** "between 8 and 9": stands only between two numbers. */
export const AND = 'and|und|y|et|e|和|と';

/** One is not sure of the number in front of it or behind it. */
export const HEDGES = [
  `(?:maybe|perhaps|probably|possibly|i guess|i think|i suppose|not sure|more or less|or so|roughly|approx|-?ish)${WORD_ENDS}`,
  `(?:vielleicht|wahrscheinlich|ungefähr|ich glaube|glaube ich|ich denke|denke ich|schätze ich|oder so)${WORD_ENDS}`,
  `(?:quiz[aá]s?|tal vez|creo(?: que)?|supongo|m[aá]s o menos|o as[ií])${WORD_ENDS}`,
  `(?:peut[- ][eê]tre|je (?:pense|crois)|à peu près|plus ou moins|environ)${WORD_ENDS}`,
  `(?:talvez|acho(?: que)?|mais ou menos|ou por aí)${WORD_ENDS}`,
  '可能|也许|也許|或许|大概|大约|大約|差不多|左右|之间|之間',
  'たぶん|多分|おそらく|だいたい|くらい|ぐらい|かな|かも|の間',
].join('|');

/** Only in front of a number: one is not sure of it. */
export const ABOUT =
  `(?:about|around|between|like|almost|etwa|circa|ca\\.?|rund|zwischen|entre|como|casi|unos|presque|por volta de|cerca de|uns|quase)${WORD_ENDS}` +
  '|约|約';

/** Only between two numbers: the second is meant, or both. */
export const CORRECTIONS =
  `(?:no|wait|sorry|i mean|actually|make (?:that|it)|rather|even|nein|moment|besser|lieber|eher|espera|perd[oó]n|mejor|digo|non|attends|pardon|plutôt|enfin|não|melhor|desculpa|quer dizer|or|to|bis|oder|o|ou|u)${WORD_ENDS}` +
  '|不对?|不對|还是|還是|等等|或者?|いや|やっぱり?|または|か';
