// How well themes are found, on texts whose themes go by other names.
import type { Theme } from '../src/domain/classification/classification.ts';
import type { Classifier } from '../src/domain/classification/classify.ts';
import { f1Of } from './measure.ts';

const NAMES: Readonly<Record<string, Theme>> = {
  'product quality': 'quality',
  features: 'features',
  'price/value': 'price',
  'service attitude': 'attitude',
  'delivery/logistics': 'delivery',
  'ease of use': 'ease',
  reliability: 'reliability',
  'after-sales/support resolution': 'resolution',
  'brand/trust': 'trust',
};

const POLARITIES: Readonly<Record<string, string>> = { pos: 'positive', neg: 'negative', neu: 'neutral' };

export interface ThemeFigures {
  readonly count: number;
  /** Of the themes that occur. */
  readonly macro: number;
  readonly each: readonly { readonly theme: Theme; readonly f1: number; readonly there: number }[];
  /** Of the themes found rightly: how often what is said of them is right too. */
  readonly polarity: number;
}

export function themeFigures(
  lines: readonly { readonly themes: string; readonly text: string }[],
  locale: string,
  classify: Classifier,
): ThemeFigures {
  const hits = new Map<Theme, number>();
  const wrong = new Map<Theme, number>();
  const missed = new Map<Theme, number>();
  const add = (counts: Map<Theme, number>, theme: Theme) => counts.set(theme, (counts.get(theme) ?? 0) + 1);
  let right = 0;
  let found = 0;
  for (const { themes, text } of lines) {
    const there = new Map(
      themes.split(';').map((one) => {
        const [name = '', polarity = ''] = one.split(':');
        return [NAMES[name]!, POLARITIES[polarity]] as const;
      }),
    );
    const said = classify({ survey: 'nps', score: null, text, locale }).themes as readonly {
      readonly theme: Theme;
      readonly polarity: string;
    }[];
    for (const { theme, polarity } of said) {
      if (!there.has(theme)) add(wrong, theme);
      else {
        add(hits, theme);
        if (there.get(theme) === undefined) continue;
        found++;
        if (there.get(theme) === polarity) right++;
      }
    }
    for (const theme of there.keys()) if (!said.some((one) => one.theme === theme)) add(missed, theme);
  }
  const each = [...new Set(Object.values(NAMES))].flatMap((theme) => {
    const there = (hits.get(theme) ?? 0) + (missed.get(theme) ?? 0);
    if (there === 0) return [];
    return [{ theme, there, f1: f1Of(hits.get(theme) ?? 0, wrong.get(theme) ?? 0, missed.get(theme) ?? 0) }];
  });
  return {
    count: lines.length,
    each,
    macro: each.reduce((sum, { f1 }) => sum + f1, 0) / each.length,
    polarity: right / Math.max(1, found),
  };
}
