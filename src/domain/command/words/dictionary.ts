// All words of all languages at once, found at any place of a text in time that does not grow with their number. Where two languages use one word
// for two things, the reader's own language decides, then English.
import type { Weekday } from '../../calendar.ts';
import type { Theme } from '../../classification/classification.ts';
import type { Segment, SurveyKind } from '../../survey/kind.ts';
import type { CommandWord, Language, SettingName } from '../command.ts';
import { LANGUAGES } from '../command.ts';
import { fold } from '../fold.ts';
import { lastOf, type Period, type PeriodUnit } from '../period.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';
import type { Mark, PeriodName, Vocabulary } from './vocabulary.ts';
import { zh } from './zh.ts';

const VOCABULARIES: Readonly<Record<Language, Vocabulary>> = { en, zh, es, de, fr, ja, pt };

/** All that a word can mean; which of it is meant, the place tells. */
export interface Meaning {
  /** What the reader's own language means by it first. */
  commands?: readonly CommandWord[];
  survey?: SurveyKind;
  sentiment?: Segment;
  theme?: Theme;
  period?: Period;
  unit?: PeriodUnit;
  weekday?: Weekday;
  month?: number;
  setting?: SettingName;
  marks?: ReadonlySet<Mark>;
}

interface Node {
  readonly next: Map<string, Node>;
  meaning: Meaning | null;
}

export interface Dictionary {
  /** The longest word that begins at this place of a folded text and ends where words end. */
  at(folded: string, place: number): { readonly meaning: Meaning; readonly length: number } | null;
  /** Every one that is a single word, folded, those of the reader's language first. */
  readonly single: readonly Single[];
}

interface Single {
  readonly name: string;
  readonly letters: readonly string[];
  readonly meaning: Meaning;
}

const made = new Map<Language, Dictionary>();

/** `locale` is the reader's, any tag; null: not known. */
export function dictionaryFor(locale: string | null): Dictionary {
  const own = languageOf(locale);
  const known = made.get(own);
  if (known) return known;
  const dictionary = build(own);
  made.set(own, dictionary);
  return dictionary;
}

/** What a command is called in the reader's language. */
export function commandIn(locale: string, command: CommandWord): string {
  return VOCABULARIES[languageOf(locale)].commands[command][0]!;
}

/** How people there write what a theme or a period is called. */
export function vocabularyOf(locale: string | null): Vocabulary {
  return VOCABULARIES[languageOf(locale)];
}

function languageOf(locale: string | null): Language {
  const primary = locale?.slice(0, 2).toLowerCase();
  return LANGUAGES.find((one) => one === primary) ?? 'en';
}

function build(own: Language): Dictionary {
  const words = new Map<string, Meaning>();
  const add = (all: readonly string[], meaning: Meaning) => {
    for (const one of all) {
      const key = fold(one);
      const { marks, commands, ...others } = words.get(key) ?? {};
      const both = new Set([...(marks ?? []), ...(meaning.marks ?? [])]);
      const each = new Set([...(commands ?? []), ...(meaning.commands ?? [])]);
      words.set(key, {
        ...meaning,
        ...others,
        ...(both.size > 0 && { marks: both }),
        ...(each.size > 0 && { commands: [...each] }),
      });
    }
  };
  for (const language of new Set<Language>([own, 'en', ...LANGUAGES])) addAll(VOCABULARIES[language], add);
  const root: Node = { next: new Map(), meaning: null };
  for (const [word, meaning] of words) {
    let node = root;
    for (const letter of word.split('')) {
      const next = node.next.get(letter) ?? { next: new Map(), meaning: null };
      node.next.set(letter, next);
      node = next;
    }
    node.meaning = meaning;
  }
  const single = [...words]
    .filter(([name]) => !name.includes(' '))
    .map(([name, meaning]) => ({ name, letters: Array.from(name), meaning }));
  return { single, at: (folded, place) => find(root, folded, place) };
}

function addAll(vocabulary: Vocabulary, add: (all: readonly string[], meaning: Meaning) => void): void {
  const each = <K extends string>(
    of: Readonly<Partial<Record<K, readonly string[]>>>,
    meaning: (key: K) => Meaning,
  ) => {
    for (const key of Object.keys(of) as K[]) add(of[key] ?? [], meaning(key));
  };
  each(vocabulary.commands, (command) => ({ commands: [command] }));
  each(vocabulary.surveys, (survey) => ({ survey }));
  each(vocabulary.sentiments, (sentiment) => ({ sentiment }));
  each(vocabulary.themes, (theme) => ({ theme }));
  each(vocabulary.periods, (name) => ({ period: periodOf(name) }));
  each(vocabulary.units, (unit) => ({ unit }));
  each(vocabulary.settings, (setting) => ({ setting }));
  each(vocabulary.marks, (mark) => ({ marks: new Set([mark]) }));
  vocabulary.weekdays.forEach((all, index) => {
    add(all, { weekday: (index + 1) as Weekday });
  });
  vocabulary.months.forEach((all, index) => {
    add(all, { month: index + 1 });
  });
}

function periodOf(name: PeriodName): Period {
  const [which = '', unit] = name.split(' ') as [string, PeriodUnit];
  if (which === 'this' || which === 'last') return { kind: 'calendar', unit, back: which === 'this' ? 0 : 1 };
  return lastOf(Number(which), unit)!;
}

function find(root: Node, folded: string, place: number): ReturnType<Dictionary['at']> {
  let best: ReturnType<Dictionary['at']> = null;
  let node: Node | undefined = root;
  for (let end = place; node !== undefined; end++) {
    if (node.meaning !== null && endsAt(folded, end)) best = { meaning: node.meaning, length: end - place };
    // Any number of spaces is one.
    while (folded[end] === ' ' && folded[end - 1] === ' ' && end > place) end++;
    node = node.next.get(folded[end] ?? '');
  }
  return best;
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const INSIDE = /[\p{L}\p{N}_\-@#/']/u;

/** Scripts that are written without spaces between words. */
export function isCjk(letter: string | undefined): boolean {
  return letter !== undefined && CJK.test(letter);
}

function endsAt(folded: string, end: number): boolean {
  const last = folded[end - 1];
  const next = folded[end];
  if (next === undefined || next === ' ' || isCjk(last) || isCjk(next)) return true;
  if (last !== undefined && !/[\p{L}\p{N}]/u.test(last)) return true;
  // A full stop ends a word, unless another follows at once: `slack.example`.
  if (next === '.' || next === ':') return !/[\p{L}\p{N}]/u.test(folded[end + 1] ?? '');
  return !INSIDE.test(next);
}
