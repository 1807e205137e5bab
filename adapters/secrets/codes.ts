// Codes of ten letters out of thirty-two: 50 random bits, good for half an hour and one use.
import { createHash, randomBytes } from 'node:crypto';
import type { Codes } from '../../src/ports/codes.ts';

/** Crockford's alphabet: no I, L, O, U, which are taken for 1, 0 and V. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

export function createCodes(): Codes {
  return {
    make: () => Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length]!).join(''),
    // Read as typed: the letters that are not in the alphabet are what they look like.
    hash: (code) =>
      createHash('sha256')
        .update(
          `connect ${code
            .toUpperCase()
            .replace(/[^0-9A-Z]/g, '')
            .replace(/[IL]/g, '1')
            .replaceAll('O', '0')}`,
        )
        .digest(),
  };
}
