// Anything at all, typed after `/nps`: it has a reading, quickly, that can be stored and shown. FUZZ_COMMANDS says how often (a hundred thousand for a thorough look).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/domain/command/command.ts';
import { parseCommand } from '../../../src/domain/command/grammar.ts';
import { resolvePeriod } from '../../../src/domain/command/period.ts';
import { vocabularyOf } from '../../../src/domain/command/words/dictionary.ts';

const RUNS = Number(process.env['FUZZ_COMMANDS'] ?? 1_000);
const NOW = Date.UTC(2026, 10, 22, 12);

function wordsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsOf) : [];
}

const KNOWN = LANGUAGES.flatMap((language) => wordsOf(vocabularyOf(language)));

const hostile = fc.constantFrom(
  ...[
    '\0',
    '\uD800',
    '\u202E',
    '\uFDFA',
    '＜＠',
    '<@',
    '<@U1|',
    '<!subteam^',
    '>',
    '&lt;',
    '`',
    '%s',
    "'; DROP TABLE people; --",
  ],
  ...[
    '2026-13-45',
    '0000-00-00',
    '9999-12-31',
    '99999999999d',
    '-1d',
    '1e9 days',
    'Q9',
    '第五季度',
    '三十百年',
    '25:99',
    'ｱﾞ',
  ],
);

/** A known word with a letter lost, doubled, changed, or changed places. */
const slip = fc.tuple(fc.constantFrom(...KNOWN), fc.nat(), fc.nat(3)).map(([word, at, how]) => {
  const letters = Array.from(word);
  const place = at % letters.length;
  if (how === 0) letters.splice(place, 1);
  else if (how === 1) letters.splice(place, 0, letters[place]!);
  else if (how === 2) letters[place] = 'x';
  else letters.splice(place, 2, ...letters.slice(place, place + 2).reverse());
  return letters.join('');
});

const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...KNOWN) },
  { weight: 3, arbitrary: slip },
  { weight: 2, arbitrary: hostile },
  { weight: 2, arbitrary: fc.nat({ max: 3_000 }).map(String) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
);
const text = fc
  .tuple(fc.array(word, { maxLength: 9 }), fc.constantFrom(' ', ' ', '', '　', ', '))
  .map(([words, between]) => words.join(between));
const locale = fc.constantFrom(null, ...LANGUAGES, 'xx', 'zh-TW');

describe('whatever is typed', () => {
  it('is read without a crash, and what was read can be stored, shown and counted', () => {
    fc.assert(
      fc.property(text, locale, (typed, locale) => {
        const parsed = parseCommand(typed, locale);
        expect(JSON.stringify(parsed)).not.toMatch(/\\u0000|\\ud[89a-f]/u);
        if (parsed.kind !== 'command') return;
        const { command } = parsed;
        if ('period' in command && command.period !== null) {
          const { from, to } = resolvePeriod(command.period, NOW, 'America/Sao_Paulo');
          expect(from).toBeLessThan(to);
        }
        if ('number' in command) expect(command.number).toBeGreaterThan(0);
        for (const name of ['person', 'name', 'into', 'from'] as const)
          if (name in command)
            expect(String(command[name as keyof typeof command]).length).toBeLessThanOrEqual(202);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it('in capitals, with spaces around it, or sent twice is the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...KNOWN), { minLength: 1, maxLength: 4 }),
        locale,
        (words, locale) => {
          const typed = words.join(' ');
          const read = parseCommand(typed, locale);
          expect(parseCommand(typed, locale)).toEqual(read);
          expect(parseCommand(`  ${typed}\n`, locale)).toEqual(read);
          const loud = parseCommand(typed.toUpperCase(), locale);
          expect(loud.kind).toBe(read.kind);
          if (loud.kind === 'command' && read.kind === 'command')
            expect(loud.command.kind).toBe(read.command.kind);
        },
      ),
      { numRuns: Math.ceil(RUNS / 3), endOnFailure: true },
    );
  });
});
