import { expect, it } from 'vitest';
import { DEFAULT_WORKSPACE } from '../../src/handlers/install.ts';
import { reclassify } from '../../src/handlers/reclassify.ts';
import { describeOnEachInstallation } from '../support/installation.ts';

const FILE = [
  'id,survey,score,verbatim,sentAt',
  ...Array.from(
    { length: 1_100 },
    (_, i) => `T-${i},nps,${i % 11},"Too slow, and support was rude.",2026-10-0${1 + (i % 9)}`,
  ),
].join('\n');

describeOnEachInstallation('the command line of whoever has answers read again', (at) => {
  it('given answers that an earlier classifier read, when it is stopped and run again, then it goes on, and then changes nothing', async () => {
    const { runtime, json, cli } = at();
    const { ctx } = runtime;
    await cli(['import', '-'], { stdin: FILE });
    const workspaceId = (await ctx.store.admin.workspace(DEFAULT_WORKSPACE))!.id;
    expect(await json(['reclassify'])).toMatchObject({ read: 0, changed: 0 });

    const earlier = { sentiment: 'neutral', confidence: 0.4, language: 'en', themes: [] } as const;
    const classify = () => ({ ...earlier, segment: null, conflict: false, classifier: 'earlier-1' });
    const controller = new AbortController();
    const job = { filter: {}, signal: controller.signal, onProgress: () => controller.abort() };
    const part = await reclassify({ ...ctx, classify }, workspaceId, job);
    expect(part.read).toBe(500);
    expect(await json(['reclassify', '--survey', 'nps', '--to', '2026-10-02'])).toMatchObject({
      changed: expect.any(Number),
    });
    const rest = await json<{ read: number; changed: number; classifier: string }>(['reclassify']);
    expect(rest.classifier).toMatch(/^hashed-/);
    expect(rest.read).toBeGreaterThan(0);
    expect(rest.changed).toBe(rest.read);
    expect(await cli(['reclassify'])).toEqual({
      code: 0,
      stdout: `${rest.classifier} has read every answer already\n`,
      stderr: '',
    });
    expect(await cli(['tallies', 'check'])).toMatchObject({ code: 0 });
    const trail = await ctx.store.admin.auditTrail(workspaceId, 5);
    expect(trail.map(({ action }) => action)).toContain('reclassify');
  });

  it('given a time that is none, then it is wrong use', async () => {
    expect(await at().cli(['reclassify', '--from', 'yesterday-ish'])).toMatchObject({ code: 2 });
  });
});
