// What somebody on the team has to see to, told once.
import type { Duration, Id, Instant } from '../../domain/basics.ts';
import type { Trouble } from '../platform.ts';

export interface Notice {
  readonly id: Id;
  readonly platform: string;
  readonly installation: string;
  readonly trouble: Trouble;
  readonly raisedAt: Instant;
}

export interface NoticeTx {
  /** The notice to be told, made or made anew; null when the same trouble of the same installation was told of within `quiet`. */
  raise(notice: Notice, quiet: Duration): Promise<Notice | null>;
  find(id: Id): Promise<Notice | null>;
  /** Those raised since then, newest first. */
  raisedSince(at: Instant): Promise<readonly Notice[]>;
}
