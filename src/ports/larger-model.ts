// A larger model that may be asked what comments say, where the built-in classifier is not sure or the workspace wishes for a summary. It is given words
// alone, and can answer with labels, or with points that name the comments they are of.
import type { Duration, Locale } from '../domain/basics.ts';
import type { Polarity, ThemeMention } from '../domain/classification/classification.ts';
import type { DraftPoint } from '../domain/digest/summary.ts';
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
  { readonly kind: 'said'; readonly labels: readonly (Labels | null)[] } | Silence;

export type Summarising = { readonly kind: 'said'; readonly points: readonly DraftPoint[] } | Silence;

export type Silence =
  /** It is away, too slow, or too busy. */
  | { readonly kind: 'away'; readonly retryAfter: Duration | null; readonly detail: string }
  /** It answered, but not as it was asked to. `detail` never holds what it said. */
  | { readonly kind: 'nonsense'; readonly detail: string };

export interface LargerModel {
  readonly name: string;
  /** As what it says is kept, such as `model:qwen3-8b`. */
  readonly classifier: string;
  /** Calls a workspace may make in a day. */
  readonly callsADay: number;
  /** One call, with a time limit. Never throws. */
  label(comments: readonly string[]): Promise<Labelling>;
  /** What these comments have in common, in that language. One call, with a time limit. Never throws. */
  summarise(comments: readonly string[], locale: Locale): Promise<Summarising>;
  health(): Promise<Health>;
}
