// Tokens that answer one prompt and nothing else, and what is kept of an API key.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokens, deriveKey } from '../../../adapters/secrets/index.ts';

const tokens = createTokens([new Uint8Array(32).fill(1)]);
const WORKSPACE = '01234567-89ab-7def-8123-456789abcdef';
const PROMPT = 'fedcba98-7654-7210-8edc-ba9876543210';

describe('a prompt’s token', () => {
  it('is always the same, tells its workspace, and fits into a link', () => {
    const token = tokens.sign(WORKSPACE, PROMPT);
    expect(tokens.sign(WORKSPACE, PROMPT)).toBe(token);
    expect(token).toMatch(/^[\w-]{54}$/);
    expect(tokens.verify(token, PROMPT)).toBe(WORKSPACE);
  });

  it('is good for its own prompt alone, of its own workspace, under its own key', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.uuid(), (workspace, prompt, other) => {
        fc.pre(prompt !== other);
        const token = tokens.sign(workspace, prompt);
        expect(tokens.verify(token, prompt)).toBe(workspace);
        expect(tokens.verify(token, other)).toBeNull();
        expect(createTokens([new Uint8Array(32).fill(2)]).verify(token, prompt)).toBeNull();
      }),
    );
  });

  it('with any letter changed, added or left out is none', () => {
    const token = tokens.sign(WORKSPACE, PROMPT);
    for (let i = 0; i < token.length; i++) {
      for (const letter of ['A', 'z', '_', '=', ' ', '.', '😀']) {
        if (token[i] !== letter)
          expect(tokens.verify(token.slice(0, i) + letter + token.slice(i + 1), PROMPT)).toBeNull();
        expect(tokens.verify(token.slice(0, i) + letter + token.slice(i), PROMPT)).toBeNull();
      }
      expect(tokens.verify(token.slice(0, i) + token.slice(i + 1), PROMPT)).toBeNull();
    }
    for (const padded of [`${token}=`, ` ${token}`, `${token}\n`, token.toUpperCase()])
      expect(tokens.verify(padded, PROMPT)).toBeNull();
  });

  it('of any text at all is refused without a crash', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(tokens.verify(text, PROMPT)).toBeNull();
      }),
    );
  });
});

describe('when the key is changed', () => {
  const [old, newest] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];

  it('the newest signs, and what an older one signed holds until that is dropped', () => {
    const sent = createTokens([old]).sign(WORKSPACE, PROMPT);
    const both = createTokens([newest, old]);
    expect(both.verify(sent, PROMPT)).toBe(WORKSPACE);
    expect(both.sign(WORKSPACE, PROMPT)).toBe(createTokens([newest]).sign(WORKSPACE, PROMPT));
    expect(createTokens([newest]).verify(sent, PROMPT)).toBeNull();
  });
});

describe('an API key', () => {
  it('is new each time, and kept as a hash from which it cannot be told', () => {
    const key = tokens.newKey();
    expect(tokens.newKey()).not.toBe(key);
    expect(key).toMatch(/^aw_[\w-]{43}$/);
    expect(tokens.hashKey(key)).toHaveLength(32);
    expect(tokens.hashKey(key)).toEqual(tokens.hashKey(key));
    expect(Buffer.from(tokens.hashKey(key)).toString('latin1')).not.toContain(key.slice(3));
  });
});

describe('a derived key', () => {
  it('is another for another purpose, and none is the master', () => {
    const master = new Uint8Array(32).fill(1);
    const keys = [deriveKey(master, 'prompt tokens'), deriveKey(master, 'opt-outs'), master];
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex')))).toHaveLength(3);
    expect(deriveKey(master, 'opt-outs')).toEqual(keys[1]);
  });
});
