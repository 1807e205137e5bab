// What every command is given: who typed it, where, what they may, and in which language they are answered.
import type { Id } from '../../domain/basics.ts';
import type { Command, CommandKind } from '../../domain/command/command.ts';
import { type Period, resolvePeriod } from '../../domain/command/period.ts';
import type { Role } from '../../domain/command/permission.ts';
import type { InboundEvent } from '../../ports/platform.ts';
import type { Translate } from '../../views/text.ts';
import type { View } from '../../views/view.ts';
import type { Context } from '../context.ts';
import type { WorkspaceCard } from '../directory.ts';

export type CommandEvent = Extract<InboundEvent, { kind: 'command' }>;

interface Around {
  readonly ctx: Context;
  readonly workspaceId: Id;
  readonly card: WorkspaceCard;
  readonly event: CommandEvent;
  readonly role: Role;
  readonly t: Translate;
}

export type Asked<K extends CommandKind = CommandKind> = Around & {
  readonly command: Extract<Command, { kind: K }>;
};

export type Handler<K extends CommandKind> = (asked: Asked<K>) => Promise<View>;

const USUAL: Period = { kind: 'last', amount: 30, unit: 'day' };

/** The period that was asked for, else the usual one, on the workspace's clocks. */
export function spanOf({ ctx, card }: Pick<Asked, 'ctx' | 'card'>, period: Period | null, usual = USUAL) {
  const { zone } = card.workspace;
  return { ...resolvePeriod(period ?? usual, ctx.clock.now(), zone), zone };
}
