// Many people who were asked, put into the store as they are after delivery: much quicker than to help and ask each of them.
import type { Id } from '../../src/domain/basics.ts';
import type { Prompt, PromptState } from '../../src/domain/prompt/prompt.ts';
import { CHAT, type House } from './house.ts';

export interface AskedPerson {
  readonly person: string;
  readonly promptId: Id;
}

/** A prompt for each name, in the state that `state` says (sent, unless told otherwise), with its reminder and its expiry. */
export async function askPeople(
  house: House,
  people: readonly string[],
  state: (index: number) => PromptState = (index) => sentState(house, index),
): Promise<readonly AskedPerson[]> {
  const { next } = house.ctx.ids;
  return await house.tx(async (tx) => {
    const events = people.map((person) => house.closed(person));
    const requests = events.map(({ person, profile }) => ({ identity: person, profile, customer: null }));
    const resolved = await tx.people.resolve(requests, next, house.now);
    const rows = events.map((interaction, i) => ({ id: next(), personId: resolved[i]!.id, interaction }));
    await tx.prompts.addInteractions(rows, house.now);
    const prompts = rows.map(
      ({ id, personId, interaction }, i): Prompt => ({
        id: next(),
        workspaceId: house.workspaceId,
        interactionId: id,
        personId,
        survey: 'nps',
        place: interaction.place,
        locale: 'en',
        agent: 'bob',
        account: null,
        explicit: false,
        createdAt: house.now,
        state: state(i),
      }),
    );
    await tx.prompts.add(prompts);
    const later = { dueAt: house.now + 1_000_000 };
    await tx.work.add(
      prompts.flatMap(({ id }) => [
        { id: next(), kind: 'remind' as const, subjectId: id, ...later },
        { id: next(), kind: 'expire' as const, subjectId: id, ...later },
      ]),
      house.now,
    );
    return prompts.map(({ id }, i) => ({ person: people[i]!, promptId: id }));
  });
}

/** A number of people with a prompt each. */
export async function askMany(house: House, count: number): Promise<readonly AskedPerson[]> {
  return await askPeople(
    house,
    Array.from({ length: count }, (_, i) => `person-${i}`),
  );
}

function sentState({ now }: House, index: number): PromptState {
  return { status: 'sent', sentAt: now, ref: { channel: CHAT.platform, message: `m-${index}` } };
}
