// How many of those who were asked answered.

import { AfterwordError } from '../basics.ts';
import { type Interval, wilsonInterval } from './interval.ts';

export interface ResponseRate extends Interval {
  /** Percent of the prompts sent that were answered, not rounded. */
  readonly rate: number;
}

/**
 * The response rate in percent with its 95 % Wilson interval; null when nothing was sent. `answered` counts prompts
 * among the `sent`; throws `broken` when there are more of them.
 */
export function responseRate(answered: number, sent: number): ResponseRate | null {
  if (answered > sent) {
    throw new AfterwordError(
      'broken',
      `${answered} prompts answered of ${sent} sent`,
      'count as answered only the prompts that are counted as sent',
    );
  }
  const interval = wilsonInterval(answered, sent);
  return interval && { rate: (100 * answered) / sent, ...interval };
}
