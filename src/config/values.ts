// What the value of a variable may be. Each reader says, in words that follow "it must be", what it expects.
import { z } from 'zod';
import type { Locale } from '../domain/basics.ts';
import { isLocale } from '../domain/locale.ts';

export function matching(pattern: RegExp, expected: string) {
  return z.string().regex(pattern, expected);
}

/** A value that a function understands; null says that it does not. */
export function known<T>(understand: (value: string) => T | null, expected: string) {
  return z.string().transform((value, context) => {
    const understood = understand(value);
    if (understood !== null) return understood;
    context.addIssue(expected);
    return z.NEVER;
  });
}

export function address(protocols: readonly string[], expected: string) {
  return z
    .string()
    .refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), expected);
}

/** Without a slash at its end. */
export function apiAddress() {
  const expected = 'an http:// or https:// address that ends in /api';
  return address(['http:', 'https:'], expected)
    .transform((value) => value.replace(/\/+$/, ''))
    .refine((value) => value.endsWith('/api'), expected);
}

/** One key, or several with commas between them. */
export function keysOf32Bytes(value: string): readonly [Uint8Array, ...Uint8Array[]] | null {
  const keys = value.split(',').map((key) => keyOf32Bytes(key.trim()));
  const [newest, ...older] = keys.filter((key) => key !== null);
  return newest !== undefined && older.length + 1 === keys.length ? [newest, ...older] : null;
}

function keyOf32Bytes(value: string): Uint8Array | null {
  const key = /^[A-Za-z0-9+/_-]+={0,2}$/.test(value) ? Buffer.from(value, 'base64') : null;
  return key?.length === 32 ? new Uint8Array(key) : null;
}

export function canonicalLocale(value: string): Locale | null {
  return isLocale(value) ? (Intl.getCanonicalLocales(value)[0] ?? null) : null;
}
