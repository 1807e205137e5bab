// The one question to a customer whose case was closed: is it solved? And what they see of their answer.
import type { Id } from '../domain/basics.ts';
import { buttons, sentence, strong, text, view } from './parts.ts';
import type { Translate } from './text.ts';
import type { Button, View } from './view.ts';

interface Asked {
  readonly followUpId: Id;
}

export function confirmView(t: Translate, { followUpId }: Asked): View {
  const question = t('confirm.question');
  const choice = (kind: 'solved' | 'unsolved', label: string): Button => ({
    label,
    action: { kind, followUpId },
    style: kind === 'solved' ? 'primary' : 'plain',
  });
  return view(
    t,
    question,
    text(t('confirm.intro')),
    text([strong(question)]),
    buttons(choice('solved', t('confirm.yes')), choice('unsolved', t('confirm.no'))),
  );
}

/** What its giver alone sees; they may change their mind. */
export function confirmedView(
  t: Translate,
  { followUpId, solved }: Asked & { readonly solved: boolean },
): View {
  const words = t(solved ? 'confirm.thanksYes' : 'confirm.thanksNo');
  const other: Button = {
    label: t(solved ? 'confirm.changeNo' : 'confirm.changeYes'),
    action: { kind: solved ? 'unsolved' : 'solved', followUpId },
    style: 'plain',
  };
  return view(t, words, text([strong(words)]), buttons(other));
}

/** What everybody else sees. */
export function confirmedSharedView(t: Translate): View {
  return sentence(t, t('answered.shared'), 'muted');
}
