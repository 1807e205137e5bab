// A prompt as columns and back: what its state says is written, what it does not say stays as it was.
import type { Id, Instant } from '../../../src/domain/basics.ts';
import { AfterwordError } from '../../../src/domain/basics.ts';
import type { SuppressionReason } from '../../../src/domain/eligibility/reason.ts';
import type { MessageRef, Prompt, PromptState, PromptStatus } from '../../../src/domain/prompt/prompt.ts';
import type { SurveyKind } from '../../../src/domain/survey/kind.ts';
import { at } from './values.ts';

export const PROMPT = `p.id, p.workspace_id, p.interaction_id, p.person_id, p.survey, p.status, p.reason, p.explicit, p.due_at, p.attempted_at,
  p.sent_at, p.reminded_at, p.answered_at, p.declined_at, p.ended_at, p.late, p.ref_channel, p.ref_message, p.platform, p.installation,
  p.channel, p.thread, p.locale, p.agent, p.account, p.created_at`;

export interface PromptRow {
  readonly id: Id;
  readonly workspace_id: Id;
  readonly interaction_id: Id;
  readonly person_id: Id;
  readonly survey: SurveyKind;
  readonly status: PromptStatus;
  readonly reason: string | null;
  readonly explicit: boolean;
  readonly due_at: Instant | null;
  readonly attempted_at: Instant | null;
  readonly sent_at: Instant | null;
  readonly reminded_at: Instant | null;
  readonly answered_at: Instant | null;
  readonly declined_at: Instant | null;
  readonly ended_at: Instant | null;
  readonly late: boolean;
  readonly ref_channel: string | null;
  readonly ref_message: string | null;
  readonly platform: string;
  readonly installation: string;
  readonly channel: string | null;
  readonly thread: string | null;
  readonly locale: string;
  readonly agent: string | null;
  readonly account: string | null;
  readonly created_at: Instant;
}

export function promptOf(row: PromptRow): Prompt {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    interactionId: row.interaction_id,
    personId: row.person_id,
    survey: row.survey,
    place: {
      platform: row.platform,
      installation: row.installation,
      channel: row.channel,
      thread: row.thread,
    },
    locale: row.locale,
    agent: row.agent,
    account: row.account,
    explicit: row.explicit,
    createdAt: row.created_at,
    state: stateOf(row),
  };
}

function stateOf(row: PromptRow): PromptState {
  const ref: MessageRef | null =
    row.ref_channel === null || row.ref_message === null
      ? null
      : { channel: row.ref_channel, message: row.ref_message };
  const { status } = row;
  switch (status) {
    case 'scheduled':
      return { status, dueAt: known(row, 'due_at') };
    case 'sending':
      return { status, dueAt: known(row, 'due_at'), attemptedAt: known(row, 'attempted_at') };
    case 'sent':
      return { status, sentAt: known(row, 'sent_at'), ref: located(row, ref) };
    case 'reminded':
      return {
        status,
        sentAt: known(row, 'sent_at'),
        ref: located(row, ref),
        remindedAt: known(row, 'reminded_at'),
      };
    case 'answered':
      return {
        status,
        sentAt: known(row, 'sent_at'),
        ref,
        answeredAt: known(row, 'answered_at'),
        late: row.late,
      };
    case 'declined':
      return { status, sentAt: known(row, 'sent_at'), ref, declinedAt: known(row, 'declined_at') };
    case 'expired':
      return { status, sentAt: known(row, 'sent_at'), ref, expiredAt: known(row, 'ended_at') };
    case 'suppressed':
      return { status, reason: known(row, 'reason') as SuppressionReason, at: known(row, 'ended_at') };
    case 'undeliverable':
      return { status, reason: known(row, 'reason'), at: known(row, 'ended_at') };
    case 'uncertain':
      return { status, attemptedAt: known(row, 'attempted_at') };
  }
}

/** The table's checks promise it; if they were dropped, this says which row lies. */
function known<K extends keyof PromptRow>(row: PromptRow, column: K): NonNullable<PromptRow[K]> {
  const value = row[column];
  if (value === null || value === undefined) throw liar(row, column);
  return value;
}

function located(row: PromptRow, ref: MessageRef | null): MessageRef {
  if (ref === null) throw liar(row, 'ref_message');
  return ref;
}

function liar(row: PromptRow, column: string): AfterwordError {
  const remedy = 'apply the migrations, whose checks forbid this, and repair the row';
  return new AfterwordError('broken', `prompt ${row.id} is ${row.status} but has no ${column}`, remedy);
}

/** The columns that a state tells about. */
export function columnsOf(state: PromptState): Readonly<Record<string, unknown>> {
  const { status } = state;
  switch (status) {
    case 'scheduled':
      return { status, asked_at: at(state.dueAt), due_at: at(state.dueAt) };
    case 'sending':
      return {
        status,
        asked_at: at(state.attemptedAt),
        due_at: at(state.dueAt),
        attempted_at: at(state.attemptedAt),
      };
    case 'sent':
      return { status, asked_at: at(state.sentAt), sent_at: at(state.sentAt), ...refOf(state.ref) };
    case 'reminded':
      return {
        status,
        asked_at: at(state.sentAt),
        sent_at: at(state.sentAt),
        ...refOf(state.ref),
        reminded_at: at(state.remindedAt),
      };
    case 'answered':
      return {
        status,
        asked_at: at(state.sentAt),
        sent_at: at(state.sentAt),
        ...refOf(state.ref),
        answered_at: at(state.answeredAt),
        late: state.late,
      };
    case 'declined':
      return {
        status,
        asked_at: at(state.sentAt),
        sent_at: at(state.sentAt),
        ...refOf(state.ref),
        declined_at: at(state.declinedAt),
      };
    case 'expired':
      return {
        status,
        asked_at: at(state.sentAt),
        sent_at: at(state.sentAt),
        ...refOf(state.ref),
        ended_at: at(state.expiredAt),
      };
    case 'suppressed':
    case 'undeliverable':
      return { status, asked_at: null, reason: state.reason, ended_at: at(state.at) };
    case 'uncertain':
      return { status, asked_at: at(state.attemptedAt), attempted_at: at(state.attemptedAt) };
  }
}

function refOf(ref: MessageRef | null): { ref_channel: string | null; ref_message: string | null } {
  return { ref_channel: ref?.channel ?? null, ref_message: ref?.message ?? null };
}
