import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../../../src/domain/classification/classification.ts';
import type { Classifier } from '../../../src/domain/classification/classify.ts';
import { servqualOf } from '../../../src/domain/classification/servqual.ts';
import { classifierWith } from '../../../src/domain/classification/vocabulary.ts';

/** Knows two words, and says which words it was given. */
const classify: Classifier = ({ text, themeWords = {} }) => {
  const [good, bad] = [/great|好/u.test(text ?? ''), /broken|坏/u.test(text ?? '')];
  return {
    sentiment: text === null ? null : good === bad ? 'neutral' : good ? 'positive' : 'negative',
    confidence: text === null ? null : 0.8,
    language: 'en',
    themes: Object.keys(themeWords).map((theme) => ({ theme, polarity: 'neutral' as const })),
    segment: null,
    conflict: false,
    classifier: 'small-1',
  };
};

const THEMES_OF_OURS = { speed: ['spinner'], 'Kiosk app': ['kiosk', 'self service', '自助机'] };
const own = classifierWith(classify, THEMES_OF_OURS);
const about = (text: string | null) =>
  own({ survey: 'nps', score: null, text, locale: null })
    .themes.filter(({ theme }) => theme === 'Kiosk app')
    .map(({ polarity }) => polarity);

describe('a workspace’s own words', () => {
  it.each<[string | null, string[]]>([
    ['The KIOSK is great', ['positive']],
    ['Ｋｉｏｓｋ broken', ['negative']],
    ['All great, but the kiosk was broken', ['negative']],
    ['App broken. Self  service great!', ['positive']],
    ['App broken. There is a kiosk', ['neutral']],
    ['店员很好，不过自助机坏了', ['negative']],
    ['kiosks are great', []],
    ['great', []],
    [null, []],
  ])('given %j, then its own theme is %j', (text, polarities) => {
    expect(about(text)).toEqual(polarities);
  });

  it('are handed on where the theme is known to all', () => {
    const { themes } = own({ survey: 'nps', score: null, text: 'spinner', locale: null });
    expect(themes).toEqual([{ theme: 'speed', polarity: 'neutral' }]);
  });

  it('are part of what a classification is known by, in whatever order they are', () => {
    const nameOf = (themes: Record<string, string[]>) =>
      classifierWith(classify, themes)({ survey: 'nps', score: null, text: null, locale: null }).classifier;
    expect(nameOf({})).toBe('small-1');
    expect(nameOf({ speed: [] })).toBe('small-1');
    expect(nameOf(THEMES_OF_OURS)).toMatch(/^small-1\+[0-9a-f]{8}$/);
    expect(nameOf(Object.fromEntries(Object.entries(THEMES_OF_OURS).reverse()))).toBe(nameOf(THEMES_OF_OURS));
    expect(nameOf({ ...THEMES_OF_OURS, speed: ['spinner', 'wheel'] })).not.toBe(nameOf(THEMES_OF_OURS));
  });

  it('may hold anything, and so may the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.string({ unit: 'binary' }),
        (word, text) => {
          const said = classifierWith(classify, { own: [word] })({
            survey: 'nps',
            score: null,
            text,
            locale: null,
          });
          expect(said.themes.length).toBeLessThan(2);
        },
      ),
    );
  });
});

it('each theme is of one dimension of service quality, but for the price', () => {
  const dimensions = THEMES.map(servqualOf);
  expect(new Set(dimensions)).toEqual(
    new Set(['tangibles', 'reliability', 'responsiveness', 'assurance', 'empathy', null]),
  );
  expect(servqualOf('price')).toBeNull();
  expect(servqualOf('constructor')).toBeNull();
});
