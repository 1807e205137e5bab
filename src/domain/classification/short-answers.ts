// Answers so short that they are known by heart, in whichever language.
import type { Polarity } from './classification.ts';

const KNOWN: Readonly<Record<Polarity, { readonly en: string; readonly zh: string }>> = {
  neutral: {
    en: `n/a|na|none|nothing|nothing to add|nothing else|no comment|no comments|no|nope|not really|ok|okay|k|fine|alright|all right|so so|average|
      meh|it's ok|it's okay|its ok|it is ok|ok i guess|not sure|don't know|idk|as expected|no opinion|neutral|average|same as before|it works|see above|test`,
    zh: `无|没有|暂无|没|没了|无意见|没意见|没有意见|没什么|没有什么|没啥|暂时没有|目前没有|还行|还好|一般|一般般|还可以|可以|凑合|凑活|马马虎虎|中规中矩|过得去|就那样|普通|
      正常|ok|好的|嗯|嗯嗯|哦|行|不知道|不清楚|说不好|随便|都行|中等|平均水平|略|如上|同上|测试`,
  },
  positive: {
    en: 'yes|good|great|thanks|thank you|thx|ty|perfect|excellent|nice|super|cool|love it|all good|very good|well done|good job|great job|great service|a+',
    zh: '好|很好|非常好|挺好|不错|挺不错|棒|很棒|赞|满意|很满意|非常满意|好评|谢谢|感谢|多谢|给力|完美|优秀|牛|666|喜欢|五星',
  },
  negative: {
    en: 'bad|very bad|terrible|awful|horrible|slow|too slow|useless|no good|not good|poor|worst|never again|disappointed|nope never|hate it',
    zh: '差|很差|太差|差评|垃圾|不好|不行|不满意|失望|很失望|烂|太烂|慢|太慢|无语|呵呵|服了|一言难尽|就这|坑|没用',
  },
};

const answers = new Map<string, { readonly polarity: Polarity; readonly language: 'en' | 'zh' }>();
for (const polarity of ['neutral', 'positive', 'negative'] as const) {
  for (const language of ['zh', 'en'] as const) {
    for (const term of KNOWN[polarity][language].split('|')) answers.set(term.trim(), { polarity, language });
  }
}

/** What a readable text without emoji says when it is one of these and nothing more; null when it is not. */
export function shortAnswer(
  text: string,
): { readonly polarity: Polarity; readonly language: 'en' | 'zh' } | null {
  if (text.length > 40) return null;
  return (
    answers.get(text.replace(/\s+/gu, ' ').replace(/^[\s\p{P}]+|[\s!.?。！？~～,，、…]+$/gu, '')) ?? null
  );
}
