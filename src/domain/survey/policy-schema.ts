// Survey policies as JSON, and as people type them: read strictly, said back plainly, and what is missing is the default.
import { z } from 'zod';
import { AfterwordError, type Duration } from '../basics.ts';
import { formatClock, parseClock } from '../calendar.ts';
import { formatDuration, parseDuration } from '../duration.ts';
import type { SurveyKind } from './kind.ts';
import { defaultPolicy, type QuietHours, type SurveyPolicy } from './policy.ts';

/** Longer questions are not read, and some platforms cannot show them. */
const LONGEST_QUESTION = 300;

const DURATION = 'write a whole number and one of s, m, h, d, such as 10m, 24h or 7d';
const QUIET = 'write two times of day such as 22:00-08:00, or off';

const OFF = new Set(['off', 'none', 'never', 'null', '']);
const SWITCH = new Map([
  ['true', true],
  ['on', true],
  ['yes', true],
  ['false', false],
  ['off', false],
  ['no', false],
]);

/** Each field as it may come, in JSON or in words. Nothing here has a default: that is the base's part. */
const changesSchema = z.strictObject({
  enabled: field('write on or off', readSwitch),
  question: field(
    `write texts of 1 to ${LONGEST_QUESTION} characters by language tag, such as {"en": "…", "zh-CN": "…"}`,
    readQuestions,
  ),
  delay: field(DURATION, readDuration),
  reminder: field(`${DURATION}, or off`, orOff(positive(readDuration))),
  expiry: field(`${DURATION}, more than 0`, positive(readDuration)),
  throttle: field(DURATION, readDuration),
  declineThrottle: field(DURATION, readDuration),
  sampling: field('write a percentage from 0 to 100', readPercent),
  quietHours: field(QUIET, orOff(readQuietHours)),
  dailyCap: field('write a whole number, or off', orOff(readCount)),
  place: field('write thread or direct', readPlace),
});

/**
 * The policy that `input` makes of `base` (the defaults of its kind where nothing else is given). Durations are milliseconds or text such
 * as `24h`; quiet hours are `{from, to}` in minutes or `22:00-08:00`; numbers and switches may be text; `off` is null. Throws `invalid`,
 * naming every bad field, its value, and what to write instead.
 */
export function parsePolicy(
  kind: SurveyKind,
  input: unknown,
  base: SurveyPolicy = defaultPolicy(kind),
): SurveyPolicy {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw invalid(kind, [`${quoted(input)} is not a set of fields`], [`write an object of ${known()}`]);
  }
  const { kind: named = kind, ...fields } = input as Record<string, unknown>;
  if (named !== kind)
    throw invalid(kind, [`kind ${quoted(named)} is another survey`], [`leave it out or write ${kind}`]);
  const result = changesSchema.safeParse(fields);
  if (!result.success) throw explained(kind, fields, result.error.issues);
  const given = Object.fromEntries(Object.entries(result.data).filter(([, value]) => value !== undefined));
  const policy: SurveyPolicy = { ...base, ...given, kind };
  if (policy.reminder !== null && policy.reminder >= policy.expiry) {
    const both = `reminder ${quoted(durationText(policy.reminder))} is not before expiry ${quoted(durationText(policy.expiry))}`;
    throw invalid(kind, [both], [`set reminder to less than ${durationText(policy.expiry)}, or off`]);
  }
  return policy;
}

/** What was set of a policy, as JSON that `parsePolicy` reads back; fields that have their default are left out. */
export function policyJson(policy: SurveyPolicy): Readonly<Record<string, unknown>> {
  const usual = policyFields(defaultPolicy(policy.kind));
  return Object.fromEntries(
    Object.entries(policyFields(policy)).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]),
    ),
  );
}

/** Every field of a policy in the words that `parsePolicy` reads. */
export function policyFields({ kind: _, ...policy }: SurveyPolicy): Record<string, unknown> {
  return {
    ...policy,
    delay: durationText(policy.delay),
    reminder: policy.reminder === null ? null : durationText(policy.reminder),
    expiry: durationText(policy.expiry),
    throttle: durationText(policy.throttle),
    declineThrottle: durationText(policy.declineThrottle),
    quietHours:
      policy.quietHours && `${formatClock(policy.quietHours.from)}-${formatClock(policy.quietHours.to)}`,
  };
}

/** `24h` where that says it exactly, else milliseconds. */
function durationText(duration: Duration): string | number {
  const text = formatDuration(duration);
  return parseDuration(text) === duration ? text : duration;
}

/** A field that may be left out; `read` answers undefined for what it does not understand. */
function field<T>(remedy: string, read: (value: unknown) => T | undefined) {
  return z
    .unknown()
    .transform((value, context) => {
      if (value === undefined) return undefined;
      const understood = read(value);
      if (understood === undefined) context.addIssue({ code: 'custom', message: remedy });
      return understood;
    })
    .optional();
}

function orOff<T>(read: (value: unknown) => T | undefined): (value: unknown) => T | null | undefined {
  return (value) => {
    if (value === null || (typeof value === 'string' && OFF.has(value.trim().toLowerCase()))) return null;
    return read(value);
  };
}

function positive(read: (value: unknown) => number | undefined): (value: unknown) => number | undefined {
  return (value) => {
    const length = read(value);
    return length !== undefined && length > 0 ? length : undefined;
  };
}

function readDuration(value: unknown): Duration | undefined {
  try {
    if (typeof value === 'string') return parseDuration(value);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return undefined;
    parseDuration(formatDuration(value)); // refuses what is longer than anybody means
    return value;
  } catch {
    return undefined;
  }
}

function readSwitch(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : SWITCH.get(String(value).trim().toLowerCase());
}

function readPlace(value: unknown): SurveyPolicy['place'] | undefined {
  const place = String(value).trim().toLowerCase();
  return place === 'thread' || place === 'direct' ? place : undefined;
}

function readPercent(value: unknown): number | undefined {
  const text =
    typeof value === 'number'
      ? String(value)
      : typeof value === 'string'
        ? value.trim().replace(/\s*%$/, '')
        : '';
  const percent = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return percent >= 0 && percent <= 100 ? percent : undefined;
}

function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

function readQuietHours(value: unknown): QuietHours | undefined {
  if (typeof value === 'string') {
    const [from, to, ...rest] = value.split(/[-–]/);
    return from === undefined || to === undefined || rest.length > 0 ? undefined : quiet(from, to);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { from, to, ...rest } = value as Record<string, unknown>;
  return Object.keys(rest).length > 0 ? undefined : quiet(from, to);
}

function quiet(from: unknown, to: unknown): QuietHours | undefined {
  const start = readClock(from);
  const end = readClock(to);
  return start === undefined || end === undefined ? undefined : { from: start, to: end };
}

function readClock(value: unknown): number | undefined {
  if (typeof value === 'string') return parseClock(value) ?? undefined;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1_440
    ? value
    : undefined;
}

function readQuestions(value: unknown): Record<string, string> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const questions: Record<string, string> = {};
  for (const [tag, text] of Object.entries(value)) {
    const locale = languageTag(tag);
    if (locale === undefined || typeof text !== 'string') return undefined;
    const question = text.trim();
    if (question === '' || question.length > LONGEST_QUESTION || question.includes('\0')) return undefined;
    questions[locale] = question;
  }
  return questions;
}

function languageTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

function explained(
  kind: SurveyKind,
  fields: Record<string, unknown>,
  issues: readonly z.core.$ZodIssue[],
): AfterwordError {
  const problems: string[] = [];
  const remedies: string[] = [];
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      problems.push(`${issue.keys.map(quoted).join(', ')} is not a field`);
      remedies.push(`the fields are ${known()}`);
    } else {
      const name = String(issue.path[0]);
      problems.push(`${name} cannot be ${quoted(fields[name])}`);
      remedies.push(`${name}: ${issue.message}`);
    }
  }
  return invalid(kind, problems, remedies);
}

function invalid(kind: SurveyKind, problems: readonly string[], remedies: readonly string[]): AfterwordError {
  return new AfterwordError('invalid', `policy of ${kind}: ${problems.join('; ')}`, remedies.join('; '));
}

function known(): string {
  return Object.keys(changesSchema.shape).join(', ');
}

function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
