// A workspace for one test, and short words for what tests put into it.
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import type { Id, Instant } from '../../../src/domain/basics.ts';
import type { Classification } from '../../../src/domain/classification/classification.ts';
import type { FollowUp, FollowUpState } from '../../../src/domain/follow-up/follow-up.ts';
import type { Prompt, PromptState } from '../../../src/domain/prompt/prompt.ts';
import type { Response } from '../../../src/domain/response/response.ts';
import type { IdentityRef, InteractionClosed, Place } from '../../../src/domain/trigger/interaction.ts';
import type { Store, StoreTx } from '../../../src/ports/store/index.ts';
import type { Person, PersonRequest } from '../../../src/ports/store/people.ts';
import type { LeasedWork, NewWork, WorkKind } from '../../../src/ports/store/work.ts';

export { newId };

/** What an adapter's test hands to the contract. */
export interface StoreUnderTest {
  readonly store: Store;
  /** Whether several transactions can be open at once. */
  readonly parallel: boolean;
  newWorkspace(): Promise<Id>;
  /** The same database as another process sees it. */
  another(): Store;
  /** Every row of a workspace, for tests that prove that nothing was changed. */
  rowsOf(workspaceId: Id): Promise<unknown>;
}

/** With milliseconds, so that losing them is noticed. */
export const NOW: Instant = Date.UTC(2026, 10, 21, 10, 0, 0, 123);

const WEB_CHANNEL: Place = {
  platform: 'web',
  installation: 'local',
  channel: 'support',
  thread: null,
};

export const CLASSIFIED: Classification = {
  sentiment: 'negative',
  confidence: 0.75,
  language: 'en',
  themes: [{ theme: 'speed', polarity: 'negative' }],
  segment: 'negative',
  conflict: false,
  classifier: 'lexicon-1',
};

export function identity(externalId: string = newId(), platform = 'web'): IdentityRef {
  return { platform, installation: 'local', externalId };
}

export function request(who: IdentityRef, more: Partial<PersonRequest> = {}): PersonRequest {
  return { identity: who, profile: {}, customer: null, ...more };
}

export function closed(who: IdentityRef, more: Partial<InteractionClosed> = {}): InteractionClosed {
  return {
    source: 'web',
    externalId: newId(),
    place: { platform: 'web', installation: 'local', channel: 'support', thread: newId() },
    person: who,
    profile: {},
    customer: null,
    agent: 'bob',
    account: 'acme',
    subject: 'Cannot log in',
    locale: 'en',
    closedAt: NOW,
    closedBy: 'person',
    survey: null,
    explicit: false,
    ...more,
  };
}

export const scheduled = (dueAt: Instant = NOW): PromptState => ({ status: 'scheduled', dueAt });

export const sent = (sentAt: Instant = NOW): PromptState => ({
  status: 'sent',
  sentAt,
  ref: { channel: 'support', message: 'm-1' },
});

/** One who was helped, and the prompt that it brought. */
export interface Asked {
  readonly who: IdentityRef;
  readonly person: Person;
  readonly interactionId: Id;
  readonly interaction: InteractionClosed;
  readonly prompt: Prompt;
}

export class World {
  readonly test: StoreUnderTest;
  readonly store: Store;
  readonly workspaceId: Id;

  constructor(test: StoreUnderTest, workspaceId: Id) {
    this.test = test;
    this.store = test.store;
    this.workspaceId = workspaceId;
  }

  tx<T>(body: (tx: StoreTx) => Promise<T>): Promise<T> {
    return this.store.transaction(this.workspaceId, body);
  }

  async person(who: IdentityRef = identity(), more: Partial<PersonRequest> = {}): Promise<Person> {
    const [person] = await this.tx((tx) => tx.people.resolve([request(who, more)], newId, NOW));
    return person!;
  }

  prompt(interactionId: Id, personId: Id, more: Partial<Prompt> = {}): Prompt {
    return {
      id: newId(),
      workspaceId: this.workspaceId,
      interactionId,
      personId,
      survey: 'nps',
      place: WEB_CHANNEL,
      locale: 'en',
      agent: 'bob',
      account: 'acme',
      explicit: false,
      createdAt: NOW,
      state: scheduled(),
      ...more,
    };
  }

  /** An interaction of its own for each prompt; the person is known by `who`. */
  async asked(
    more: Partial<Prompt> = {},
    who: IdentityRef = identity(),
    about: Partial<InteractionClosed> = {},
  ): Promise<Asked> {
    return await this.tx(async (tx) => {
      const [person] = await tx.people.resolve([request(who)], newId, NOW);
      const interaction = closed(who, about);
      const interactionId = newId();
      await tx.prompts.addInteractions([{ id: interactionId, personId: person!.id, interaction }], NOW);
      const prompt = this.prompt(interactionId, person!.id, { place: interaction.place, ...more });
      await tx.prompts.add([prompt]);
      return { who, person: person!, interactionId, interaction, prompt };
    });
  }

  response(prompt: Prompt, more: Partial<Response> = {}): Response {
    return {
      id: newId(),
      workspaceId: this.workspaceId,
      promptId: prompt.id,
      personId: prompt.personId,
      survey: prompt.survey,
      score: 3,
      verbatim: 'Too slow.',
      answeredAt: NOW,
      late: false,
      revision: 1,
      revisedAt: NOW,
      ...more,
    };
  }

  async answered(
    more: Partial<Response> = {},
    who: IdentityRef = identity(),
  ): Promise<Asked & { response: Response }> {
    const asked = await this.asked({ state: sent() }, who);
    const response = this.response(asked.prompt, more);
    await this.tx((tx) => tx.responses.save({ response, classification: CLASSIFIED }));
    return { ...asked, response };
  }

  followUp(response: Response, more: Partial<FollowUp> = {}): FollowUp {
    const state: FollowUpState = { status: 'open' };
    return {
      id: newId(),
      workspaceId: this.workspaceId,
      personId: response.personId,
      responseIds: [response.id],
      openedAt: NOW,
      dueAt: NOW + 1,
      state,
      confirmation: null,
      ...more,
    };
  }

  /** Adds work and takes it in hand. */
  async inHand(
    kind: WorkKind = 'deliver',
    more: Partial<NewWork> = {},
    leaseFor = 60_000,
  ): Promise<LeasedWork> {
    const item: NewWork = { id: newId(), kind, subjectId: newId(), dueAt: NOW, ...more };
    await this.tx((tx) => tx.work.add([item], NOW));
    const leased = await this.store.work.lease(item.id, newId(), item.dueAt, leaseFor);
    return leased!;
  }
}

export async function newWorld(test: StoreUnderTest): Promise<World> {
  return new World(test, await test.newWorkspace());
}

/** As many transactions at once as asked, all begun before the first has ended. */
export function atOnce<T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => run(index)));
}

/** Where so many transactions wait for each other, to go on together; nobody waits where only one can be open at a time. */
export function meeting(test: StoreUnderTest, count: number): () => Promise<void> {
  let here = 0;
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    here++;
    if (here >= count || !test.parallel) open();
    await opened;
  };
}

/**
 * Two transactions that want the same three things, named in opposite orders, while a third one holds the middle one: whoever takes them as they
 * are named gets hold of one end each, and then waits for the other for ever. Answers with how often the two had to run; 2 is right.
 */
export async function crossed<T>(
  world: World,
  things: readonly [T, T, T],
  take: (tx: StoreTx, things: readonly T[]) => Promise<unknown>,
): Promise<number> {
  const [, middle] = things;
  let runs = 0;
  const both: Promise<unknown>[] = [];
  await world.tx(async (tx) => {
    await take(tx, [middle]);
    for (const order of [things, things.toReversed()]) {
      both.push(
        world.tx(async (other) => {
          runs++;
          await take(other, order);
        }),
      );
    }
    // Until both wait for us; were it too short, the two would meet later and less surely, and still come through.
    if (world.test.parallel) await pause(250);
  });
  await Promise.all(both);
  return runs;
}
