// What the page sends → what happened. Parsed once here; whatever is not well-formed is null.
import { z } from 'zod';
import { decodeAction } from '../../src/domain/command/action.ts';
import type { Place, Profile } from '../../src/domain/trigger/interaction.ts';
import type { Actor, InboundEvent } from '../../src/ports/platform.ts';
import { PAGE_LANGUAGES } from './page-texts.ts';

export const INSTALLATION = 'local';
export const TEAM_CHANNEL = 'team';

/** Who plays the team's side. */
export const AGENT = 'Sam';

/** Names of people and conversations: anything that an outside id may be, without control characters and half characters. */
const name = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,255}$/u);
/** As long as the longest message of any platform, and then some. */
const text = z.string().min(1).max(50_000);
const locale = z.enum(PAGE_LANGUAGES);
/** The page's own number of what it sends: the same again is the same act. */
const key = z.uuid();

export const addressSchema = z.object({ conversation: name, person: name });
export const messageSchema = z.object({ conversation: name, person: name, locale, text, key });
export const closeSchema = z.object({ conversation: name, person: name, locale, atOnce: z.boolean(), key });
export const actionSchema = z.object({
  action: z.string().max(100),
  message: z.uuid(),
  /** Who presses: the customer of a conversation, or (null) the team. */
  person: name.nullable(),
  locale,
  values: z.record(z.string(), z.string().max(50_000)).nullable(),
});
export const commandSchema = z.object({ text, locale, key });

type Locale = z.output<typeof locale>;

function customer(person: string, profile: Profile): Actor {
  return {
    identity: { platform: 'web', installation: INSTALLATION, externalId: person },
    profile: { ...profile, name: person },
  };
}

function team(locale: Locale): Actor {
  return {
    identity: { platform: 'web', installation: INSTALLATION, externalId: 'team' },
    profile: { isTeam: true, name: AGENT, locale },
  };
}

export function closed(input: z.output<typeof closeSchema>, now: number): InboundEvent {
  const by = customer(input.person, { locale: input.locale });
  return {
    // The same press again is the same interaction, which is asked about once.
    eventId: null,
    kind: 'interaction_closed',
    receivedAt: now,
    triggeredBy: team(input.locale),
    interaction: {
      source: 'web',
      // The page may be closed and opened again any number of times: each end is an interaction of its own.
      externalId: input.key,
      place: { platform: 'web', installation: INSTALLATION, channel: null, thread: input.conversation },
      person: by.identity,
      profile: by.profile,
      customer: null,
      agent: AGENT,
      account: null,
      subject: null,
      locale: input.locale,
      closedAt: now,
      closedBy: 'person',
      survey: null,
      explicit: false,
      ...(input.atOnce ? { delay: 0 } : {}),
    },
  };
}

/** A line of the customer; `/nps …` is a command wherever it is typed. */
export function said(input: z.output<typeof messageSchema>, now: number): InboundEvent {
  const by = customer(input.person, { locale: input.locale });
  const place: Place = {
    platform: 'web',
    installation: INSTALLATION,
    channel: null,
    thread: input.conversation,
  };
  const head = { eventId: `say-${input.key}`, receivedAt: now, place, by };
  const command = commandIn(input.text);
  return command === null
    ? { ...head, kind: 'message', text: input.text }
    : { ...head, kind: 'command', text: command, locale: input.locale };
}

export function commanded(input: z.output<typeof commandSchema>, now: number): InboundEvent {
  return {
    eventId: `command-${input.key}`,
    kind: 'command',
    receivedAt: now,
    place: { platform: 'web', installation: INSTALLATION, channel: TEAM_CHANNEL, thread: null },
    by: team(input.locale),
    text: commandIn(input.text) ?? input.text,
    locale: input.locale,
  };
}

export function pressed(input: z.output<typeof actionSchema>, now: number): InboundEvent | null {
  const action = decodeAction(input.action);
  if (!action) return null;
  const by = input.person === null ? team(input.locale) : customer(input.person, { locale: input.locale });
  return { eventId: null, kind: 'action', receivedAt: now, action, by, values: input.values };
}

/** What follows `/nps`; null for any other text. */
function commandIn(text: string): string | null {
  const found = /^\s*\/nps(?:\s+|$)([\s\S]*)$/i.exec(text);
  return found ? found[1]!.trim() : null;
}
