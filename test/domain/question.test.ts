import { describe, expect, it } from 'vitest';
import { questionFor } from '../../src/domain/survey/question.ts';

describe('a workspace’s own wording', () => {
  const policy = { question: { en: 'How was it?', 'zh-CN': '怎么样？' } };

  it('is found by its exact tag, whatever the case', () => {
    expect(questionFor(policy, 'EN')).toBe('How was it?');
  });

  it('serves every region of its language', () => {
    expect(questionFor(policy, 'en-GB')).toBe('How was it?');
    expect(questionFor(policy, 'zh')).toBe('怎么样？');
  });

  it('is null for a language it was not written in', () => {
    expect(questionFor(policy, 'de')).toBeNull();
    expect(questionFor({ question: {} }, 'en')).toBeNull();
  });
});
