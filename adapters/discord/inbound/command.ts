// `/nps` with its subcommands and options → the text that the one grammar reads, on this platform as on any other.
import { z } from 'zod';
import type { Profile } from '../../../src/domain/trigger/interaction.ts';
import type { InboundEvent } from '../../../src/ports/platform.ts';
import { actor, type Context, place } from './context.ts';
import { maybe, text } from './fields.ts';
import type { Spot } from './interaction.ts';

const SUBCOMMAND = 1;
const GROUP = 2;
const USER = 6;
const CHANNEL = 7;
const ROLE = 8;
const MENTIONABLE = 9;

const value = z.union([z.string(), z.number(), z.boolean()]);

interface Option {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean | null | undefined;
  readonly focused?: boolean | null | undefined;
  readonly options?: readonly Option[] | null | undefined;
}

const option: z.ZodType<Option> = z.lazy(() =>
  z.object({
    name: text,
    type: z.number(),
    value: maybe(value),
    focused: maybe(z.boolean()),
    options: maybe(z.array(option)),
  }),
);

const payload = z.object({
  name: text,
  options: maybe(z.array(option)),
  resolved: maybe(z.object({ roles: maybe(z.record(text, z.unknown())) })),
});

/** People fill options in in any order; the grammar reads them in this one. */
const ORDER = [
  ...['when', 'setting', 'person', 'member', 'company', 'customer', 'name', 'other', 'case', 'number'],
  ...[
    'of',
    'language',
    'sentiment',
    'theme',
    'period',
    'day',
    'weekday',
    'time',
    'zone',
    'survey',
    'code',
    'value',
    'note',
  ],
];

/** `ask <@123> ces`; null for a command that is none of ours. */
export function readCommand(data: unknown): string | null {
  const parsed = payload.safeParse(data);
  if (!parsed.success || parsed.data.name !== 'nps') return null;
  const roles = parsed.data.resolved?.roles ?? {};
  const said = words(parsed.data.options ?? [], (id) => Object.hasOwn(roles, id));
  // A day or a time says that it is to come every week.
  const [first, next] = said;
  const weekly = first === 'digest' && next !== undefined && !/^(?:now|weekly|off)$/u.test(next);
  return (weekly ? ['digest', 'weekly', ...said.slice(1)] : said).join(' ');
}

/** The option that is being typed, with the subcommand that it belongs to. */
export function readCompletion(
  data: unknown,
): { readonly path: string; readonly name: string; readonly typed: string } | null {
  const parsed = payload.safeParse(data);
  if (!parsed.success) return null;
  const path: string[] = [];
  let options = parsed.data.options ?? [];
  for (let inner = nested(options); inner; inner = nested(options)) {
    path.push(inner.name);
    options = [...(inner.options ?? [])];
  }
  const focused = options.find((one) => one.focused === true);
  return focused ? { path: path.join(' '), name: focused.name, typed: String(focused.value ?? '') } : null;
}

export function commanded(
  interaction: string,
  typed: string,
  user: string,
  profile: Profile,
  spot: Spot,
  context: Context,
): InboundEvent {
  return {
    kind: 'command',
    eventId: interaction,
    receivedAt: context.receivedAt,
    place: place(context, spot.channel, spot.thread),
    by: actor(context, user, profile),
    text: typed,
    locale: profile.locale ?? null,
  };
}

function words(options: readonly Option[], isRole: (id: string) => boolean): readonly string[] {
  const inner = nested(options);
  if (inner) return [inner.name, ...words(inner.options ?? [], isRole)];
  return [...options]
    .sort((a, b) => rank(a) - rank(b))
    .map((one) => wordOf(one, isRole))
    .filter((word) => word !== '');
}

function nested(options: readonly Option[]): Option | undefined {
  return options.find(({ type }) => type === SUBCOMMAND || type === GROUP);
}

function rank({ name }: Option): number {
  const at = ORDER.indexOf(name);
  return at < 0 ? ORDER.length : at;
}

function wordOf({ type, value }: Option, isRole: (id: string) => boolean): string {
  const given = String(value ?? '').trim();
  if (given === '') return '';
  if (type === USER) return `<@${given}>`;
  if (type === CHANNEL) return `<#${given}>`;
  if (type === ROLE) return `<@&${given}>`;
  if (type === MENTIONABLE) return isRole(given) ? `<@&${given}>` : `<@${given}>`;
  return given;
}
