// `npm run bench [answers|presses|clicks|schedule|memory|report|digest|commands …]`: medians of five runs against named peers in the same run. Needs a PostgreSQL server and a Redis
// (BENCH_DATABASE_URL, BENCH_REDIS_URL; by default those of this machine).
import { benchAnswers } from './answers.ts';
import { benchClassify } from './classify.ts';
import { benchClicks } from './clicks.ts';
import { benchCommands } from './commands.ts';
import { benchDigest } from './digest.ts';
import { benchMemory } from './memory.ts';
import { benchPresses } from './presses.ts';
import { benchReport } from './report.ts';
import { benchSchedule } from './schedule.ts';
import type { Verdict } from './support/numbers.ts';

const BENCHES: Readonly<
  Record<string, { readonly title: string; readonly run: () => Promise<readonly Verdict[]> }>
> = {
  answers: { title: 'Answers through HTTP', run: benchAnswers },
  presses: { title: 'Presses recorded', run: benchPresses },
  clicks: { title: 'Clicks on Slack', run: benchClicks },
  schedule: { title: 'Prompts scheduled in bulk', run: benchSchedule },
  memory: { title: 'Memory', run: benchMemory },
  report: { title: 'Reports', run: benchReport },
  classify: { title: 'Texts classified', run: benchClassify },
  digest: { title: 'Digests', run: benchDigest },
  commands: { title: 'Commands', run: benchCommands },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
for (const [name, { title, run }] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${title}`);
  await run();
}
