// What is known of one interaction, and of the modal that it may have opened.
import type { Channel, Json, Message, User } from './types.ts';

export const InteractionType = { ping: 1, command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
export const Answered = {
  pong: 1,
  message: 4,
  deferred: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;

/** A modal as it stands in front of somebody. */
export interface Modal {
  readonly customId: string;
  readonly title: string;
  readonly components: Json[];
  readonly from: Interaction;
  closed: boolean;
}

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly user: User;
  readonly channel: Channel;
  /** What was pressed, or what the modal was opened from. */
  readonly message: Message | null;
  readonly at: number;
  /** Of real time, for how long the app took. */
  readonly began: number;
  /** The type that it was answered with; null: not yet, or never. */
  answered: number | null;
  ms: number | null;
  /** Three seconds passed without an answer. */
  expired: boolean;
  original: Message | null;
  /** "Thinking": the first thing that comes fills it. */
  loading: { readonly ephemeral: boolean } | null;
  readonly followups: Message[];
  modal: Modal | null;
  choices: Json[] | null;
  readonly settle: () => void;
}
