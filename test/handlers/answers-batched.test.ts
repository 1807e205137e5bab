// Whatever answers come, and however they happen to be gathered into batches: what is kept, what is to be done and what each is told are the same
// as if they had come one after the other.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY, HOUR, type Id } from '../../src/domain/basics.ts';
import type { PromptState } from '../../src/domain/prompt/prompt.ts';
import type { IdentityRef } from '../../src/domain/trigger/interaction.ts';
import type { RawAnswer, Recorded } from '../../src/handlers/answer.ts';
import { recordAnswer, recordAnswers } from '../../src/handlers/record-answer.ts';
import { storeUnderTest } from '../adapters/postgres/store-under-test.ts';
import { describeOnEachStore } from '../support/database.ts';
import { type AskedPerson, askPeople } from './asked-people.ts';
import { CHAT, House, NOON } from './house.ts';

const ref = { channel: 'chat', message: 'm' };

/** Of three people: prompts of every state, open and closed cases, long expired ones. */
const PROMPTS: readonly (readonly [person: string, state: PromptState])[] = [
  ['anna', { status: 'sent', sentAt: NOON - HOUR, ref }],
  ['anna', { status: 'reminded', sentAt: NOON - 2 * DAY, ref, remindedAt: NOON - HOUR }],
  ['anna', { status: 'declined', sentAt: NOON - DAY, ref, declinedAt: NOON - HOUR }],
  ['ben', { status: 'sent', sentAt: NOON - 30 * DAY, ref }],
  ['ben', { status: 'expired', sentAt: NOON - 30 * DAY, ref, expiredAt: NOON - 20 * DAY }],
  ['ben', { status: 'uncertain', attemptedAt: NOON - HOUR }],
  ['cleo', { status: 'sending', dueAt: NOON, attemptedAt: NOON - 1 }],
  ['cleo', { status: 'scheduled', dueAt: NOON + 1 }],
  ['cleo', { status: 'suppressed', reason: 'throttled', at: NOON }],
  ['cleo', { status: 'sent', sentAt: NOON, ref }],
];

interface Given {
  /** Past the last: a prompt that is not there. */
  readonly prompt: number;
  readonly by: 'bearer' | 'its own' | 'anna' | 'ben' | 'anna elsewhere';
  readonly score: unknown;
  readonly verbatim: string | null | undefined;
  readonly adding: string | undefined;
  readonly elsewhere: boolean;
}

const words = fc.constantFrom(
  '',
  'slow',
  'slow\nand rude',
  'too slow and still broken',
  '\0',
  '很好',
  '<!channel>',
);

const given: fc.Arbitrary<Given> = fc.record({
  prompt: fc.nat({ max: PROMPTS.length }),
  by: fc.constantFrom('bearer', 'its own', 'its own', 'its own', 'anna', 'ben', 'anna elsewhere'),
  score: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(0, 3, 6, 7, 9, 10) },
    fc.constantFrom(undefined, 11, -1, '9', null),
  ),
  verbatim: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.constant(null), words),
  adding: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, words),
  elsewhere: fc.boolean(),
});

/** What came before: an answer whose case is closed already, so that a worse one opens it again. */
async function furnish(house: House): Promise<readonly AskedPerson[]> {
  const asked = await askPeople(
    house,
    PROMPTS.map(([person]) => person),
    (i) => PROMPTS[i]![1],
  );
  await house.tx(async (tx) => {
    const elsewhere = { ...CHAT, externalId: 'anna elsewhere' };
    const customer = 'C-1';
    await tx.people.resolve(
      [{ ...CHAT, externalId: 'anna' }, elsewhere].map((identity) => ({ identity, profile: {}, customer })),
      house.ctx.ids.next,
      house.now,
    );
  });
  const first = { promptId: asked[0]!.promptId, by: 'bearer', score: 5, elsewhere: false } as const;
  await recordAnswer(house.ctx, house.workspaceId, first);
  const [dossier] = await house.cases();
  const state = { status: 'closed', by: 'Sam', closedAt: house.now, note: 'called' } as const;
  await house.tx((tx) => tx.followUps.save({ ...dossier!.followUp, state }));
  house.now += HOUR;
  return asked;
}

function rawOf(asked: readonly AskedPerson[], nowhere: Id, { prompt, by, score, ...one }: Given): RawAnswer {
  const name = by === 'its own' ? asked[prompt]?.person : by;
  const identity: IdentityRef = { ...CHAT, externalId: name ?? 'nobody' };
  return {
    promptId: asked[prompt]?.promptId ?? nowhere,
    by: by === 'bearer' ? by : identity,
    elsewhere: one.elsewhere,
    ...(score === undefined ? {} : { score }),
    ...(one.verbatim === undefined ? {} : { verbatim: one.verbatim }),
    ...(one.adding === undefined ? {} : { adding: one.adding }),
  };
}

/** Everything there is, with names instead of ids. */
async function told(house: House, asked: readonly AskedPerson[], outcomes: readonly Recorded[]) {
  const names = new Map<string, string>([[house.workspaceId, 'workspace']]);
  for (const [n, { promptId }] of asked.entries()) names.set(promptId, `prompt ${n}`);
  const { pool } = house.database;
  const named = await pool.query<{ id: string; name: string }>(
    `SELECT person_id AS id, 'person ' || external_id AS name FROM identities WHERE workspace_id = $1 AND external_id <> 'anna elsewhere'
     UNION ALL SELECT id, 'identity ' || external_id FROM identities WHERE workspace_id = $1
     UNION ALL SELECT id, 'case ' || number FROM follow_ups WHERE workspace_id = $1`,
    [house.workspaceId],
  );
  for (const { id, name } of named.rows) names.set(id, name);
  const ofPrompts = await pool.query<{ id: string; prompt: string; what: string }>(
    `SELECT id, prompt_id AS prompt, 'response' AS what FROM responses WHERE workspace_id = $1
     UNION ALL SELECT interaction_id, id, 'interaction' FROM prompts WHERE workspace_id = $1`,
    [house.workspaceId],
  );
  for (const { id, prompt, what } of ofPrompts.rows) names.set(id, `${what} of ${names.get(prompt)}`);
  const plain = (value: unknown) =>
    JSON.stringify(value).replace(
      /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
      (id) => names.get(id) ?? 'an id',
    );
  // An installation is owned by one workspace only, here by neither for sure.
  const all = (await storeUnderTest(house.database).rowsOf(house.workspaceId)) as { name: string }[];
  // How a version was read that another one of the same batch replaced is not kept: nobody saw it.
  const apart = new Set(['installations', 'tally_changes', 'classifications']);
  const rows = all.filter(({ name }) => !apart.has(name));
  return {
    rows: rows.map(plain).sort(),
    tallies: await tallied(house),
    outcomes: outcomes.map((one) => JSON.parse(plain(one))),
  };
}

/** What is counted, whatever the steps in which it came to be. */
async function tallied(house: House): Promise<readonly unknown[]> {
  const { rows } = await house.database.pool.query(
    `SELECT what, survey, hour, key, sum(n)::int AS n FROM tally_changes WHERE workspace_id = $1
     GROUP BY what, survey, hour, key HAVING sum(n) <> 0 ORDER BY what, survey, hour, key`,
    [house.workspaceId],
  );
  return rows;
}

describeOnEachStore('any answers in any batches', (database) => {
  it('leave what they would have left one after the other, and are told the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(given, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        async (batches) => {
          const together = await House.beside(database());
          const alone = await House.beside(database());
          const outcomes: Recorded[][] = [[], []];
          const nowhere = together.ctx.ids.next();
          const [asked, askedAlone] = [await furnish(together), await furnish(alone)];
          for (const batch of batches) {
            const raws = batch.map((one) => rawOf(asked, nowhere, one));
            const recorded = await recordAnswers(together.ctx, together.workspaceId, raws);
            outcomes[0]!.push(...recorded.map((one): Recorded => one ?? { kind: 'not_found' }));
            for (const one of batch) {
              const raw = rawOf(askedAlone, nowhere, one);
              outcomes[1]!.push(await recordAnswer(alone.ctx, alone.workspaceId, raw));
            }
            for (const house of [together, alone]) house.now += HOUR;
          }
          expect(await told(together, asked, outcomes[0]!)).toEqual(
            await told(alone, askedAlone, outcomes[1]!),
          );
        },
      ),
      { numRuns: 20 },
    );
  }, 120_000);
});
