// Short words that one person reads and another types, good for one use.

export interface Codes {
  /** A new one, easy to type: letters and digits that are not taken for one another. */
  make(): string;
  /** What is stored of it. */
  hash(code: string): Uint8Array;
}
