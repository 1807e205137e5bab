// Every language of the product. To add one: a file like the others, and a line here.
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import type { Messages } from './messages.ts';
import { pt } from './pt.ts';
import { zh } from './zh.ts';

/** By BCP 47 tag, as short as it can be told apart. */
export const MESSAGES = { en, zh, es, de, fr, ja, pt } as const satisfies Readonly<Record<string, Messages>>;
