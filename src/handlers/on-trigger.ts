// trigger → eligibility → prompt: an interaction ended; whoever was helped is asked later, or it is noted why not.
// Works on batches, so that one webhook and ten thousand cost the same per interaction; a single one is a batch of one.
import type { Id, Instant } from '../domain/basics.ts';
import { applyDailyCap, type Decision, type Planned, planPrompt } from '../domain/eligibility/decide.ts';
import type { PersonFacts } from '../domain/eligibility/facts.ts';
import type { SuppressionReason } from '../domain/eligibility/reason.ts';
import type { Prompt, PromptStatus } from '../domain/prompt/prompt.ts';
import type { InteractionClosed, Place } from '../domain/trigger/interaction.ts';
import type { StoreTx } from '../ports/store/index.ts';
import type { Person, PromptHistory } from '../ports/store/people.ts';
import { type Context, wake } from './context.ts';
import type { WorkspaceCard } from './directory.ts';

export interface TriggerOutcome {
  readonly interactionId: Id;
  readonly prompt: {
    readonly id: Id;
    readonly state: PromptStatus;
    readonly reason: SuppressionReason | string | null;
    readonly dueAt: Instant | null;
  } | null;
}

/** Answers in the order of the events. The same `(source, externalId)` again answers as the first time and asks nobody. */
export async function onTriggers(
  ctx: Context,
  workspaceId: Id,
  events: readonly InteractionClosed[],
): Promise<readonly TriggerOutcome[]> {
  const card = await ctx.directory.of(workspaceId);
  const { outcomes, wakes } = await ctx.store.transaction(workspaceId, async (tx) => {
    const now = ctx.clock.now();
    const people = await tx.people.resolve(
      events.map((event) => ({ identity: event.person, profile: event.profile, customer: event.customer })),
      () => ctx.ids.next(),
      now,
    );
    const rows = events.map((interaction, i) => ({
      id: ctx.ids.next(),
      personId: people[i]!.id,
      interaction,
    }));
    const fresh = await tx.prompts.addInteractions(rows, now);
    const histories = await tx.people.history([...new Set(people.map((person) => person.id))]);
    const reservations = new Reservations(histories);

    const prompts = new Map<Id, Prompt>();
    for (const [i, row] of rows.entries()) {
      if (!fresh.has(row.id)) continue;
      const decision = await decide(ctx, tx, card, people[i]!, row.interaction, reservations, now);
      const prompt = promptOf(ctx, card, row, people[i]!, decision, now);
      prompts.set(row.id, prompt);
      reservations.take(prompt, decision);
    }
    await tx.prompts.add([...prompts.values()]);
    const due = [...prompts.values()].flatMap((prompt) =>
      prompt.state.status === 'scheduled'
        ? [{ id: ctx.ids.next(), kind: 'deliver' as const, subjectId: prompt.id, dueAt: prompt.state.dueAt }]
        : [],
    );
    const wakes = due.length > 0 ? await tx.work.add(due, now) : [];

    const outcomes: TriggerOutcome[] = [];
    for (const row of rows) {
      const made = prompts.get(row.id);
      outcomes.push(
        made ? { interactionId: row.id, prompt: describePrompt(made) } : await earlier(tx, row.interaction),
      );
    }
    return { outcomes, wakes };
  });
  wake(ctx, wakes);
  return outcomes;
}

async function decide(
  ctx: Pick<Context, 'platforms'>,
  tx: StoreTx,
  card: WorkspaceCard,
  person: Person,
  interaction: InteractionClosed,
  reservations: Reservations,
  now: Instant,
): Promise<Decision> {
  const { workspace, policies, installations } = card;
  const { place, explicit } = interaction;
  const plan = planPrompt({
    workspace: {
      id: workspace.id,
      zone: workspace.zone,
      installed: installations.some(
        (i) => i.active && i.platform === place.platform && i.externalId === place.installation,
      ),
      paused: workspace.settings.paused,
      policies,
    },
    person: { optedOut: person.optedOutAt !== null, zone: person.zone, ...reservations.of(person.id) },
    interaction: {
      closedAt: interaction.closedAt,
      closedBy: interaction.closedBy,
      survey: interaction.survey,
      explicit,
      ...(interaction.delay === undefined ? {} : { delay: interaction.delay }),
      key: `${interaction.source}\n${interaction.externalId}`,
      isTeam: interaction.profile.isTeam === true,
      isBot: interaction.profile.isBot === true,
      reopened: false,
      duplicate: reservations.isLive(person.id, explicit ? null : place),
      reachable: place.thread !== null || ctx.platforms.get(place.platform)?.capabilities.direct === true,
    },
    now,
  });
  if (plan.kind === 'suppressed') return plan;
  return applyDailyCap(plan, plan.dailyCap === null ? 0 : await reservations.on(tx, plan));
}

function promptOf(
  ctx: Context,
  card: WorkspaceCard,
  row: { readonly id: Id; readonly interaction: InteractionClosed },
  person: Person,
  decision: Decision,
  now: Instant,
): Prompt {
  const { interaction } = row;
  const eligible = decision.kind === 'eligible';
  return {
    id: ctx.ids.next(),
    workspaceId: card.workspace.id,
    interactionId: row.id,
    personId: person.id,
    survey: eligible ? decision.survey : (interaction.survey ?? 'ces'),
    place: interaction.place,
    locale: person.locale ?? interaction.locale ?? card.workspace.locale,
    agent: interaction.agent,
    account: interaction.account,
    explicit: interaction.explicit,
    createdAt: now,
    state: eligible
      ? { status: 'scheduled', dueAt: decision.dueAt }
      : { status: 'suppressed', reason: decision.reason, at: now },
  };
}

/** What an API caller is told of a prompt. */
export function describePrompt(prompt: Prompt): NonNullable<TriggerOutcome['prompt']> {
  const { state } = prompt;
  return {
    id: prompt.id,
    state: state.status,
    reason: state.status === 'suppressed' || state.status === 'undeliverable' ? state.reason : null,
    dueAt: state.status === 'scheduled' || state.status === 'sending' ? state.dueAt : null,
  };
}

/** What was answered the first time, whatever became of the prompt since; unless nothing will be sent after all. */
async function earlier(tx: StoreTx, interaction: InteractionClosed): Promise<TriggerOutcome> {
  const known = await tx.prompts.findByInteraction(interaction.source, interaction.externalId);
  const prompt = known?.prompt ? describePrompt(known.prompt) : null;
  const ended = prompt === null || prompt.state === 'suppressed' || prompt.state === 'undeliverable';
  return {
    interactionId: known!.interactionId,
    prompt: ended ? prompt : { ...prompt, state: 'scheduled', dueAt: known?.dueAt ?? null },
  };
}

/** What this batch itself has promised so far, on top of what the store knew when it began. */
class Reservations {
  private readonly people: Map<Id, PromptHistory>;
  private readonly due: Instant[] = [];
  /** What the store had for a day when this batch first asked; the lock that counting takes keeps it true until the end. */
  private readonly known = new Map<Instant, Promise<number>>();

  constructor(histories: ReadonlyMap<Id, PromptHistory>) {
    this.people = new Map(histories);
  }

  of(personId: Id): Pick<PersonFacts, 'lastPromptAt' | 'lastDeclineAt' | 'lastNpsAt'> {
    const history = this.people.get(personId);
    return {
      lastPromptAt: history?.lastPromptAt ?? null,
      lastDeclineAt: history?.lastDeclinedAt ?? null,
      lastNpsAt: history?.lastNpsAt ?? null,
    };
  }

  /** Whether a prompt about this conversation (or, for null, any prompt to the person) is under way. */
  isLive(personId: Id, place: Place | null): boolean {
    const live = this.people.get(personId)?.live ?? [];
    if (place === null) return live.length > 0;
    return place.thread !== null && live.some((other) => sameThread(other, place));
  }

  /** How many prompts there are on the day of the plan. */
  async on(tx: StoreTx, { day }: Planned): Promise<number> {
    const known = this.known.get(day.start) ?? tx.prompts.countReserved(day.start, day.end);
    this.known.set(day.start, known);
    return (await known) + this.due.filter((at) => at >= day.start && at < day.end).length;
  }

  take(prompt: Prompt, decision: Decision): void {
    if (decision.kind !== 'eligible') return;
    this.due.push(decision.dueAt);
    const before = this.people.get(prompt.personId);
    this.people.set(prompt.personId, {
      lastPromptAt: Math.max(before?.lastPromptAt ?? 0, decision.dueAt),
      lastNpsAt: decision.survey === 'nps' ? decision.dueAt : (before?.lastNpsAt ?? null),
      lastDeclinedAt: before?.lastDeclinedAt ?? null,
      live: [...(before?.live ?? []), prompt.place],
    });
  }
}

function sameThread(a: Place, b: Place): boolean {
  return (
    a.platform === b.platform &&
    a.installation === b.installation &&
    a.channel === b.channel &&
    a.thread === b.thread
  );
}
