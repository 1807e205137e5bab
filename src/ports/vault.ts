// Seals texts that are secret at rest.

export interface Vault {
  /** `context` says whose text it is, for good: sealed for one, it does not open for another. */
  seal(text: string, context: readonly string[]): Uint8Array;
  /** Null when no key that is known opens it: the key is another, or it was changed, or it was sealed for somebody else. */
  open(sealed: Uint8Array, context: readonly string[]): string | null;
  /** Whether the newest key sealed it, so that older ones can be done without. */
  isCurrent(sealed: Uint8Array): boolean;
}
