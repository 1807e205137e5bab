// Every ask and every skip of one person, each with its reason in plain words and the code that scripts know it by.
import type { Instant, ZoneName } from '../domain/basics.ts';
import type { Prompt } from '../domain/prompt/prompt.ts';
import type { SurveyKind } from '../domain/survey/kind.ts';
import { heading, oneLine, strong, text, view } from './parts.ts';
import { reasonWithCode } from './reasons.ts';
import type { Translate } from './text.ts';
import type { RichText, View } from './view.ts';

export interface Trail {
  readonly person: {
    readonly customer: string | null;
    readonly optedOut: boolean;
    readonly identities: readonly { readonly externalId: string; readonly name: string | null }[];
  };
  /** Newest first. */
  readonly trail: readonly {
    readonly prompt: Pick<Prompt, 'state' | 'explicit'>;
    readonly survey: SurveyKind;
    readonly closedAt: Instant;
  }[];
  readonly zone: ZoneName;
}

export function whyView(t: Translate, { person, trail, zone }: Trail): View {
  const title = t('why.heading', { person: nameOfPerson(person) });
  const optedOut = person.optedOut ? [text(t('why.optedOut'), 'bad')] : [];
  if (trail.length === 0) return view(t, title, heading(title), ...optedOut, text(t('why.nothing')));
  const items = trail.map(({ prompt, survey, closedAt }): RichText => {
    const asked = [t(`survey.${survey}`), stateText(t, prompt.state, zone)];
    if (prompt.explicit) asked.push(t('why.explicit'));
    return [strong(t.date(closedAt, zone)), ` · ${asked.join(' · ')}`];
  });
  return view(
    t,
    title,
    heading(title),
    ...optedOut,
    text(t('why.latest', { count: trail.length }), 'muted'),
    { kind: 'list', items },
  );
}

function nameOfPerson({ identities, customer }: Trail['person']): string {
  const name = identities.find((identity) => identity.name)?.name ?? identities[0]?.externalId ?? customer;
  return oneLine(name ?? '') || '–';
}

function stateText(t: Translate, state: Prompt['state'], zone: ZoneName): string {
  const at = (instant: Instant) => t.dateTime(instant, zone);
  switch (state.status) {
    case 'scheduled':
      return t('why.scheduled', { when: at(state.dueAt) });
    case 'sending':
      return t('why.sending');
    case 'sent':
      return t('why.sent', { when: at(state.sentAt) });
    case 'reminded':
      return t('why.reminded', { when: at(state.sentAt), later: at(state.remindedAt) });
    case 'answered':
      return t(state.late ? 'why.answeredLate' : 'why.answered', {
        when: at(state.sentAt),
        later: at(state.answeredAt),
      });
    case 'declined':
      return t('why.declined', { when: at(state.sentAt), later: at(state.declinedAt) });
    case 'expired':
      return t('why.expired', { when: at(state.sentAt), later: at(state.expiredAt) });
    case 'suppressed':
      return t('why.suppressed', { reason: reasonWithCode(t, state.reason) });
    case 'undeliverable':
      return t('why.undeliverable', { reason: reasonWithCode(t, state.reason) });
    case 'uncertain':
      return t('why.uncertain', { when: at(state.attemptedAt), code: 'uncertain' });
  }
}
