import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { MESSAGES } from '../../src/locales/index.ts';
import { createTexts } from '../../src/views/text.ts';

const texts = createTexts(MESSAGES, 'en');
const NOON = Date.UTC(2026, 10, 20, 12);

describe('the language of a tag', () => {
  it.each([
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['zh-Hans', 'zh'],
    ['zh-Hans-SG', 'zh'],
    ['zh-TW', 'zh'],
    ['zh-HK', 'zh'],
    ['ZH_cn', 'zh'],
    ['zh_CN.UTF-8', 'zh'],
    ['cmn-Hans-CN', 'zh'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['es', 'es'],
    ['es-ES', 'es'],
    ['es-419', 'es'],
    ['es_MX', 'es'],
    ['de', 'de'],
    ['de-AT', 'de'],
    ['gsw', 'en'],
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['fr_BE.UTF-8', 'fr'],
    ['ja', 'ja'],
    ['ja-JP', 'ja'],
    ['ja-Hira', 'ja'],
    ['pt', 'pt'],
    ['pt-BR', 'pt'],
    ['pt-PT', 'pt'],
    ['pt_br', 'pt'],
    ['nl', 'en'],
    ['ar-EG', 'en'],
    ['', 'en'],
    ['x', 'en'],
    ['not a tag', 'en'],
    ['../../etc/passwd', 'en'],
    ['__proto__', 'en'],
    ['constructor', 'en'],
    ['a'.repeat(100_000), 'en'],
  ])('%j is spoken as %s', (tag, locale) => {
    expect(texts(tag).locale).toBe(locale);
  });

  it('is the default where none is known', () => {
    expect(texts(null).locale).toBe('en');
    const chinese = createTexts(MESSAGES, 'zh-CN');
    expect(chinese(null).locale).toBe('zh');
    expect(chinese('nl').locale).toBe('zh');
    expect(chinese('en-US').locale).toBe('en');
    expect(createTexts(MESSAGES, 'nl')(null).locale).toBe('en');
  });

  it('is the second where the first is not spoken, and the default where neither is', () => {
    expect(texts('nl', 'de').locale).toBe('de');
    expect(texts('fr', 'de').locale).toBe('fr');
    expect(texts(null, 'ja').locale).toBe('ja');
    expect(texts('nl', 'sv').locale).toBe('en');
    expect(texts('nl', null).locale).toBe('en');
    expect(texts('nl', 'pt-PT')).toBe(texts('pt-PT'));
  });

  it('prefers its own script once that is written', () => {
    const traditional = createTexts({ ...MESSAGES, 'zh-Hant': MESSAGES.zh }, 'en');
    expect(traditional('zh-TW').locale).toBe('zh-Hant');
    expect(traditional('zh-CN').locale).toBe('zh');
  });

  it('gives the same translation for the same tag, and does not keep endless tags', () => {
    expect(texts('zh-CN')).toBe(texts('zh-CN'));
    for (let i = 0; i < 1_000; i++) texts(`en-${String(i).padStart(3, '0')}`);
    expect(texts('zh-CN').locale).toBe('zh');
  });
});

describe('numbers and dates', () => {
  it('are written the way of the reader’s region', () => {
    expect(texts('en').date(NOON, 'UTC')).toBe('Nov 20, 2026');
    expect(texts('en-GB').date(NOON, 'UTC')).toBe('20 Nov 2026');
    expect(texts('zh').date(NOON, 'UTC')).toBe('2026年11月20日');
    expect(texts('zh').day(NOON, 'UTC')).toBe('11月20日');
    expect(texts('es').date(NOON, 'UTC')).toBe('20 nov 2026');
    expect(texts('de').date(NOON, 'UTC')).toBe('20. Nov. 2026');
    expect(texts('fr').date(NOON, 'UTC')).toBe('20 nov. 2026');
    expect(texts('ja').date(NOON, 'UTC')).toBe('2026年11月20日');
    expect(texts('pt-BR').date(NOON, 'UTC')).toBe('20 de nov. de 2026');
    expect(texts('pt-PT').date(NOON, 'UTC')).not.toBe(texts('pt-BR').date(NOON, 'UTC'));
    expect(texts('de').number(1234.56, 1)).toBe('1.234,6');
    expect(texts('pt').percent(82)).toBe('82%');
    expect(texts('de').percent(82)).toBe('82\u00A0%');
    expect(texts('en').dateTime(NOON, 'America/New_York')).toBe('Nov 20, 2026, 7:00 AM');
    expect(texts('en').number(1234.56, 1)).toBe('1,234.6');
  });

  it('never show a minus before zero, nor something that is no number', () => {
    expect(texts('en').number(-0.4)).toBe('0');
    expect(texts('en').number(-0)).toBe('0');
    expect(texts('en').percent(-0.2)).toBe('0%');
    expect(texts('en').number(Number.NaN)).toBe('–');
    expect(texts('en').percent(Number.POSITIVE_INFINITY)).toBe('–');
    expect(texts('en').date(Number.NaN, 'UTC')).toBe('–');
  });

  it('a day belongs to the zone', () => {
    const late = Date.UTC(2026, 10, 20, 23, 30);
    expect(texts('en').day(late, 'UTC')).toBe('Nov 20');
    expect(texts('en').day(late, 'Asia/Tokyo')).toBe('Nov 21');
  });

  it('a period names its last day, not the moment after', () => {
    const monday = Date.UTC(2026, 10, 9);
    expect(texts('en').period(monday, monday + 7 * DAY, 'UTC')).toBe('Nov 9 – Nov 15, 2026');
    expect(texts('zh').period(monday, monday + 7 * DAY, 'UTC')).toBe('2026年11月9日至11月15日');
    expect(texts('ja').period(monday, monday + 7 * DAY, 'UTC')).toBe('2026年11月9日～11月15日');
    expect(texts('pt').period(monday, monday + 7 * DAY, 'UTC')).toBe('9 de nov. – 15 de nov. de 2026');
    expect(texts('de').period(monday, monday + 7 * DAY, 'UTC')).toBe('9. Nov. – 15. Nov. 2026');
    expect(texts('en').period(monday, monday + DAY, 'UTC')).toBe('Nov 9, 2026');
    expect(texts('en').period(monday, monday + 60 * DAY, 'UTC')).toBe('Nov 9, 2026 – Jan 7, 2027');
    expect(texts('en').period(monday, monday, 'UTC')).toBe('Nov 9, 2026');
  });

  it('a length of time is its largest whole unit', () => {
    const { duration } = texts('en');
    expect(duration(3 * DAY + 23 * HOUR)).toBe('3 days');
    expect(duration(HOUR)).toBe('1 hour');
    expect(duration(59 * MINUTE)).toBe('59 minutes');
    expect(duration(-5)).toBe('0 minutes');
    expect(texts('zh').duration(2 * HOUR)).toBe('2 小时');
    expect(texts('ja').duration(2 * HOUR)).toBe('2時間');
    expect(texts('fr').duration(0)).toBe('0 minute');
    expect(texts('de').duration(2 * DAY)).toBe('2 Tagen');
  });
});

describe('names that are read from the right', () => {
  const t = texts('en');

  it('stay apart, so that they do not turn what stands behind them', () => {
    const due = { number: 7, survey: 'NPS', score: '2 of 10', age: '3 days', due: 'overdue by 1 day' };
    const owner = t('cases.claimed', { name: 'אבי' });
    expect(owner).toBe('\u2068אבי\u2069 has it');
    expect(t('cases.line', { ...due, who: 'سلمى', owner })).toBe(
      '#7 · NPS 2 of 10 · \u2068سلمى\u2069 · open for 3 days · overdue by 1 day · \u2068אבי\u2069 has it',
    );
    expect(t('cases.claimed', { name: 'Ann' })).toBe('Ann has it');
  });

  it('are so in every language', () => {
    for (const locale of Object.keys(MESSAGES))
      expect(texts(locale)('digest.quoteBy', { name: 'דנה', survey: 'NPS', score: '9' })).toContain(
        '\u2068דנה\u2069',
      );
  });
});

it('what is filled in stays as it is, whatever it looks like', () => {
  const hostile = '{score} <b>#</b> {n, plural, other {#}} \u2068$& ’';
  expect(texts('en')('prompt.about', { subject: hostile })).toBe(`About: ${hostile}`);
});
