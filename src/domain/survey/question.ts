// A workspace's own wording of a question, in the reader's language where there is one.
import type { Locale } from '../basics.ts';
import type { SurveyPolicy } from './policy.ts';

/** The wording for exactly this tag, else for its language (`zh-CN` for `zh`, `en` for `en-GB`); null: the product's own. */
export function questionFor(policy: Pick<SurveyPolicy, 'question'>, locale: Locale): string | null {
  const language = (tag: string) => tag.split('-')[0]!.toLowerCase();
  const tags = Object.keys(policy.question);
  const exact = tags.find((tag) => tag.toLowerCase() === locale.toLowerCase());
  const near = exact ?? tags.find((tag) => language(tag) === language(locale));
  return near === undefined ? null : (policy.question[near] ?? null);
}
