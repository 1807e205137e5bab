import { describe, expect, it } from 'vitest';
import {
  correctionsOf,
  isChanged,
  lastTold,
  type Restated,
  type ToldIssue,
} from '../../../src/domain/digest/corrections.ts';

const scores = (counts: Readonly<Record<number, number>>) =>
  new Map(Object.entries(counts).map(([score, count]) => [Number(score), count]));

const nothing = { answered: 0, score: null };

function week(more: Partial<Restated> = {}): Restated {
  return {
    survey: 'nps',
    from: 0,
    to: 7,
    figure: { answered: 4, score: 100 },
    scores: scores({ 9: 4 }),
    people: 3,
    ...more,
  };
}

function issue(from: number, more: Partial<ToldIssue> = {}): ToldIssue {
  return { from, to: from + 7, sections: [], corrections: [], ...more };
}

describe('corrections', () => {
  it('say what was told and what is true now', () => {
    expect(correctionsOf([week({ scores: scores({ 9: 3, 0: 1 }) })], 3)).toEqual([
      {
        survey: 'nps',
        from: 0,
        to: 7,
        before: { answered: 4, score: 100 },
        after: { answered: 4, score: 50 },
      },
    ]);
  });

  it('are none where the figures are the same', () => {
    expect(correctionsOf([week({ scores: scores({ 10: 4 }) })], 3)).toEqual([]);
    expect(isChanged(week({ scores: scores({ 10: 4 }) }))).toBe(false);
  });

  it('tell of answers that came in later to a survey with none, and of those that all went', () => {
    const [came] = correctionsOf([week({ figure: nothing, scores: scores({ 9: 5 }) })], 3);
    expect(came).toMatchObject({ before: nothing, after: { answered: 5, score: 100 } });
    const [went] = correctionsOf([week({ scores: scores({}), people: 0 })], 3);
    expect(went).toMatchObject({ after: nothing });
  });

  it('keep to the minimum number of people, before and after', () => {
    const hidden = [
      week({ figure: { answered: 2, score: 100 }, scores: scores({ 9: 5 }) }),
      week({ scores: scores({ 9: 1 }), people: 1 }),
      week({ figure: nothing, scores: scores({ 9: 2 }), people: 2 }),
      week({ scores: scores({ 9: 6 }), people: 2 }),
    ];
    for (const one of hidden) expect(correctionsOf([one], 3)).toEqual([]);
    expect(correctionsOf(hidden, 1)).toHaveLength(4);
  });

  it('begin with the newest week, and leave what is too much for one digest to the next', () => {
    const all = Array.from({ length: 20 }, (_, i) => week({ from: i, to: i + 7, scores: scores({ 0: 9 }) }));
    const told = correctionsOf(all, 3);
    expect(told.map(({ from }) => from)).toEqual(Array.from({ length: 12 }, (_, i) => 19 - i));
    const after = (from: number) => told.find((one) => one.from === from)?.after;
    const next = correctionsOf(
      all.map((one) => ({ ...one, figure: after(one.from) ?? one.figure })),
      3,
    );
    expect(next.map(({ from }) => from)).toEqual(Array.from({ length: 8 }, (_, i) => 7 - i));
  });
});

describe('what was told last', () => {
  const nps = (answered: number, score: number | null) => ({ survey: 'nps', answered, score }) as const;

  it('is what each issue said of its own week; of a survey that it left out, that nobody answered', () => {
    const told = lastTold([issue(7, { sections: [nps(5, 20)] }), issue(0, { sections: [nps(4, 100)] })]);
    expect(told).toHaveLength(6);
    expect(told).toContainEqual({ survey: 'nps', from: 0, to: 7, figure: { answered: 4, score: 100 } });
    expect(told).toContainEqual({ survey: 'nps', from: 7, to: 14, figure: { answered: 5, score: 20 } });
    expect(told).toContainEqual({ survey: 'csat', from: 7, to: 14, figure: nothing });
  });

  it('is the newest correction where there was one, and none of weeks beyond those looked at', () => {
    const correction = (from: number, score: number) => ({
      survey: 'nps' as const,
      from,
      to: from + 7,
      before: { answered: 4, score: 100 },
      after: { answered: 4, score },
    });
    const told = lastTold([
      issue(14, { corrections: [correction(0, 25)] }),
      issue(7, { corrections: [correction(0, 50), correction(-7, 1)] }),
      issue(0, { sections: [nps(4, 100)] }),
    ]);
    expect(told).toHaveLength(9);
    expect(told).toContainEqual({ survey: 'nps', from: 0, to: 7, figure: { answered: 4, score: 25 } });
  });
});
