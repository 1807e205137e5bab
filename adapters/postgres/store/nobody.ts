// Who stands where a person was erased.
import type { Id } from '../../../src/domain/basics.ts';

/** No person has this id. Rows of erased people carry it: their scores count, and nobody can tell whose they were. */
export const NOBODY: Id = '00000000-0000-0000-0000-000000000000';

/** The language tag for "not known" (BCP 47), of prompts that were imported without one. */
export const UNKNOWN_LOCALE = 'und';
