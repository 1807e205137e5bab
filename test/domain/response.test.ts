import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnswerChange,
  cleanVerbatim,
  type Response,
  reviseResponse,
  VERBATIM_LIMIT,
} from '../../src/domain/response/response.ts';

const identity = {
  id: 'r1',
  workspaceId: 'w1',
  promptId: 'p1',
  personId: 'a1',
  survey: 'nps',
  late: false,
} as const;

function recorded(existing: Response | null, change: AnswerChange, now: number) {
  const revised = reviseResponse(existing, change, identity, now);
  if (revised.kind !== 'recorded') throw new Error(`not recorded but ${revised.kind}`);
  return revised;
}

describe('an answer', () => {
  const first = recorded(null, { score: 9 }, 100);

  it('the first time is a response with its first revision', () => {
    expect(first.response).toEqual({
      ...identity,
      score: 9,
      verbatim: null,
      answeredAt: 100,
      revision: 1,
      revisedAt: 100,
    });
    expect(first.revision).toEqual({ revision: 1, score: 9, verbatim: null, at: 100 });
  });

  it('given again changes nothing', () => {
    expect(reviseResponse(first.response, { score: 9 }, identity, 200)).toEqual({
      kind: 'unchanged',
      changed: false,
      response: first.response,
    });
    expect(reviseResponse(first.response, {}, identity, 200).kind).toBe('unchanged');
    expect(reviseResponse(first.response, { verbatim: ' ' }, identity, 200).kind).toBe('unchanged');
  });

  it('changed replaces the score, and keeps whose it is and when it first came', () => {
    const second = recorded(first.response, { score: 2 }, 200);
    expect(second.response).toEqual({ ...first.response, score: 2, revision: 2, revisedAt: 200 });
    expect(second.revision).toEqual({ revision: 2, score: 2, verbatim: null, at: 200 });
    const elsewhere = { ...identity, id: 'r2', late: true };
    expect(reviseResponse(first.response, { score: 2 }, elsewhere, 200)).toMatchObject({
      response: { id: 'r1', late: false },
    });
  });

  it('with words added keeps the score; changed in score keeps the words', () => {
    const worded = recorded(first.response, { verbatim: 'quick and kind' }, 200);
    expect(worded.response).toMatchObject({ score: 9, verbatim: 'quick and kind', revision: 2 });
    expect(recorded(worded.response, { score: 8 }, 300).response).toMatchObject({
      score: 8,
      verbatim: 'quick and kind',
      revision: 3,
    });
  });

  it('with its words taken back has none', () => {
    const worded = recorded(null, { score: 9, verbatim: 'quick' }, 100);
    expect(recorded(worded.response, { verbatim: null }, 200).response).toMatchObject({
      score: 9,
      verbatim: null,
      revision: 2,
    });
  });

  it('of 0 is an answer', () => {
    expect(recorded(null, { score: 0 }, 100).response.score).toBe(0);
    expect(recorded(first.response, { score: 0 }, 200).response.score).toBe(0);
  });

  it('of words alone is not a response yet, and gives the words back to be handed in with a score', () => {
    expect(reviseResponse(null, { verbatim: 'too\0 slow' }, identity, 100)).toEqual({
      kind: 'score_first',
      changed: false,
      verbatim: 'too slow',
    });
    expect(reviseResponse(null, {}, identity, 100)).toEqual({
      kind: 'score_first',
      changed: false,
      verbatim: null,
    });
  });

  it('after any changes says what was said last, numbers its revisions without a gap, and never repeats one', () => {
    const change = fc.record(
      { score: fc.integer({ min: 0, max: 10 }), verbatim: fc.option(fc.constantFrom('a', 'b', '')) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        let response: Response | null = null;
        const history: { score: number; verbatim: string | null }[] = [];
        let score: number | undefined;
        let verbatim: string | null = null;
        for (const [i, next] of changes.entries()) {
          const revised = reviseResponse(response, next, identity, i);
          if (revised.kind === 'score_first') continue;
          score = next.score ?? score;
          if (next.verbatim !== undefined) verbatim = next.verbatim || null;
          response = revised.response;
          expect(response).toMatchObject({ score, verbatim });
          if (revised.kind === 'recorded') {
            history.push({ score: revised.revision.score, verbatim: revised.revision.verbatim });
            expect(revised.revision.revision).toBe(history.length);
            expect(response.revision).toBe(history.length);
            expect(history.at(-1)).not.toEqual(history.at(-2));
          }
        }
        if (response !== null) expect(response.revision).toBe(history.length);
      }),
    );
  });
});

describe("a customer's words", () => {
  it('stay as they were written', () => {
    for (const text of ['  two  spaces\r\nand a line ', '很好，谢谢！', '👩‍👩‍👧‍👦', 'a\tb', '<!channel>'])
      expect(cleanVerbatim(text)).toBe(text);
  });

  it('that are none are null', () => {
    for (const text of [null, '', ' ', '\n\t ', '\0', '\0 \0', '\u3000'])
      expect(cleanVerbatim(text)).toBeNull();
  });

  it('lose NUL, and half characters become a replacement', () => {
    expect(cleanVerbatim('a\0b\0')).toBe('ab');
    expect(cleanVerbatim('a\ud83d b')).toBe('a\ufffd b');
    expect(cleanVerbatim('\ude00a')).toBe('\ufffda');
    expect(cleanVerbatim('😀')).toBe('😀');
  });

  it('end at 4,000 characters and never in the middle of one', () => {
    expect(cleanVerbatim('a'.repeat(4001))).toBe('a'.repeat(4000));
    expect(cleanVerbatim('😀'.repeat(4001))).toBe('😀'.repeat(4000));
    expect(cleanVerbatim(`a${'😀'.repeat(4001)}`)).toBe(`a${'😀'.repeat(3999)}`);
    expect(cleanVerbatim(`${'\0'.repeat(1_000_000)}late`)).toBe('late');
    expect(Array.from(cleanVerbatim('字'.repeat(1_000_000)) ?? '')).toHaveLength(VERBATIM_LIMIT);
  });

  it('can always be stored, and cleaning them again changes nothing', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('\0', '\ud800', '\udc00', '😀', 'a'.repeat(3990)),
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (raw) => {
        const clean = cleanVerbatim(raw);
        if (clean === null) return;
        expect(Buffer.from(clean, 'utf8').toString('utf8')).toBe(clean);
        expect(clean.includes('\0')).toBe(false);
        expect(Array.from(clean).length).toBeLessThanOrEqual(VERBATIM_LIMIT);
        expect(cleanVerbatim(clean)).toBe(clean);
      }),
    );
  });
});
