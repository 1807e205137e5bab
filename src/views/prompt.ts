// What a customer sees: one short question, a thank-you that fits the answer, and an easy way out that can be taken back.
import type { Id } from '../domain/basics.ts';
import { VERBATIM_LIMIT } from '../domain/response/response.ts';
import { SCALES, type SurveyKind, scoresOf, segmentOf } from '../domain/survey/kind.ts';
import { answerText } from './figures.ts';
import { buttons, oneLine, sentence, strong, text, view } from './parts.ts';
import type { Translate } from './text.ts';
import type { Block, View } from './view.ts';

/** Lines are cut here: a workspace's own question, and what the conversation was about. */
const LONGEST_QUESTION = 300;
const LONGEST_SUBJECT = 120;

export interface Asking {
  readonly promptId: Id;
  readonly survey: SurveyKind;
  /** The workspace's own wording in this language; null: the product's. */
  readonly question: string | null;
  /** What the conversation was about; null: not known, or said already. */
  readonly subject: string | null;
  /** Whether the team sees the answer with the customer's name; left out, the prompt says only that the team sees it. */
  readonly named?: boolean;
}

/** The invitation: the question, its scale, who will see the answer, and two ways to say no. */
export function promptView(t: Translate, asking: Asking): View {
  const question = questionOf(t, asking);
  return view(t, t('prompt.summary', { question }), ...about(t, asking), ...asks(t, asking, question));
}

/** The one reminder; it carries the scale itself, since the prompt may be far up by now. */
export function reminderView(t: Translate, asking: Asking): View {
  const question = questionOf(t, asking);
  const intro = text(t('reminder.intro'));
  return view(
    t,
    t('reminder.summary', { question }),
    ...about(t, asking),
    intro,
    ...asks(t, asking, question),
  );
}

/** What the first message says once the reminder carries the scale: there is one place to answer. */
export function movedView(t: Translate): View {
  return sentence(t, t('reminder.moved'), 'muted');
}

/** The scale again for whoever answered, with their choice marked. */
export function changeView(t: Translate, asking: Asking & { readonly selected: number }): View {
  const summary = t('change.summary', { score: answerText(t, asking.survey, asking.selected) });
  return view(
    t,
    summary,
    text([strong(questionOf(t, asking))]),
    scale(t, asking, asking.selected),
    text(summary, 'muted'),
  );
}

/** The scale once more for whoever typed what could be several scores, or none. */
export function unclearView(t: Translate, asking: Asking & { readonly typed: string }): View {
  const { min, max } = SCALES[asking.survey];
  const typed = oneLine(asking.typed, 40);
  const words = t('unclear.text', { typed, min: t.number(min), max: t.number(max) });
  return view(t, words, text(words), ...asks(t, asking, questionOf(t, asking)));
}

export interface Given {
  readonly promptId: Id;
  readonly survey: SurveyKind;
  readonly score: number;
  readonly verbatim: string | null;
  /** It came after the prompt had expired. */
  readonly late: boolean;
}

/** What the giver alone sees: their own choice, thanks that fit it, and how to change it or say more. */
export function answeredView(t: Translate, given: Given): View {
  const score = answerText(t, given.survey, given.score);
  const words = given.verbatim;
  return view(
    t,
    t('answered.summary', { score }),
    text([strong(t(`answered.${segmentOf(given.survey, given.score)}`))]),
    text(t('answered.score', { score })),
    ...(words === null ? [] : [{ kind: 'quote', text: words, by: null } as const]),
    ...(given.late ? [text(t('answered.late'), 'muted')] : []),
    buttons(
      {
        label: t(words === null ? 'answered.addWords' : 'answered.editWords'),
        action: { kind: 'add_words', promptId: given.promptId },
        style: 'primary',
      },
      { label: t('answered.change'), action: { kind: 'change', promptId: given.promptId }, style: 'plain' },
    ),
  );
}

/** What everybody else sees: that it was answered, and no more. */
export function answeredSharedView(t: Translate): View {
  return sentence(t, t('answered.shared'), 'muted');
}

/** The form for words, with those that there are. */
export function wordsFormView(t: Translate, form: { readonly promptId: Id; readonly words: string }): View {
  return view(t, t('words.summary'), {
    kind: 'inputs',
    title: t('words.title'),
    action: { kind: 'add_words', promptId: form.promptId },
    submit: t('words.submit'),
    inputs: [
      {
        kind: 'text',
        name: 'words',
        label: t('words.label'),
        value: form.words,
        multiline: true,
        // Left empty, it takes the words back.
        optional: true,
        maxLength: VERBATIM_LIMIT,
      },
    ],
  });
}

/** "Not now" was said. */
export function declinedView(t: Translate, { promptId }: { readonly promptId: Id }): View {
  return withUndo(t, t('declined.text'), t('declined.undo'), promptId);
}

/** "Don't ask me again" was said. */
export function optedOutView(t: Translate, { promptId }: { readonly promptId: Id }): View {
  return withUndo(t, t('optedOut.text'), t('optedOut.undo'), promptId);
}

export function expiredView(t: Translate): View {
  return sentence(t, t('expired.text'), 'muted');
}

function withUndo(t: Translate, words: string, label: string, promptId: Id): View {
  return view(t, words, text(words), buttons({ label, action: { kind: 'undo', promptId }, style: 'plain' }));
}

function questionOf(t: Translate, { question, survey }: Asking): string {
  const own = question === null ? '' : oneLine(question, LONGEST_QUESTION);
  return own === '' ? t(`question.${survey}`) : own;
}

function about(t: Translate, { subject }: Asking): readonly Block[] {
  const words = subject === null ? '' : oneLine(subject, LONGEST_SUBJECT);
  return words === '' ? [] : [text(t('prompt.about', { subject: words }), 'muted')];
}

function asks(t: Translate, asking: Asking, question: string): readonly Block[] {
  const { promptId, named } = asking;
  const privacy =
    named === undefined ? 'prompt.privacy' : named ? 'prompt.privacy.named' : 'prompt.privacy.unnamed';
  return [
    text([strong(question)]),
    scale(t, asking, null),
    text(t(privacy), 'muted'),
    buttons(
      { label: t('prompt.notNow'), action: { kind: 'decline', promptId }, style: 'plain' },
      { label: t('prompt.optOut'), action: { kind: 'opt_out', promptId }, style: 'plain' },
    ),
  ];
}

/** Every score once, lowest first, whatever direction the reader's script runs. */
function scale(t: Translate, { survey, promptId }: Asking, selected: number | null): Block {
  const { min, max } = SCALES[survey];
  const low = t(`scale.${survey}.low`);
  const high = t(`scale.${survey}.high`);
  const alt = (score: number) => {
    const option = answerText(t, survey, score);
    return score === min || score === max
      ? t('scale.end', { option, end: score === min ? low : high })
      : option;
  };
  return {
    kind: 'scale',
    label: t('scale.label', { min: t.number(min), max: t.number(max) }),
    low,
    high,
    options: scoresOf(survey).map((score) => ({
      score,
      alt: alt(score),
      action: { kind: 'score', promptId, score },
      selected: score === selected,
    })),
  };
}
