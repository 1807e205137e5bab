import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrubberOf, type Traces } from '../../../adapters/postgres/store/scrub.ts';

const WORDS = 'The courier lost my parcel,\nwrite to ann@example.com';
const CASE = '0199f3a0-0000-7000-8000-000000000001';
const scrubber = (more: Partial<Traces> = {}) =>
  scrubberOf({ names: [], words: [], ids: new Set(), ...more });

describe('Scrubbing one person out of texts', () => {
  it('given ids and names, when they stand in a text, then they go, but not from inside other words', () => {
    const { text } = scrubber({ names: ['ann', 'U0ANN', '小明', 'c+1'] });
    expect(text('slack:T1:U0ANN asked ann, not anna or joann; U0ANNE too')).toBe(
      'slack:T1:… asked …, not anna or joann; U0ANNE too',
    );
    expect(text('小明说很好，c+1')).toBe('…说很好，…');
  });

  it('given a name of one or two letters, when it stands alone, then it goes, and other texts are left', () => {
    const { text } = scrubber({ names: ['1'] });
    expect(text('1')).toBe('…');
    expect(text('1 of 10')).toBe('1 of 10');
  });

  it.each([
    ['whole', `She said: ${WORDS} yesterday`, 'She said: … yesterday'],
    ['on one line', 'The courier lost my parcel, write to ann@example.com', '…'],
    ['with the address masked', 'The courier lost my parcel, write to […]', '…'],
    ['broken off', 'gave 3: The courier lost my par…', 'gave 3: ……'],
    ['twice', `${WORDS} ${WORDS}`, '… …'],
  ])('given words that are quoted %s, when they are scrubbed, then they go', (_how, quoted, left) => {
    expect(scrubber({ words: [WORDS] }).text(quoted)).toBe(left);
  });

  it('given the beginning of her words that others may say too, when they said it, then it stays', () => {
    expect(scrubber({ words: [WORDS] }).text('The courier was kind')).toBe('The courier was kind');
  });

  it('given words that anybody may say, when a text is about her, then they go from quotations, else they stay', () => {
    const { json } = scrubber({ words: ['ok'], ids: new Set([CASE]) });
    const quote = { kind: 'quote', text: 'ok', by: null };
    const action = { kind: 'claim', followUpId: CASE };
    expect(json({ blocks: [quote, { text: 'ok?', action }] })).toEqual({
      blocks: [
        { ...quote, text: '…' },
        { text: 'ok?', action },
      ],
    });
    expect(json({ blocks: [quote] })).toEqual({ blocks: [quote] });
  });

  it('given a quotation with the id of her response, when JSON is scrubbed, then it is left out and the others stay', () => {
    const quotes = [
      { responseId: CASE, words: 'so-so' },
      { responseId: 'other', words: 'so-so' },
    ];
    expect(scrubber({ words: ['so-so'], ids: new Set([CASE]) }).json({ quotes })).toEqual({
      quotes: [quotes[1]],
    });
  });

  it('given somebody whose name is a word of ours, when JSON is scrubbed, then it is still what it was', () => {
    const block = { kind: 'text', tone: 'good', text: [{ kind: 'link', url: '/', text: 'link' }] };
    const { json } = scrubber({ names: ['link', 'good', 'text'] });
    expect(json(block)).toEqual({ ...block, text: [{ kind: 'link', url: '/', text: '…' }] });
  });

  it('given JSON without a trace, when it is scrubbed, then it is the very same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(
          scrubber({
            names: ['U0ANN-never-said'],
            words: ['words that nobody has ever said'],
            ids: new Set([CASE]),
          }).json(value),
        ).toBe(value);
      }),
    );
  });

  it('given any words and names in any text, when it is scrubbed, then none of them is in it', () => {
    const trace = fc
      .string({ minLength: 16, maxLength: 60, unit: 'grapheme' })
      .filter((said) => said.trim().length >= 16 && !said.includes('…'));
    const around = fc.string({ maxLength: 30 });
    fc.assert(
      fc.property(trace, trace, around, around, (name, said, before, after) => {
        const { text, json } = scrubber({ names: [name.trim()], words: [said] });
        expect(text(`${before} ${said} ${after}`)).not.toContain(said.trim());
        expect(text(`${before} ${name.trim()} ${after}`)).not.toContain(name.trim());
        expect(JSON.stringify(json({ deep: [{ said: `${before}${said}` }] }))).not.toContain(
          JSON.stringify(said.trim()).slice(1, -1),
        );
      }),
    );
  });
});
