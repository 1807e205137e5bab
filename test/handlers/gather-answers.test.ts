// Answers that come in at the same time are recorded together, and nobody can tell: each has its own outcome, nobody waits for somebody else's
// trouble, and nothing is lost or counted twice.
import { expect, it } from 'vitest';
import { AfterwordError, SECOND } from '../../src/domain/basics.ts';
import type { Store, StoreTx } from '../../src/ports/store/index.ts';
import { describeOnEachStore } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { askMany } from './asked-people.ts';
import { CHAT, customer, House, textOf } from './house.ts';

/** A store that tells how many transactions it has run, and whose transactions may be made to do something else first. */
function watched() {
  const seen = { transactions: 0, open: 0, most: 0 };
  const how: { before: ((tx: StoreTx) => Promise<void>) | null; change: (tx: StoreTx) => StoreTx } = {
    before: null,
    change: (tx) => tx,
  };
  const store = (real: Store): Store => ({
    ...real,
    async transaction(workspaceId, body) {
      seen.transactions++;
      seen.most = Math.max(seen.most, ++seen.open);
      try {
        return await real.transaction(workspaceId, async (tx) => {
          await how.before?.(tx);
          return await body(how.change(tx));
        });
      } finally {
        seen.open--;
      }
    },
  });
  return { seen, how, store };
}

describeOnEachStore('answers that come in at once', (database) => {
  it('of many people are all recorded, each told their own, in few transactions', async () => {
    const { seen, store } = watched();
    const house = await House.build(database(), { store });
    const asked = await askMany(house, database().kind === 'embedded' ? 100 : 500);
    seen.transactions = 0;
    seen.most = 0;
    const outcomes = await Promise.all(
      asked.map(({ person, promptId }, i) => house.score(person, promptId, i % 11)),
    );
    expect(seen.transactions).toBeLessThan(asked.length / 10);
    expect(seen.most).toBeLessThanOrEqual(2);
    expect(outcomes.map(textOf)).toEqual(
      asked.map((_, i) => expect.stringContaining(`Your answer: ${i % 11} of 10`)),
    );
    const found = await house.tx((tx) => tx.responses.ofPrompts(asked.map(({ promptId }) => promptId)));
    expect(asked.map(({ promptId }) => found.get(promptId)?.score)).toEqual(asked.map((_, i) => i % 11));
    const bad = asked.filter((_, i) => i % 11 <= 6).length;
    const { rows } = await database().pool.query(
      'SELECT number FROM follow_ups WHERE workspace_id = $1 ORDER BY number',
      [house.workspaceId],
    );
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: bad }, (_, n) => n + 1));
    const left = await house.work();
    expect(left.filter(({ kind }) => kind === 'remind' || kind === 'expire')).toEqual([]);
  });

  it('do not wait for company: a single one is recorded at once', async () => {
    const { seen, store } = watched();
    const house = await House.build(database(), { store });
    const [one] = await askMany(house, 1);
    seen.transactions = 0;
    expect((await house.score(one!.person, one!.promptId, 9)).kind).toBe('done');
    expect(seen.transactions).toBe(1);
  });

  it('from one person to one question are recorded in their order', async () => {
    const house = await House.build(database());
    const asked = await askMany(house, 10);
    const scores = [3, 9, 9, 0, 5];
    const given = asked.flatMap(({ person, promptId }) =>
      scores.map((score) => house.score(person, promptId, score)),
    );
    const outcomes = (await Promise.all(given)).map(textOf);
    for (const [n, { promptId }] of asked.entries()) {
      expect(await house.revisions(promptId)).toEqual([3, 9, 0, 5]);
      const told = outcomes.slice(n * scores.length, (n + 1) * scores.length);
      expect(told).toEqual(scores.map((score) => expect.stringContaining(`Your answer: ${score} of 10`)));
    }
  });

  it('twenty times each are recorded once', async () => {
    const house = await House.build(database());
    const asked = await askMany(house, 20);
    const outcomes = await Promise.all(
      Array.from({ length: 400 }, (_, i) => house.score(asked[i % 20]!.person, asked[i % 20]!.promptId, 2)),
    );
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['done']));
    for (const { promptId } of asked) expect(await house.revisions(promptId)).toEqual([2]);
    expect(await house.cases()).toHaveLength(20);
  });

  it('are each judged by themselves: a bad one is refused, and the others are recorded', async () => {
    const house = await House.build(database());
    const asked = await askMany(house, 40);
    const outcomes = await Promise.all(
      asked.map(({ person, promptId }, i) => {
        if (i % 4 === 1) return house.score(person, promptId, 11);
        if (i % 4 === 2) return house.score('somebody else', promptId, 9);
        return house.score(person, i % 4 === 3 ? house.ctx.ids.next() : promptId, 9);
      }),
    );
    for (const [i, { promptId }] of asked.entries()) {
      expect(outcomes[i]?.kind, `${i}`).toBe(i % 4 === 0 ? 'done' : 'rejected');
      expect(await house.revisions(promptId)).toEqual(i % 4 === 0 ? [9] : []);
    }
  });

  it('of which the store refuses one are recorded but for that one, whose giver is told', async () => {
    const { how, store } = watched();
    const house = await House.build(database(), { store });
    const asked = await askMany(house, 20);
    const cursed = asked[7]!.promptId;
    how.change = (tx) => ({
      ...tx,
      responses: {
        ...tx.responses,
        async save(...versions) {
          if (versions.some(({ response }) => response.promptId === cursed))
            throw new AfterwordError('broken', 'a row that the store will not have', 'repair it');
          await tx.responses.save(...versions);
        },
      },
    });
    const outcomes = await Promise.all(asked.map(({ person, promptId }) => house.score(person, promptId, 9)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(
      asked.map(({ promptId }) => (promptId === cursed ? 'failed' : 'done')),
    );
    for (const { promptId } of asked)
      expect(await house.revisions(promptId)).toEqual(promptId === cursed ? [] : [9]);
    how.change = (tx) => tx;
    expect((await house.score(asked[7]!.person, cursed, 9)).kind).toBe('done');
  });

  it('while the store is away are all told so without trying each, and go well when it is back', async () => {
    const { seen, how, store } = watched();
    const house = await House.build(database(), { store });
    const asked = await askMany(house, 30);
    how.before = async () => {
      throw new AfterwordError('unavailable', 'the store does not answer', 'wait');
    };
    seen.transactions = 0;
    const press = () => Promise.all(asked.map(({ person, promptId }) => house.score(person, promptId, 9)));
    expect((await press()).map(({ kind }) => kind)).toEqual(asked.map(() => 'failed'));
    expect(seen.transactions).toBeLessThan(5);
    how.before = null;
    expect((await press()).map(({ kind }) => kind)).toEqual(asked.map(() => 'done'));
  });

  it('go past a transaction that hangs, once it has hung for a while', async () => {
    const house = await House.build(database());
    const asked = await askMany(house, 10);
    const real = house.store;
    const hanging: (() => void)[] = [];
    const stuck = house.another({
      store: (inner) => ({
        ...inner,
        async transaction(workspaceId, body) {
          if (hanging.length < 2) await new Promise<void>((resolve) => hanging.push(resolve));
          return await real.transaction(workspaceId, body);
        },
      }),
    });
    const press = ({ person, promptId }: (typeof asked)[number]) => stuck.score(person, promptId, 9);
    const held = [press(asked[0]!), press(asked[1]!)];
    await eventually('two transactions hang', async () => hanging.length === 2);
    stuck.now += SECOND;
    // The same person may press again, too.
    const others = await Promise.all(asked.map(press));
    expect(others.map(({ kind }) => kind)).toEqual(asked.map(() => 'done'));
    for (const go of hanging) go();
    expect((await Promise.all(held)).map(({ kind }) => kind)).toEqual(['done', 'done']);
    for (const { promptId } of asked) expect(await house.revisions(promptId)).toEqual([9]);
  });

  it('to a question that somebody has in hand wait for it, and hold up nobody else', async () => {
    const house = await House.build(database());
    if (database().kind === 'embedded') return;
    const asked = await askMany(house, 30);
    const held = asked.slice(0, 3);
    const done: string[] = [];
    const press = async ({ person, promptId }: (typeof asked)[number], score: number) => {
      expect((await house.score(person, promptId, score)).kind).toBe('done');
      done.push(promptId);
    };
    const pressed: Promise<void>[] = [];
    await house.tx(async (tx) => {
      for (const { promptId } of held) await tx.prompts.lock(promptId);
      for (const one of held) pressed.push(press(one, 3), press(one, 8));
      await Promise.all(asked.slice(3, 15).map((one) => press(one, 9)));
      await Promise.all(asked.slice(15).map((one) => press(one, 9)));
      expect(done).toHaveLength(27);
    });
    await Promise.all(pressed);
    for (const { promptId } of held) expect(await house.revisions(promptId)).toEqual([3, 8]);
  });

  it('in two processes, for the same questions and people, are recorded once each and block nobody for good', async () => {
    const house = await House.build(database());
    const first = await askMany(house, 60);
    const second = await askMany(house, 60);
    const asked = [...first, ...second];
    const processes = [house, house.another(), house.another()];
    const pressed = processes.flatMap((process, n) => {
      const order = n % 2 === 0 ? asked : asked.toReversed();
      return order.map(({ person, promptId }) => process.score(person, promptId, 1));
    });
    expect(new Set((await Promise.all(pressed)).map(({ kind }) => kind))).toEqual(new Set(['done']));
    for (const { promptId } of asked) expect(await house.revisions(promptId)).toEqual([1]);
    const open = await house.tx((tx) => tx.followUps.open(1000));
    expect(open).toHaveLength(60);
    expect(new Set(open.map(({ followUp }) => followUp.responseIds.length))).toEqual(new Set([2]));
  });
});

describeOnEachStore('answers of several kinds at once', (database) => {
  it('pressed, typed and given by token end up the same: one response of each question', async () => {
    const house = await House.build(database());
    const asked = await askMany(house, 12);
    const outcomes = await Promise.all(
      asked.map(async ({ person, promptId }, i) => {
        if (i % 3 === 0) return (await house.score(person, promptId, 9)).kind;
        if (i % 3 === 1) return (await house.write(customer(person, CHAT), '9')).kind;
        const token = house.tokens.sign(house.workspaceId, promptId);
        const answered = await house.api.answer(promptId, token, { score: 9 });
        return 'problem' in answered ? answered.problem : 'done';
      }),
    );
    expect(outcomes).toEqual(asked.map(() => 'done'));
    for (const { promptId } of asked) expect(await house.revisions(promptId)).toEqual([9]);
  });
});
