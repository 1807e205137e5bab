import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampled } from '../../src/domain/eligibility/sampling.ts';

const key = fc.string();
const percent = fc.double({ min: 0, max: 100, noNaN: true });

describe('the sample', () => {
  it('at 0 percent holds nothing and at 100 everything', () => {
    fc.assert(
      fc.property(key, key, (workspace, k) => !sampled(workspace, k, 0) && sampled(workspace, k, 100)),
    );
  });

  it('is the same at a second look', () => {
    fc.assert(
      fc.property(key, key, percent, (w, k, p) => {
        const first = sampled(w, k, p);
        sampled(k, w, p);
        expect(sampled(w, k, p)).toBe(first);
      }),
    );
    // Pinned, so that a new version does not ask those whom the old one left out.
    const picked = Array.from({ length: 20 }, (_, i) => (sampled('w', `zendesk:T-${i}`, 50) ? 1 : 0)).join(
      '',
    );
    expect(picked).toMatchInlineSnapshot(`"00110000101110111100"`);
  });

  it('only grows when the percentage is raised', () => {
    fc.assert(
      fc.property(key, key, percent, percent, (w, k, a, b) => {
        if (sampled(w, k, Math.min(a, b))) expect(sampled(w, k, Math.max(a, b))).toBe(true);
      }),
    );
  });

  it.each([1, 10, 25, 33.3, 50, 75, 99])(
    'holds close to %s percent, for counting ids as well as random ones',
    (p) => {
      const n = 20_000;
      const tolerance = 4.5 * Math.sqrt((p * (100 - p)) / n);
      const forms: ((i: number) => readonly [string, string])[] = [
        (i) => ['w', String(i)],
        (i) => ['w', `zendesk:T-${i}`],
        (i) => [`workspace-${i}`, 'T-1'],
        (i) => ['w', `C0GENERAL01:${1_700_000_000 + i}.000100`],
        (i) => ['w', `客户-${i}`],
      ];
      for (const form of forms) {
        let count = 0;
        for (let i = 0; i < n; i++) if (sampled(...form(i), p)) count++;
        expect(Math.abs((100 * count) / n - p), form(1).join(' ')).toBeLessThan(tolerance);
      }
    },
  );

  it('of one workspace says nothing about the sample of another', () => {
    let both = 0;
    for (let i = 0; i < 20_000; i++) if (sampled('a', `T-${i}`, 50) && sampled('b', `T-${i}`, 50)) both++;
    expect(Math.abs(both / 20_000 - 0.25)).toBeLessThan(0.015);
  });

  it('tells where the workspace ends and the key begins', () => {
    const differs = Array.from(
      { length: 50 },
      (_, i) => sampled(`w${i}`, '1x', 50) !== sampled('w', `${i}1x`, 50),
    );
    expect(differs.some(Boolean)).toBe(true);
  });
});
