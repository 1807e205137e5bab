// A question to oneself, so that a lead sees what customers will see. Nothing of it is kept or counted: its prompt is one that no store ever holds.
import type { Id } from '../domain/basics.ts';
import type { Action } from '../domain/command/action.ts';
import { cleanVerbatim } from '../domain/response/response.ts';
import { parseScore } from '../domain/response/score.ts';
import type { Actor, InboundOutcome, Outgoing } from '../ports/platform.ts';
import {
  answeredSharedView,
  answeredView,
  declinedView,
  optedOutView,
  promptView,
  wordsFormView,
} from '../views/prompt.ts';
import { invalidScoreView } from '../views/replies.ts';
import { rehearsedView } from '../views/settings.ts';
import type { View } from '../views/view.ts';
import type { Context } from './context.ts';

/** No generator of ids makes this one. */
export const REHEARSAL: Id = '00000000-0000-0000-0000-000000000001';

const ASKING = { promptId: REHEARSAL, survey: 'ces', question: null, subject: null } as const;

/** Sends it, after whoever pressed has their answer: that is not to wait for a platform. */
export function rehearse(ctx: Context, by: Actor): InboundOutcome {
  const t = ctx.texts(by.profile.locale ?? null);
  const { platform: name, installation, externalId } = by.identity;
  const platform = ctx.platforms.get(name);
  const done = (reply: View): InboundOutcome => ({ kind: 'done', shared: null, reply, subject: null });
  // Where nobody can be written to, it is shown at once.
  if (!platform?.capabilities.direct) return done(promptView(t, ASKING));
  const message: Outgoing = {
    installation,
    to: { kind: 'person', externalId },
    key: `test-${ctx.ids.next()}`,
    view: promptView(t, ASKING),
  };
  const failed = (detail: string) =>
    ctx.log.warn({ platform: name, detail }, 'a test question could not be sent');
  platform.send(message).then(
    (outcome) => outcome.kind !== 'sent' && failed(outcome.detail),
    (error) => failed(String(error)),
  );
  return done(rehearsedView(t));
}

/** What a customer would see next; null for an action on a prompt of earnest. */
export function rehearsed(
  ctx: Context,
  action: Action,
  by: Actor,
  values: Readonly<Record<string, string>> | null,
): InboundOutcome | null {
  if (!('promptId' in action) || action.promptId !== REHEARSAL) return null;
  const t = ctx.texts(by.profile.locale ?? null);
  const done = (shared: View | null, reply: View): InboundOutcome => ({
    kind: 'done',
    shared,
    reply,
    subject: null,
  });
  const answered = (score: number, verbatim: string | null) =>
    answeredView(t, { ...ASKING, score, verbatim, late: false });
  switch (action.kind) {
    case 'score':
      return parseScore(ASKING.survey, action.score).ok
        ? done(answeredSharedView(t), answered(action.score, null))
        : { kind: 'rejected', reply: invalidScoreView(t, ASKING) };
    case 'add_words':
      return values === null
        ? done(null, wordsFormView(t, { promptId: REHEARSAL, words: '' }))
        : done(answeredSharedView(t), answered(7, cleanVerbatim(values['words'] ?? null)));
    case 'decline':
      return done(declinedView(t, ASKING), declinedView(t, ASKING));
    case 'opt_out':
      return done(optedOutView(t, ASKING), optedOutView(t, ASKING));
    case 'change':
    case 'undo':
      return done(promptView(t, ASKING), promptView(t, ASKING));
  }
}
