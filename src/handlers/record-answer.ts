// answer → response → classification → follow-up: what customers sent back is validated, classified and durable, all in one transaction, before
// anybody is told that it was. The same answer again changes nothing; a changed one replaces and keeps its history.
// Works on batches, each answer as if it had come alone, after those before it; a single one is a batch of one.
import type { Duration, Id, Instant } from '../domain/basics.ts';
import type { Prompt } from '../domain/prompt/prompt.ts';
import { answer, mayBecome } from '../domain/prompt/transition.ts';
import { type AnswerChange, cleanVerbatim, reviseResponse } from '../domain/response/response.ts';
import { parseScore } from '../domain/response/score.ts';
import type { SurveyPolicy } from '../domain/survey/policy.ts';
import type { IdentityRef } from '../domain/trigger/interaction.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { PromptDossier } from '../ports/store/prompts.ts';
import type { NewWork } from '../ports/store/work.ts';
import type { Change, RawAnswer, Recorded } from './answer.ts';
import { type Context, wake } from './context.ts';
import { followUpAnswers } from './follow-up-answers.ts';
import { classifierOf } from './reading.ts';
import { secondThoughts } from './reconsider.ts';

/** What recording needs. */
export type Recording = Omit<Context, 'record'>;

/** Records one answer, after whoever has its prompt in hand. */
export async function recordAnswer(ctx: Recording, workspaceId: Id, raw: RawAnswer): Promise<Recorded> {
  const [recorded] = await record(ctx, workspaceId, [raw], async (tx) => {
    const dossier = await tx.prompts.lock(raw.promptId);
    return new Map(dossier && [[raw.promptId, dossier]]);
  });
  return recorded ?? { kind: 'not_found' };
}

/**
 * Records answers together, in their order. Null for those whose prompt somebody else has in hand (or that is not there): they are to be recorded
 * alone, for no batch waits for one prompt.
 */
export async function recordAnswers(
  ctx: Recording,
  workspaceId: Id,
  raws: readonly RawAnswer[],
): Promise<readonly (Recorded | null)[]> {
  return await record(ctx, workspaceId, raws, (tx) =>
    tx.prompts.lockFree([...new Set(raws.map((raw) => raw.promptId))]),
  );
}

async function record(
  ctx: Recording,
  workspaceId: Id,
  raws: readonly RawAnswer[],
  lock: (tx: StoreTx) => Promise<ReadonlyMap<Id, PromptDossier>>,
): Promise<readonly (Recorded | null)[]> {
  const { policies, workspace } = await ctx.directory.of(workspaceId);
  const classify = classifierOf(ctx, workspace.settings);
  const { outcomes, wakes } = await ctx.store.transaction(workspaceId, async (tx) => {
    const now = ctx.clock.now();
    const dossiers = await lock(tx);
    if (dossiers.size === 0) return { outcomes: raws.map(() => null), wakes: [] };
    const givers = await giversOf(tx, raws, dossiers);
    const prompts = new Map([...dossiers].map(([id, { prompt }]) => [id, prompt]));
    const responses = new Map(await tx.responses.ofPrompts([...dossiers.keys()]));

    const changes: Change[] = [];
    const outcomes = raws.map((raw): Recorded | null => {
      const prompt = prompts.get(raw.promptId);
      if (!prompt) return null;
      if (!givers.has(raw)) return { kind: 'not_theirs' };
      const before = { prompt, response: responses.get(prompt.id) ?? null };
      const outcome = decide(ctx, before, raw, policies[prompt.survey], now);
      if (outcome.kind === 'recorded' && outcome.changed) {
        changes.push({ ...outcome, before, elsewhere: raw.elsewhere });
        prompts.set(prompt.id, outcome.prompt);
        responses.set(prompt.id, outcome.response);
      }
      return outcome;
    });
    if (changes.length === 0) return { outcomes, wakes: [] };
    const { deadline } = workspace.settings.followUps;
    return { outcomes, wakes: await save({ ...ctx, classify }, tx, changes, deadline, now) };
  });
  wake(ctx, wakes);
  return outcomes;
}

function decide(
  ctx: Recording,
  { prompt, response }: Change['before'],
  raw: RawAnswer,
  policy: SurveyPolicy,
  now: Instant,
): Recorded {
  if (!mayBecome(prompt.state, 'answered')) return { kind: 'closed', status: prompt.state.status };
  const change = parse(prompt, raw, response?.verbatim ?? null);
  if ('message' in change) return { kind: 'invalid', prompt, message: change.message };
  const state = answer(prompt.state, now, policy.expiry);
  const identity = {
    id: ctx.ids.next(),
    workspaceId: prompt.workspaceId,
    promptId: prompt.id,
    personId: prompt.personId,
    survey: prompt.survey,
    late: state.late,
  };
  const revised = reviseResponse(response, change, identity, now);
  if (revised.kind === 'score_first') return { kind: 'score_first', prompt, verbatim: revised.verbatim };
  return {
    kind: 'recorded',
    prompt: { ...prompt, state },
    response: revised.response,
    changed: revised.changed,
  };
}

const SHOWN_TWICE: ReadonlySet<string> = new Set(['reminded', 'declined']);

async function save(ctx: Recording, tx: StoreTx, changes: readonly Change[], usual: Duration, now: Instant) {
  const versions = changes.map(({ prompt, response }) => ({
    response,
    classification: ctx.classify({
      survey: prompt.survey,
      score: response.score,
      text: response.verbatim,
      locale: prompt.locale,
    }),
  }));
  await tx.responses.save(...versions);
  const answered = changes
    .filter(({ before, prompt }) => before.prompt.state !== prompt.state)
    .map((change) => change.prompt);
  if (answered.length > 0) {
    await tx.prompts.save(...answered);
    await tx.work.cancel(
      ['remind', 'expire'],
      answered.map((prompt) => prompt.id),
    );
  }
  // A reminded one has two messages, and the answer may have come through the other; a declined one may have been taken back where the giver alone sees it.
  const repaints = changes
    .filter(({ before: { prompt }, elsewhere }) => elsewhere || SHOWN_TWICE.has(prompt.state.status))
    .map(
      ({ prompt }): NewWork => ({ id: ctx.ids.next(), kind: 'repaint', subjectId: prompt.id, dueAt: now }),
    );
  const followUps = await followUpAnswers(ctx, tx, changes, usual, now);
  return await tx.work.add([...followUps, ...repaints, ...secondThoughts(ctx, versions, now)], now);
}

/** Those that come from whom they should. */
async function giversOf(
  tx: StoreTx,
  raws: readonly RawAnswer[],
  dossiers: ReadonlyMap<Id, PromptDossier>,
): Promise<ReadonlySet<RawAnswer>> {
  const givers = new Set<RawAnswer>();
  const others: { readonly raw: RawAnswer; readonly personId: Id; readonly identity: IdentityRef }[] = [];
  for (const raw of raws) {
    const dossier = dossiers.get(raw.promptId);
    if (!dossier) continue;
    if (raw.by === 'bearer' || isSame(raw.by, dossier.identity)) givers.add(raw);
    else others.push({ raw, personId: dossier.prompt.personId, identity: raw.by });
  }
  const owned = await tx.people.owns(...others);
  for (const [i, { raw }] of others.entries()) if (owned[i]) givers.add(raw);
  return givers;
}

/** The identity that was asked, or another one of the same person. */
export async function isGiver(
  tx: StoreTx,
  by: IdentityRef,
  asked: IdentityRef,
  personId: Id,
): Promise<boolean> {
  if (isSame(by, asked)) return true;
  const [owned] = await tx.people.owns({ personId, identity: by });
  return owned === true;
}

function isSame(one: IdentityRef, other: IdentityRef): boolean {
  return (
    one.platform === other.platform &&
    one.installation === other.installation &&
    one.externalId === other.externalId
  );
}

function parse(
  prompt: Prompt,
  raw: RawAnswer,
  known: string | null,
): AnswerChange | { readonly message: string } {
  const verbatim = raw.adding === undefined ? raw.verbatim : joined(known, cleanVerbatim(raw.adding));
  const words = verbatim === undefined ? {} : { verbatim };
  if (raw.score === undefined) return words;
  const score = parseScore(prompt.survey, raw.score);
  return score.ok ? { score: score.score, ...words } : { message: score.message };
}

function joined(known: string | null, more: string | null): string | null {
  if (known === null || more === null) return known ?? more;
  return `\n${known}\n`.includes(`\n${more}\n`) ? known : `${known}\n${more}`;
}
