// What somebody chose in the form of settings or typed after `/nps settings`, read strictly: all of it, or the first field that is not right.
import { type ClockMinutes, parseClock, type Weekday, zoneNamed } from '../domain/calendar.ts';
import type { SettingName } from '../domain/command/command.ts';
import {
  DEFAULT_SETTINGS,
  type WorkspaceSettings,
  workspaceSettingsSchema,
} from '../domain/survey/settings.ts';
import type { Where } from '../ports/platform.ts';
import type { Workspace } from '../ports/store/administration.ts';
import { isAt } from './digest-schedules.ts';

/** What is left out stays as it is; null: none. */
export interface Wish {
  readonly team?: string | null;
  readonly leads?: string | null;
  readonly alerts?: string | null;
  readonly zone?: string;
  readonly reaction?: string;
  readonly digest?: {
    readonly channel: string | null;
    readonly weekday: Weekday | null;
    readonly time: ClockMinutes | null;
  };
}

/** A field that is not right: its name and what was typed. */
export interface SettingProblem {
  readonly name: SettingName | 'digest' | 'weekday' | 'time';
  readonly value: string;
}

/** An id as a platform gives it. A name is not one: what is mentioned or picked comes as its id. */
const REFERENCE = /^[\w-]{1,64}$/u;

/** What was typed for one setting; null: it was taken back. */
export function readSetting(name: SettingName, value: string | null): Wish | SettingProblem {
  if (value !== null) return readSettings({ [name]: value.trim() || '?' });
  if (name === 'zone') return { name, value: '' };
  return { [name]: name === 'reaction' ? DEFAULT_SETTINGS.reaction : null };
}

/** The form. A line that was emptied stays as it was; a pick that was taken back is none. */
export function readSettings(values: Readonly<Record<string, string>>): Wish | SettingProblem {
  const wish: { -readonly [K in keyof Wish]: Wish[K] } = {};
  const given = (name: string) => values[name]?.trim();
  for (const name of ['team', 'leads', 'alerts'] as const) {
    const value = given(name);
    if (value === undefined) continue;
    if (value !== '' && !REFERENCE.test(value)) return { name, value };
    wish[name] = value || null;
  }
  const zone = given('zone');
  if (zone) {
    const named = zoneNamed(zone);
    if (named === null) return { name: 'zone', value: zone };
    wish.zone = named;
  }
  const reaction = given('reaction');
  if (reaction) {
    const parsed = workspaceSettingsSchema.shape.reaction.safeParse(reaction.replace(/^:|:$/gu, ''));
    if (!parsed.success) return { name: 'reaction', value: reaction };
    wish.reaction = parsed.data;
  }
  const time = given('time');
  const clock = time ? parseClock(time) : null;
  if (time && clock === null) return { name: 'time', value: time };
  const day = given('weekday');
  if (day && !/^[1-7]$/u.test(day)) return { name: 'weekday', value: day };
  const channel = given('digest');
  if (channel === undefined) return wish;
  if (channel !== '' && !REFERENCE.test(channel)) return { name: 'digest', value: channel };
  wish.digest = { channel: channel || null, weekday: day ? (Number(day) as Weekday) : null, time: clock };
  return wish;
}

/** The workspace as it is wished, by an installation of it. */
export function changed(
  { locale, zone, settings }: Workspace,
  { platform, installation }: Where,
  wish: Wish,
): Pick<Workspace, 'locale' | 'zone' | 'settings'> {
  const at = { platform, installation };
  const next: WorkspaceSettings = {
    ...settings,
    ...(wish.reaction === undefined ? {} : { reaction: wish.reaction }),
    ...(wish.team === undefined ? {} : { teams: named(settings.teams, at, wish.team) }),
    ...(wish.leads === undefined ? {} : { leads: named(settings.leads, at, wish.leads) }),
    ...(wish.alerts === undefined
      ? {}
      : { alerts: wish.alerts === null ? null : { ...at, channel: wish.alerts } }),
  };
  return { locale, zone: wish.zone ?? zone, settings: next };
}

/** Each installation has one of its own. */
function named(all: WorkspaceSettings['teams'], at: Where, ref: string | null): WorkspaceSettings['teams'] {
  return [...all.filter((one) => !isAt(one, at)), ...(ref === null ? [] : [{ ...at, ref }])];
}
