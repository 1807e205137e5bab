// What every language must say: the keys of English, each exactly once.
import type { en } from './en.ts';

export type MessageKey = keyof typeof en;

export type Messages = Readonly<Record<MessageKey, string>>;
