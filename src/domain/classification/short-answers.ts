// Answers so short that they are known by heart, in each of the languages.
import type { Polarity } from './classification.ts';
import { fold, SEED } from './hash.ts';
import { LANGUAGES, type Language } from './languages.ts';
import { blankPage, type Page, readInto } from './normalise.ts';
import { DIGIT, HAN, KANA, KIND, LATIN } from './units.ts';

const KNOWN: Readonly<Record<Polarity, Readonly<Record<Language, string>>>> = {
  neutral: {
    en: `n/a|na|none|nothing|nothing to add|nothing else|nothing to say|no comment|no comments|no|nope|not really|ok|okay|k|fine|alright|all right|so so|
      average|meh|it's ok|it's okay|its ok|it is ok|ok i guess|not sure|don't know|idk|as expected|no opinion|neutral|same as before|it works|see above|
      test|testing|could be better|could be worse|not bad not good|nothing special|no feedback|maybe|mixed|mixed feelings|no thanks|no thank you|no nothing|average experience`,
    zh: `无|没有|暂无|没|没了|无意见|没意见|没有意见|没什么|没有什么|没啥|暂时没有|目前没有|还行|还行吧|还好|还好吧|一般|一般般|一般吧|还可以|可以|可以吧|凑合|凑活|马马虎虎|中规中矩|
      过得去|就那样|普通|正常|好的|嗯|嗯嗯|哦|行|不知道|不清楚|说不好|随便|都行|中等|平均水平|略|如上|同上|测试|不好不坏|不好说|没感觉|一言难尽啊|没有了|没有别的|没别的了`,
    ja: `なし|無し|ない|ありません|特になし|特にない|特にありません|特に無し|特にございません|普通|ふつう|まあまあ|そこそこ|わからない|わかりません|どちらとも言えない|可もなく不可もなく|
      オーケー|了解|はい|いいえ|テスト|まぁまぁ|それなり|微妙ではない|以上です|特にないです`,
    de: `keine|keiner|nichts|nein|nö|ja|ok|okay|passt|passt schon|geht so|ganz ok|ganz okay|so lala|naja|na ja|geht|mittelmäßig|durchschnittlich|durchschnitt|weiß nicht|
      keine angabe|keine angaben|k.a.|keine ahnung|nichts besonderes|kein kommentar|in ordnung|neutral|entfällt|wie erwartet|befriedigend|ausreichend|es geht|test|nein danke|sonst nichts`,
    es: `nada|ninguno|ninguna|no|sí|ok|vale|regular|normal|más o menos|ni bien ni mal|bien sin más|sin comentarios|no sé|nada que añadir|nada más|nada en especial|
      aceptable|correcto|pasable|ni fu ni fa|está ok|n/a|como siempre|lo esperado|prueba|nada que decir|no gracias`,
    fr: `rien|aucun|aucune|non|oui|ok|d'accord|moyen|bof|ras|r.a.s|correct|passable|sans plus|ça va|ca va|comme ci comme ça|rien à dire|rien à signaler|rien à ajouter|
      pas d'avis|sans avis|je ne sais pas|neutre|normal|mitigé|néant|n/a|comme prévu|pas mal sans plus|test|rien de plus|non merci`,
    pt: `nada|nenhum|nenhuma|não|sim|ok|normal|regular|mais ou menos|razoável|médio|sem comentários|sem comentário|não sei|nada a declarar|nada a acrescentar|
      nada a dizer|tanto faz|n/a|como esperado|dentro do esperado|indiferente|teste|na média|nada mais|não obrigado`,
  },
  positive: {
    en: 'yes|good|great|thanks|thank you|thx|ty|perfect|excellent|nice|super|cool|love it|all good|very good|well done|good job|great job|great service|a+|awesome|amazing|good enough for me|not bad|not bad at all|no complaints|top|happy|fast|zero complaints|five stars|ten out of ten|two thumbs up|efficient|professional|polite|friendly|helpful|quick|reliable|competent|kind|courteous|responsive|knowledgeable|intuitive|brilliant|outstanding|fantastic|wonderful|superb|best|the best|great value|good value|good service|excellent service|instant reply|quick reply|quick response|quick answer|problem solved|issue resolved|issue fixed|works great|works well|works perfectly|easy to use|very easy|no issues|no problems|no bugs|highly recommend|highly recommended|kudos|a lifesaver|polite agent',
    zh: '好|很好|非常好|挺好|挺好的|不错|挺不错|不错的|棒|很棒|赞|满意|很满意|非常满意|好评|谢谢|感谢|多谢|给力|完美|优秀|牛|666|喜欢|五星|没毛病|可以的|超赞|顶|太好了|解决了|已解决|问题解决了|服务好|服务很好|态度好|速度快|很快|好用|很好用|方便|很方便|专业|很专业|耐心|值得信赖|物超所值|性价比高|五星好评|不贵|推荐',
    ja: '良い|よい|いい|良かった|よかった|とても良い|とても良かった|最高|最高です|満足|大満足|満足です|ありがとう|ありがとうございます|ありがとうございました|素晴らしい|完璧|助かりました|便利|早い|おすすめ|好き|問題なし|問題ありません|いいね|文句なし|迅速丁寧|対応迅速|神対応|期待以上|解決した|解決しました|使いやすい|親切|丁寧|速い',
    de: 'gut|sehr gut|super|toll|top|prima|perfekt|klasse|danke|vielen dank|alles gut|alles bestens|alles super|spitze|hervorragend|ausgezeichnet|zufrieden|sehr zufrieden|gerne wieder|nicht schlecht|einwandfrei|geil|genial|schnell|empfehlenswert|wunderbar|weiter so|keine probleme|nie probleme|ohne probleme|keine beschwerden|problem gelöst|freundlich|sehr freundlich|nett|hilfsbereit|zuverlässig|kompetent|professionell|schnell und freundlich|guter service|sehr guter service|fairer preis|gutes produkt|funktioniert gut|sehr einfach|fünf sterne|nicht teuer',
    es: 'bien|muy bien|bueno|muy bueno|buena|genial|excelente|perfecto|gracias|muchas gracias|estupendo|fantástico|todo bien|todo perfecto|me encanta|contento|satisfecho|rápido|recomendable|de diez|nada mal|ninguna queja|buenísimo|súper|excelente servicio|buen servicio|muy buen servicio|servicio rápido|entrega rápida|fácil de usar|muy fácil|amable|muy amable|profesional|eficiente|problema resuelto|resuelto|sin problemas|cinco estrellas|buen precio|barato|no es caro|funciona bien',
    fr: "bien|très bien|bon|très bon|super|parfait|excellent|génial|merci|merci beaucoup|top|rien à redire|satisfait|très satisfait|content|nickel|impeccable|rapide|bravo|j'adore|pas mal|tout va bien|formidable|au top|bon service|très bon service|service rapide|livraison rapide|bon prix|bon rapport qualité prix|facile à utiliser|très facile|aimable|professionnel|efficace|sympathique|problème résolu|résolu|aucun problème|sans problème|cinq étoiles|pas cher|ça marche bien",
    pt: 'bom|muito bom|boa|muito boa|ótimo|ótima|excelente|perfeito|obrigado|obrigada|top|adorei|amei|gostei|gostei muito|satisfeito|recomendo|tudo certo|tudo ótimo|maravilhoso|show|nota 10|nota dez|rápido|super recomendo|muito obrigado|tudo bem|nada mal|ótimo atendimento|bom atendimento|excelente atendimento|atendimento ótimo|entrega rápida|fácil de usar|muito fácil|atencioso|profissional|eficiente|problema resolvido|resolvido|sem problemas|cinco estrelas|bom preço|barato|não é caro|ótimo custo benefício|bom custo benefício|funciona bem',
  },
  negative: {
    en: 'bad|very bad|terrible|awful|horrible|slow|too slow|useless|no good|not good|poor|worst|never again|disappointed|disappointing|nope never|hate it|crap|garbage|not happy|not great|rubbish|very slow|thanks for nothing|too expensive|expensive|rude|rude staff|unhelpful|unreliable|buggy|broken|scam|no response|no answer|no reply|waste of money|waste of time|poor service|bad service|terrible service|confusing|complicated|too complicated|unacceptable|ridiculous|pathetic|still not working|not working|does not work|not solved|not resolved|impolite|overpriced|never came',
    zh: '差|很差|太差|差评|垃圾|不好|不行|不满意|失望|很失望|烂|太烂|慢|太慢|无语|呵呵|服了|一言难尽|就这|坑|没用|非常差|不太好|不太行|不怎么样|难用|太贵|太贵了|太慢了|太差了|骗人|骗子|有点贵|有点慢|等太久|等太久了|没解决|还没解决|没人理|没人回|态度差|态度很差|服务差|难用死了|闪退|老是闪退|太卡|不快|不方便|不划算|价格太高',
    ja: '悪い|最悪|最低|ダメ|だめ|遅い|遅すぎ|使えない|ひどい|がっかり|不満|残念|残念です|良くない|よくない|いまいち|イマイチ|二度と使わない|高い|壊れた|不便|微妙|詐欺|使いにくい|解決していない|返事がない|対応が悪い|怒っています|二度と使いません|もう使いません|高すぎる',
    de: 'schlecht|sehr schlecht|furchtbar|schrecklich|mies|langsam|zu langsam|zu teuer|enttäuscht|enttäuschend|mangelhaft|ungenügend|nie wieder|nutzlos|katastrophe|nicht gut|unzufrieden|schrott|müll|frechheit|unverschämt|nicht zufrieden|finger weg|miserabel|betrug|unfreundlich|keine antwort|schlechter service|kompliziert|zu kompliziert|kaputt|überteuert|preis zu hoch|funktioniert nicht|nicht gelöst|wucher',
    es: 'mal|muy mal|malo|muy malo|mala|pésimo|pésima|horrible|terrible|fatal|lento|muy lento|caro|muy caro|decepcionado|decepcionante|nunca más|no funciona|inútil|una vergüenza|no me gusta|no me gustó|basura|insatisfecho|deficiente|estafa|mal servicio|pésimo servicio|servicio lento|entrega tardía|difícil de usar|complicado|muy complicado|sin respuesta|nadie responde|precio muy alto|precio alto|no es fácil|demasiado caro|sin solución',
    fr: 'mauvais|très mauvais|nul|nulle|horrible|lent|trop lent|trop cher|déçu|déçue|décevant|jamais plus|plus jamais|inutile|catastrophe|catastrophique|pas bien|pas content|insatisfait|médiocre|à fuir|pas satisfait|une honte|lamentable|pas terrible|arnaque|mauvais service|service lent|livraison en retard|difficile à utiliser|compliqué|trop compliqué|aucune réponse|pas de réponse|mauvaise qualité|prix trop élevé|pas facile|désagréable|pas résolu',
    pt: 'ruim|muito ruim|péssimo|péssima|horrível|terrível|lento|muito lento|caro|muito caro|decepcionado|decepcionada|decepcionante|nunca mais|não funciona|não gostei|inútil|uma vergonha|lixo|insatisfeito|não recomendo|fraco|uma porcaria|golpe|fraude|atendimento ruim|péssimo atendimento|entrega atrasada|difícil de usar|complicado|muito complicado|sem resposta|ninguém responde|preço alto|não é fácil|caro demais|não resolveu',
  },
};

export interface ShortAnswer {
  readonly polarity: Polarity;
  readonly language: number;
}

/** Marks that may stand around one. */
const MARKS = 8;

const page = blankPage();
const answers = new Map<string, ShortAnswer[]>();
/** Of their letters: most pages are none of them, and need no string. */
const hashes = new Set<number>();
let longest = 0;
for (const polarity of ['neutral', 'positive', 'negative'] as const) {
  for (const [language, tag] of LANGUAGES.entries()) {
    for (const term of KNOWN[polarity][tag].split('|')) {
      readInto(page, term);
      const key = keyOf(page);
      longest = Math.max(longest, key.length);
      hashes.add(letterHash(page));
      answers.set(key, [...(answers.get(key) ?? []), { polarity, language }]);
    }
  }
}

/** What a page says when it is one of these and nothing more; null when it is not. Where languages share one, the language that is told decides. */
export function shortAnswer(page: Page, tag: string | null): ShortAnswer | null {
  if (page.length > longest + MARKS || page.numbers > 0 || page.questions > 0) return null;
  if (!hashes.has(letterHash(page))) return null;
  const known = answers.get(keyOf(page));
  return known?.find(({ language }) => LANGUAGES[language] === tag) ?? known?.[0] ?? null;
}

function letterHash({ units, length }: Page): number {
  let hash = SEED;
  for (let i = 0; i < length; i++) if (isLetter(units[i]!)) hash = fold(hash, units[i]!);
  return hash;
}

function isLetter(unit: number): boolean {
  const kind = KIND[unit];
  return kind === LATIN || kind === HAN || kind === KANA || kind === DIGIT || unit === 0x27 || unit === 0x2b;
}

/** Letters alone, with one space where there was anything else between them. */
function keyOf({ units, length }: Page): string {
  let key = '';
  let gap = false;
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
    const isPart = isLetter(unit);
    if (isPart && gap && key !== '') key += ' ';
    if (isPart) key += String.fromCharCode(unit);
    gap = !isPart;
  }
  return key;
}
