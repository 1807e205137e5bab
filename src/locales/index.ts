// Every language of the product. To add one: a file like the others, and a line here.
import { en, type Messages } from './en.ts';
import { zh } from './zh.ts';

/** By BCP 47 tag, as short as it can be told apart. */
export const MESSAGES = { en, zh } as const satisfies Readonly<Record<string, Messages>>;
