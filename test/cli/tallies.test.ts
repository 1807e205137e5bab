import { expect, it } from 'vitest';
import { DEFAULT_WORKSPACE } from '../../src/handlers/install.ts';
import { Operations } from '../contracts/store/random-operations.ts';
import { type StoreUnderTest, World } from '../contracts/store/world.ts';
import { describeOnEachInstallation } from '../support/installation.ts';

describeOnEachInstallation('the command line of whoever looks after the counts', (at) => {
  it('given counts that are right, then check says so, and rebuild leaves them right', async () => {
    const { runtime, cli, json } = at();
    const { store } = runtime.ctx;
    const workspaceId = (await store.admin.workspace(DEFAULT_WORKSPACE))!.id;
    await new Operations(new World({ store } as StoreUnderTest, workspaceId), 8).run(40);
    const checked = await json<{ equal: boolean; workspaces: { compared: number }[] }>(['tallies', 'check']);
    expect(checked).toMatchObject({
      equal: true,
      workspaces: [{ workspace: DEFAULT_WORKSPACE, different: 0, examples: [] }],
    });
    expect(checked.workspaces[0]!.compared).toBeGreaterThan(20);
    expect(await cli(['tallies', 'check', '--workspace', DEFAULT_WORKSPACE])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^default: \d+ counts compared, all equal\n$/),
    });
    expect(await cli(['tallies', 'rebuild'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^default: \d+ counts made anew\n$/),
    });
    expect(await json(['tallies', 'check'])).toEqual(checked);
  });

  it('given a workspace that there is not, then it says which there are', async () => {
    expect(await at().cli(['tallies', 'check', '--workspace', 'other'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there are: default'),
    });
  });
});
