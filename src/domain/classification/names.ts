// First names that are no words: they are passed over, so that a name says nothing.
import { hashOf } from './hash.ts';
import { HAN, KANA, KIND } from './units.ts';

const NAMES = `adam alejandro alex alice amelie ana andrea andreas andrew angela anita anna anne annika antonio barbara beatriz ben benjamin bernd brian bruno carla carlos
  carmen carol carolina caroline catherine charlotte chloe chris christian christina christine claire claudia daniel daniela david deborah diego diana dieter
  eduardo elena elisabeth elizabeth emily emma enrique eric erik eva fabian felipe felix fernanda fernando florian francisco franz gabriel gabriela george
  gerd gonzalo guillaume gustavo hannah hans heike helena helga helmut henry ines ingrid isabel isabelle jack jacob jakob james jan jane javier jean
  jennifer jens jessica joana joao john jonas jorge jose joseph juan juana julia julian julien juliette jurgen karen karin karl kate katharina kathrin
  katie kevin kim klaus laura lea lena leon leonardo linda lisa louis louise lucas lucia luis luisa luiza lukas manuel marc marcel marco marcos margaret maria mariana
  marie marina mario marta martin martina mathieu mateus matthew matthias mauricio melanie mia michael michaela michel michelle miguel monica monika nadine natalia
  nathan nicolas nicole nina nora olivia oscar otto pablo patricia patrick paul paula paulo pedro peter petra philip philippe pierre rachel rafael
  ralf raquel rebecca ricardo richard robert roberto rodrigo ruth samantha samuel sandra santiago sara sarah sebastian sergio simon simone sofia sophia sophie
  stefan stefanie stephanie stephen steven susan susanne sven sylvie tanja teresa theresa thiago thomas tim tobias tom tomas tony ulrich ursula uwe valentina
  vanessa veronica vicente victor victoria vincent walter werner william wolfgang yuki hiroshi kenji haruto sakura takeshi yamada tanaka suzuki sato smith johnson
  garcia martinez lopez silva santos oliveira muller schmidt schneider dupont dubois wang zhang chen liu yang huang zhao`;

const hashes = new Set(
  NAMES.split(/\s+/u).map((name) => {
    const units = Array.from(name, (letter) => letter.charCodeAt(0));
    return hashOf(units, 0, units.length);
  }),
);

/** Whether the hash of a word is that of a name. */
export function isName(hash: number): boolean {
  return hashes.has(hash);
}

const CALLED = new Set(Array.from('小老阿', (one) => one.charCodeAt(0)));
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖贾夏韦方邹孟熊秦邱江尹薛闫段雷侯史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤';

/** Whether somebody is called here by a surname, as in 小王, with nothing written against it. */
export function isCalled(units: Uint16Array, at: number): boolean {
  return (
    CALLED.has(units[at]!) &&
    isEdge(units[at - 1]!) &&
    isEdge(units[at + 2]!) &&
    SURNAMES.includes(String.fromCharCode(units[at + 1]!))
  );
}

function isEdge(unit: number): boolean {
  const kind = KIND[unit];
  return kind !== HAN && kind !== KANA;
}
