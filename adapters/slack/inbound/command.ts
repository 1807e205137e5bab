// `/nps …` as Slack hands it over. Mentions stay as they are written there: the grammar reads them.
import { z } from 'zod';
import type { Profile } from '../../../src/domain/trigger/interaction.ts';
import type { InboundEvent } from '../../../src/ports/platform.ts';
import { actor, type Context, place } from './context.ts';
import { id, isDirect, maybe, text } from './fields.ts';

const payload = z.object({
  command: z.string().regex(/^\/\S{1,80}$/u),
  text: maybe(text),
  user_id: id,
  channel_id: id,
  trigger_id: maybe(text),
  response_url: maybe(text),
});

export interface SlashCommand {
  readonly text: string;
  readonly user: string;
  readonly channel: string;
  /** A command has no id of its delivery, but its trigger is used by no other. */
  readonly trigger: string | null;
  readonly responseUrl: string | null;
}

export function readCommand(body: unknown): SlashCommand | null {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return null;
  const { data } = parsed;
  return {
    text: data.text ?? '',
    user: data.user_id,
    channel: data.channel_id,
    trigger: data.trigger_id?.slice(0, 255) || null,
    responseUrl: data.response_url ?? null,
  };
}

export function commanded(command: SlashCommand, profile: Profile, context: Context): InboundEvent {
  return {
    kind: 'command',
    eventId: command.trigger,
    receivedAt: context.receivedAt,
    // A direct conversation is no channel that anything could be sent to for others.
    place: place(context, isDirect(command.channel) ? null : command.channel, null),
    by: actor(context, command.user, profile),
    text: command.text,
    locale: profile.locale ?? null,
  };
}
