import { describe, expect, it } from 'vitest';
import { THEMES } from '../../src/domain/classification/classification.ts';
import {
  intervalText,
  type Said,
  scoreText,
  spreadText,
  themesText,
  verdictSentence,
  verdictText,
} from '../../src/views/figures.ts';
import * as sample from './samples.ts';

const en = sample.texts('en');
const zh = sample.texts('zh');

const said = (facts: Partial<Said>): Said => ({
  survey: 'nps',
  answered: 100,
  score: 20,
  low: 10,
  high: 30,
  previous: { answered: 100, score: 14 },
  difference: 6,
  verdict: 'within_noise',
  ...facts,
});

describe('the verdict on a change', () => {
  it.each([
    [{}, 'up 6, within the noise', '上升 6，属于正常波动'],
    [{ difference: -6.4 }, 'down 6, within the noise', '下降 6，属于正常波动'],
    [{ difference: -15, verdict: 'real' }, 'down 15, a real drop', '下降 15，是真实的下滑'],
    [{ difference: 15, verdict: 'real' }, 'up 15, a real rise', '上升 15，是真实的提升'],
    [{ difference: 0.3 }, 'unchanged', '没有变化'],
    [{ difference: 0 }, 'unchanged', '没有变化'],
    [{ difference: 0.3, verdict: 'real' }, 'up by less than 1, small but real', '上升不到 1，幅度很小但真实'],
    [
      { difference: -0.3, verdict: 'real' },
      'down by less than 1, small but real',
      '下降不到 1，幅度很小但真实',
    ],
    [{ survey: 'ces', difference: 0.04 }, 'unchanged', '没有变化'],
    [{ survey: 'ces', difference: 0.26, verdict: 'real' }, 'up 0.3, a real rise', '上升 0.3，是真实的提升'],
    [
      { survey: 'csat', difference: -4.2 },
      'down 4 points, within the noise',
      '下降 4 个百分点，属于正常波动',
    ],
    [
      { answered: 12, verdict: 'too_few' },
      'too few to conclude from: 12 answers',
      '只有 12 份回答，太少，下不了结论',
    ],
    [
      { answered: 1, verdict: 'nothing_to_compare' },
      'too few to conclude from: 1 answer',
      '只有 1 份回答，太少，下不了结论',
    ],
    [
      { verdict: 'too_few', previous: { answered: 9, score: 3 } },
      'too few to compare with: 9 answers in the period before',
      '上一期只有 9 份回答，太少，无法比较',
    ],
    [
      { verdict: 'nothing_to_compare', difference: null },
      'nothing to compare with: nobody answered in the period before',
      '上一期没有人回答，无从比较',
    ],
  ] as const)('%j is %j', (facts, english, chinese) => {
    expect(verdictText(en, said(facts))).toBe(english);
    expect(verdictText(zh, said(facts))).toBe(chinese);
  });

  it('is silent where nobody answered', () => {
    expect(verdictText(en, said({ answered: 0, difference: null }))).toBeNull();
    expect(verdictSentence(en, said({ answered: 0, difference: null }))).toBeNull();
  });

  it('has a good or a bad tone only where the change is real', () => {
    expect(verdictSentence(en, said({}))).toEqual({
      words: 'Compared with the period before: up 6, within the noise.',
      tone: 'muted',
    });
    expect(verdictSentence(en, said({ verdict: 'real' }))?.tone).toBe('good');
    expect(verdictSentence(en, said({ verdict: 'real', difference: -6 }))?.tone).toBe('bad');
    expect(verdictSentence(en, said({ verdict: 'too_few', answered: 3, difference: -90 }))).toEqual({
      words: 'Too few to conclude from: 3 answers.',
      tone: 'muted',
    });
  });
});

describe('figures', () => {
  it('are written by the kind of score', () => {
    expect(scoreText(en, 'nps', 38.88)).toBe('39');
    expect(scoreText(en, 'nps', -0.2)).toBe('0');
    expect(scoreText(en, 'ces', 5.449)).toBe('5.4');
    expect(scoreText(en, 'csat', 91.67)).toBe('92%');
    expect(scoreText(en, 'csat', null)).toBe('–');
  });

  it('an interval for people never reaches beyond the scale', () => {
    expect(intervalText(en, { survey: 'nps', low: -120, high: 30 })).toBe('95% interval -100 to 30');
    expect(intervalText(en, { survey: 'ces', low: 5, high: 7.8 })).toBe('95% interval 5.0 to 7.0');
    expect(intervalText(en, { survey: 'ces', low: null, high: null })).toBeNull();
  });

  it('how answers spread is said in words, with one of one', () => {
    expect(spreadText(en, 'nps', { positive: 1, neutral: 0, negative: 1 })).toBe(
      '1 promoter (50%), 0 passives (0%), 1 detractor (50%)',
    );
    expect(spreadText(en, 'nps', { positive: 0, neutral: 0, negative: 0 })).toBeNull();
  });

  it('names the five themes mentioned most, each in the reader’s language', () => {
    const themes = THEMES.map((theme, i) => ({ theme, mentions: i + 1, positive: 1, negative: 0 }));
    expect(themesText(en, themes)?.split('), ')).toHaveLength(5);
    expect(themesText(en, themes)).toMatch(/^trust 10 \(1 good, 0 bad\), resolution 9/u);
    for (const theme of THEMES) {
      expect(themesText(zh, [{ theme, mentions: 1, positive: 0, negative: 0 }])).toMatch(
        /^[\u4E00-\u9FFF]+ 1（/u,
      );
    }
  });
});
