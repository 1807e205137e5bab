// What must not change what is read (case, spaces, wide digits, a name, a link, traditional characters), and what must (a negation).
import { Converter } from 'opencc-js';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/domain/classification/languages.ts';
import { shippedClassifier } from '../../../src/model/index.ts';
import { ownRows } from '../../../training/rows.ts';

const classify = shippedClassifier();
const read = (text: string, locale: string) =>
  classify({ survey: 'nps', score: null, text, locale }).sentiment;

const EACH = 60;

/** Comments of every language and topic, spread evenly. */
const comments = LANGUAGES.flatMap((locale, language) => {
  const all = ownRows().filter((row) => row.language === language);
  const step = Math.max(1, Math.floor(all.length / EACH));
  return all.filter((_, i) => i % step === 0).map(({ text }) => ({ text, locale }));
});

const wide = (text: string) =>
  text.replace(/[0-9]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
const traditional = Converter({ from: 'cn', to: 'tw' });
const isUnspaced = (locale: string) => locale === 'zh' || locale === 'ja';

/** Of those that a change does change as text: how many keep what is read in them. */
function kept(change: (text: string, locale: string) => string, only?: string): number {
  const changed = comments.filter(
    ({ text, locale }) => (only ?? locale) === locale && change(text, locale) !== text,
  );
  expect(changed.length).toBeGreaterThan(20);
  const same = changed.filter(
    ({ text, locale }) => read(change(text, locale), locale) === read(text, locale),
  );
  return same.length / changed.length;
}

describe('the sentiment of at least 98 in 100 comments stays', () => {
  it.each([
    ['in capitals', (text: string) => text.toUpperCase().replaceAll('ẞ', 'ß')],
    ['with more space', (text: string) => `  ${text.replace(/ /gu, '   ')} \n`],
    ['with wide digits', wide],
    ['with a name', (text: string, locale: string) => (isUnspaced(locale) ? `${text} @kim` : `@kim ${text}`)],
    ['with a link', (text: string) => `${text} https://example.org/r/7f3a?ref=mail`],
  ] as const)('%s', (_, change) => {
    expect(kept(change)).toBeGreaterThanOrEqual(0.98);
  });

  it('with a name called', () => {
    const change = (text: string, locale: string) => (isUnspaced(locale) ? `小林：${text}` : `Anna: ${text}`);
    expect(kept(change)).toBeGreaterThanOrEqual(0.98);
  });

  it('in traditional characters', () => {
    expect(kept(traditional, 'zh')).toBeGreaterThanOrEqual(0.98);
  });
});

/** A clear sentence, and the same denied. */
const DENIED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  en: [
    ['The staff were helpful.', 'The staff were not helpful.'],
    ['I am happy with this jacket.', "I'm not happy with this jacket."],
    ['They solved my problem.', 'They did not solve my problem.'],
    ['I would recommend this hotel.', 'I would not recommend this hotel.'],
    ['The food was good.', 'The food was not good.'],
    ['This printer works.', 'This printer does not work.'],
    ['I like the new design.', "I don't like the new design."],
    ['Worth the money.', 'Not worth the money.'],
    ['The room was clean.', 'The room was not clean.'],
    ['The answer was useful.', "The answer wasn't useful."],
  ],
  zh: [
    ['客服很专业。', '客服不专业。'],
    ['我很满意。', '我不满意。'],
    ['问题解决了。', '问题没解决。'],
    ['这个价格很值。', '这个价格不值。'],
    ['味道很好。', '味道不好。'],
    ['推荐大家购买。', '不推荐大家购买。'],
    ['房间很干净。', '房间不干净。'],
    ['用起来很方便。', '用起来不方便。'],
    ['我喜欢这个颜色。', '我不喜欢这个颜色。'],
    ['送货很及时。', '送货不及时。'],
  ],
  de: [
    ['Der Service ist gut.', 'Der Service ist nicht gut.'],
    ['Ich bin zufrieden.', 'Ich bin nicht zufrieden.'],
    ['Das kann ich empfehlen.', 'Das kann ich nicht empfehlen.'],
    ['Die Bedienung war freundlich.', 'Die Bedienung war nicht freundlich.'],
  ],
  es: [
    ['El servicio es bueno.', 'El servicio no es bueno.'],
    ['Estoy contento con la compra.', 'No estoy contento con la compra.'],
    ['Lo recomiendo.', 'No lo recomiendo.'],
    ['Me gusta mucho.', 'No me gusta nada.'],
  ],
  fr: [
    ['Le service est bon.', "Le service n'est pas bon."],
    ['Je suis satisfaite.', 'Je ne suis pas satisfaite.'],
    ['Je recommande ce magasin.', 'Je ne recommande pas ce magasin.'],
    ['Ça marche bien.', 'Ça ne marche pas bien.'],
  ],
  pt: [
    ['O atendimento é bom.', 'O atendimento não é bom.'],
    ['Estou satisfeito com a compra.', 'Não estou satisfeito com a compra.'],
    ['Recomendo esta loja.', 'Não recomendo esta loja.'],
    ['Gostei do produto.', 'Não gostei do produto.'],
  ],
  ja: [
    ['店員さんは親切でした。', '店員さんは親切ではありませんでした。'],
    ['おすすめできます。', 'おすすめできません。'],
    ['この味は好きです。', 'この味は好きではありません。'],
    ['とても便利です。', '全然便利ではない。'],
  ],
};

describe('a negation', () => {
  it('of a clear sentence changes what is read in at least 85 of 100', () => {
    const pairs = Object.entries(DENIED).flatMap(([locale, all]) => all.map((pair) => ({ locale, pair })));
    const stayed = pairs.filter(({ locale, pair }) => read(pair[0], locale) === read(pair[1], locale));
    expect(1 - stayed.length / pairs.length, JSON.stringify(stayed)).toBeGreaterThanOrEqual(0.85);
  });
});
