// What somebody typed after `/nps`, answered as a view in their language: read, allowed or refused, and handed to the one who does it.
import type { Id } from '../domain/basics.ts';
import type { CommandKind } from '../domain/command/command.ts';
import { parseCommand } from '../domain/command/grammar.ts';
import { badArgumentView, unknownCommandView } from '../views/command.ts';
import type { View } from '../views/view.ts';
import type { CommandEvent, Handler } from './commands/asked.ts';
import { claim, close, open } from './commands/cases.ts';
import { digestLanguage, digestNow, digestOff, digestWeekly } from './commands/digest.ts';
import { exportAnswers } from './commands/export.ts';
import { account, agent, summary, trend } from './commands/figures.ts';
import { forgetMe, help, language, linkSelf, optIn, optOut } from './commands/own.ts';
import { ask, why } from './commands/people.ts';
import { comments, themes } from './commands/voices.ts';
import { linkPeople, pause, resume } from './commands/workspace.ts';
import { connect } from './connect.ts';
import type { Context } from './context.ts';
import { isAllowed, refusedView, standingOf } from './refused.ts';
import { settingsCommand } from './settings.ts';
import { spokenTo } from './spoken-to.ts';

const HANDLERS: { readonly [K in CommandKind]: Handler<K> } = {
  summary,
  trend,
  themes,
  comments,
  agent,
  account,
  why,
  ask,
  open,
  claim,
  close,
  digest_now: digestNow,
  digest_weekly: digestWeekly,
  digest_off: digestOff,
  digest_language: digestLanguage,
  settings: ({ ctx, workspaceId, event, command, t }) =>
    settingsCommand(ctx, workspaceId, event, command.change, t),
  connect: ({ ctx, workspaceId, event, command, t }) => connect(ctx, workspaceId, event, command.code, t),
  export: exportAnswers,
  pause,
  resume,
  language,
  link_self: linkSelf,
  link_people: linkPeople,
  opt_out: optOut,
  opt_in: optIn,
  forget_me: forgetMe,
  help,
};

export async function runCommand(ctx: Context, workspaceId: Id, event: CommandEvent): Promise<View> {
  const t = await spokenTo(ctx, workspaceId, event.by, event.locale);
  const parsed = parseCommand(event.text, t.locale);
  if (parsed.kind === 'unknown') return unknownCommandView(t, parsed);
  if (parsed.kind === 'bad_argument') return badArgumentView(t, parsed);
  const { command } = parsed;
  const standing = await standingOf(ctx, workspaceId, event.by);
  if (!isAllowed(command, standing)) return refusedView(t, standing);
  const card = await ctx.directory.of(workspaceId);
  // The table has one for each kind, which the compiler cannot follow from a union.
  const handle = HANDLERS[command.kind] as Handler<CommandKind>;
  return await handle({ ctx, workspaceId, card, event, role: standing.role, t, command });
}
