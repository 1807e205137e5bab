// Killed at every single step, and started again: everything comes out as if nobody had been killed, and nobody is written to twice.
import { describe, expect, it } from 'vitest';
import { type Id, MINUTE, SECOND } from '../../src/domain/basics.ts';
import { describeOnEachStore } from '../support/database.ts';
import type { Abilities } from './outside.ts';
import { helped, messages, SCENES, type Scene } from './scenes.ts';
import { Stage } from './stage.ts';

const TELLS: readonly Abilities[] = [
  { idempotentSend: true, find: 'tells' },
  { idempotentSend: true, find: 'cannot_tell' },
  { idempotentSend: false, find: 'tells' },
];
const BLIND: Abilities = { idempotentSend: false, find: 'cannot_tell' };

/** Plays the scene once for every step that its process can be killed at, and once more in which it lives; answers with how many there were. */
async function atEveryStep(
  open: () => Promise<Stage>,
  { prepare }: Pick<Scene, 'prepare'>,
  check: (stage: Stage, id: Id) => Promise<void>,
): Promise<number> {
  for (let step = 0; ; step++) {
    const stage = await open();
    const id = await prepare(stage);
    const how = await stage.process(step).live();
    if (how === 'killed') {
      stage.now += MINUTE;
      await stage.process().live();
    }
    try {
      await check(stage, id);
    } catch (error) {
      throw new Error(`${how} at step ${step}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
    if (how === 'done') return step;
  }
}

describeOnEachStore('killed at every step', (database) => {
  for (const abilities of TELLS) {
    const how = `${abilities.idempotentSend ? 'sends a key once' : 'sends whatever it is told to'} and ${abilities.find === 'tells' ? 'finds what it sent' : 'cannot look'}`;
    describe(`on a platform that ${how}`, () => {
      for (const scene of SCENES) {
        it(scene.name, async () => {
          const steps = await atEveryStep(() => Stage.set(database(), abilities), scene, scene.check);
          expect(steps).toBeGreaterThanOrEqual(scene.steps);
        });
      }
    });
  }

  describe('on a platform that can neither', () => {
    it('a prompt is sent at most once, and where that is not known it says so', async () => {
      const fates = new Set<string>();
      await atEveryStep(
        () => Stage.set(database(), BLIND),
        SCENES[0]!,
        async (stage, promptId) => {
          const { status } = (await stage.prompt(promptId)).state;
          const sent = messages(stage, `prompt-${promptId}`).length;
          expect(sent).toBeLessThanOrEqual(1);
          expect(status === 'sent' ? sent === 1 : status === 'uncertain').toBe(true);
          expect(await stage.work()).toEqual(['expire', 'remind']);
          fates.add(`${status} ${sent}`);
        },
      );
      expect(fates).toEqual(new Set(['sent 1', 'uncertain 0', 'uncertain 1']));
    });

    it('a digest is posted at most once, and the next one has its date', async () => {
      const scene = SCENES.at(-1)!;
      await atEveryStep(
        () => Stage.set(database(), BLIND),
        scene,
        async (stage) => {
          expect(stage.outside.messages.length).toBeLessThanOrEqual(1);
          expect(await stage.work()).toEqual(['digest']);
        },
      );
    });
  });

  it('a process that stood still after it noted the attempt, while another sent the prompt, does not send it', async () => {
    const stage = await Stage.set(database(), TELLS[2]!);
    const promptId = await helped(stage);
    const sleeper = stage.process();
    const { transaction } = sleeper.ctx.store;
    let first = true;
    const asleep: Stage['store']['transaction'] = async (workspaceId, body) => {
      const result = await transaction(workspaceId, body);
      if (!first) return result;
      first = false;
      stage.now += 30 * SECOND;
      await stage.process().live();
      return result;
    };
    Object.assign(sleeper.ctx.store, { transaction: asleep });
    await sleeper.live();
    expect(messages(stage, `prompt-${promptId}`)).toHaveLength(1);
    expect((await stage.prompt(promptId)).state.status).toBe('sent');
    expect(await stage.work()).toEqual(['expire', 'remind']);
  });
});
