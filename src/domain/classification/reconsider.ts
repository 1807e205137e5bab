// When a larger model is worth asking what an answer says, and how what it said is told from what the built-in classifier did.

const PREFIX = 'model:';

/** Whether a larger model said so. */
export function isByLargerModel(classifier: string | null): boolean {
  return classifier?.startsWith(PREFIX) === true;
}
