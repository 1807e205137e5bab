import { expect, it } from 'vitest';
import { createPrecedence } from '../src/precedence.ts';

/** Something that goes on until it is told to end. */
function act() {
  let finish = () => {};
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { run: () => ended, finish };
}

/** Lets everything happen that can happen by now. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function house(atOnce: number) {
  const precedence = createPrecedence(atOnce);
  const works: (() => void)[] = [];
  const begin = (count: number) =>
    Array.from({ length: count }, () =>
      precedence.inTurn(() => new Promise<void>((resolve) => works.push(resolve))),
    );
  return { precedence, works, begin };
}

it('given nobody waits, when much work falls due, then as much is done at once as may be, and the rest in its turn', async () => {
  const { works, begin } = house(8);
  begin(10);
  await settled();
  expect(works).toHaveLength(8);
  for (const finish of works) finish();
  await settled();
  expect(works).toHaveLength(10);
});

it('given many wait, when work falls due, then a little of it is done beside them, and all of it once they have their answer', async () => {
  const { precedence, works, begin } = house(8);
  const acts = Array.from({ length: 20 }, act);
  const waiting = acts.map(({ run }) => precedence.first(run));
  begin(8);
  await settled();
  expect(works).toHaveLength(2);
  works[0]?.();
  await settled();
  expect(works).toHaveLength(3);
  for (const { finish } of acts) finish();
  await Promise.all(waiting);
  await settled();
  expect(works).toHaveLength(8);
});

it('given an act fails, then whoever waits for it hears so, and it holds nothing up', async () => {
  const { precedence, works, begin } = house(8);
  const failing = Array.from({ length: 20 }, () => precedence.first(() => Promise.reject(new Error('no'))));
  expect(await Promise.allSettled(failing)).toEqual(
    Array.from({ length: 20 }, () => expect.objectContaining({ status: 'rejected' })),
  );
  begin(8);
  await settled();
  expect(works).toHaveLength(8);
});

it('given work waits for its turn, when all ends, then it is left to whoever comes next', async () => {
  const { precedence, works, begin } = house(1);
  const [first, second] = begin(2);
  await settled();
  precedence.end();
  works[0]?.();
  await Promise.all([first, second]);
  expect(works).toHaveLength(1);
});
