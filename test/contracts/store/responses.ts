// Contract: one response a prompt, every version of it kept.
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/domain/basics.ts';
import type { Response } from '../../../src/domain/response/response.ts';
import { atOnce, CLASSIFIED, NOW, newId, newWorld, type StoreUnderTest, sent } from './world.ts';

export function responsesContract(test: () => StoreUnderTest): void {
  describe('a response', () => {
    it('comes back as it was saved, in whatever language, with its first version', async () => {
      const world = await newWorld(test());
      const verbatim = "太慢了，等了三天。 👩🏽‍💻 “so-so” \\ ' \n\t end";
      const { prompt, response } = await world.answered({ verbatim, answeredAt: NOW, revisedAt: NOW });
      expect(await world.tx((tx) => tx.responses.ofPrompt(prompt.id))).toEqual(response);
      expect(await world.tx((tx) => tx.responses.revisions(response.id))).toEqual([
        { revision: 1, score: 3, verbatim, at: NOW },
      ]);
    });

    it('may have no words', async () => {
      const world = await newWorld(test());
      const { prompt, response } = await world.answered({ verbatim: null, late: true });
      expect(await world.tx((tx) => tx.responses.ofPrompt(prompt.id))).toEqual(response);
    });

    it('that is changed replaces, keeps when it first came, and keeps every version', async () => {
      const world = await newWorld(test());
      const { prompt, response } = await world.answered({ score: 2, verbatim: null });
      const changes: readonly Partial<Response>[] = [
        { score: 9, revision: 2, revisedAt: NOW + DAY },
        { score: 9, verbatim: 'Sorted now.', revision: 3, revisedAt: NOW + 2 * DAY },
      ];
      let current = response;
      for (const change of changes) {
        current = { ...current, ...change };
        await world.tx((tx) =>
          tx.responses.save({
            response: current,
            classification: { ...CLASSIFIED, sentiment: 'positive' },
          }),
        );
      }
      expect(await world.tx((tx) => tx.responses.ofPrompt(prompt.id))).toEqual(current);
      expect(current.answeredAt).toBe(NOW);
      expect(await world.tx((tx) => tx.responses.revisions(response.id))).toEqual([
        { revision: 1, score: 2, verbatim: null, at: NOW },
        { revision: 2, score: 9, verbatim: null, at: NOW + DAY },
        { revision: 3, score: 9, verbatim: 'Sorted now.', at: NOW + 2 * DAY },
      ]);
    });

    it('is one, with one version, when the same answer comes twenty times at once', async () => {
      const world = await newWorld(test());
      const { prompt } = await world.asked({ state: sent() });
      const kept = await atOnce(20, () =>
        world.tx(async (tx) => {
          await tx.prompts.lock(prompt.id);
          if (await tx.responses.ofPrompt(prompt.id)) return 0;
          await tx.responses.save({ response: world.response(prompt), classification: CLASSIFIED });
          return 1;
        }),
      );
      expect(kept.filter((one) => one === 1)).toHaveLength(1);
      const response = await world.tx((tx) => tx.responses.ofPrompt(prompt.id));
      expect(await world.tx((tx) => tx.responses.revisions(response!.id))).toHaveLength(1);
    });

    it('is saved with others, as they would be one after the other', async () => {
      const world = await newWorld(test());
      const { prompt: first } = await world.asked({ state: sent() });
      const { prompt: second, response: before } = await world.answered({ score: 2, verbatim: null });
      const { prompt: third } = await world.asked({ state: sent(), survey: 'csat' });
      const one = world.response(first, { score: 4, verbatim: 'a, "b" {c}' });
      const changed = { ...one, score: 9, verbatim: null, revision: 2, revisedAt: NOW + 1 };
      const again = { ...before, score: 10, revision: 2, revisedAt: NOW + 2 };
      const other = world.response(third, { score: 5 });
      const silent = { ...CLASSIFIED, sentiment: null, confidence: null, themes: [] };
      await world.tx((tx) =>
        tx.responses.save(
          { response: one, classification: CLASSIFIED },
          { response: again, classification: CLASSIFIED },
          { response: changed, classification: silent },
          { response: other, classification: silent },
        ),
      );
      const found = await world.tx((tx) => tx.responses.ofPrompts([third.id, first.id, newId(), second.id]));
      expect(found).toEqual(
        new Map([
          [first.id, changed],
          [second.id, again],
          [third.id, other],
        ]),
      );
      expect(await world.tx((tx) => tx.responses.revisions(one.id))).toEqual([
        { revision: 1, score: 4, verbatim: 'a, "b" {c}', at: NOW },
        { revision: 2, score: 9, verbatim: null, at: NOW + 1 },
      ]);
      const rows = (await world.test.rowsOf(world.workspaceId)) as {
        name: string;
        row: { themes?: string[] };
      }[];
      const themes = rows.filter(({ name }) => name === 'responses').map(({ row }) => row.themes?.join());
      expect(themes.sort()).toEqual(['', '', 'speed:negative']);
    });

    it('of a batch in which one has no prompt is not saved either', async () => {
      const world = await newWorld(test());
      const { prompt } = await world.asked({ state: sent() });
      const good = { response: world.response(prompt), classification: CLASSIFIED };
      const bad = { response: world.response({ ...prompt, id: newId() }), classification: CLASSIFIED };
      await expect(world.tx((tx) => tx.responses.save(good, bad))).rejects.toMatchObject({
        kind: 'not_found',
      });
      expect(await world.tx((tx) => tx.responses.ofPrompt(prompt.id))).toBeNull();
      await world.tx((tx) => tx.responses.save());
    });

    it('is refused as a second one of its prompt, and as one of no prompt', async () => {
      const world = await newWorld(test());
      const { prompt } = await world.answered();
      const save = (response: Response) =>
        world.tx((tx) => tx.responses.save({ response, classification: CLASSIFIED }));
      await expect(save(world.response(prompt))).rejects.toMatchObject({ kind: 'conflict' });
      await expect(save(world.response({ ...prompt, id: newId() }))).rejects.toMatchObject({
        kind: 'not_found',
      });
    });

    it('off the scale is refused: nobody can have given it', async () => {
      const world = await newWorld(test());
      const { prompt } = await world.asked({ state: sent(), survey: 'csat' });
      const going = world.tx((tx) =>
        tx.responses.save({ response: world.response(prompt, { score: 6 }), classification: CLASSIFIED }),
      );
      await expect(going).rejects.toMatchObject({ kind: 'invalid' });
    });

    it('to a prompt whose sending was not noted yet counts from the attempt', async () => {
      const world = await newWorld(test());
      const state = { status: 'sending', dueAt: NOW, attemptedAt: NOW } as const;
      const { prompt } = await world.asked({ state });
      await world.tx((tx) =>
        tx.responses.save({ response: world.response(prompt), classification: CLASSIFIED }),
      );
      const scores = await world.store.reports.scores({
        workspaceId: world.workspaceId,
        survey: 'nps',
        from: NOW,
        to: NOW + 1,
        basis: 'sent',
        by: null,
        zone: 'UTC',
      });
      expect([...scores]).toEqual([[3, 1]]);
    });

    it('that is not there is null and has no versions', async () => {
      const world = await newWorld(test());
      expect(await world.tx((tx) => tx.responses.ofPrompt(newId()))).toBeNull();
      expect(await world.tx((tx) => tx.responses.revisions(newId()))).toEqual([]);
    });
  });
}
