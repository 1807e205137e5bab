// A digest that has had nothing to say for weeks offers to pause, says that it did, and comes again when somebody wants it.
import type { Id } from '../domain/basics.ts';
import { type Digest, SILENT_WEEKS } from '../domain/digest/digest.ts';
import type { Schedule } from '../domain/digest/schedule.ts';
import { buttons, text, view } from './parts.ts';
import { whenText } from './settings.ts';
import type { Translate } from './text.ts';
import type { Block, View } from './view.ts';

/** Nothing before the silence is long enough. */
export function pauseOffer(t: Translate, { silentWeeks = 0 }: Digest, scheduleId: Id): readonly Block[] {
  if (silentWeeks < SILENT_WEEKS) return [];
  return [
    text(t('digest.silent', { count: silentWeeks }), 'muted'),
    buttons({ label: t('digest.pause'), action: { kind: 'pause_digest', scheduleId }, style: 'plain' }),
  ];
}

/** What the message with the offer says afterwards; each can be taken back by the other. */
export function digestPausedView(t: Translate, scheduleId: Id): View {
  const words = t('digest.paused');
  const button = {
    label: t('digest.resume'),
    action: { kind: 'resume_digest', scheduleId },
    style: 'plain',
  } as const;
  return view(t, words, text(words, 'muted'), buttons(button));
}

export function digestResumedView(t: Translate, scheduleId: Id, schedule: Schedule): View {
  const words = t('digest.resumed', { when: whenText(t, schedule) });
  const button = {
    label: t('digest.pause'),
    action: { kind: 'pause_digest', scheduleId },
    style: 'plain',
  } as const;
  return view(t, words, text(words, 'good'), buttons(button));
}
