// What a larger model answered, read with patience for how it is wrapped and none for what it says: labels that are known, points that name their
// comments, or nothing.
import { z } from 'zod';
import { THEMES } from '../../src/domain/classification/classification.ts';
import type { DraftPoint } from '../../src/domain/digest/summary.ts';
import { isLocale } from '../../src/domain/locale.ts';
import type { Labels } from '../../src/ports/larger-model.ts';

const lower = z.string().transform((text) => text.trim().toLowerCase());
const polarity = lower.pipe(z.enum(['positive', 'neutral', 'negative']));

/** One theme; null for what is none of ours. */
const mention = z
  .object({ theme: lower.pipe(z.enum(THEMES)), polarity })
  .nullable()
  .catch(null);

const entry = z.object({
  n: z.coerce.number().int(),
  sentiment: polarity,
  themes: z.array(mention).catch([]),
  language: z.string().nullish().catch(null),
});

const answers = z.object({ answers: z.array(entry.nullable().catch(null)) });

/** Labels of so many comments, in their order, null for each of which nothing usable was said; null when it is no answer at all. */
export function labelsFrom(said: string, count: number): readonly (Labels | null)[] | null {
  const parsed = answers.safeParse(jsonIn(said));
  if (!parsed.success) return null;
  const labels: (Labels | null)[] = Array.from({ length: count }, () => null);
  const told = new Set<number>();
  for (const one of parsed.data.answers) {
    if (one === null || one.n < 1 || one.n > count) continue;
    // Two answers to one comment are none.
    labels[one.n - 1] = told.has(one.n) ? null : labelsOf(one);
    told.add(one.n);
  }
  return labels.some((one) => one !== null) ? labels : null;
}

function labelsOf({ sentiment, themes, language }: z.output<typeof entry>): Labels {
  const known = new Map(themes.flatMap((one) => (one === null ? [] : [[one.theme, one] as const])));
  const tag = language?.trim().slice(0, 35) ?? '';
  return { sentiment, themes: [...known.values()], language: isLocale(tag) ? tag : null };
}

const point = z
  .object({ text: z.string().trim().min(1), comments: z.array(z.coerce.number().int()).min(1) })
  .nullable()
  .catch(null);

const summary = z.object({ points: z.array(point) });

/** Points on so many comments; null when it is no answer at all. */
export function pointsFrom(said: string, count: number): readonly DraftPoint[] | null {
  const parsed = summary.safeParse(jsonIn(said));
  if (!parsed.success) return null;
  return parsed.data.points.flatMap((one) => {
    if (one === null || one.comments.some((n) => n < 1 || n > count)) return [];
    return [{ text: one.text, of: one.comments.map((n) => n - 1) }];
  });
}

/** The JSON in a text that may say more around it, such as a fence or what it thought. */
function jsonIn(said: string): unknown {
  const text = said.replace(/^[\s\S]*<\/think>/u, '');
  try {
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  } catch {
    return null;
  }
}
