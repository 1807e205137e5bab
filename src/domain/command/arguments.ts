// What stands behind each command word, read by the rules of that command.
import type { ClockMinutes, Weekday } from '../calendar.ts';
import { zoneNamed } from '../calendar.ts';
import type { Command, CommandWord, Language, ParsedCommand } from './command.ts';
import { fold } from './fold.ts';
import { lex, type Piece } from './lex.ts';
import { bad, type Given, nothing, parsed } from './outcome.ts';
import { isMark, readSlots, type SlotName } from './slots.ts';
import { personIn, referenceIn, subjectIn } from './subject.ts';
import { languageNamed } from './words/languages.ts';

/** The greatest number that a case can have: what a database's integer holds. */
const GREATEST_NUMBER = 2_147_483_647;

const FIGURES: ReadonlySet<SlotName> = new Set(['period', 'survey']);
const COMMENTS: ReadonlySet<SlotName> = new Set(['period', 'survey', 'sentiment', 'theme']);
const SURVEY: ReadonlySet<SlotName> = new Set(['survey']);

type Reader = (given: Given) => ParsedCommand;

export const READERS: Readonly<Record<CommandWord, Reader>> = {
  summary: (given) => figures(given, 'summary'),
  trend: (given) => figures(given, 'trend'),
  themes: (given) => figures(given, 'themes'),
  export: (given) => figures(given, 'export'),
  comments(given) {
    const read = readSlots(given.pieces, COMMENTS);
    if (read.kind === 'bad') return bad(given, 'comments', read.piece);
    return parsed({ kind: 'comments', ...read.slots });
  },
  ask(given) {
    const { subject, slots } = subjectIn(given, SURVEY);
    const person = personIn(subject);
    return person === ''
      ? bad(given, 'ask', subject || given.rest)
      : parsed({ kind: 'ask', person, survey: slots.survey });
  },
  why(given) {
    const person = personIn(mentionIn(given) ?? given.rest);
    return person === '' ? bad(given, 'why', '') : parsed({ kind: 'why', person });
  },
  agent(given) {
    const { subject, slots } = subjectIn(given, FIGURES);
    const person = personIn(subject);
    const { period, survey } = slots;
    return person === '' ? bad(given, 'agent', '') : parsed({ kind: 'agent', person, period, survey });
  },
  account(given) {
    const { subject, slots } = subjectIn(given, FIGURES);
    const name = subject.replace(/^["“”'‘’«»„「『]+|["“”'‘’«»「」『』]+$/gu, '').trim();
    const { period, survey } = slots;
    return name === ''
      ? bad(given, 'account', '')
      : parsed({ kind: 'account', name: name.slice(0, 200).replace(/\p{Cs}/gu, ''), period, survey });
  },
  open: () => parsed({ kind: 'open' }),
  help: () => parsed({ kind: 'help' }),
  claim: (given) => onCase(given, 'claim'),
  close: (given) => onCase(given, 'close'),
  pause: (given) => plain(given, 'pause', { kind: 'pause' }),
  resume: (given) => plain(given, 'resume', { kind: 'resume' }),
  optout: (given) => plain(given, 'optout', { kind: 'opt_out' }),
  optin: (given) => plain(given, 'optin', { kind: 'opt_in' }),
  forget: (given) => plain(given, 'forget', { kind: 'forget_me' }),
  digest,
  settings,
  language,
  person,
  connect(given) {
    const code = codeIn(given.rest);
    return code === null
      ? bad(given, 'connect', given.rest)
      : parsed({ kind: 'connect', code: code || null });
  },
};

function figures(given: Given, kind: 'summary' | 'trend' | 'themes' | 'export'): ParsedCommand {
  // "export csv", "trend chart": said twice is said once.
  const pieces = given.pieces.filter((piece) => piece.meaning?.commands?.includes(kind) !== true);
  const read = readSlots(pieces, FIGURES);
  if (read.kind === 'bad') return bad(given, kind, read.piece);
  const { period, survey } = read.slots;
  return parsed({ kind, period, survey });
}

/** Takes nothing; small words do no harm. */
function plain(given: Given, word: CommandWord, command: Command): ParsedCommand {
  const other = given.pieces.find(
    ({ meaning }) =>
      meaning === null || (meaning.marks === undefined && meaning.commands?.includes(word) !== true),
  );
  return other === undefined ? parsed(command) : bad(given, word, other);
}

const AROUND = ['filler', 'until', 'here', 'channel'] as const;

/** `now`, `off`, or `weekly` with a day, a time and perhaps a zone, in any order. */
function digest(given: Given): ParsedCommand {
  const { pieces, rest } = given;
  const said = pieces.filter((piece) => !isMark(piece, 'filler'));
  if (said.every((piece) => isMark(piece, 'now'))) return parsed({ kind: 'digest_now' });
  if (said.length === 1 && isMark(said[0]!, 'off')) return parsed({ kind: 'digest_off' });
  let weekday: Weekday | null = null;
  let time: ClockMinutes | null = null;
  let zone: string | null = null;
  let isWeekly = false;
  let unfit: Piece | null = null;
  for (const piece of pieces) {
    const { meaning } = piece;
    const clock = piece.time ?? (piece.number !== null && piece.number < 24 ? piece.number * 60 : null);
    const named = meaning === null || !isMark(piece, 'filler') ? zoneNamed(given.said(piece)) : null;
    if (meaning?.weekday !== undefined && weekday === null) weekday = meaning.weekday;
    else if (isMark(piece, 'weekly')) isWeekly = true;
    else if (clock !== null && time === null) time = clock;
    else if (named !== null && zone === null) zone = named;
    else if (!AROUND.some((mark) => isMark(piece, mark))) unfit ??= piece;
  }
  if (!isWeekly && weekday === null) return bad(given, 'digest', rest);
  if (unfit !== null) return bad(given, 'digest', unfit);
  return parsed({ kind: 'digest_weekly', weekday: weekday ?? 1, time: time ?? 9 * 60, zone });
}

function settings(given: Given): ParsedCommand {
  const { rest, pieces } = given;
  if (nothing(given)) return parsed({ kind: 'settings', change: null });
  const [first] = pieces;
  const name = first?.meaning?.setting;
  if (first === undefined || name === undefined) return bad(given, 'settings', rest);
  const after = given.after(first);
  if (after === '') return bad(given, 'settings', rest);
  const [only, ...more] = lex(after, given.dictionary);
  const isOff = only !== undefined && more.length === 0 && isMark(only, 'off');
  const value = isOff ? null : (name === 'zone' && zoneNamed(after)) || referenceIn(after);
  return parsed({ kind: 'settings', change: { name, value } });
}

interface Named extends Pick<Piece, 'word' | 'meaning'> {
  readonly named?: Language;
}

const SMALL = ['filler', 'me', 'until'] as const;

/** One's own, or with `channel` that of this channel's digest. */
function language(given: Given): ParsedCommand {
  let ofChannel = false;
  let locale: Language | null | undefined;
  const pieces = given.rest.split(/\s+/u).flatMap((word): readonly Named[] => {
    // A language's name may be made of words that mean something else: 日本語.
    const whole = languageNamed(fold(word).replace(/[.,;:!?。、]+$/u, ''));
    return whole === null ? lex(word, given.dictionary) : [{ word, meaning: null, named: whole }];
  });
  for (const piece of pieces) {
    const named = piece.named ?? languageNamed(piece.word);
    if (named !== null && locale === undefined) locale = named;
    else if (isMark(piece, 'channel') || isMark(piece, 'here')) ofChannel = true;
    else if (isMark(piece, 'off') && locale === undefined) locale = null;
    else if (!SMALL.some((mark) => isMark(piece, mark))) return bad(given, 'language', piece.word);
  }
  if (locale === undefined) return bad(given, 'language', '');
  if (ofChannel) return parsed({ kind: 'digest_language', locale });
  return parsed({ kind: 'language', locale });
}

function person(given: Given): ParsedCommand {
  const words = given.rest.split(/\s+/u).filter((word) => {
    const [piece, ...others] = lex(word, given.dictionary);
    const small = piece !== undefined && others.length === 0;
    return !small || !SMALL.some((mark) => isMark(piece, mark));
  });
  const [one = '', other, ...more] = words;
  if (one === '') return parsed({ kind: 'link_self', code: null });
  if (other === undefined) {
    const code = /^<|^@/u.test(one) ? null : codeIn(one);
    return code === null || code.length < 6 ? bad(given, 'person', one) : parsed({ kind: 'link_self', code });
  }
  if (more.length > 0) return bad(given, 'person', given.rest);
  const [into, from] = [personIn(one), personIn(other)];
  return into === '' || from === ''
    ? bad(given, 'person', given.rest)
    : parsed({ kind: 'link_people', into, from });
}

function codeIn(typed: string): string | null {
  const code = fold(typed)
    .toUpperCase()
    .replace(/[\s-]+/gu, '');
  return /^[A-Z0-9]{0,40}$/u.test(code) ? code : null;
}

const BEFORE = /^(?:(?:case|fall|caso|cas|no\.?|nr\.?|n[°º.]|第|案件|ケース)\s*)?[#＃]?/iu;
const AFTER = /^(?:[号番]?[をの的]?(?=\s|$)|号)/u;

function onCase(given: Given, kind: 'claim' | 'close'): ParsedCommand {
  const rest = given.rest.replace(BEFORE, '');
  const [, digits, tail = ''] = /^([0-9０-９]{1,10})(?![0-9０-９A-Za-z])(.*)$/su.exec(rest) ?? [];
  const number = digits === undefined ? Number.NaN : Number(fold(digits));
  if (!(number >= 1 && number <= GREATEST_NUMBER)) return bad(given, kind, given.rest.split(/\s/u)[0]!);
  const after = tail
    .replace(AFTER, '')
    .replace(/^[\s:：,，、–—]+/u, '')
    .trim();
  if (kind === 'claim') return after === '' ? parsed({ kind, number }) : bad(given, kind, after);
  return after === '' ? bad(given, kind, '') : parsed({ kind, number, note: after });
}

function mentionIn(given: Given): string | null {
  const piece = given.pieces.find(({ mention }) => mention);
  return piece === undefined ? null : given.said(piece);
}
