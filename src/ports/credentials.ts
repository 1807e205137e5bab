// The secrets of installations, sealed at rest. Their text is the adapter's own; nobody else reads it.

export interface Credentials {
  /** Null where there is no such installation, or it has none. Throws `unavailable` when the store is away. */
  load(installation: string): Promise<string | null>;
  /**
   * Replaces them by what `renew` makes of them, under a lock that all processes share: of many that renew at once one does, and the others get what
   * it made. Null where there are none. `seen` is what the caller holds: when others replaced it meanwhile, `renew` is not called.
   */
  renew(
    installation: string,
    seen: string,
    renew: (current: string) => Promise<string>,
  ): Promise<string | null>;
}
