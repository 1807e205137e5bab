// What a prompt's message is made of: the workspace's own wording, and whether names will be seen.
import type { Prompt } from '../domain/prompt/prompt.ts';
import { questionFor } from '../domain/survey/question.ts';
import type { Asking } from '../views/prompt.ts';
import type { WorkspaceCard } from './directory.ts';

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
