// What a prompt's message is made of: the workspace's own wording, and whether names will be seen.
import type { Prompt } from '../domain/prompt/prompt.ts';
import { questionFor } from '../domain/survey/question.ts';
import type { Asking } from '../views/prompt.ts';
import type { Translate } from '../views/text.ts';
import type { Context } from './context.ts';
import type { WorkspaceCard } from './directory.ts';

/** The words for whoever is asked: in their language, else in the workspace's, else in the default. */
export async function textsFor(
  ctx: Context,
  prompt: Pick<Prompt, 'workspaceId' | 'locale'>,
): Promise<Translate> {
  const { workspace } = await ctx.directory.of(prompt.workspaceId);
  return ctx.texts(prompt.locale, workspace.locale);
}

export function askingOf(
  card: WorkspaceCard,
  prompt: Pick<Prompt, 'id' | 'survey' | 'locale'>,
  subject: string | null,
): Asking {
  return {
    promptId: prompt.id,
    survey: prompt.survey,
    question: questionFor(card.policies[prompt.survey], prompt.locale),
    subject,
    named: card.workspace.settings.showNames,
  };
}
