// Reads what was typed after `/nps`, in English or Chinese, however it is spelt: upper case, full width, with or without spaces. Any text has a
// reading, in time linear in its length.

import { type ClockMinutes, parseClock, type Weekday, zoneNamed } from '../calendar.ts';
import type { SurveyKind } from '../survey/kind.ts';
import {
  type Command,
  type CommandKind,
  type CommandPeriod,
  type ParsedCommand,
  PERIODS,
  SETTING_NAMES,
} from './command.ts';
import {
  commandAtStartOf,
  commandNamed,
  DIGEST_WORDS,
  type NamedCommand,
  nearestCommand,
  OFF_WORDS,
  periodNamed,
  settingNamed,
  surveyNamed,
  WEEKLY_WORDS,
  weekdayNamed,
} from './words.ts';

/** Nobody types more; the rest is not looked at. */
const LONGEST = 10_000;

/** The greatest number that a case can have: what a database's integer holds. */
const GREATEST_NUMBER = 2_147_483_647;

/** Longer arguments are shortened where they are shown again. */
const LONGEST_SHOWN = 60;

const SURVEYS = 'nps|ces|csat';
const USAGE: Readonly<Record<CommandKind, string>> = {
  summary: `summary [${PERIODS.join('|')}] [${SURVEYS}]`,
  help: 'help',
  why: 'why @person',
  ask: `ask @person [${SURVEYS}]`,
  digest_now: 'digest [now | weekly monday 9:00 Europe/Berlin | off]',
  digest_weekly: 'digest weekly monday 9:00 Europe/Berlin',
  digest_off: 'digest off',
  settings: `settings [${SETTING_NAMES.join('|')}] [value]`,
  connect: 'connect [CODE]',
  open: 'open',
  claim: 'claim 12',
  close: 'close 12 note',
  opt_out: 'optout',
  opt_in: 'optin',
};

/** Reads one command. Never throws. */
export function parseCommand(text: string): ParsedCommand {
  const typed = clean(text).replace(/^\/nps(?=\s|$)\s*/iu, '');
  if (typed === '') return command({ kind: 'summary', period: '30d', survey: null });
  const [first, rest] = split(typed);
  const word = fold(first);

  if ((word === 'opt' || word === '-opt') && /^(out|in)$/u.test(fold(rest))) {
    return command({ kind: fold(rest) === 'out' ? 'opt_out' : 'opt_in' });
  }
  const named = commandNamed(word.replace(/^[-/]+(?=.)/u, ''));
  if (named !== null) return withArguments(named, rest);
  // `90d ces`: a summary whose name was left out.
  if (periodNamed(word) !== null || surveyNamed(word) !== null || /^(?:last|past|\d{1,5}\p{L})/u.test(word)) {
    return summary(typed);
  }
  // Folding leaves Han alone, so that a length in the folded word is one in the typed word.
  const glued = commandAtStartOf(word);
  if (glued !== null) return withArguments(glued.kind, `${first.slice(glued.length)} ${rest}`.trim());
  return { kind: 'unknown', word: shorten(first), suggestion: nearestCommand(word) };
}

function withArguments(kind: NamedCommand, rest: string): ParsedCommand {
  switch (kind) {
    case 'help':
    case 'open':
    case 'opt_out':
    case 'opt_in':
      return command({ kind });
    case 'summary':
      return summary(rest);
    case 'digest_now':
      return digest(rest);
    case 'settings':
      return settings(rest);
    case 'connect': {
      const code = fold(rest)
        .toUpperCase()
        .replace(/[\s-]+/gu, '');
      return /^[A-Z0-9]{0,40}$/u.test(code) ? command({ kind, code: code || null }) : bad(kind, rest);
    }
    case 'why': {
      const person = personIn(rest);
      return person === '' ? bad(kind, rest) : command({ kind, person });
    }
    case 'ask':
      return ask(rest);
    case 'claim':
    case 'close':
      return onCase(kind, rest);
  }
}

/** A period and a kind of survey, in any order, each at most once. */
function summary(rest: string): ParsedCommand {
  let period: CommandPeriod | null = null;
  let survey: SurveyKind | null = null;
  for (const raw of rest.split(/\s+/u).slice(0, 8)) {
    const word = fold(raw);
    // "last month", "the past 90d": the number of days is what counts.
    if (word === '' || word === 'last' || word === 'past' || word === 'this' || word === 'the') continue;
    const asPeriod = periodNamed(word);
    const asSurvey = surveyNamed(word);
    if (asPeriod !== null && period === null) period = asPeriod;
    else if (asSurvey !== null && survey === null) survey = asSurvey;
    else return bad('summary', raw);
  }
  return command({ kind: 'summary', period: period ?? '30d', survey });
}

function ask(rest: string): ParsedCommand {
  const last = rest.split(/\s+/u).at(-1) ?? '';
  const survey = surveyNamed(fold(last));
  const who = survey === null ? rest : rest.slice(0, -last.length);
  const person = personIn(who);
  return person === '' ? bad('ask', rest) : command({ kind: 'ask', person, survey });
}

/** `now`, `off`, or `weekly` with a day, a time and perhaps a zone, in any order. */
function digest(rest: string): ParsedCommand {
  const [first = '', ...others] = rest.split(/\s+/u).slice(0, 8);
  const word = fold(first);
  if (word === '' || DIGEST_WORDS.has(fold(rest))) return command({ kind: 'digest_now' });
  if (OFF_WORDS.has(word) && others.length === 0) return command({ kind: 'digest_off' });
  const weekly = WEEKLY_WORDS.has(word);
  if (!weekly && weekdayNamed(word) === null) return bad('digest_now', rest);
  let weekday: Weekday | null = null;
  let time: ClockMinutes | null = null;
  let zone: string | null = null;
  for (const raw of weekly ? others : [first, ...others]) {
    const typed = fold(raw).replace(/,$/u, '');
    if (typed === 'at' || typed === 'on' || typed === '') continue;
    const day = weekdayNamed(typed);
    const clock = parseClock(
      /^\d{1,2}$/u.test(typed) ? `${typed}:00` : typed.replace(/[.点]/u, ':').replace(/:$/u, ':00'),
    );
    if (day !== null && weekday === null) weekday = day;
    else if (clock !== null && time === null) time = clock;
    else if (zone === null && zoneNamed(raw) !== null) zone = zoneNamed(raw);
    else return bad('digest_weekly', raw);
  }
  return command({ kind: 'digest_weekly', weekday: weekday ?? 1, time: time ?? 9 * 60, zone });
}

function settings(rest: string): ParsedCommand {
  if (rest === '') return command({ kind: 'settings', change: null });
  const [first, after] = split(rest);
  const name = settingNamed(fold(first));
  if (name === null || after === '') return bad('settings', rest);
  const value = OFF_WORDS.has(fold(after))
    ? null
    : (name === 'zone' && zoneNamed(after)) || referenceIn(after);
  return command({ kind: 'settings', change: { name, value } });
}

/** A mention of a channel, a group or a role as its id; an emoji by its name; anything else as it is: `<#C1|general>`, `<!subteam^S1|@support>`, `:tada:`. */
function referenceIn(typed: string): string {
  const mention = /^<(?:#|!subteam\^|@&|@!?)([^<>|\s]{1,200})(?:\|[^<>]{0,200})?>$/u.exec(typed);
  const emoji = /^:([a-z0-9_+'-]{1,100}):(?::skin-tone-\d:)?$/iu.exec(typed)?.[1]?.toLowerCase();
  return (mention?.[1] ?? emoji ?? typed.slice(0, 200)).replace(/\p{Cs}/gu, '');
}

function onCase(kind: 'claim' | 'close', rest: string): ParsedCommand {
  const [, digits, tail = ''] = /^[#＃]?([0-9０-９]{1,10})(?![0-9０-９A-Za-z])号?(.*)$/su.exec(rest) ?? [];
  const number = digits === undefined ? Number.NaN : Number(fold(digits));
  if (!(number >= 1 && number <= GREATEST_NUMBER)) return bad(kind, split(rest)[0]);
  const after = tail.replace(/^[\s:：,，、–—]+/u, '').trim();
  if (kind === 'claim') return after === '' ? command({ kind, number }) : bad(kind, after);
  return after === '' ? bad(kind, '') : command({ kind, number, note: after });
}

/** A mention as its id, anything else as it is: `<@U123|ann>` and `<@!123>` → the id, `@ann` → `ann`. */
function personIn(rest: string): string {
  const typed = rest.trim();
  const mention = /^<@!?([^<>|\s]{1,200})(?:\|[^<>]{0,200})?>/u.exec(typed);
  if (mention) return mention[1]!;
  return typed
    .replace(/^[@＠]+\s*/u, '')
    .slice(0, 200)
    .replace(/\p{Cs}/gu, '')
    .trim();
}

/** Without what nobody sees: control characters, half characters, marks of no width. */
function clean(text: string): string {
  return text
    .slice(0, LONGEST)
    .replace(/[\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, '')
    .replace(/[^\P{Cc}\s]|\p{Cs}/gu, ' ')
    .trim();
}

function split(typed: string): readonly [first: string, rest: string] {
  const space = typed.search(/\s/u);
  return space < 0 ? [typed, ''] : [typed.slice(0, space), typed.slice(space).trim()];
}

/** Upper and lower case, full and half width are one. */
function fold(word: string): string {
  return word.normalize('NFKC').toLowerCase().trim();
}

function command(parsed: Command): ParsedCommand {
  return { kind: 'command', command: parsed };
}

function bad(kind: CommandKind, value: string): ParsedCommand {
  const expected = USAGE[kind];
  return { kind: 'bad_argument', command: expected.split(' ')[0]!, value: shorten(value), expected };
}

function shorten(value: string): string {
  const letters = Array.from(value.slice(0, LONGEST_SHOWN * 2));
  return letters.length <= LONGEST_SHOWN ? letters.join('') : `${letters.slice(0, LONGEST_SHOWN).join('')}…`;
}
