// Why somebody was not asked, in plain words.
import { SUPPRESSION_REASONS } from '../domain/eligibility/reason.ts';
import { oneLine } from './parts.ts';
import type { Translate } from './text.ts';

/** Why a platform refused for good; the other refusals are suppression reasons too. */
const REFUSALS = ['person_gone', 'unavailable', 'rate_limited', 'invalid'] as const;

const KNOWN = [...SUPPRESSION_REASONS, ...REFUSALS, 'uncertain'] as const;

/** A reason code in plain words: "they were asked not long ago". */
export function reasonText(t: Translate, code: string): string {
  const known = KNOWN.find((reason) => reason === code);
  return t(known === undefined ? 'reason.other' : `reason.${known}`);
}

/** The same with its code, by which it can be looked up. */
export function reasonWithCode(t: Translate, code: string): string {
  return t('why.reason', { reason: reasonText(t, code), code: oneLine(code, 60) });
}
