// Saying one message, with what is filled in.
import type { MessageKey } from '../locales/en.ts';

export type MessageArgs = Readonly<Record<string, string | number>>;

export type Speak = (key: MessageKey, args?: MessageArgs) => string;
