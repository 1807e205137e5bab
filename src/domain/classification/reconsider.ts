// When a larger model is worth asking what an answer says, and how what it said is told from what the built-in classifier did.
import type { Classification } from './classification.ts';

const PREFIX = 'model:';

/** As what a larger model said is known by, beside the versions of the built-in classifier. */
export function nameOfModel(model: string): string {
  return `${PREFIX}${model}`;
}

/** Whether a larger model said so. */
export function isByLargerModel(classifier: string | null): boolean {
  return classifier?.startsWith(PREFIX) === true;
}

/** Confidence is calibrated: below this, two in five or more are wrong. */
const SURE_ENOUGH = 0.6;

/** The built-in classifier is not sure what the words say, does not read their language, or takes them to say the opposite of the score. */
export function isWorthAsking(
  text: string | null,
  {
    sentiment,
    confidence,
    conflict,
    classifier,
  }: Pick<Classification, 'sentiment' | 'confidence' | 'conflict' | 'classifier'>,
): boolean {
  if (text === null || isByLargerModel(classifier)) return false;
  if (sentiment === null || confidence === null) return /\p{L}\P{L}*\p{L}/u.test(text);
  return conflict || confidence < SURE_ENOUGH;
}
