// Cases that are hard to read, written by hand and not learned from: negation, contrast, sarcasm, faint praise, mere facts.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shippedClassifier } from '../../../src/model/index.ts';
import { leaks } from '../../../training/leaks.ts';
import { figuresOf } from '../../../training/measure.ts';
import { LABELS, ownRows } from '../../../training/rows.ts';

const classify = shippedClassifier();
const cases = readFileSync(new URL('../../fixtures/hard-cases.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t') as [language: string, label: string, text: string]);

const POLARITIES = ['negative', 'neutral', 'positive'];

describe('hard cases', () => {
  it.each(['en', 'zh'])('in %s are read right mostly', (language) => {
    const tried = cases
      .filter(([of]) => of === language)
      .map(([, label, text]) => {
        const { sentiment, confidence } = classify({ survey: 'nps', score: null, text, locale: null });
        return {
          label: (LABELS as readonly string[]).indexOf(label),
          said: POLARITIES.indexOf(sentiment ?? 'neutral'),
          confidence: confidence ?? 0.34,
        };
      });
    expect(tried).toHaveLength(60);
    expect(figuresOf(tried).macro).toBeGreaterThanOrEqual(0.8);
  });

  it('are not among the comments that were learned from', () => {
    expect(
      leaks(
        cases.map(([, , text]) => text),
        ownRows(),
      ),
    ).toEqual([]);
  });
});
