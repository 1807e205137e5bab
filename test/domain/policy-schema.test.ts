import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AfterwordError, DAY, HOUR, MINUTE } from '../../src/domain/basics.ts';
import { SURVEY_KINDS } from '../../src/domain/survey/kind.ts';
import { defaultPolicy, type SurveyPolicy } from '../../src/domain/survey/policy.ts';
import { parsePolicy, policyJson } from '../../src/domain/survey/policy-schema.ts';

function errorOf(run: () => unknown): AfterwordError {
  try {
    run();
  } catch (error) {
    if (error instanceof AfterwordError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const minutes = fc.integer({ min: 0, max: 1_439 });
const duration = fc.oneof(
  fc.integer({ min: 1, max: 1_000 }).map((n) => n * MINUTE),
  fc.integer({ min: 1, max: 9e9 }),
);
const policies: fc.Arbitrary<SurveyPolicy> = fc
  .record({
    kind: fc.constantFrom(...SURVEY_KINDS),
    enabled: fc.boolean(),
    question: fc.dictionary(fc.constantFrom('en', 'zh-CN', 'de'), fc.constantFrom('How was it?', '怎么样？')),
    delay: duration,
    reminder: fc.option(duration),
    expiry: duration,
    throttle: duration,
    declineThrottle: duration,
    sampling: fc.double({ min: 0, max: 100, noNaN: true }).map((n) => Number(n.toFixed(3))),
    quietHours: fc.option(fc.record({ from: minutes, to: minutes })),
    dailyCap: fc.option(fc.nat(100_000)),
    place: fc.constantFrom('thread' as const, 'direct' as const),
  })
  .map((policy) => ({ ...policy, expiry: policy.expiry + (policy.reminder ?? 0) }));

describe('a survey policy as JSON', () => {
  it('given nothing, when it is read, then it is the default of its kind', () => {
    for (const kind of SURVEY_KINDS) expect(parsePolicy(kind, {})).toEqual(defaultPolicy(kind));
  });

  it('given any policy, when it is written through JSON and read back, then it is the same', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        expect(parsePolicy(policy.kind, JSON.parse(JSON.stringify(policyJson(policy))))).toEqual(policy);
      }),
    );
  });

  it('given a policy with one change, when it is written, then only the change stands there, as people would write it', () => {
    expect(policyJson({ ...defaultPolicy('nps'), throttle: 60 * DAY })).toEqual({ throttle: '60d' });
    expect(policyJson({ ...defaultPolicy('nps'), reminder: null, delay: 90_500 })).toEqual({
      reminder: null,
      delay: 90_500,
    });
    expect(policyJson({ ...defaultPolicy('ces'), quietHours: { from: 1_320, to: 485 } })).toEqual({
      quietHours: '22:00-08:05',
    });
  });

  it('given words as people type them, when they are read, then they mean what they say', () => {
    const typed = {
      enabled: 'off',
      delay: '0s',
      reminder: 'off',
      expiry: '48h',
      sampling: '12.5 %',
      quietHours: '22:00-7:30',
      dailyCap: '250',
      question: { 'zh-cn': ' 怎么样？ ' },
    };
    expect(parsePolicy('csat', typed)).toEqual({
      ...defaultPolicy('csat'),
      enabled: false,
      delay: 0,
      reminder: null,
      expiry: 48 * HOUR,
      sampling: 12.5,
      quietHours: { from: 1_320, to: 450 },
      dailyCap: 250,
      question: { 'zh-CN': '怎么样？' },
    });
  });

  it('given a base, when a change is read, then all else stays as the base has it', () => {
    const base = { ...defaultPolicy('nps'), dailyCap: 5, sampling: 50 };
    expect(parsePolicy('nps', { sampling: 20 }, base)).toEqual({ ...base, sampling: 20 });
    expect(parsePolicy('nps', { dailyCap: null }, base).dailyCap).toBeNull();
  });

  it.each([
    ['delay', 'soon'],
    ['delay', -1],
    ['expiry', '0s'],
    ['throttle', 1.5],
    ['throttle', 4e12],
    ['sampling', 101],
    ['sampling', 'half'],
    ['dailyCap', -3],
    ['quietHours', '22-8'],
    ['quietHours', { from: 1_440, to: 0 }],
    ['enabled', 'perhaps'],
    ['question', { en: '' }],
    ['question', { 'not a tag': 'How was it?' }],
    ['question', 'How was it?'],
  ])(
    'given %s of %j, when it is read, then the error names the field, the value and the remedy',
    (name, value) => {
      const error = errorOf(() => parsePolicy('nps', { [name]: value }));
      expect(error.kind).toBe('invalid');
      expect(error.message).toContain(`policy of nps: ${name} cannot be ${JSON.stringify(value)}`);
      expect(error.remedy).toMatch(new RegExp(`^${name}: write `));
    },
  );

  it('given several mistakes, when they are read, then all are named at once', () => {
    const error = errorOf(() => parsePolicy('ces', { delay: 'x', sampling: 200, colour: 'red' }));
    for (const word of ['delay', 'sampling', 'colour']) expect(error.message).toContain(word);
    expect(error.remedy).toContain('declineThrottle');
  });

  it('given a reminder that would come after the expiry, when it is read, then both are named', () => {
    const error = errorOf(() => parsePolicy('ces', { expiry: '12h' }));
    expect(error.message).toContain('reminder "24h" is not before expiry "12h"');
    expect(error.remedy).toBe('set reminder to less than 12h, or off');
  });

  it.each([null, 7, 'x', []])('given %j instead of fields, when it is read, then it is refused', (input) => {
    expect(errorOf(() => parsePolicy('nps', input)).kind).toBe('invalid');
  });

  it('given the JSON of another survey, when it is read, then it is refused', () => {
    expect(errorOf(() => parsePolicy('nps', { kind: 'ces' })).message).toContain('"ces" is another survey');
  });
});
