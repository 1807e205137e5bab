// The last line of a run: `Tests: N passed, N failed, N skipped`, after the names of the suites that were skipped.
// With AFTERWORD_FORBID_SKIPS=1 a skipped test fails the run: a build machine has every service that tests ask for.
import type { Reporter, TestCase, TestModule } from 'vitest/node';

export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tally = { passed: 0, failed: unhandled.length, skipped: 0 };
    const skipped = new Map<string, number>();
    for (const module of modules) {
      const failedBefore = tally.failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        tally[state === 'pending' ? 'failed' : state] += 1;
        if (state === 'skipped') skipped.set(suiteOf(test), (skipped.get(suiteOf(test)) ?? 0) + 1);
      }
      // A file that does not load, or a suite whose hook broke, fails with no failed test to show for it.
      if (module.state() === 'failed' && tally.failed === failedBefore) tally.failed += 1;
    }
    for (const [suite, count] of skipped) console.log(` skipped  ${suite} (${count})`);
    if (skipped.size > 0 && process.env['AFTERWORD_FORBID_SKIPS'] === '1') {
      console.log(' Skipped tests are forbidden here (AFTERWORD_FORBID_SKIPS=1).');
      process.exitCode = 1;
    }
    console.log(`Tests: ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
  }
}

function suiteOf(test: TestCase): string {
  let top: TestCase | Exclude<TestCase['parent'], TestModule> = test;
  while (top.parent.type === 'suite') top = top.parent;
  return `${test.module.relativeModuleId} › ${top.name}`;
}
