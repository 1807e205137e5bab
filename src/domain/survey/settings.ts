// What a workspace decides for itself besides its surveys: where alerts go, who sees names, whether anything is asked at all.
import { z } from 'zod';
import { DAY, HOUR } from '../basics.ts';

const channelRef = z.object({ platform: z.string(), installation: z.string(), channel: z.string() });

const MOST_WORDS = 100;
const MOST_THEMES = 60;
/** One line; `,` and `:` stand between themes where they are kept. */
export const themeName = z
  .string()
  .regex(/^(?!__proto__$)(?=.*\p{L})[^\p{C}\p{Z},:]+(?: [^\p{C}\p{Z},:]+)*$/u)
  .max(40);
export const themeWord = z
  .string()
  .regex(/^(?=.*[\p{L}\p{N}])[^\p{C}]+$/u)
  .max(60);

export const workspaceSettingsSchema = z.object({
  /** Nothing new is asked while paused. */
  paused: z.boolean().default(false),
  /** Where alerts go; null: the digest's channel. */
  alerts: channelRef.nullable().default(null),
  /** Who is team, by installation: a user group, a channel, a role, by outside id. Where none is named, whoever triggers is, if a full member. */
  teams: z.array(z.object({ platform: z.string(), installation: z.string(), ref: z.string() })).default([]),
  /** Who decides for the workspace, by installation, as with teams. Where none is named, the team does. */
  leads: z.array(z.object({ platform: z.string(), installation: z.string(), ref: z.string() })).default([]),
  /** What a team member puts under a conversation to say that it is done: a platform's own name of an emoji. */
  reaction: z
    .string()
    .regex(/^[a-z0-9_+'-]{1,100}$/)
    .default('white_check_mark'),
  /** Whether the team sees the names of those who answered. */
  showNames: z.boolean().default(true),
  /** Whether a digest says what many comments have in common, in the words of a larger model, where there is one. */
  summaries: z.boolean().default(false),
  /** What happens after a bad answer. */
  followUps: z
    .object({
      /** How long the team has for an ordinary customer, in milliseconds. */
      deadline: z
        .int()
        .min(HOUR)
        .default(24 * HOUR),
      /** Who hears of a case whose time is up; null: whoever installed the product, else where alerts go. */
      escalation: channelRef.nullable().default(null),
      /** Whether the customer is asked, once, if a closed case is solved. */
      confirm: z.boolean().default(false),
    })
    .prefault({}),
  /** How long what customers wrote, and who they are, is kept, in milliseconds; null: for ever. */
  retention: z
    .object({
      /** Words, counted from when they were written. Scores, sentiment and themes stay. */
      verbatims: z.int().min(DAY).nullable().default(null),
      /** Names and ids, counted from the last thing that is known of a person; they are then forgotten. */
      identities: z.int().min(DAY).nullable().default(null),
    })
    .prefault({}),
  /** The workspace's own words for themes, and themes of its own. */
  themes: z
    .record(themeName, z.array(themeWord).max(MOST_WORDS))
    .refine((themes) => Object.keys(themes).length <= MOST_THEMES)
    .default({}),
  /** Quotes and small groups are shown from this many different people on. */
  minimumPeople: z.int().min(1).default(3),
});

export type WorkspaceSettings = z.output<typeof workspaceSettingsSchema>;
export type ChannelRef = z.output<typeof channelRef>;

export const DEFAULT_SETTINGS: WorkspaceSettings = workspaceSettingsSchema.parse({});
