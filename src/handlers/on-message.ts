// Somebody typed in a conversation. Where a question is still to come they go on talking, and it is not sent; where one is open they may be
// answering it, and soon after an answer be adding to it. All else is talk.
import { type Duration, HOUR, type Id, type Instant } from '../domain/basics.ts';
import type { Prompt } from '../domain/prompt/prompt.ts';
import type { Response } from '../domain/response/response.ts';
import { readTypedAnswer } from '../domain/response/typed-answer.ts';
import type { Place } from '../domain/trigger/interaction.ts';
import type { InboundEvent, InboundOutcome } from '../ports/platform.ts';
import type { StoreTx } from '../ports/store/index.ts';
import { unclearView } from '../views/prompt.ts';
import { askingOf, textsFor } from './asking.ts';
import type { Context } from './context.ts';
import { describeRecorded } from './on-action.ts';
import { reopenPlace } from './reopen.ts';

/** Who has not said more for so long has said what they had to say; what they type then is about something else. */
const ADDING: Duration = HOUR;

export async function onMessage(
  ctx: Context,
  workspaceId: Id,
  event: Extract<InboundEvent, { kind: 'message' }>,
): Promise<InboundOutcome> {
  const { identity, profile } = event.by;
  if (profile.isTeam === true || profile.isBot === true) return { kind: 'ignored', reason: 'not_a_customer' };
  const person = await ctx.store.transaction(workspaceId, (tx) => tx.people.find(identity));
  if (!person) return { kind: 'ignored', reason: 'unknown person' };
  const direct = event.place.channel === null && event.place.thread === null;
  if (
    !direct &&
    (await reopenPlace(ctx, workspaceId, event.place, { personId: person.id, closedBy: event.saidAt }))
  )
    return { kind: 'done', shared: null, reply: null, subject: null };

  const { prompt, response } = await ctx.store.transaction(workspaceId, async (tx) => {
    const prompt = await promptAt(ctx, tx, person.id, event.place);
    return { prompt, response: prompt ? await tx.responses.ofPrompt(prompt.id) : null };
  });
  const answer = prompt && readAnswer(prompt, response, event.text, ctx.clock.now());
  if (!prompt || !answer) return { kind: 'ignored', reason: 'talk' };
  if (answer === 'unclear') return await askAgain(ctx, workspaceId, prompt, event.text);
  const recorded = await ctx.record(workspaceId, {
    promptId: prompt.id,
    by: identity,
    ...answer,
    elsewhere: true,
  });
  return await describeRecorded(ctx, workspaceId, profile.locale ?? null, recorded);
}

/**
 * The newest question to them here. What is said directly may be about any question, since one about a conversation may have been asked directly;
 * where a conversation is theirs alone, what was asked directly stands in it too.
 */
async function promptAt(ctx: Context, tx: StoreTx, personId: Id, place: Place): Promise<Prompt | null> {
  const direct = place.channel === null && place.thread === null;
  const here = await tx.prompts.openPromptFor(personId, direct ? null : place);
  if (place.thread === null || !ctx.platforms.get(place.platform)?.capabilities.privateThreads) return here;
  const asked = await tx.prompts.openPromptFor(personId, { ...place, channel: null, thread: null });
  return [here, asked].filter((one) => one !== null).sort((a, b) => askedAt(b) - askedAt(a))[0] ?? null;
}

function askedAt({ state }: Prompt): Instant {
  return 'sentAt' in state ? state.sentAt : 'attemptedAt' in state ? state.attemptedAt : 0;
}

/** Whoever typed what could be several scores, or none, sees the scale once more; after that it is talk. */
async function askAgain(
  ctx: Context,
  workspaceId: Id,
  prompt: Prompt,
  typed: string,
): Promise<InboundOutcome> {
  const now = ctx.clock.now();
  const first = await ctx.store.transaction(workspaceId, (tx) => tx.prompts.noteAskedAgain(prompt.id, now));
  if (!first) return { kind: 'ignored', reason: 'not clear, and asked again before' };
  const asking = askingOf(await ctx.directory.of(workspaceId), prompt, null);
  const reply = unclearView(await textsFor(ctx, prompt), { ...asking, typed });
  return { kind: 'done', shared: null, reply, subject: prompt.id };
}

interface Said {
  readonly score?: number;
  readonly verbatim?: string;
  readonly adding?: string;
}

/** What a text says about a question; null: nothing. */
function readAnswer(
  prompt: Prompt,
  response: Response | null,
  text: string,
  now: Instant,
): Said | 'unclear' | null {
  if (prompt.state.status === 'declined') return null;
  if (response && now - response.revisedAt > ADDING) return null;
  const typed = readTypedAnswer(prompt.survey, text);
  if (typed.kind === 'score')
    return { score: typed.score, ...(typed.words === null ? {} : { verbatim: typed.words }) };
  const waits = prompt.state.status === 'sent' || prompt.state.status === 'reminded';
  if (typed.kind === 'unclear' && waits) return 'unclear';
  // Where a platform keeps the words to itself, that somebody spoke adds none.
  return response && text.trim() !== '' ? { adding: text } : null;
}
