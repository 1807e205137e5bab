// What can be typed, for whom, in the reader's language. The commands are shown in English, which is understood everywhere, and by their own name.
import type { CommandWord } from '../domain/command/command.ts';
import { USAGE } from '../domain/command/usage.ts';
import { commandIn } from '../domain/command/words/dictionary.ts';
import { heading, strong, text, view } from './parts.ts';
import type { Translate } from './text.ts';
import type { Block, RichText, View } from './view.ts';

/** As the table of permissions has it; a command with parts for several stands with those who may use the first of them. */
const GROUPS = {
  team: [
    ...['summary', 'trend', 'themes', 'comments', 'agent', 'account', 'digest'],
    ...['why', 'ask', 'open', 'claim', 'close'],
  ],
  leads: ['settings', 'export', 'pause', 'resume', 'connect'],
  anyone: ['language', 'person', 'optout', 'optin', 'forget', 'help'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export function helpView(t: Translate, { minimumPeople }: { readonly minimumPeople: number }): View {
  const groups = (Object.keys(GROUPS) as (keyof typeof GROUPS)[]).flatMap((group): readonly Block[] => [
    text([strong(t(`help.for.${group}`))]),
    { kind: 'list', items: GROUPS[group].map((word) => line(t, word as CommandWord)) },
  ]);
  return view(
    t,
    t('help.heading'),
    heading(t('help.heading')),
    ...groups,
    text(t('help.order', { periods: '7d, 2026-10, 2026-10-01..2026-10-31, Q3' }), 'muted'),
    text(t('help.privacy', { count: minimumPeople }), 'muted'),
  );
}

function line(t: Translate, word: CommandWord): RichText {
  const own = commandIn(t.locale, word);
  const name = own === word ? '' : ` (${own})`;
  return [strong(`/nps ${USAGE[word]}`), `${name} – ${t(`help.${word}`)}`];
}
