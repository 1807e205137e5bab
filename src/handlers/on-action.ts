// A pressed button: what it does, and what its message then says to everybody and to whoever pressed.
import type { Id } from '../domain/basics.ts';
import { assertNever } from '../domain/basics.ts';
import { type Action, isForTeam } from '../domain/command/action.ts';
import type { Prompt } from '../domain/prompt/prompt.ts';
import { cleanVerbatim } from '../domain/response/response.ts';
import type { Actor, InboundOutcome } from '../ports/platform.ts';
import { closeFormView } from '../views/alert.ts';
import {
  answeredSharedView,
  answeredView,
  changeView,
  declinedView,
  optedOutView,
  promptView,
  wordsFormView,
} from '../views/prompt.ts';
import { goneView, invalidScoreView, notYoursView, takenView } from '../views/replies.ts';
import type { Translate } from '../views/text.ts';
import type { RawAnswer, Recorded } from './answer.ts';
import { askingOf, textsFor } from './asking.ts';
import { claim, close, type Handled, handOver, ownerOf, release, reopen } from './close-loop.ts';
import { forgetMyself } from './commands/forget-me.ts';
import type { Context } from './context.ts';
import { onConfirmed } from './on-confirmed.ts';
import { pauseDigest } from './pause-digest.ts';
import { alertOf } from './post-alert.ts';
import { isGiver } from './record-answer.ts';
import { isAllowed, refusedView, standingOf } from './refused.ts';
import { rehearse, rehearsed } from './rehearsal.ts';
import { onSettings } from './settings.ts';
import { spokenTo } from './spoken-to.ts';
import { type Withdrawn, withdraw } from './withdraw.ts';

type Values = Readonly<Record<string, string>> | null;

export async function onAction(
  ctx: Context,
  workspaceId: Id,
  action: Action,
  by: Actor,
  values: Values,
): Promise<InboundOutcome> {
  // What customers may press is theirs by the prompt; what is the team's is the team's alone.
  if (isForTeam(action)) {
    const standing = await standingOf(ctx, workspaceId, by);
    const isMeant =
      action.kind === 'settings' ? isAllowed({ kind: 'settings' }, standing) : standing.role !== 'anyone';
    if (!isMeant) return { kind: 'rejected', reply: refusedView(textsOf(ctx, by), standing) };
  }
  const played = rehearsed(ctx, action, by, values);
  if (played !== null) return played;
  const done = (result: Handled) => handled(ctx, workspaceId, by, result);
  switch (action.kind) {
    case 'settings':
      return await onSettings(ctx, workspaceId, by, values, await spokenTo(ctx, workspaceId, by));
    case 'test_prompt':
      return rehearse(ctx, by);
    case 'forget_me':
      return {
        kind: 'done',
        shared: null,
        reply: await forgetMyself(ctx, workspaceId, by, await spokenTo(ctx, workspaceId, by)),
        subject: null,
      };
    case 'score':
      return await answerWith(ctx, workspaceId, by, {
        promptId: action.promptId,
        by: by.identity,
        score: action.score,
        elsewhere: false,
      });
    case 'add_words':
      return values === null
        ? await form(ctx, workspaceId, by, action)
        : await answerWith(ctx, workspaceId, by, {
            promptId: action.promptId,
            by: by.identity,
            verbatim: cleanVerbatim(values.words ?? null),
            elsewhere: false,
          });
    case 'change':
      return await form(ctx, workspaceId, by, action);
    case 'decline':
    case 'opt_out':
    case 'undo':
      return await withdrawal(ctx, workspaceId, by, action);
    case 'solved':
    case 'unsolved':
      return await onConfirmed(ctx, workspaceId, action.followUpId, by, action.kind === 'solved');
    case 'claim':
      return await done(await claim(ctx, workspaceId, action.followUpId, ownerOf(by)));
    case 'take_over':
      return await done(await handOver(ctx, workspaceId, action.followUpId, ownerOf(by)));
    case 'release':
      return await done(await release(ctx, workspaceId, action.followUpId));
    case 'reopen':
      return await done(await reopen(ctx, workspaceId, action.followUpId));
    case 'pause_digest':
      return await pauseDigest(ctx, workspaceId, action.scheduleId, by, 'pause');
    case 'resume_digest':
      return await pauseDigest(ctx, workspaceId, action.scheduleId, by, 'resume');
    case 'close': {
      if (values !== null)
        return await done(await close(ctx, workspaceId, action.followUpId, ownerOf(by), values.note ?? ''));
      return {
        kind: 'done',
        shared: null,
        reply: closeFormView(textsOf(ctx, by), { followUpId: action.followUpId }),
        subject: null,
      };
    }
    default:
      return assertNever(action);
  }
}

async function answerWith(ctx: Context, workspaceId: Id, by: Actor, raw: RawAnswer): Promise<InboundOutcome> {
  return await describeRecorded(
    ctx,
    workspaceId,
    by.profile.locale ?? null,
    await ctx.record(workspaceId, raw),
  );
}

/** What the giver of an answer, and everybody else, sees of it. */
export async function describeRecorded(
  ctx: Context,
  workspaceId: Id,
  locale: string | null,
  recorded: Recorded,
): Promise<InboundOutcome> {
  switch (recorded.kind) {
    case 'recorded': {
      const { response, prompt } = recorded;
      const t = await textsFor(ctx, prompt);
      const facts = {
        promptId: prompt.id,
        survey: prompt.survey,
        score: response.score,
        verbatim: response.verbatim,
        late: response.late,
      };
      return {
        kind: 'done',
        shared: answeredSharedView(t),
        reply: answeredView(t, facts),
        subject: prompt.id,
      };
    }
    case 'score_first': {
      const t = await textsFor(ctx, recorded.prompt);
      return {
        kind: 'done',
        shared: null,
        reply: await askingView(ctx, workspaceId, t, recorded.prompt),
        subject: recorded.prompt.id,
      };
    }
    case 'invalid':
      return {
        kind: 'rejected',
        reply: invalidScoreView(await textsFor(ctx, recorded.prompt), { survey: recorded.prompt.survey }),
      };
    case 'not_theirs':
      return { kind: 'rejected', reply: notYoursView(ctx.texts(locale)) };
    case 'closed':
    case 'not_found':
      return { kind: 'rejected', reply: goneView(ctx.texts(locale)) };
  }
}

async function withdrawal(
  ctx: Context,
  workspaceId: Id,
  by: Actor,
  action: Extract<Action, { kind: 'decline' | 'opt_out' | 'undo' }>,
): Promise<InboundOutcome> {
  const withdrawn: Withdrawn = await withdraw(ctx, workspaceId, action.promptId, by.identity, action.kind);
  if (withdrawn.kind === 'not_theirs') return { kind: 'rejected', reply: notYoursView(textsOf(ctx, by)) };
  if (withdrawn.kind !== 'done') return { kind: 'rejected', reply: goneView(textsOf(ctx, by)) };
  const { prompt } = withdrawn;
  const t = await textsFor(ctx, prompt);
  const isAnswered = prompt.state.status === 'answered';
  const response =
    isAnswered && (await ctx.store.transaction(workspaceId, (tx) => tx.responses.ofPrompt(prompt.id)));
  if (action.kind === 'undo' && response)
    return await describeRecorded(ctx, workspaceId, null, {
      kind: 'recorded',
      prompt,
      response,
      changed: false,
    });
  if (action.kind === 'undo') {
    const view = await askingView(ctx, workspaceId, t, prompt);
    return { kind: 'done', shared: view, reply: view, subject: prompt.id };
  }
  const reply =
    action.kind === 'opt_out'
      ? optedOutView(t, { promptId: prompt.id })
      : declinedView(t, { promptId: prompt.id });
  const shared = isAnswered ? answeredSharedView(t) : declinedView(t, { promptId: prompt.id });
  return { kind: 'done', shared, reply, subject: prompt.id };
}

/** The scale again, or the form for words: read only, and only for the giver. */
async function form(
  ctx: Context,
  workspaceId: Id,
  by: Actor,
  action: Extract<Action, { kind: 'change' | 'add_words' }>,
): Promise<InboundOutcome> {
  const found = await ctx.store.transaction(workspaceId, async (tx) => {
    const dossier = await tx.prompts.lock(action.promptId);
    if (!dossier) return null;
    const theirs = await isGiver(tx, by.identity, dossier.identity, dossier.prompt.personId);
    return { prompt: dossier.prompt, theirs, response: await tx.responses.ofPrompt(dossier.prompt.id) };
  });
  if (!found?.response) return { kind: 'rejected', reply: goneView(textsOf(ctx, by)) };
  if (!found.theirs) return { kind: 'rejected', reply: notYoursView(textsOf(ctx, by)) };
  const { prompt, response } = found;
  const t = await textsFor(ctx, prompt);
  if (action.kind === 'add_words') {
    const reply = wordsFormView(t, { promptId: prompt.id, words: response.verbatim ?? '' });
    return { kind: 'done', shared: null, reply, subject: prompt.id };
  }
  const card = await ctx.directory.of(workspaceId);
  const reply = changeView(t, { ...askingOf(card, prompt, null), selected: response.score });
  return { kind: 'done', shared: null, reply, subject: prompt.id };
}

async function handled(ctx: Context, workspaceId: Id, by: Actor, result: Handled): Promise<InboundOutcome> {
  const t = textsOf(ctx, by);
  if (result.kind === 'not_found') return { kind: 'rejected', reply: goneView(t) };
  const { state } = result.dossier.followUp;
  if (result.kind === 'taken')
    return {
      kind: 'rejected',
      reply: takenView(t, { number: result.dossier.number, by: 'by' in state ? state.by : '' }),
    };
  const view = await alertOf(ctx, await ctx.directory.of(workspaceId), result.dossier);
  return { kind: 'done', shared: view, reply: view, subject: result.dossier.followUp.id };
}

async function askingView(ctx: Context, workspaceId: Id, t: Translate, prompt: Prompt) {
  return promptView(t, askingOf(await ctx.directory.of(workspaceId), prompt, null));
}

function textsOf(ctx: Context, by: Actor): Translate {
  return ctx.texts(by.profile.locale ?? null);
}
