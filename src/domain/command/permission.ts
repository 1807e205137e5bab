// Who may type what: one table.
import type { Command, CommandKind } from './command.ts';

/** Each may what those before it may. */
export const ROLES = ['anyone', 'team', 'lead'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS: Readonly<Record<CommandKind, Role>> = {
  help: 'anyone',
  opt_out: 'anyone',
  opt_in: 'anyone',
  language: 'anyone',
  link_self: 'anyone',
  forget_me: 'anyone',

  summary: 'team',
  trend: 'team',
  themes: 'team',
  // Leads read them with names, where the workspace shows names at all; everybody else without.
  comments: 'team',
  agent: 'team',
  account: 'team',
  digest_now: 'team',
  why: 'team',
  ask: 'team',
  open: 'team',
  claim: 'team',
  close: 'team',

  settings: 'lead',
  digest_weekly: 'lead',
  digest_off: 'lead',
  digest_language: 'lead',
  export: 'lead',
  pause: 'lead',
  resume: 'lead',
  connect: 'lead',
  link_people: 'lead',
};

export function mayRun(role: Role, { kind }: Pick<Command, 'kind'>): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(PERMISSIONS[kind]);
}
