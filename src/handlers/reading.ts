// The classifier with a workspace's own words.
import { classifierWith } from '../domain/classification/vocabulary.ts';
import type { WorkspaceSettings } from '../domain/survey/settings.ts';
import type { Classify, Context } from './context.ts';

const made = new WeakMap<WorkspaceSettings['themes'], readonly [Classify, Classify]>();

export function classifierOf(
  { classify }: Pick<Context, 'classify'>,
  { themes }: WorkspaceSettings,
): Classify {
  const known = made.get(themes);
  if (known?.[0] === classify) return known[1];
  const own = classifierWith(classify, themes);
  made.set(themes, [classify, own]);
  return own;
}
