// How each command is written: what help shows and what somebody is told whose arguments do not fit. The words are English, which is understood everywhere.
import { type CommandWord, SETTING_NAMES } from './command.ts';

const WHEN = '[7d|30d|90d|12m|last month|2026-10]';
const WHAT = '[nps|ces|csat]';

export const USAGE: Readonly<Record<CommandWord, string>> = {
  summary: `summary ${WHEN} ${WHAT}`,
  trend: `trend ${WHEN} ${WHAT}`,
  themes: `themes ${WHEN} ${WHAT}`,
  comments: 'comments [negative|neutral|positive] [speed|price|…] [last month]',
  ask: `ask @person ${WHAT}`,
  why: 'why @person',
  open: 'open',
  claim: 'claim 12',
  close: 'close 12 note',
  agent: 'agent @member [last month]',
  account: 'account NAME [last month]',
  digest: 'digest [now | weekly monday 9:00 Europe/Berlin | off]',
  settings: `settings [${SETTING_NAMES.join('|')}] [value]`,
  export: `export ${WHEN} ${WHAT}`,
  pause: 'pause',
  resume: 'resume',
  language: 'language [channel] en|zh|es|de|fr|ja|pt|off',
  connect: 'connect [CODE]',
  person: 'person link [CODE | @one @other]',
  optout: 'optout',
  optin: 'optin',
  forget: 'forget me',
  help: 'help',
};
