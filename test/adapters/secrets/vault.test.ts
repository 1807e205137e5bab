// Sealed texts: opened by the right key in the right context, and by nothing else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVault } from '../../../adapters/secrets/index.ts';

const [OLD, NEW] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const vault = createVault([OLD]);
const CONTEXT = ['credentials', 'slack', 'T1'];

describe('a sealed text', () => {
  it('opens as it was, whatever it is, and cannot be read without', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sealed = vault.seal(text, CONTEXT);
        expect(vault.open(sealed, CONTEXT)).toBe(text);
        if (text.length > 8) expect(Buffer.from(sealed).includes(Buffer.from(text, 'utf8'))).toBe(false);
      }),
    );
  });

  it('is never the same twice', () => {
    expect(vault.seal('secret', CONTEXT)).not.toEqual(vault.seal('secret', CONTEXT));
  });

  it('opens in its own context alone, however the words are cut', () => {
    const sealed = vault.seal('secret', ['a', 'bc']);
    for (const other of [['ab', 'c'], ['abc'], ['a', 'bc', ''], ['a","bc'], ['bc', 'a'], []])
      expect(vault.open(sealed, other)).toBeNull();
  });

  it('with any bit turned, cut or lengthened, does not open, and nothing crashes', () => {
    const sealed = vault.seal('secret', CONTEXT);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Uint8Array.from(sealed);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(vault.open(changed, CONTEXT), `bit ${bit}`).toBeNull();
    }
    for (let length = 0; length < sealed.length; length++)
      expect(vault.open(sealed.subarray(0, length), CONTEXT)).toBeNull();
    expect(vault.open(Uint8Array.from([...sealed, 0]), CONTEXT)).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(vault.open(bytes, CONTEXT)).toBeNull();
      }),
    );
  });
});

describe('a vault with several keys', () => {
  const both = createVault([NEW, OLD]);

  it('opens what any of them sealed, and seals by the first', () => {
    const [old, fresh] = [vault.seal('secret', CONTEXT), both.seal('secret', CONTEXT)];
    expect(both.open(old, CONTEXT)).toBe('secret');
    expect(createVault([NEW]).open(fresh, CONTEXT)).toBe('secret');
    expect(vault.open(fresh, CONTEXT)).toBeNull();
  });

  it('says what the first has not sealed yet', () => {
    expect(both.isCurrent(vault.seal('secret', CONTEXT))).toBe(false);
    expect(both.isCurrent(both.seal('secret', CONTEXT))).toBe(true);
    expect(both.isCurrent(new Uint8Array())).toBe(false);
  });
});
