// What a larger model tells of many comments is held to them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuoteCandidate } from '../../../src/domain/digest/quotes.ts';
import { pointsFrom, toSummarise } from '../../../src/domain/digest/summary.ts';

function candidate(n: number, more: Partial<QuoteCandidate> = {}): QuoteCandidate {
  return {
    responseId: `r${n}`,
    personId: `p${n}`,
    personName: null,
    survey: 'csat',
    score: 2,
    segment: 'negative',
    words: `It was slow, number ${n}`,
    themes: [],
    answeredAt: n,
    ...more,
  };
}

const many = (count: number, more: Partial<QuoteCandidate> = {}) =>
  Array.from({ length: count }, (_, n) => candidate(n, more));

describe('the comments to summarise', () => {
  const chosen = (candidates: readonly QuoteCandidate[], people = 10) =>
    toSummarise([{ people, candidates }], 3).map(({ responseId }) => responseId);

  it('are the newest of all surveys', () => {
    const sections = [
      { people: 9, candidates: [candidate(1), candidate(4), candidate(5)] },
      { people: 9, candidates: [candidate(2), candidate(3), candidate(6)] },
    ];
    expect(toSummarise(sections, 3).map(({ responseId }) => responseId)).toEqual([
      'r6',
      'r5',
      'r4',
      'r3',
      'r2',
      'r1',
    ]);
    expect(chosen(many(100))).toHaveLength(60);
  });

  it('are none where a reader is through sooner, where all are one person’s, or where they would tell who wrote', () => {
    expect(chosen(many(4))).toEqual([]);
    expect(chosen(many(5))).toHaveLength(5);
    expect(chosen(many(9, { personId: 'anna' }))).toEqual([]);
    expect(chosen(many(9), 2)).toEqual([]);
    expect(chosen(many(9, { words: '👍 ok' }))).toEqual([]);
    expect(chosen(many(9, { words: '速度太慢' }))).toHaveLength(9);
  });
});

describe('a point', () => {
  const comments = [
    { responseId: 'a', personId: 'anna', text: 'I waited 3 days' },
    { responseId: 'b', personId: 'ben', text: 'slow, ４ days' },
    { responseId: 'c', personId: 'anna', text: 'so slow' },
  ];
  const held = (text: string, of: readonly number[]) => pointsFrom([{ text, of }], comments);

  it('names the comments it is of, once each', () => {
    expect(held(' Answers are\n slow. ', [0, 1, 1])).toEqual([
      { text: 'Answers are slow.', responseIds: ['a', 'b'] },
    ]);
  });

  it.each([
    ['of one person', 'Answers are slow.', [0, 2]],
    ['of nobody', 'Answers are slow.', []],
    ['of comments that there are not', 'Answers are slow.', [0, 7]],
    ['with a figure that nobody named', 'Two in 5 waited long.', [0, 1]],
    ['with a percentage', '67% waited.', [0, 1]],
    ['that calls somebody', 'Answers are slow <@U0001>.', [0, 1]],
    ['that calls everybody', '@everyone answers are slow', [0, 1]],
    ['with an address to go to', 'Answers are slow, see https://evil.example', [0, 1]],
    ['with a link in disguise', '[Answers](evil) are slow', [0, 1]],
    ['that goes on and on', 'Slow. '.repeat(50), [0, 1]],
    ['without a word', '…', [0, 1]],
  ])('%s is left out', (_, text, of) => {
    expect(held(text, of)).toEqual([]);
  });

  it('may name a figure of its comments, however it is written', () => {
    expect(held('Answers take 3 or 4 days.', [0, 1])).toHaveLength(1);
  });

  it('is never said twice, and there are at most four', () => {
    const drafts = ['a', 'b', 'b', 'c', 'd', 'e'].map((text) => ({ text, of: [0, 1] }));
    expect(pointsFrom(drafts, comments).map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('holds to that, whatever is said', () => {
    const draft = fc.record({ text: fc.string({ unit: 'binary' }), of: fc.array(fc.integer()) });
    fc.assert(
      fc.property(fc.array(draft), (drafts) => {
        for (const { text, responseIds } of pointsFrom(drafts, comments)) {
          expect(responseIds).toContain('b');
          expect(text).not.toMatch(/[@<>\n]/u);
          expect(text.length).toBeLessThanOrEqual(240);
        }
      }),
    );
  });
});
