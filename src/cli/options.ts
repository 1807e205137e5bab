// Options that many commands share, read the same way everywhere. A value that cannot be read is wrong use.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Instant, Locale, ZoneName } from '../domain/basics.ts';
import { zoneNamed } from '../domain/calendar.ts';
import { isLocale } from '../domain/locale.ts';
import { SURVEY_KINDS } from '../domain/survey/kind.ts';
import { MOMENT_FORMS, momentReader } from '../domain/timestamp.ts';
import { UsageError } from './errors.ts';
import { shown } from './words.ts';

export interface WorkspaceOption {
  readonly workspace?: string;
}

export interface JsonOption {
  readonly json?: boolean;
}

export function withWorkspaceOption(command: Command): Command {
  return command.option(
    '--workspace <name>',
    'which workspace, by name or id (default: the only one, or "default")',
  );
}

export function withJsonOption(command: Command): Command {
  return command.option('--json', 'print JSON');
}

export function zoneOption(whatFor: string): Option {
  return new Option('--timezone <zone>', whatFor).argParser(readZone);
}

export function surveyOption(description: string): Option {
  return new Option('--survey <kind>', description).choices(SURVEY_KINDS);
}

export function localeOption(description: string): Option {
  return new Option('--locale <tag>', description).argParser(readLocale);
}

/** Throws `UsageError`, naming the value and the remedy. */
export function readLocale(value: unknown): Locale {
  // `klingon` is well-formed as well, but every language has a code of two or three letters.
  if (typeof value === 'string' && isLocale(value) && new Intl.Locale(value).language.length <= 3)
    return value;
  throw new UsageError(`${shown(value)} is no language tag`, 'write one such as en or zh-CN');
}

/** `--from` or `--to`, read later: what a date means hangs on the zone. */
export function readTime(flag: string, text: string | undefined, zone: ZoneName): Instant | null {
  if (text === undefined) return null;
  const moment = momentReader(zone)(text);
  if (moment === null)
    throw new UsageError(`${flag} ${JSON.stringify(text)} is no date and no time`, `write ${MOMENT_FORMS}`);
  return moment;
}

function readZone(text: string): ZoneName {
  const zone = zoneNamed(text);
  if (zone === null)
    throw new InvalidArgumentError('It must be the name of a time zone, such as Europe/Berlin.');
  return zone;
}

export function readWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
