// What an answer is about, each theme with what is said of it: the leaning of the clauses that mention it, or of the whole where they have none.
import { type Polarity, THEMES, type Theme, type ThemeMention } from './classification.ts';
import { type Clause, polarityOf, sumOf } from './clause.ts';
import { THEME_WORDS } from './theme-words.ts';

type Matcher = readonly (readonly [Theme, RegExp])[];

const english: Matcher = THEMES.map((theme) => {
  const words = THEME_WORDS[theme].en.split('|').map((word) => word.replace(/\*$/u, "[\\p{L}']*"));
  return [theme, new RegExp(`(?<![\\p{L}\\p{N}'])(?:${words.join('|')})(?![\\p{L}\\p{N}'])`, 'u')];
});

const chinese: Matcher = THEMES.map((theme) => [theme, new RegExp(THEME_WORDS[theme].zh, 'u')]);

export function themesOf(
  clauses: readonly Clause[],
  language: 'en' | 'zh',
  whole: Polarity,
): readonly ThemeMention[] {
  const matchers = language === 'en' ? english : chinese;
  return matchers.flatMap(([theme, words]) => {
    const about = clauses.filter(({ text }) => words.test(text));
    if (about.length === 0) return [];
    const silent = about.every(({ values }) => values.length === 0);
    return [{ theme, polarity: silent ? whole : polarityOf(sumOf(about)) }];
  });
}
