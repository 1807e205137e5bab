// The commands that the app has registered, globally and in each server.
import { LOCALES } from './check/commands.ts';
import { isObject } from './check/form.ts';
import type { Discord } from './discord.ts';
import { refusal } from './errors.ts';
import type { Json } from './types.ts';

const DAY = 24 * 60 * 60_000;
const MOST = { 1: 100, 2: 15, 3: 15 } as const;

export interface Command {
  readonly id: string;
  readonly guildId: string | null;
  readonly type: 1 | 2 | 3;
  readonly name: string;
  version: string;
  body: Json;
}

type Place = string | null;

export class Commands {
  readonly #discord: Discord;
  readonly #all: Command[] = [];
  readonly #created: { readonly place: Place; readonly at: number }[] = [];

  constructor(discord: Discord) {
    this.#discord = discord;
  }

  of(place: Place): Command[] {
    return this.#all.filter((each) => each.guildId === place);
  }

  find(place: Place, id: string | undefined): Command {
    const command = this.of(place).find((each) => each.id === id);
    if (!command) throw refusal(10063);
    return command;
  }

  /** How many were created today: what counts toward 200. */
  createdToday(place: Place): number {
    const since = this.#discord.clock.now() - DAY;
    return this.#created.filter((each) => each.place === place && each.at > since).length;
  }

  /** Creates, or changes the one of that name. */
  put(place: Place, body: Json): { readonly command: Command; readonly fresh: boolean } {
    const type = (body['type'] ?? 1) as Command['type'];
    const name = String(body['name']);
    const known = this.of(place).find((each) => each.type === type && each.name === name);
    if (known) {
      this.change(known, { ...empty(), ...body });
      return { command: known, fresh: false };
    }
    if (this.of(place).filter((each) => each.type === type).length >= MOST[type]) throw refusal(30032);
    if (this.createdToday(place) >= this.#discord.options.commandCreates) throw refusal(30034);
    this.#created.push({ place, at: this.#discord.clock.now() });
    const { ids } = this.#discord;
    const command = {
      id: ids.next(),
      guildId: place,
      type,
      name,
      version: ids.next(),
      body: { ...empty(), ...body },
    };
    this.#all.push(command);
    return { command, fresh: true };
  }

  change(command: Command, body: Json): void {
    if (JSON.stringify(command.body) !== JSON.stringify(body)) command.version = this.#discord.ids.next();
    command.body = body;
  }

  remove(command: Command): void {
    this.#all.splice(this.#all.indexOf(command), 1);
  }

  /** All of a place at once; what is not among them is gone. */
  replace(place: Place, bodies: readonly Json[]): Command[] {
    const kept = bodies.map((each) => this.put(place, each).command);
    for (const each of this.of(place)) if (!kept.includes(each)) this.remove(each);
    return kept;
  }

  shape(command: Command, withLocalizations: boolean): Json {
    const { body } = command;
    const shown = withLocalizations ? body : (stripped(body) as Json);
    return {
      ...shown,
      id: command.id,
      application_id: this.#discord.applicationId,
      version: command.version,
      type: command.type,
      ...(command.guildId ? { guild_id: command.guildId } : {}),
      default_member_permissions:
        body['default_member_permissions'] === null ? null : String(body['default_member_permissions']),
    };
  }
}

const empty = (): Json => ({
  description: '',
  default_member_permissions: null,
  nsfw: false,
  name_localizations: null,
  description_localizations: null,
  contexts: null,
  integration_types: [0],
});

function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.endsWith('_localizations'))
      .map(([name, each]) => [name, stripped(each)]),
  );
}

/** A text as somebody with this language sees it. */
export function localized(body: Json, field: 'name' | 'description', locale: string): string {
  const texts = body[`${field}_localizations`];
  const known = isObject(texts) && LOCALES.includes(locale) ? texts[locale] : undefined;
  return String(known ?? body[field]);
}
