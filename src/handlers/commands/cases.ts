// The cases that unhappy answers opened: those that wait, taking one, closing one.
import type { Id } from '../../domain/basics.ts';
import { followUpsView } from '../../views/command.ts';
import { goneView, takenView } from '../../views/replies.ts';
import type { View } from '../../views/view.ts';
import { claim as claimCase, close as closeCase, type Handled, ownerOf } from '../close-loop.ts';
import { alertOf } from '../post-alert.ts';
import type { Asked, Handler } from './asked.ts';

const OPEN_CASES = 1_000;

export const open: Handler<'open'> = async ({ ctx, workspaceId, card, t }) => {
  const cases = await ctx.store.transaction(workspaceId, (tx) => tx.followUps.open(OPEN_CASES));
  const { settings, zone } = card.workspace;
  return followUpsView(t, cases, { showNames: settings.showNames, zone, now: ctx.clock.now() });
};

export const claim: Handler<'claim'> = async (asked) =>
  await onCase(asked, (id) => claimCase(asked.ctx, asked.workspaceId, id, ownerOf(asked.event.by)));

export const close: Handler<'close'> = async (asked) =>
  await onCase(asked, (id) =>
    closeCase(asked.ctx, asked.workspaceId, id, ownerOf(asked.event.by), asked.command.note),
  );

async function onCase(
  { ctx, workspaceId, card, command, t }: Asked<'claim' | 'close'>,
  act: (id: Id) => Promise<Handled>,
): Promise<View> {
  const { number } = command;
  const id = await ctx.store.transaction(workspaceId, (tx) => tx.followUps.findByNumber(number));
  const result = id === null ? null : await act(id);
  if (result === null || result.kind === 'not_found') return goneView(t);
  const { state } = result.dossier.followUp;
  if (result.kind === 'taken') return takenView(t, { number, by: 'by' in state ? state.by : '' });
  return await alertOf(ctx, card, result.dossier);
}
