// What the team sees of a case: who was unhappy and why, by when somebody should have seen to it, and who has it.
import type { Duration, Id, Instant, ZoneName } from '../domain/basics.ts';
import { type FollowUp, needsFollowUp } from '../domain/follow-up/follow-up.ts';
import type { Response } from '../domain/response/response.ts';
import { segmentOf } from '../domain/survey/kind.ts';
import type { Place } from '../domain/trigger/interaction.ts';
import { moves } from './case-moves.ts';
import { answerShort } from './figures.ts';
import { heading, oneLine, rich, sentence, text, view } from './parts.ts';
import type { Translate } from './text.ts';
import type { Block, Inline, View } from './view.ts';

/** A case with what is told of it. */
export interface CaseFacts {
  readonly followUp: FollowUp;
  /** What people type: 1, 2, 3 … */
  readonly number: number;
  /** The newest response of the case. */
  readonly response: Pick<Response, 'survey' | 'score' | 'verbatim' | 'revisedAt'>;
  /** Its words say the opposite of its score. */
  readonly conflict: boolean;
  readonly personName: string | null;
  readonly personExternalId: string | null;
  readonly place: Place;
  /** Where the conversation can be read; null or left out: nobody knows. */
  readonly link?: string | null;
  readonly agent: string | null;
  readonly account: string | null;
}

export interface CaseReader {
  /** Whether the workspace's policy shows the team who answered. */
  readonly showNames: boolean;
  readonly zone: ZoneName;
  readonly now: Instant;
}

/** A note of how a case was resolved, in characters. */
const LONGEST_NOTE = 1_000;

export function alertView(t: Translate, facts: CaseFacts, reader: CaseReader): View {
  const { followUp, number, response } = facts;
  const closed = followUp.state.status === 'closed';
  return view(
    t,
    summaryOf(t, facts, reader),
    heading(t(closed ? 'alert.heading.closed' : 'alert.heading', { number })),
    gave(t, facts, reader),
    response.verbatim === null
      ? text(t('alert.noWords'), 'muted')
      : { kind: 'quote', text: response.verbatim, by: nameOf(facts, reader) },
    ...disagreeing(t, facts),
    ...improved(t, facts),
    ...several(t, facts),
    { kind: 'fields', fields: fieldsOf(t, facts, reader) },
    ...linked(t, facts, reader),
    ...standing(t, facts, reader),
    ...confirmed(t, followUp),
    ...moves(t, followUp),
  );
}

/** What the team is told of a case whose time is running out, or is up. */
export function caseReminderView(t: Translate, facts: CaseFacts, reader: CaseReader): View {
  const { followUp, number } = facts;
  const { overdue, length } = timeLeft(followUp.dueAt, reader.now);
  const title = overdue
    ? t('alert.timeUp', { number })
    : t('alert.dueSoon', { number, left: t.duration(length) });
  return view(
    t,
    title,
    heading(title),
    gave(t, facts, reader),
    { kind: 'fields', fields: fieldsOf(t, facts, reader) },
    ...linked(t, facts, reader),
    ...standing(t, facts, reader),
    ...moves(t, followUp),
  );
}

/** What the alert of a case says that was opened again and told of anew. */
export function alertMovedView(t: Translate, { number }: { readonly number: number }): View {
  return sentence(t, t('alert.moved', { number }), 'muted');
}

/** The form that closing opens. */
export function closeFormView(t: Translate, { followUpId }: { readonly followUpId: Id }): View {
  return view(t, t('close.summary'), {
    kind: 'inputs',
    title: t('close.title'),
    action: { kind: 'close', followUpId },
    submit: t('close.submit'),
    inputs: [
      {
        kind: 'text',
        name: 'note',
        label: t('close.label'),
        value: '',
        multiline: true,
        optional: false,
        maxLength: LONGEST_NOTE,
      },
    ],
  });
}

/** The customer's name as the policy allows; null where it may not be shown or is not known. */
export function nameOf(
  facts: Pick<CaseFacts, 'personName' | 'personExternalId'>,
  { showNames }: Pick<CaseReader, 'showNames'>,
): string | null {
  const name = showNames ? oneLine(facts.personName ?? facts.personExternalId ?? '') : '';
  return name === '' ? null : name;
}

/** How long is left, or how long it is overdue. */
export function timeLeft(dueAt: Instant, now: Instant): { overdue: boolean; length: Duration } {
  return { overdue: now >= dueAt, length: Math.abs(dueAt - now) };
}

function summaryOf(t: Translate, facts: CaseFacts, reader: CaseReader): string {
  const { number, response } = facts;
  const said = {
    number,
    survey: t(`survey.${response.survey}`),
    score: answerShort(t, response.survey, response.score),
  };
  const name = nameOf(facts, reader);
  return name === null ? t('alert.summary', said) : t('alert.summary.by', { ...said, name });
}

function gave(t: Translate, facts: CaseFacts, reader: CaseReader): Block {
  const { survey, score } = facts.response;
  const said = {
    score: { kind: 'strong', text: answerShort(t, survey, score) } as Inline,
    survey: t(`survey.${survey}`),
  };
  const name = nameOf(facts, reader);
  if (name === null) return text(rich(t, 'alert.gaveNameless', said));
  const externalId = facts.personExternalId;
  const who: Inline =
    externalId === null ? { kind: 'strong', text: name } : { kind: 'person', externalId, name };
  return text(rich(t, 'alert.gave', { ...said, who }));
}

/** What the customer said when asked whether it is solved. */
function confirmed(t: Translate, { confirmation }: FollowUp): readonly Block[] {
  switch (confirmation?.status) {
    case 'asked':
      return [text(t('alert.asked'), 'muted')];
    case 'answered':
      return [confirmation.solved ? text(t('alert.solved'), 'good') : text(t('alert.unsolved'), 'bad')];
    default:
      return [];
  }
}

/** The conversation says who it is with. */
function linked(t: Translate, { link }: CaseFacts, { showNames }: CaseReader): readonly Block[] {
  return link && showNames ? [text([{ kind: 'link', url: link, text: t('alert.link') }])] : [];
}

function disagreeing(t: Translate, { response, conflict }: CaseFacts): readonly Block[] {
  return conflict && response.verbatim !== null ? [text(t('alert.conflict'), 'muted')] : [];
}

function improved(t: Translate, { response }: CaseFacts): readonly Block[] {
  return needsFollowUp(segmentOf(response.survey, response.score)) ? [] : [text(t('alert.better'), 'good')];
}

function several(t: Translate, { followUp }: CaseFacts): readonly Block[] {
  const count = followUp.responseIds.length;
  return count < 2 ? [] : [text(t('alert.severalAnswers', { count }), 'muted')];
}

function fieldsOf(
  t: Translate,
  facts: CaseFacts,
  reader: CaseReader,
): readonly { label: string; value: string }[] {
  const { followUp, response, place, account, agent } = facts;
  const { zone } = reader;
  const when = t.dateTime(followUp.dueAt, zone);
  const { overdue, length } = timeLeft(followUp.dueAt, reader.now);
  const due = overdue
    ? t('alert.overdue', { when, late: t.duration(length) })
    : t('alert.dueIn', { when, left: t.duration(length) });
  const channel = [place.platform, place.channel].filter((part) => part !== null).join(' · ');
  const all: readonly (readonly [label: string, value: string | null])[] = [
    [t('alert.due'), followUp.state.status === 'closed' ? null : due],
    [t('alert.answered'), t.dateTime(response.revisedAt, zone)],
    [t('alert.account'), account],
    [t('alert.agent'), agent],
    // Where it can be opened, it need not be named.
    [t('alert.place'), facts.link && reader.showNames ? null : channel],
  ];
  return all.flatMap(([label, value]) =>
    value === null || value === '' ? [] : [{ label, value: oneLine(value) }],
  );
}

function standing(t: Translate, { followUp: { state } }: CaseFacts, { zone }: CaseReader): readonly Block[] {
  switch (state.status) {
    case 'open':
      return [text(t('alert.open'), 'bad')];
    case 'claimed':
      return [text(t('alert.claimed', { name: oneLine(state.by), when: t.dateTime(state.claimedAt, zone) }))];
    case 'closed': {
      const done = text(
        t('alert.closed', { name: oneLine(state.by), when: t.dateTime(state.closedAt, zone) }),
        'good',
      );
      const note = oneLine(state.note, LONGEST_NOTE);
      return note === '' ? [done] : [done, text(t('alert.note', { note }))];
    }
  }
}
