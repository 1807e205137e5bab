// How long what customers wrote, and who they are, is kept: up to which moment it has been long enough.
import type { Instant } from '../basics.ts';
import type { WorkspaceSettings } from './settings.ts';

export interface RetentionPlan {
  /** Words written before are dropped; null: none are. */
  readonly wordsBefore: Instant | null;
  /** People of whom nothing was heard since are forgotten; null: nobody is. */
  readonly quietBefore: Instant | null;
}

export function retentionPlan(
  { verbatims, identities }: WorkspaceSettings['retention'],
  now: Instant,
): RetentionPlan {
  return {
    wordsBefore: verbatims === null ? null : now - verbatims,
    quietBefore: identities === null ? null : now - identities,
  };
}
