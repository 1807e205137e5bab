// Whose customers are hardly ever asked: an agent or a channel with many conversations of which few brought a question, and fewer than elsewhere.

/** After how many of the conversations that ended with an agent, or in a channel, its customers were asked. What still waits is in neither. */
export interface AskedOf {
  readonly of: 'agent' | 'channel';
  readonly name: string;
  readonly ended: number;
  readonly asked: number;
}

/** Fewer conversations than these say nothing of anybody. */
export const MANY_CONVERSATIONS = 10;

const HARDLY = 0.1;
const MOST_NAMED = 5;

/**
 * Those that were asked after at most a tenth of their conversations, and less than half as often as all together: where everybody is hardly asked,
 * it is nobody's in particular. The ones with the most conversations first.
 */
export function hardlyAsked(
  each: readonly AskedOf[],
  all: { readonly ended: number; readonly asked: number },
): readonly AskedOf[] {
  return each
    .filter(
      ({ ended, asked }) =>
        ended >= MANY_CONVERSATIONS && asked <= HARDLY * ended && 2 * asked * all.ended < all.asked * ended,
    )
    .sort((a, b) => b.ended - a.ended || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_NAMED);
}
