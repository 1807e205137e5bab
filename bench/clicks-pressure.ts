// Clicks under pressure: five hundred people, two hundred clicks a second for ten seconds, some delivered twice, while Slack refuses some of what is
// shown and does some without answering. Everyone clicks several times: the last counts.
import type { ClicksLoad, ClicksResult } from './clicks-load.ts';
import { percentile, round, say, type Verdict } from './support/numbers.ts';
import { runScript } from './support/program.ts';
import type { SlackHouse } from './support/slack-house.ts';

const PEOPLE = 500;
const RATE = 200;
const SECONDS = 10;
/** One in so many is delivered twice. */
const TWICE = 20;

export async function pressure(house: SlackHouse): Promise<readonly Verdict[]> {
  await house.sink.ask('be troubled');
  const prompts = await house.prompts(PEOPLE);
  // Nobody repeats a score, so that every click is a change.
  const clicks = Array.from({ length: RATE * SECONDS }, (_, i) =>
    house.click(prompts[i % PEOPLE]!, (i + Math.floor(i / PEOPLE)) % 11),
  );
  const given = clicks.flatMap((click, i) => (i % TWICE === 0 ? [click, click] : [click]));
  const load: ClicksLoad = {
    port: house.service.port,
    path: '/slack/events',
    clicks: given,
    arrival: { kind: 'steady', rate: RATE * (1 + 1 / TWICE) },
  };
  const { failed, latencies } = await runScript<ClicksResult>('clicks-load.ts', load);
  const { right, revisions } = await house.stored(clicks);
  const begin = performance.now();
  const { whole, twice } = await house.shown(given);
  const later = (performance.now() - begin) / 1000;
  const slowest = Math.max(...latencies);
  return [
    say({
      name: `under pressure, ${round(latencies.length)} clicks acknowledged (${round(failed)} were not)`,
      figure: `p50 ${ms(latencies, 0.5)}, p90 ${ms(latencies, 0.9)}, p99 ${ms(latencies, 0.99)}, slowest ${round(slowest)} ms`,
      wanted: 'each under 1,000 ms',
      met: failed === 0 && slowest < 1_000,
    }),
    say({
      name: `under pressure, of ${round(PEOPLE)} people and ${round(clicks.length)} changes of mind`,
      figure:
        `${round(right)} last choices, ${round(revisions)} revisions; ${round(whole)} shown, the last ${round(later, 1)} s after the load, ` +
        `${round(twice)} more often than clicked`,
      wanted: 'nothing lost, nothing twice',
      met: right === PEOPLE && revisions === clicks.length && whole === clicks.length && twice === 0,
    }),
  ];
}

function ms(values: readonly number[], share: number): string {
  return `${round(percentile(values, share), 1)} ms`;
}
