// What leads decide for the workspace besides its settings: that nobody is asked for a while, and that somebody is one person with somebody else.
import { personAmbiguousView, personUnknownView } from '../../views/command.ts';
import { pausedView, peopleLinkedView } from '../../views/personal.ts';
import type { View } from '../../views/view.ts';
import { trail } from '../audit.ts';
import type { Asked, Handler } from './asked.ts';
import { findPerson } from './find-person.ts';

export const pause: Handler<'pause'> = async (asked) => await setPaused(asked, true);
export const resume: Handler<'resume'> = async (asked) => await setPaused(asked, false);

async function setPaused(asked: Asked, paused: boolean): Promise<View> {
  const { ctx, workspaceId, event, t } = asked;
  let before = paused;
  await ctx.store.admin.changeWorkspace(workspaceId, (workspace) => {
    before = workspace.settings.paused;
    return { ...workspace, settings: { ...workspace.settings, paused } };
  });
  ctx.directory.forget(workspaceId);
  if (before !== paused)
    await trail(ctx, workspaceId, event.by.identity, paused ? 'pause' : 'resume', 'workspace', {
      changed: { paused: [before, paused] },
    });
  return pausedView(t, { paused });
}

export const linkPeople: Handler<'link_people'> = async (asked) => {
  const { ctx, workspaceId, event, command, t } = asked;
  const into = await findPerson(asked, command.into);
  const from = await findPerson(asked, command.from);
  for (const [person, found] of [
    [command.into, into],
    [command.from, from],
  ] as const) {
    if (found === null) return personUnknownView(t, { person });
    if (found === 'several') return personAmbiguousView(t, { person });
  }
  if (into === null || from === null || into === 'several' || from === 'several')
    return personUnknownView(t, { person: command.into });
  if (into.id !== from.id) {
    await ctx.store.archive.link(workspaceId, into.id, from.id, ctx.clock.now());
    await trail(ctx, workspaceId, event.by.identity, 'person.link', into.id, { from: from.id });
  }
  return peopleLinkedView(t, { into: command.into, from: command.from });
};
