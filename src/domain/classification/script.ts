// Text made ready for reading: one form for each letter, lower case, and traditional Chinese characters as their simplified ones.

/** Longer texts are read up to here; a verbatim that is kept is shorter. */
const LONGEST_READ = 8_000;

/** Traditional and simplified in turn, for the characters that the words of the lexicons are made of. */
const PAIRS =
  '滿满態态務务單单買买賣卖價价貴贵壞坏錯错給给讚赞謝谢幫帮問问題题決决覆复應应無无沒没還还過过後后說说這这個个們们點点對对開开關关網网機机電电話话時时間间長长實实騙骗爛烂難难專专業业熱热貼贴細细親亲煩烦穩稳順顺暢畅簡简雜杂質质優优歡欢樂乐寶宝貨货遞递運运損损換换費费錢钱劃划虧亏離离譜谱氣气讓让導导壓压聽听講讲認认負负責责禮礼極极別别較较總总樣样飛飞頁页億亿萬万號号線线級级傳传訴诉舉举報报輕轻鬆松車车風风評评語语詞词類类願愿預预頂顶嚴严廢废斷断裝装設设計计虛虚偽伪誤误確确當当從从來来會会員员為为復复經经驗验體体數数據据庫库碼码請请準准備备貶贬強强連连處处環环節节維维護护劑剂髒脏醜丑靈灵適适廣广舊旧購购儲储載载軟软減减與与並并鍵键盤盘響响頻频圖图書书畫画閃闪張张條条內内訊讯課课館馆飯饭鮮鲜藥药癢痒紅红綠绿藍蓝黃黄雞鸡魚鱼麵面湯汤歲岁婦妇兒儿媽妈愛爱悅悦溫温動动薦荐丟丢義义亂乱產产淨净幾几剛刚勸劝辦办卻却厲厉厭厌變变發发嗎吗夠够盡尽異异棄弃錄录惡恶慘惨憤愤擔担攝摄敗败齊齐暫暂潔洁測测潤润漲涨濕湿潰溃爾尔瑣琐種种稱称篩筛簽签糾纠結结絕绝繼继續续聯联聞闻艙舱蠻蛮補补規规觀观討讨詐诈誠诚議议諉诿談谈豐丰賬账賊贼賴赖賠赔贈赠轉转達达遲迟遠远選选遺遗郵邮銀银銷销隊队隨随隱隐靜静項项顧顾頓顿飾饰饋馈驚惊馬马騎骑麼么興兴見见進进違违裡里裏里視视現现';

const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  Array.from(PAIRS.matchAll(/(.)(.)/gu), ([, traditional = '', simplified = '']) => [
    traditional,
    simplified,
  ]),
);

/** Every letter in one form, without marks that nobody sees. */
export function readable(text: string): string {
  const folded = text
    .slice(0, LONGEST_READ)
    .normalize('NFKC')
    .slice(0, LONGEST_READ)
    .toLowerCase()
    .replace(/[’‘`´]/gu, "'");
  return folded
    .replace(/\p{Cf}|\p{Cs}|\uFE0F/gu, '')
    .replace(/[㐀-鿿]/gu, (letter) => SIMPLIFIED.get(letter) ?? letter);
}
