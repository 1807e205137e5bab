// Language tags, as far as the domain looks into them.
import type { Locale } from './basics.ts';

/** Whether a text is a well-formed BCP 47 language tag. */
export function isLocale(text: string): text is Locale {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
