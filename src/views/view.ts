// What people see, as a neutral value in their own language. Every platform renders this and nothing else.
// All text is plain: a platform escapes it for its own markup, so that nobody's words are ever live.
import type { Locale } from '../domain/basics.ts';
import type { Action } from '../domain/command/action.ts';
import type { ChartSpec } from './chart-spec.ts';

export type * from './chart-spec.ts';

export type Inline =
  | string
  | { readonly kind: 'strong'; readonly text: string }
  /** Someone by their outside id; `name` where the platform cannot mention. Never notifies. */
  | { readonly kind: 'person'; readonly externalId: string; readonly name: string }
  /** A place by its outside id; `name` where the platform cannot show it by itself. */
  | { readonly kind: 'channel'; readonly externalId: string; readonly name: string }
  /** Only ever an address that the product itself made, never one out of a customer's words. */
  | { readonly kind: 'link'; readonly url: string; readonly text: string };

export type RichText = readonly Inline[];

export interface Button {
  readonly label: string;
  readonly action: Action;
  readonly style: 'plain' | 'primary' | 'danger';
}

export interface ScaleOption {
  readonly score: number;
  /** Said by screen readers, such as "9 of 10". */
  readonly alt: string;
  readonly action: Action;
  readonly selected: boolean;
}

export type Input = TextInput | PickInput;

interface InputHead {
  readonly name: string;
  readonly label: string;
  /** What stands there already; '' for nothing. */
  readonly value: string;
  readonly optional: boolean;
}

export interface TextInput extends InputHead {
  readonly kind: 'text';
  readonly multiline: boolean;
  readonly maxLength: number;
}

/** One out of many: a channel or a team of the platform, by outside id, or one of the options. A platform without such a list shows a line of text. */
export interface PickInput extends InputHead {
  readonly kind: 'pick';
  readonly of: 'channel' | 'team' | readonly { readonly value: string; readonly label: string }[];
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: RichText; readonly tone: 'plain' | 'muted' | 'good' | 'bad' }
  /** A customer's words. */
  | { readonly kind: 'quote'; readonly text: string; readonly by: string | null }
  | {
      readonly kind: 'fields';
      readonly fields: readonly { readonly label: string; readonly value: string }[];
    }
  | { readonly kind: 'list'; readonly items: readonly RichText[] }
  | {
      readonly kind: 'scale';
      readonly label: string;
      readonly low: string;
      readonly high: string;
      readonly options: readonly ScaleOption[];
    }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  /** A form; where a platform has no inline inputs, the buttons that lead here open it as a modal. */
  | {
      readonly kind: 'inputs';
      readonly title: string;
      readonly action: Action;
      readonly submit: string;
      readonly inputs: readonly Input[];
    }
  | { readonly kind: 'image'; readonly chart: ChartSpec; readonly alt: string }
  | { readonly kind: 'divider' };

export interface View {
  /** One line that stands for the whole: notifications, screen readers, terminals. */
  readonly summary: string;
  readonly locale: Locale;
  readonly blocks: readonly Block[];
}
