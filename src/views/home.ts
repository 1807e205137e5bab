// The first thing that a lead sees of the product: figures, open cases, and what is left to set up; and a line for everybody else.
import type { ZoneName } from '../domain/basics.ts';
import { heading, reactionText, rich, sentence, strong, text, view } from './parts.ts';
import { changeButton } from './settings.ts';
import type { Translate } from './text.ts';
import type { Button, RichText, View } from './view.ts';

export interface HomeFacts {
  /** The last weeks, and the cases that wait, as their commands show them. */
  readonly glance: View;
  readonly cases: View;
  /** What is set up; the zone as it is. */
  readonly steps: {
    readonly team: boolean;
    readonly digest: boolean;
    readonly alerts: boolean;
    readonly zone: ZoneName;
  };
  readonly reaction: string;
  readonly paused: boolean;
}

export function homeView(t: Translate, facts: HomeFacts): View {
  const { steps, glance, cases } = facts;
  const done = (is: boolean, words: string): RichText => [is ? '✓ ' : '○ ', words];
  const items: readonly RichText[] = [
    done(steps.team, t('home.team')),
    done(steps.digest, t('home.digest')),
    done(steps.alerts, t('home.alerts')),
    done(true, t('home.zone', { zone: steps.zone })),
    done(false, t('home.test')),
  ];
  const test: Button = { label: t('home.testButton'), action: { kind: 'test_prompt' }, style: 'plain' };
  return view(
    t,
    t('home.heading'),
    heading(t('home.heading')),
    text(
      rich(t, 'home.how', { reaction: strong(reactionText(facts.reaction)), command: strong('/nps help') }),
    ),
    ...(facts.paused ? [text(t('home.paused', { command: '/nps resume' }), 'bad')] : []),
    { kind: 'list', items },
    { kind: 'buttons', buttons: [changeButton(t), test] },
    { kind: 'divider' },
    ...glance.blocks,
    { kind: 'divider' },
    ...cases.blocks,
  );
}

/** For whoever is not of the team. */
export function visitorHomeView(t: Translate): View {
  return sentence(t, t('home.visitor', { optout: '/nps optout', optin: '/nps optin' }));
}
