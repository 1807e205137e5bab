// A larger model that may be asked what comments say, where the built-in classifier is not sure. It is given words alone, and can answer with labels alone.
import type { Duration } from '../domain/basics.ts';
import type { Polarity, ThemeMention } from '../domain/classification/classification.ts';
import type { Health } from './health.ts';

/** What a comment says, by the larger model. */
export interface Labels {
  readonly sentiment: Polarity;
  readonly themes: readonly ThemeMention[];
  /** BCP 47; null where it was not told. */
  readonly language: string | null;
}

export type Labelling =
  /** In the order of the comments; null where it said nothing that can be used. */
  | { readonly kind: 'said'; readonly labels: readonly (Labels | null)[] }
  /** It is away, too slow, or too busy. */
  | { readonly kind: 'away'; readonly retryAfter: Duration | null; readonly detail: string }
  /** It answered, but not with labels. `detail` never holds what it said. */
  | { readonly kind: 'nonsense'; readonly detail: string };

export interface LargerModel {
  /** As what it says is kept, such as `model:qwen3-8b`. */
  readonly classifier: string;
  /** Calls a workspace may make in a day. */
  readonly callsADay: number;
  /** One call, with a time limit. Never throws. */
  label(comments: readonly string[]): Promise<Labelling>;
  health(): Promise<Health>;
}
