import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTION_TEXT_MAX, type Action, decodeAction, encodeAction } from '../../src/domain/command/action.ts';

const id = fc.uuid();
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('score' as const), promptId: id, score: fc.integer({ min: 0, max: 10 }) }),
  fc.record({
    kind: fc.constantFrom('decline', 'opt_out', 'undo', 'change', 'add_words'),
    promptId: id,
  }),
  fc.record({ kind: fc.constantFrom('claim', 'close'), followUpId: id }),
);

describe('an action as the text of a button', () => {
  it('comes back as it was, and fits every platform', () => {
    fc.assert(
      fc.property(action, (one) => {
        const text = encodeAction(one);
        expect(text.length).toBeLessThanOrEqual(ACTION_TEXT_MAX);
        expect(decodeAction(text)).toEqual(one);
      }),
    );
  });

  it('is its own: two actions never share a text', () => {
    fc.assert(
      fc.property(action, action, (one, other) => {
        if (JSON.stringify(one) !== JSON.stringify(other))
          expect(encodeAction(one)).not.toBe(encodeAction(other));
      }),
    );
  });

  const A = '01234567-89ab-cdef-0123-456789abcdef';
  it.each([
    '',
    'score',
    `score:${A}`,
    `score:${A}:`,
    `score:${A}:-1`,
    `score:${A}:01`,
    `score:${A}:100`,
    `score:${A}:9.5`,
    `score:${A}:9:9`,
    `decline:${A}:1`,
    `decline:${A.toUpperCase()}`,
    'decline:not-an-id',
    `erase:${A}`,
    `__proto__:${A}`,
    ` decline:${A}`,
    `decline:${A}\n`,
    `decline:${'0'.repeat(10_000)}`,
  ])('%j is no action', (text) => {
    expect(decodeAction(text)).toBeNull();
  });

  it('of anything that was not written here is null or was', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const decoded = decodeAction(text);
        if (decoded) expect(encodeAction(decoded)).toBe(text);
      }),
    );
  });
});
