// What a pressed button means, and the short text that carries it through any platform and back.
import type { Id } from '../basics.ts';

export type Action =
  | { readonly kind: 'score'; readonly promptId: Id; readonly score: number }
  /** "Not now". */
  | { readonly kind: 'decline'; readonly promptId: Id }
  /** "Don't ask me again". */
  | { readonly kind: 'opt_out'; readonly promptId: Id }
  /** Takes back a decline or an opt-out. */
  | { readonly kind: 'undo'; readonly promptId: Id }
  /** Shows the scale again to whoever answered. */
  | { readonly kind: 'change'; readonly promptId: Id }
  /** Opens the form for words; submitted with the value `words`. */
  | { readonly kind: 'add_words'; readonly promptId: Id }
  | { readonly kind: 'claim'; readonly followUpId: Id }
  /** Takes a case from whoever has it. */
  | { readonly kind: 'take_over'; readonly followUpId: Id }
  /** Gives a case back. */
  | { readonly kind: 'release'; readonly followUpId: Id }
  | { readonly kind: 'reopen'; readonly followUpId: Id }
  /** The customer's answer to "is it solved?". */
  | { readonly kind: 'solved'; readonly followUpId: Id }
  | { readonly kind: 'unsolved'; readonly followUpId: Id }
  /** Submitted with the value `note`. */
  | { readonly kind: 'close'; readonly followUpId: Id }
  /** A channel's digest comes no more until it is resumed. */
  | { readonly kind: 'pause_digest'; readonly scheduleId: Id }
  | { readonly kind: 'resume_digest'; readonly scheduleId: Id }
  /** Opens the workspace's settings; submitted with the values of that form. */
  | { readonly kind: 'settings' }
  /** Erases whoever presses it: they typed that they want to be forgotten, and were asked whether they are sure. */
  | { readonly kind: 'forget_me' }
  /** Asks whoever presses it, so that they see what customers will see. */
  | { readonly kind: 'test_prompt' };

const FOR_TEAM: ReadonlySet<Action['kind']> = new Set<Action['kind']>([
  'claim',
  'take_over',
  'release',
  'reopen',
  'close',
  'pause_digest',
  'resume_digest',
  'settings',
  'test_prompt',
]);

/** What customers press is theirs by the question they were asked; who presses these has to be known as team. */
export function isForTeam({ kind }: Action): boolean {
  return FOR_TEAM.has(kind);
}

/** The most characters that every platform can carry (Discord's custom_id; Slack's action_id allows 255). */
export const ACTION_TEXT_MAX = 100;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `score:<prompt>:<score>`, `<kind>:<id>` or `<kind>`; at most {@link ACTION_TEXT_MAX} characters, unique within a message. */
export function encodeAction(action: Action): string {
  switch (action.kind) {
    case 'score':
      return `score:${action.promptId}:${action.score}`;
    case 'claim':
    case 'take_over':
    case 'release':
    case 'reopen':
    case 'close':
    case 'solved':
    case 'unsolved':
      return `${action.kind}:${action.followUpId}`;
    case 'pause_digest':
    case 'resume_digest':
      return `${action.kind}:${action.scheduleId}`;
    case 'settings':
    case 'test_prompt':
    case 'forget_me':
      return action.kind;
    default:
      return `${action.kind}:${action.promptId}`;
  }
}

/** The action that a text carries; null for anything that {@link encodeAction} did not write. */
export function decodeAction(text: string): Action | null {
  if (text.length > ACTION_TEXT_MAX) return null;
  if (text === 'settings' || text === 'test_prompt' || text === 'forget_me') return { kind: text };
  const [kind, id, score, ...rest] = text.split(':');
  if (id === undefined || !UUID.test(id) || rest.length > 0) return null;
  if (kind === 'score') {
    if (score === undefined || !/^(0|[1-9]\d?)$/.test(score)) return null;
    return { kind, promptId: id, score: Number(score) };
  }
  if (score !== undefined) return null;
  switch (kind) {
    case 'decline':
    case 'opt_out':
    case 'undo':
    case 'change':
    case 'add_words':
      return { kind, promptId: id };
    case 'claim':
    case 'take_over':
    case 'release':
    case 'reopen':
    case 'close':
    case 'solved':
    case 'unsolved':
      return { kind, followUpId: id };
    case 'pause_digest':
    case 'resume_digest':
      return { kind, scheduleId: id };
    default:
      return null;
  }
}
