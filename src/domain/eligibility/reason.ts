// Why somebody was not asked. Every skip has exactly one of these codes, and `/nps why` can show it.

export const SUPPRESSION_REASONS = [
  'throttled',
  'opted_out',
  'declined_recently',
  'sampled_out',
  'daily_cap',
  'survey_off',
  'not_a_customer',
  'reopened',
  'duplicate',
  'no_reachable_channel',
  'workspace_uninstalled',
  'auto_closed',
  'too_old',
] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];
