// Friendly answers to what cannot be done: one line each, saying what the reader can do instead.
import { SCALES, type SurveyKind } from '../domain/survey/kind.ts';
import { oneLine, sentence } from './parts.ts';
import type { Translate } from './text.ts';
import type { View } from './view.ts';

/** Nothing could be made durable; trying again is safe. */
export function failedView(t: Translate): View {
  return sentence(t, t('reply.failed'), 'bad');
}

/** Somebody else was asked. */
export function notYoursView(t: Translate): View {
  return sentence(t, t('reply.notYours'));
}

/** Over, or never there. */
export function goneView(t: Translate): View {
  return sentence(t, t('reply.gone'));
}

export function invalidScoreView(t: Translate, { survey }: { readonly survey: SurveyKind }): View {
  const { min, max } = SCALES[survey];
  return sentence(t, t('reply.invalidScore', { min: t.number(min), max: t.number(max) }), 'bad');
}

/** A case that somebody else has or that is closed; `by` is empty where nobody is named. */
export function takenView(
  t: Translate,
  { number, by }: { readonly number: number; readonly by: string },
): View {
  const name = oneLine(by);
  return sentence(t, name === '' ? t('reply.takenByNobody', { number }) : t('reply.taken', { number, name }));
}

/** A command of the team's, typed by somebody who is not of it. */
export function notAllowedView(t: Translate): View {
  return sentence(t, t('reply.notAllowed', { commands: t.list(COMMANDS_FOR_ANYONE) }));
}

/** A command of the leads', typed by somebody who is not named as one. */
export function leadsOnlyView(t: Translate): View {
  return sentence(t, t('reply.leadsOnly', { command: '/nps settings leads' }));
}

const COMMANDS_FOR_ANYONE: readonly string[] = [
  ...['/nps help', '/nps language', '/nps person link'],
  ...['/nps optout', '/nps optin', '/nps forget me'],
];
