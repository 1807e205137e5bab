import { describe, expect, it } from 'vitest';
import {
  buildDigest,
  type DigestInput,
  type SectionInput,
  verdictOn,
} from '../../../src/domain/digest/build.ts';
import { type Digest, ENOUGH_ANSWERS, isQuiet } from '../../../src/domain/digest/digest.ts';

const scores = (counts: Readonly<Record<number, number>>) =>
  new Map(Object.entries(counts).map(([score, count]) => [Number(score), count]));

function section(more: Partial<SectionInput> = {}): SectionInput {
  return {
    survey: 'nps',
    scores: scores({}),
    previousScores: scores({}),
    sentiment: { positive: 0, neutral: 0, negative: 0 },
    themes: [],
    ended: { sent: 0, answered: 0 },
    people: 0,
    candidates: [],
    weeks: [],
    ...more,
  };
}

function digest(more: Partial<DigestInput> = {}): Digest {
  return buildDigest({
    from: 0,
    to: 7,
    zone: 'UTC',
    sections: [],
    minimumPeople: 3,
    showNames: true,
    open: [],
    coverage: { asked: 0, skipped: {} },
    restated: [],
    ...more,
  });
}

describe('a digest', () => {
  it('of nothing is quiet; a question that still waits is not nothing', () => {
    expect(isQuiet(digest({ sections: [section(), section({ survey: 'ces' })] }))).toBe(true);
    expect(isQuiet(digest({ coverage: { asked: 0, waiting: 1, skipped: {} } }))).toBe(false);
    expect(isQuiet(digest({ coverage: { asked: 0, skipped: { throttled: 1 } } }))).toBe(false);
  });

  it('says nothing where nobody answered: no score is not a score of 0', () => {
    const [nps] = digest({ sections: [section({ ended: { sent: 4, answered: 0 } })] }).sections;
    expect(nps).toMatchObject({
      answered: 0,
      score: null,
      low: null,
      high: null,
      difference: null,
      verdict: 'nothing_to_compare',
      responseRate: 0,
    });
  });

  it('has no response rate where no question’s time ended', () => {
    const [nps] = digest({ sections: [section({ scores: scores({ 9: 1 }) })] }).sections;
    expect(nps).toMatchObject({ answered: 1, score: 100, responseRate: null });
  });

  it('never calls a change of few answers real, however large', () => {
    const few = digest({
      sections: [section({ scores: scores({ 0: 29 }), previousScores: scores({ 10: 200 }) })],
    });
    expect(few.sections[0]).toMatchObject({ difference: -200, verdict: 'too_few' });
    const enough = digest({
      sections: [section({ scores: scores({ 0: 29, 7: 1 }), previousScores: scores({ 7: 1, 10: 29 }) })],
    });
    expect(enough.sections[0]?.verdict).toBe('real');
    const same = digest({
      sections: [section({ scores: scores({ 0: 15, 10: 16 }), previousScores: scores({ 0: 15, 10: 15 }) })],
    });
    expect(same.sections[0]?.verdict).toBe('within_noise');
    expect(ENOUGH_ANSWERS).toBe(30);
    const nothing = { answered: 50, previous: { answered: 0, score: null } };
    expect(verdictOn({ ...nothing, change: { difference: null, z: null, significant: false } })).toBe(
      'nothing_to_compare',
    );
  });

  it('quotes from a survey that enough people answered, and from no other', () => {
    const said = (survey: 'nps' | 'ces') => ({
      responseId: survey,
      personId: survey,
      personName: null,
      survey,
      score: 2,
      segment: 'negative' as const,
      words: `${survey} words`,
      themes: [],
      answeredAt: 1,
    });
    const { quotes } = digest({
      sections: [
        section({ people: 3, candidates: [said('nps')] }),
        section({ survey: 'ces', people: 2, candidates: [said('ces')] }),
      ],
    });
    expect(quotes.map(({ words }) => words)).toEqual(['nps words']);
  });
});
