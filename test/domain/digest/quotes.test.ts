import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseQuotes, maskPersonalData, type QuoteCandidate } from '../../../src/domain/digest/quotes.ts';
import type { Segment } from '../../../src/domain/survey/kind.ts';

let last = 0;
function candidate(more: Partial<QuoteCandidate> = {}): QuoteCandidate {
  last++;
  return {
    responseId: `r${last}`,
    personId: `p${last}`,
    personName: `Person ${last}`,
    survey: 'nps',
    score: 9,
    segment: 'positive',
    words: 'quick help',
    themes: [],
    answeredAt: last,
    ...more,
  };
}

describe('the quotes of a digest', () => {
  it('are at most five, one a person, turn by turn from the unhappy, the happy and those in between', () => {
    const segments: readonly Segment[] = ['positive', 'negative', 'neutral'];
    const all = Array.from({ length: 30 }, (_, i) =>
      candidate({ segment: segments[i % 3]!, words: `${segments[i % 3]} ${i}`, personId: `p${i % 12}` }),
    );
    const quotes = chooseQuotes(all, true);
    expect(quotes.map(({ words }) => words.split(' ')[0])).toEqual([
      'negative',
      'positive',
      'neutral',
      'negative',
      'positive',
    ]);
    const people = quotes.map(({ responseId }) => all.find((one) => one.responseId === responseId)?.personId);
    expect(new Set(people)).toHaveLength(5);
  });

  it('bring new themes first, then the longer words, then the newer', () => {
    const known = candidate({ themes: ['speed'], words: 'x'.repeat(200) });
    const fresh = candidate({ themes: ['price'], words: 'short' });
    const first = candidate({ themes: ['speed', 'ease'] });
    expect(chooseQuotes([known, fresh, first], false).map(({ responseId }) => responseId)).toEqual([
      first.responseId,
      fresh.responseId,
      known.responseId,
    ]);
    const older = candidate({ answeredAt: 1 });
    const newer = candidate({ answeredAt: 2 });
    expect(chooseQuotes([older, newer], false)[0]?.responseId).toBe(newer.responseId);
  });

  it('do not depend on the order in which the words came out of the store', () => {
    const some = fc.record({
      personId: fc.constantFrom('a', 'b', 'c', 'd'),
      segment: fc.constantFrom<Segment>('positive', 'neutral', 'negative'),
      themes: fc.subarray(['speed', 'price', 'ease']),
      answeredAt: fc.integer({ min: 0, max: 3 }),
      words: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (facts, order) => {
        const all = facts.map((fact, i) => candidate({ ...fact, responseId: `r${i}` }));
        const shuffled = all
          .map((one) => [order.next().value as number, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        expect(chooseQuotes(shuffled, true)).toEqual(chooseQuotes(all, true));
      }),
    );
  });

  it('name people only where that is allowed, and are cut at a word', () => {
    const long = candidate({ words: 'word '.repeat(100) });
    const [quote] = chooseQuotes([long], false);
    expect(quote?.by).toBeNull();
    expect(quote?.words).toMatch(/word…$/);
    expect(Array.from(quote!.words).length).toBeLessThanOrEqual(281);
    expect(chooseQuotes([long], true)[0]?.by).toBe(long.personName);
  });

  it('of nobody are none', () => {
    expect(chooseQuotes([], true)).toEqual([]);
  });
});

describe('personal data in words', () => {
  it.each([
    ['Mail me at anna.adams+help@example.co.uk please', 'Mail me at […] please'],
    ['(anna@example.com)', '([…])'],
    ['我的邮箱是anna@example.com请回复', '我的邮箱是[…]请回复'],
    ['call +49 (30) 123-4567 now', 'call […] now'],
    ['Call 030/1234567.', 'Call […].'],
    ['我的电话是13800138000请联系', '我的电话是[…]请联系'],
    ['电话１３８００１３８０００', '电话[…]'],
    ['身份证11010519491231002X', '身份证[…]'],
    ['card 4111 1111 1111 1111 was charged', 'card […] was charged'],
    ['id 123-45-6789', 'id […]'],
    ['appelez le 12.34.56.78.90', 'appelez le […]'],
    ['write to anna (at) example (dot) com or call', 'write to […] or call'],
    ['anna[at]example.com', '[…]'],
    ['Konto DE89 3704 0044 0532 0130 00 bitte', 'Konto […] bitte'],
    ['iban gb29nwbk60161331926819', 'iban […]'],
    ['06\u00A012\u00A034\u00A056\u00A078', '[…]'],
    ['call 030–1234–567', 'call […]'],
    ['電話は090ー1234ー5678です', '電話は[…]です'],
    ['tel ０９０－１２３４－５６７８', 'tel […]'],
    ['on 2026-11-20 at 0301234567', 'on 2026-11-20 at […]'],
  ])('in %j are masked', (words, masked) => {
    expect(maskPersonalData(words)).toBe(masked);
  });

  it.each([
    'since 2026-11-20 nothing works',
    'on 20.11.2026',
    '从2026年11月20日开始',
    'waited 45 minutes, 3 times',
    'error 500 in v10.2.3',
    'paid 1,234 euros',
    'ticket ABC1234567',
    'ticket AB12345678',
    'look (at the) page',
    'it was fine (at last)',
    'you @ support',
    '10/10 would ask again',
  ])('are not in %j', (words) => {
    expect(maskPersonalData(words)).toBe(words);
  });

  it('are looked for in any text without a crash, and quickly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (words) => {
        expect(maskPersonalData(maskPersonalData(words))).toBe(maskPersonalData(words));
      }),
    );
    const began = performance.now();
    for (const nasty of [
      'a'.repeat(4_000),
      '1 '.repeat(2_000),
      'a@'.repeat(2_000),
      'a(at)'.repeat(1_000),
      'AB12'.repeat(1_000),
      '1–'.repeat(2_000),
      'a@a.'.repeat(1_000),
      '1-'.repeat(2_000),
    ])
      maskPersonalData(nasty);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
