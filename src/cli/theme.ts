// `afterword theme`: by which words of its own a workspace knows a theme, and which themes are its own.
import type { Command } from 'commander';
import { THEMES } from '../domain/classification/classification.ts';
import { isKnownTheme, type WordsByTheme } from '../domain/classification/vocabulary.ts';
import { themeName, themeWord, workspaceSettingsSchema } from '../domain/survey/settings.ts';
import type { Act } from './act.ts';
import { EXIT, UsageError } from './errors.ts';
import { type Io, tell, write, writeJson } from './io.ts';
import { type JsonOption, type WorkspaceOption, withJsonOption, withWorkspaceOption } from './options.ts';
import { audit, type InWorkspace, withWorkspace } from './session.ts';

interface ThemeOptions extends WorkspaceOption, JsonOption {}

const HELP = `
Answers that hold such a word, whole and in any case, are about that theme. A theme that is none of ${THEMES.join(', ')}
is your own. What is read from now on knows them; afterword reclassify has stored answers read again.

Examples:
  $ afterword theme add speed "loading bar" spinner
  $ afterword theme add "Kiosk app" kiosk terminal
  $ afterword theme remove "Kiosk app"
  $ afterword theme list
`;

export function themeCommands(program: Command, act: Act): void {
  const theme = program
    .command('theme')
    .summary("a workspace's own words for what answers are about")
    .description('Shows and changes by which words of its own a workspace knows a theme.')
    .addHelpText('after', HELP);
  const list = theme.command('list').description('Shows them.').addHelpText('after', HELP);
  withWorkspaceOption(withJsonOption(list)).action(act(listThemes));
  const add = theme
    .command('add')
    .description('Adds words to a theme.')
    .argument('<theme>', 'one that there is, or the name of your own')
    .argument('<words...>', 'words, each in quotes where it is several')
    .addHelpText('after', HELP);
  withWorkspaceOption(withJsonOption(add)).action(act(addWords));
  const remove = theme
    .command('remove')
    .description('Takes words from a theme, or all of its words.')
    .argument('<theme>', 'the theme')
    .argument('[words...]', 'left out: all')
    .addHelpText('after', HELP);
  withWorkspaceOption(withJsonOption(remove)).action(act(removeWords));
}

async function listThemes(io: Io, options: ThemeOptions): Promise<number> {
  return await withWorkspace(io, options.workspace, async (at) => {
    await show(io, options, at.card.workspace.settings.themes);
    return EXIT.good;
  });
}

async function addWords(io: Io, options: ThemeOptions, theme: string, ...given: string[]): Promise<number> {
  const words = given.flat();
  return await change(io, options, 'theme.add', theme, words, (before) => [...before, ...words]);
}

async function removeWords(
  io: Io,
  options: ThemeOptions,
  theme: string,
  ...given: string[]
): Promise<number> {
  const words = given.flat();
  return await change(io, options, 'theme.remove', theme, words, (before) =>
    words.length === 0 ? [] : before.filter((word) => !words.some((one) => same(one, word))),
  );
}

async function change(
  io: Io,
  options: ThemeOptions,
  action: string,
  given: string,
  words: readonly string[],
  next: (before: readonly string[]) => readonly string[],
): Promise<number> {
  for (const word of words) if (!themeWord.safeParse(word).success) throw notOne('word', word, 60);
  if (!themeName.safeParse(given).success) throw notOne('name of a theme', given, 40);
  return await withWorkspace(io, options.workspace, async (at: InWorkspace) => {
    const { ctx } = at.runtime;
    let theme = given;
    await ctx.store.admin.changeWorkspace(at.workspaceId, (workspace) => {
      const { themes } = workspace.settings;
      theme = [...THEMES, ...Object.keys(themes)].find((one) => same(one, given)) ?? given;
      const after = next(Object.hasOwn(themes, theme) ? themes[theme]! : []);
      const unique = after.filter((word, i) => after.findIndex((one) => same(one, word)) === i);
      const all = { ...themes, [theme]: unique };
      if (unique.length === 0) delete all[theme];
      const settings = workspaceSettingsSchema.safeParse({ ...workspace.settings, themes: all });
      if (!settings.success)
        throw new UsageError('these are too many', 'at most 100 words a theme, and 50 themes of your own');
      return { ...workspace, settings: settings.data };
    });
    ctx.directory.forget(at.workspaceId);
    await audit(at, action, theme, { words });
    const { workspace } = await ctx.directory.of(at.workspaceId);
    await show(io, options, workspace.settings.themes);
    tell(io, 'stored answers are read again by: afterword reclassify');
    return EXIT.good;
  });
}

function same(one: string, other: string): boolean {
  return one.normalize('NFKC').toLowerCase() === other.normalize('NFKC').toLowerCase();
}

function notOne(what: string, text: string, most: number): UsageError {
  return new UsageError(
    `${JSON.stringify(text)} can be no ${what}`,
    `write one line of at most ${most} characters, with a letter in it${what === 'word' ? '' : ', without , and :'}`,
  );
}

async function show(io: Io, { json }: ThemeOptions, themes: WordsByTheme): Promise<void> {
  const sorted = Object.entries(themes).sort(([a], [b]) => (a < b ? -1 : 1));
  const all = sorted.map(([theme, words]) => ({ theme, own: !isKnownTheme(theme), words }));
  if (json) return await writeJson(io, { themes: all });
  const lines = all.map(
    ({ theme, own, words }) => `${theme}${own ? ' (your own)' : ''}: ${words.join(', ')}\n`,
  );
  await write(io, lines.join('') || 'no words of your own\n');
}
