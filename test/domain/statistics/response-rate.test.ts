import { describe, expect, it } from 'vitest';
import { responseRate } from '../../../src/domain/statistics/response-rate.ts';

describe('The response rate', () => {
  it('is the percent of the prompts sent that were answered, with its Wilson interval', () => {
    const rate = responseRate(1, 3);
    expect(rate?.rate).toBeCloseTo(33.33, 2);
    expect(rate?.low).toBeCloseTo(6.1491945, 6);
    expect(rate?.high).toBeCloseTo(79.2340399, 6);
    expect(responseRate(54, 120)?.rate).toBe(45);
  });

  it('given nothing was sent, then it is null, not 0', () => {
    expect(responseRate(0, 0)).toBeNull();
  });

  it('given prompts were sent and nobody answered, then it is 0', () => {
    expect(responseRate(0, 10)).toMatchObject({ rate: 0, low: 0 });
  });

  it('refuses more answers than prompts', () => {
    expect(() => responseRate(2, 1)).toThrow('2 prompts answered of 1 sent');
  });
});
