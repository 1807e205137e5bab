// (f) Signed clicks on a score, stored durably before they are acknowledged, on PostgreSQL and Redis; what came of each is shown in Slack afterwards.
// Against a bare app of Slack's own framework that only verifies and acknowledges. Then two thousand at once, how long one takes at 70 % of the load,
// and the same under pressure.
import { loadavg } from 'node:os';
import type { ClicksLoad, ClicksResult } from './clicks-load.ts';
import { pressure } from './clicks-pressure.ts';
import type { Click } from './support/clicks.ts';
import { median, percentile, round, say, type Verdict } from './support/numbers.ts';
import { withDatabase } from './support/places.ts';
import { runScript, type Script, startScript } from './support/program.ts';
import { openSlackHouse, type SlackHouse } from './support/slack-house.ts';

const RUNS = 5;
const CLICKS = 5_000;
const WARM_UP = 3_000;
/** Clicks in hand at once, of either. */
const CONNECTIONS = 100;
const BURST = 2_000;
const STEADY_SECONDS = 4;

export async function benchClicks(): Promise<readonly Verdict[]> {
  return await withDatabase(async (databaseUrl) => {
    const house = await openSlackHouse(databaseUrl);
    const bolt = await startScript('bare-bolt.ts');
    const all: Click[] = [];
    const clicks = async (count: number) => {
      const made = (await house.prompts(count)).map((prompt, i) => house.click(prompt, i % 11));
      all.push(...made);
      return made;
    };
    try {
      await click(house.service, await clicks(WARM_UP), LANES);
      await house.shown(all);
      await click(bolt, all, LANES);

      const ours: number[] = [];
      const theirs: number[] = [];
      const ourCpu: number[] = [];
      const theirCpu: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        const given = await clicks(CLICKS);
        const cpu = await cpuOf(house.service, async () => {
          ours.push(rateOf(await click(house.service, given, LANES)));
          await house.shown(given);
        });
        ourCpu.push(cpu / CLICKS);
        const bolts = await cpuOf(bolt, async () => {
          theirs.push(rateOf(await click(bolt, given, LANES)));
        });
        theirCpu.push(bolts / CLICKS);
        console.log(
          `  run ${run + 1}: ${round(ours.at(-1)!)} clicks/s stored (${round(ourCpu.at(-1)!, 2)} ms of processor time each, with what is shown), ` +
            `${round(theirs.at(-1)!)}/s acknowledged by bare Bolt (${round(theirCpu.at(-1)!, 2)} ms); load average ${round(loadavg()[0]!, 1)}`,
        );
      }
      const bursts: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        const given = await clicks(BURST);
        bursts.push(Math.max(...(await click(house.service, given, { kind: 'burst' })).latencies));
        await house.shown(given);
      }
      const rate = median(ours) * 0.7;
      const waits: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        const given = await clicks(Math.round(rate * STEADY_SECONDS));
        const { latencies } = await click(house.service, given, { kind: 'steady', rate });
        waits.push(percentile(latencies, 0.99));
        await house.shown(given);
      }
      const ratio = median(ours) / median(theirs);
      return [
        say({
          name: 'clicks stored durably against clicks that a bare Bolt app acknowledges',
          figure:
            `${round(median(ours))}/s against ${round(median(theirs))}/s = ${round(ratio, 2)}; ` +
            `processor time ${round(median(ourCpu), 2)} ms against ${round(median(theirCpu), 2)} ms`,
          wanted: 'at least 0.3',
          met: ratio >= 0.3,
        }),
        say({
          name: `${round(BURST)} clicks at once, the slowest`,
          figure: `${round(median(bursts))} ms (at worst ${round(Math.max(...bursts))} ms)`,
          wanted: 'under 3,000 ms',
          met: Math.max(...bursts) < 3_000,
        }),
        say({
          name: 'p99 of a click at 70 % load',
          figure: `${round(median(waits), 1)} ms at ${round(rate)}/s`,
          wanted: 'under 150 ms',
          met: median(waits) < 150,
        }),
        await allThere(house, all),
        ...(await pressure(house)),
      ];
    } finally {
      await bolt.stop();
      await house.close();
    }
  });
}

const LANES: ClicksLoad['arrival'] = { kind: 'lanes', connections: CONNECTIONS };

async function allThere(house: SlackHouse, clicks: readonly Click[]): Promise<Verdict> {
  const { right, revisions } = await house.stored(clicks);
  const { whole, again, twice } = await house.shown(clicks);
  const all = clicks.length;
  return say({
    name: `of ${round(all)} acknowledged clicks`,
    figure: `${round(right)} stored, in ${round(revisions)} revisions; ${round(whole)} shown, ${round(again)} told to press again, ${round(twice)} twice`,
    wanted: 'each once',
    met: right === all && revisions === all && whole + again === all && twice === 0,
  });
}

async function click(
  { port }: Script,
  clicks: readonly Click[],
  arrival: ClicksLoad['arrival'],
): Promise<ClicksResult> {
  const load: ClicksLoad = { port, path: '/slack/events', clicks, arrival };
  const result = await runScript<ClicksResult>('clicks-load.ts', load);
  if (result.failed > 0) throw new Error(`${result.failed} clicks were not acknowledged`);
  return result;
}

function rateOf({ ok, seconds }: ClicksResult): number {
  return ok / seconds;
}

/** Milliseconds of processor time that a script takes meanwhile. */
async function cpuOf(script: Script, work: () => Promise<void>): Promise<number> {
  const before = await script.ask<NodeJS.CpuUsage>();
  await work();
  const after = await script.ask<NodeJS.CpuUsage>();
  return (after.user + after.system - before.user - before.system) / 1000;
}
