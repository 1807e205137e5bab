// Contract: words are found by what they say and what about, the newest first, and it is told of how many people such words are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/domain/basics.ts';
import type { Polarity } from '../../../src/domain/classification/classification.ts';
import { SURVEY_KINDS } from '../../../src/domain/survey/kind.ts';
import type { CommentsQuery } from '../../../src/ports/store/voices.ts';
import { addAll, type Imported, plain, said } from './archive-rows.ts';
import { newWorld, type StoreUnderTest } from './world.ts';

const FIRST = Date.UTC(2026, 9, 1);

interface Voice {
  readonly person: string;
  readonly survey: 'nps' | 'ces' | 'csat';
  readonly theme: 'speed' | 'price' | null;
  readonly polarity: Polarity;
  readonly day: number;
  readonly words: boolean;
}

function imported({ person, survey, theme, polarity, day, words }: Voice, at: number): Imported {
  const answeredAt = FIRST + day * DAY + at * 1_000;
  return {
    ...plain({
      ...{ person, survey, score: 3, sentAt: FIRST - DAY, answeredAt },
      verbatim: words ? `words ${at}` : null,
    }),
    classification: words ? said(theme === null ? [] : [`${theme}:${polarity}`], polarity) : null,
  };
}

export function voicesContract(test: () => StoreUnderTest): void {
  describe('words', () => {
    it('are those that fit, the newest first, of as many people as there are', async () => {
      const voice = fc.record<Voice>({
        person: fc.constantFrom('a', 'b', 'c', 'd'),
        survey: fc.constantFrom(...SURVEY_KINDS),
        theme: fc.constantFrom('speed', 'price', null),
        polarity: fc.constantFrom('positive', 'neutral', 'negative'),
        day: fc.nat({ max: 6 }),
        words: fc.boolean(),
      });
      const asked = fc.record({
        surveys: fc.subarray([...SURVEY_KINDS], { minLength: 1 }),
        sentiment: fc.constantFrom(null, 'positive', 'neutral', 'negative'),
        theme: fc.constantFrom(null, 'speed', 'price'),
        from: fc.nat({ max: 6 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(voice, { maxLength: 25 }), asked, async (all, { from, ...which }) => {
          const world = await newWorld(test());
          if (all.length > 0) await addAll(world, all.map(imported));
          const query: CommentsQuery = {
            ...which,
            workspaceId: world.workspaceId,
            from: FIRST + from * DAY,
            to: FIRST + 5 * DAY,
          };
          const fits = all
            .map((one, at) => ({ ...one, at, when: FIRST + one.day * DAY + at * 1_000 }))
            .filter(({ when }) => when >= query.from && when < query.to)
            .filter(({ survey, words }) => words && query.surveys.includes(survey));
          const wanted = fits
            .filter(({ polarity }) => query.sentiment === null || polarity === query.sentiment)
            .filter(({ theme }) => query.theme === null || theme === query.theme)
            .sort((a, b) => b.when - a.when);
          const found = await world.store.voices.comments(query, 5);
          expect(found.rows.map(({ verbatim }) => verbatim)).toEqual(
            wanted.slice(0, 5).map(({ at }) => `words ${at}`),
          );
          expect(found.people).toBe(new Set(wanted.map(({ person }) => person)).size);
          const people = await world.store.voices.themePeople(query, 3);
          for (const theme of ['speed', 'price']) {
            const speakers = new Set(fits.filter((one) => one.theme === theme).map(({ person }) => person));
            expect(people.get(theme) ?? 0).toBe(speakers.size);
          }
        }),
        { numRuns: 15 },
      );
    });

    it('of somebody erased are nobody’s and not found', async () => {
      const world = await newWorld(test());
      const voices = [1, 2].map((at) =>
        imported(
          { person: `p${at}`, survey: 'nps', theme: 'speed', polarity: 'negative', day: 1, words: true },
          at,
        ),
      );
      await addAll(world, voices);
      const query = {
        ...{ workspaceId: world.workspaceId, sentiment: null, theme: null },
        surveys: ['nps'] as const,
        ...{ from: FIRST, to: FIRST + 5 * DAY },
      } as const;
      expect((await world.store.voices.comments(query, 5)).people).toBe(2);
      const person = await world.store.archive.findPerson(world.workspaceId, 'p1');
      await world.store.archive.erase(world.workspaceId, person!.id, FIRST + 9 * DAY);
      const left = await world.store.voices.comments(query, 5);
      expect([left.people, left.rows.map(({ verbatim }) => verbatim)]).toEqual([1, ['words 2']]);
    });
  });
}
