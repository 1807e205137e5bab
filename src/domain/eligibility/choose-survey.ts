// Which question an interaction brings when nobody asked for one in particular.
import type { Instant } from '../basics.ts';
import type { SurveyKind } from '../survey/kind.ts';
import { NPS_EVERY } from '../survey/policy.ts';
import type { Policies } from './facts.ts';

/**
 * The survey to ask, or null when none is on. A wanted one is asked or nothing is. Else NPS when the person was not asked
 * it for 90 days at `closedAt` plus its delay, else CES, else whatever is on: NPS, CSAT.
 */
export function chooseSurvey(
  wanted: SurveyKind | null,
  policies: Policies,
  lastNpsAt: Instant | null,
  closedAt: Instant,
): SurveyKind | null {
  if (wanted !== null) return policies[wanted].enabled ? wanted : null;
  const npsIsDue = lastNpsAt === null || closedAt + policies.nps.delay - lastNpsAt >= NPS_EVERY;
  const order: readonly SurveyKind[] = npsIsDue ? ['nps', 'ces', 'csat'] : ['ces', 'nps', 'csat'];
  return order.find((kind) => policies[kind].enabled) ?? null;
}
