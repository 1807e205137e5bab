// The acts of the HTTP surface, on the same handlers that platforms use.
import { type Duration, type Id, type Instant, SECOND } from '../domain/basics.ts';
import type { Prompt } from '../domain/prompt/prompt.ts';
import { mayBecome } from '../domain/prompt/transition.ts';
import type { Response } from '../domain/response/response.ts';
import type { InteractionClosed } from '../domain/trigger/interaction.ts';
import type { Api, ApiAnswer, ApiProblem, ApiPromptDetail } from '../ports/api.ts';
import type { Health } from '../ports/health.ts';
import type { Queue } from '../ports/queue.ts';
import type { Tokens } from '../ports/tokens.ts';
import type { Recorded } from './answer.ts';
import { acquainted, readInteraction } from './api-interactions.ts';
import { peopleOfApi } from './api-people.ts';
import type { Context } from './context.ts';
import { describePrompt, onTriggers } from './on-trigger.ts';
import { reopenInteraction } from './reopen.ts';
import { withdraw } from './withdraw.ts';

/** How long a key is believed without looking again: a revoked one works no longer than this. */
const KEY_FRESH: Duration = 2 * SECOND;
const KEYS_AT_HAND = 1000;

/** Of more at once nobody is looked up: that would take a platform too long. */
const MOST_LOOKED_UP = 10;

type Timeout = <T>(ms: Duration, work: Promise<T>) => Promise<T>;

export function createApi(
  ctx: Context,
  queue: Pick<Queue, 'name' | 'health'>,
  tokens: Tokens,
  timeout: Timeout,
): Api {
  const owners = new Map<string, { readonly at: Instant; readonly owner: Promise<Id | null> }>();
  let saidDown = '';

  return {
    async authenticate(key) {
      const hash = tokens.hashKey(key);
      const name = Buffer.from(hash).toString('base64');
      const known = owners.get(name);
      // Whichever way the clock was set.
      if (known && Math.abs(ctx.clock.now() - known.at) < KEY_FRESH) return await known.owner;
      const owner = ctx.store.admin
        .findApiKey(hash)
        .then((found) => (found?.revokedAt === null ? found.workspaceId : null));
      if (owners.size >= KEYS_AT_HAND) owners.clear();
      owners.set(name, { at: ctx.clock.now(), owner });
      owner.catch(() => owners.delete(name));
      return await owner;
    },

    async trigger(workspaceId, interactions) {
      const card = await ctx.directory.of(workspaceId);
      const read = await Promise.all(
        interactions.map(async (interaction) => {
          const one = readInteraction(ctx, card, interaction);
          return 'problem' in one || interactions.length > MOST_LOOKED_UP ? one : await acquainted(ctx, one);
        }),
      );
      const good = read.filter((one): one is InteractionClosed => !('problem' in one));
      const outcomes = (good.length > 0 ? await onTriggers(ctx, workspaceId, good) : []).values();
      return read.map((one) => {
        if ('problem' in one) return one;
        const { interactionId, prompt } = outcomes.next().value!;
        return prompt
          ? { interactionId, prompt }
          : { problem: 'conflict', detail: `interaction ${interactionId} brought no prompt` };
      });
    },

    async prompt(workspaceId, promptId) {
      const { prompt, response } = await load(ctx, workspaceId, promptId);
      return prompt && detailOf(prompt, response, tokens);
    },

    async reopen(workspaceId, interactionId) {
      const reopened = await reopenInteraction(ctx, workspaceId, interactionId);
      return (
        reopened && {
          interactionId,
          prompt: reopened.prompt && describePrompt(reopened.prompt),
          cancelled: reopened.cancelled,
        }
      );
    },

    async answer(promptId, token, answer) {
      const workspaceId = tokens.verify(token, promptId);
      if (workspaceId === null)
        return { problem: 'forbidden', detail: 'this token does not answer this prompt' };
      const outcome =
        answer.decline === true
          ? await decline(ctx, workspaceId, promptId)
          : await record(ctx, workspaceId, promptId, answer);
      return 'problem' in outcome ? outcome : detailOf(outcome.prompt, outcome.response, tokens);
    },

    ...peopleOfApi(ctx),

    async readiness(deadline) {
      const ask = (what: string, health: Promise<Health>) =>
        timeout(deadline, health).catch(
          (error: unknown): Health => ({
            ok: false,
            detail: `${what} cannot say how it is: ${error instanceof Error ? error.message : String(error)}`,
            remedy: 'see `afterword doctor`',
          }),
        );
      const parts: [string, Promise<Health>][] = [
        ['store', ask('the store', ctx.store.health())],
        ['queue', ask('the queue', queue.health())],
        ...[...ctx.platforms.values()].map((p): [string, Promise<Health>] => [
          p.name,
          ask(p.name, p.health()),
        ]),
      ];
      const found = await Promise.all(parts.map(async ([name, health]) => [name, await health] as const));
      const down = found.flatMap(([name, health]) => (health.ok ? [] : [{ name, detail: health.detail }]));
      const names = down.map(({ name }) => name).join();
      // Asked every few seconds, and said once.
      if (names !== saidDown && names !== '') ctx.log.warn({ down }, 'not ready');
      saidDown = names;
      return Object.fromEntries(found);
    },
  };
}

async function load(
  ctx: Context,
  workspaceId: Id,
  promptId: Id,
): Promise<{ prompt: Prompt | null; response: Response | null }> {
  return await ctx.store.transaction(workspaceId, async (tx) => {
    const prompt = await tx.prompts.find(promptId);
    return { prompt, response: prompt ? await tx.responses.ofPrompt(promptId) : null };
  });
}

async function record(
  ctx: Context,
  workspaceId: Id,
  promptId: Id,
  answer: ApiAnswer,
): Promise<{ prompt: Prompt; response: Response } | ApiProblem> {
  const recorded: Recorded = await ctx.record(workspaceId, {
    promptId,
    by: 'bearer',
    elsewhere: true,
    ...(answer.score === undefined ? {} : { score: answer.score }),
    ...(answer.verbatim === undefined ? {} : { verbatim: answer.verbatim }),
  });
  switch (recorded.kind) {
    case 'recorded':
      return recorded;
    case 'invalid':
      return {
        problem: 'invalid',
        detail: recorded.message,
        errors: [{ field: 'score', message: recorded.message }],
      };
    case 'score_first':
      return {
        problem: 'invalid',
        detail: 'words need a score first',
        errors: [{ field: 'score', message: 'is missing' }],
      };
    case 'not_theirs':
      return { problem: 'forbidden', detail: 'this token does not answer this prompt' };
    case 'closed':
      return { problem: 'conflict', detail: `a prompt that is ${recorded.status} takes no answer` };
    case 'not_found':
      return { problem: 'not_found', detail: `there is no prompt ${promptId}` };
  }
}

async function decline(
  ctx: Context,
  workspaceId: Id,
  promptId: Id,
): Promise<{ prompt: Prompt; response: Response | null } | ApiProblem> {
  const withdrawn = await withdraw(ctx, workspaceId, promptId, 'bearer', 'decline');
  if (withdrawn.kind === 'not_found')
    return { problem: 'not_found', detail: `there is no prompt ${promptId}` };
  if (withdrawn.kind === 'closed')
    return { problem: 'conflict', detail: `a prompt that is ${withdrawn.status} cannot be declined` };
  if (withdrawn.kind === 'not_theirs')
    return { problem: 'forbidden', detail: 'this token does not answer this prompt' };
  return { prompt: withdrawn.prompt, response: null };
}

function detailOf(prompt: Prompt, response: Response | null, tokens: Tokens): ApiPromptDetail {
  const { state } = prompt;
  return {
    ...describePrompt(prompt),
    interactionId: prompt.interactionId,
    survey: prompt.survey,
    sentAt: 'sentAt' in state ? state.sentAt : null,
    answeredAt: state.status === 'answered' ? state.answeredAt : null,
    response: response && {
      score: response.score,
      verbatim: response.verbatim,
      revision: response.revision,
      late: response.late,
    },
    // While it is being sent, nobody knows yet whether there is anything to answer.
    answerToken:
      state.status !== 'sending' && mayBecome(state, 'answered')
        ? tokens.sign(prompt.workspaceId, prompt.id)
        : null,
  };
}
