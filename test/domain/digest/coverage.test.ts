import { describe, expect, it } from 'vitest';
import { type AskedOf, hardlyAsked } from '../../../src/domain/digest/coverage.ts';

const agent = (name: string, ended: number, asked: number): AskedOf => ({ of: 'agent', name, ended, asked });
const ALL = { ended: 200, asked: 100 };

describe('whose customers are hardly ever asked', () => {
  it('is told of many conversations of which few were asked, those with the most first', () => {
    const each = [agent('few', 9, 0), agent('ann', 20, 2), agent('bob', 40, 0), agent('eve', 40, 5)];
    expect(hardlyAsked(each, ALL).map(({ name }) => name)).toEqual(['bob', 'ann']);
  });

  it('is nobody in particular where everybody is hardly asked', () => {
    const each = [agent('ann', 100, 4), agent('bob', 100, 6)];
    expect(hardlyAsked(each, { ended: 200, asked: 10 })).toEqual([]);
    expect(hardlyAsked([agent('ann', 100, 0)], { ended: 100, asked: 0 })).toEqual([]);
    expect(hardlyAsked([agent('ann', 100, 1)], { ended: 200, asked: 10 })).toHaveLength(1);
  });

  it('names five at most', () => {
    const each = Array.from({ length: 9 }, (_, i) => agent(`a${i}`, 10 + i, 0));
    expect(hardlyAsked(each, ALL).map(({ name }) => name)).toEqual(['a8', 'a7', 'a6', 'a5', 'a4']);
  });
});
