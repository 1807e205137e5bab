// Words as PostgreSQL can hold them, as text and inside JSON: without NUL, and no half characters.

/** The same value; in every text of it NUL is left out and half a surrogate pair is U+FFFD. Keys of objects are ours and stay. */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('\0', '').replace(/\p{Cs}/gu, '\uFFFD') as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, storable(inner)])) as T;
}
