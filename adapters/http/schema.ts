// The API's bodies, parsed once; each bad field is named.
import { z } from 'zod';
import { isLocale } from '../../src/domain/locale.ts';
import { SURVEY_KINDS } from '../../src/domain/survey/kind.ts';
import type { FieldError } from './problem.ts';

/** Text that can be stored anywhere. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => !/\0|\p{Cs}/u.test(value), 'must not contain NUL or half characters');
const optional = (max: number) =>
  text(max)
    .nullish()
    .transform((value) => value ?? undefined);

export const interactionSchema = z.object({
  source: text(100),
  externalId: text(255),
  platform: optional(50),
  workspace: optional(255),
  person: text(255),
  customer: optional(255),
  channel: optional(255),
  thread: optional(255),
  agent: optional(255),
  closedAt: z.iso
    .datetime({ offset: true, error: 'write a time such as 2026-11-20T10:00:00Z' })
    .refine((value) => !(Date.parse(value) < 0), 'must not be before 1970')
    .nullish()
    .transform((value) => (value ? Date.parse(value) : undefined)),
  closedBy: z
    .enum(['person', 'inactivity'])
    .nullish()
    .transform((value) => value ?? undefined),
  subject: optional(1000),
  account: optional(255),
  locale: text(35)
    .refine(isLocale, 'write a language tag such as en or zh-CN')
    .nullish()
    .transform((value) => value ?? undefined),
  survey: z
    .enum(SURVEY_KINDS)
    .nullish()
    .transform((value) => value ?? undefined),
});

export const answerSchema = z
  .object({
    score: z.union([z.number(), z.string()], 'write a whole number on the scale').optional(),
    verbatim: z.string().nullable().optional(),
    decline: z.boolean().optional(),
    token: z.string().max(500).optional(),
  })
  .refine(
    (answer) => answer.score !== undefined || answer.verbatim !== undefined || answer.decline !== undefined,
    {
      path: ['score'],
      message: 'give a score, a verbatim or decline',
    },
  )
  .refine(
    ({ decline, score, verbatim }) => decline !== true || (score === undefined && verbatim === undefined),
    { path: ['decline'], message: 'either decline or answer' },
  );

export function fieldErrors(error: z.ZodError, prefix = ''): readonly FieldError[] {
  return error.issues.map((issue) => ({
    field: prefix + (issue.path.join('.') || '(body)'),
    message: issue.message,
  }));
}
