// The words that a verbatim behind a score begins with: thanks, praise, blame, a recommendation, a reason. A closed list: a number in front of any
// other word may count something ("2 users cannot log in"). All lower case, as they are after NFKC.

/** Where letters make words, a word ends where they do. */
const LATIN: readonly string[] = [
  // English
  'thanks?|thx|ty|tysm|cheers|kudos|lov(?:e|ed|ely|ing)|great|good(?! (?:morning|afternoon|evening|day))|excellent|awesome|amazing|perfect(?:ly)?',
  'fantastic|wonderful|brilliant|outstanding|superb|super|nice(?:ly)?|best|happy|satisfied|pleased|helpful|friendly|quick(?:ly)?|fast|easy|well done',
  'bad(?:ly)?|worst|terrible|awful|horrible|poor|slow|useless|unhelpful|rude|disappoint(?:ed|ing)|frustrat(?:ed|ing)|unhappy|confusing',
  "would(?:n['’]t)?(?! (?:be|have|like|need))|recommend(?:ed)?|highly|definitely|absolutely|extremely|totally|never|always|very|really|quite|pretty",
  'so(?! (?:far|many|much|on|that|what))|too(?! many| much)|no (?:complaints?|problems?|issues?)|could be (?:better|faster|quicker|easier)',
  'not (?:bad|good|great|happy|helpful|satisfied|impressed|recommended|worth|very|really|so)|all good|everything|keep (?:it )?up|top notch|wow',
  "i (?:love|loved|like|liked|really|highly|appreciate|recommend|would(?! (?:be|have|like|need))|am (?:very|so|really))|i['’]d recommend",
  'you(?: guys)? (?:rock|are (?:the best|great|awesome|amazing))',
  // German
  'danke(?:schön)?|(?:vielen|herzlichen|besten) dank|super|toll(?:e[rs]?)?|gut(?:e[rs]?)?|sehr|schlecht(?:e[rs]?)?|schnelle?[rs]?|langsam(?:e[rs]?)?|nie(?:mals)?',
  'perfekt|prima|klasse|spitze|top|hervorragend|ausgezeichnet|wunderbar|freundlich|hilfreich|leider|furchtbar|schrecklich|enttäusch(?:t|end)|mega',
  '(?:un)?zufrieden|genial|würde|gerne? wieder|immer wieder|ich (?:liebe|bin|würde)|alles (?:gut|super|prima|perfekt|bestens|top)|einfach',
  'nicht (?:gut|schlecht|zufrieden|hilfreich|empfehlenswert|zu empfehlen)|kann ich (?:nur )?(?:weiter)?empfehlen|empfehlenswert',
  // Spanish
  '(?:muchas |mil )?gracias|excelente|muy|buen[ao]?(?! (?:tarde|noche|d[ií]a))|mal[ao]?|nunca|jam[aá]s|me (?:encanta|encantó|gusta|gustó)|perfecto|genial',
  '(?:no )?(?:l[oa]s? )?(?:recomiendo|recomendar[ií]a)|incre[ií]ble|r[aá]pid[oa]|lent[oa]|p[eé]sim[oa]|encantad[oa]|fant[aá]stico|estupendo|satisfech[oa]',
  'todo (?:bien|perfecto|genial|excelente)|sin problemas?|horrible|terrible',
  // French
  "merci|g[eé]nial|excellente?|parfaite?|tr[eè]s|bon(?:ne)?|bien|mauvaise?|nul(?:le)?|jamais|j['’](?:adore|aime|ai (?:adoré|aimé))|rapide|lente?|efficace",
  'bravo|vraiment|je (?:vous |le |la )?(?:ne )?(?:vous |le |la )?recommande|impeccable|formidable|déçue?|satisfaite?|sympa|rien à (?:dire|redire)|à recommander',
  'pas (?:bien|mal|terrible|contente?|satisfaite?|bon|top|assez rapide)|catastroph(?:e|ique)|service (?:rapide|parfait|impeccable|excellent)',
  // Portuguese
  '(?:muito )?obrigad[oa]|[oó]tim[oa]|muito|bom(?! dia)|boa(?! tarde| noite)|mau|má|ruim|péssim[oa]|ador(?:ei|o)|amei|gostei|(?:não )?(?:recomendo|recomendaria)',
  'perfeit[oa]|demorad[oa]|maravilhos[oa]|parabéns|valeu|horrível|terrível|satisfeit[oa]|não gostei|tudo (?:certo|bem|ótimo|perfeito)',
];

/** Where they do not, a word begins so. */
const HAN_AND_KANA: readonly string[] = [
  '[谢謝][谢謝了]|[感多][谢謝]|辛苦|很(?![多少久])|非常(?![多少])|挺|特别|特別|太(?![多少])|真|好(?![几幾多久些像的友])|不错|不錯|不好|满意|滿意|不满|不滿',
  '差(?!不多|点|點|距|异|異)|棒|[赞讚]|厉害|厲害|推荐|推薦|不推|不会推荐|喜欢|喜歡|服[务務](?![器商端中宕挂])|态度|態度|速度|一般|[还還](?:行|不|可以)|完美|给力|快(?![点點递遞照要])|慢|再也不|绝对|永远',
  'ありがと|有難う|感謝|助か|便利|不便|最高|最悪|良|よかった|よい|いい(?!え)|悪|とても|すご[いく]|凄|大変|満足|不満|素晴らし|すばらし|親切|丁寧|迅速|早[いくか]|速[いくか]|遅[いくか]',
  '二度と|もう二度と|おすすめ|お勧め|オススメ|(?:使い|[分わ]かり)(?:やす|にく|づら)|残念|ひど[いく]|酷|気に入|完璧|好き|嬉し|うれし|対応[がはも]|問題な|楽(?!天)',
];

const REASONS: readonly string[] = [
  'but|because|due to|though|although|aber|weil|obwohl|pero|porque|aunque|mais|car|parce|mas|pois',
];
const HAN_AND_KANA_REASONS = '但|不[过過]|可是|因[为為]|でも|けど|ただ(?![今い])|しかし|なぜなら';

const ENDS = '(?![\\p{L}\\p{M}\\p{N}])';

/** Thanks, praise, blame, recommendation. */
export const JUDGING = `(?:${LATIN.join('|')})${ENDS}|${HAN_AND_KANA.join('|')}`;

/** "but", "because": only behind a score. */
export const REASONING = `(?:${REASONS.join('|')})${ENDS}|${HAN_AND_KANA_REASONS}`;

/** Somebody asks for help, or says what the number counts: no words about a score, whatever stands between. */
export const ASKING = [
  `(?:(?:please|pls|plz),? (?:help|call|contact)|help me|(?:can|could|would) (?:you|somebody|someone|anyone) (?:please |pls )?(?:help|call|contact)|how (?:do|can) i)${ENDS}`,
  `(?:that|this)(?: is|['’]s| was) how (?:often|many)${ENDS}`,
  `bitte (?:helfen|hilf|rufen)|(?:(?:können|könnten) sie|kannst du) (?:mir|uns|bitte)|so oft habe`,
  `por favor,? (?:ayud|ajud|llam)|(?:puede|podría)n? ayudar|(?:pode|poderia)m? (?:me )?ajudar`,
  `(?:aidez|aide)[- ]moi|(?:pouvez|pourriez)[- ]vous (?:m['’]|nous )aider|s['’]il (?:vous|te) pla[iî]t,? aide`,
  '请(?:帮|問|问|联系)|請(?:幫|問)|助けてください|教えてください|どうすれば',
].join('|');

const ATTRIBUTES =
  'great|good|bad|very|really|slow|fast|quick|easy|nice|poor|terrible|awful|horrible|happy|unhappy|satisfied|frustrated|disappointed|confusing|helpful|friendly|excellent|super|perfect|awesome|amazing|best|worst|useless';

/** "2 bad records", "1 really good question": the number counts them. "9 great service" counts nothing. */
export const COUNTING =
  `(?:(?:${ATTRIBUTES}|sehr|gute|schlechte) )+(?:\\p{L}+ )?(?:people|persons?|users?|customers?|clients?|colleagues|servers?|pages?|questions?|issues?|problems?|bugs?|errors?|tickets?|things?|times|minutes?|hours?|days?|weeks?|months?|years?|ideas?|files?|records?|requests?|orders?|points|reasons?|fragen?|leute|kunden|fehler|ideen?|probleme?)${ENDS}` +
  `|(?:(?:${ATTRIBUTES}) )+(?!thanks|guys|always|things)\\p{L}{3,}[^\\P{L}suio]s${ENDS}`;
