// `npm run chaos`: 500 interactions and ten kills under every circumstance, with a table at the end; exit code 1 when anything came out wrong.
//
//   npm run chaos -- [--seed N] [--interactions N] [--kills N] [--seconds N] [--keep] [VARIANT…]
//
// `--keep` leaves the data and the logs of every process where they are, and says where.
import { parseArgs } from 'node:util';
import { SECOND } from '../../src/domain/basics.ts';
import { postgresInstalled } from '../support/postgres-process.ts';
import { redisInstalled } from '../support/redis-process.ts';
import { type Outcome, runChaos } from './run.ts';
import { VARIANTS, type Variant } from './variants.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    interactions: { type: 'string', default: '500' },
    digests: { type: 'string', default: '12' },
    kills: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '80' },
    keep: { type: 'boolean', default: false },
  },
});
const size = {
  seed: Number(values.seed),
  interactions: Number(values.interactions),
  digests: Number(values.digests),
  kills: Number(values.kills),
  during: Number(values.seconds) * SECOND,
};
const say = (line: string) => process.stdout.write(`${line}\n`);

const unknown = positionals.filter((name) => !VARIANTS.some((variant) => variant.name === name));
if (unknown.length > 0) {
  say(`there is no variant ${unknown.join(', ')}; there are ${VARIANTS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const table: Record<string, Record<string, string | number>> = {};
let failed = false;
say(`seed ${size.seed}`);
for (const variant of VARIANTS) {
  if (positionals.length > 0 && !positionals.includes(variant.name)) continue;
  const missing = variant.needs.filter((need) => !(need === 'redis' ? redisInstalled : postgresInstalled));
  if (missing.length > 0) {
    say(`\n${variant.title}: skipped, ${missing.join(' and ')} not installed`);
    continue;
  }
  say(`\n${variant.title}`);
  const outcome = await outcomeOf(variant);
  for (const violation of outcome.violations) say(`  WRONG ${violation}`);
  for (const [text, count] of outcome.errors) say(`  logged ${count} × ${text}`);
  if (outcome.violations.length > 0) failed = true;
  table[variant.name] = rowOf(outcome);
}
say('');
console.table(table);
process.exit(failed ? 1 : 0);

async function outcomeOf(variant: Variant): Promise<Outcome> {
  return await variant.run(size, (options) =>
    runChaos({ ...options, keep: values.keep, progress: (line) => say(`  ${line}`) }),
  );
}

function rowOf({ violations, figures, errors }: Outcome): Record<string, string | number> {
  const seconds = (ms: number) => (ms / SECOND).toFixed(1);
  return {
    interactions: figures.interactions,
    prompts: figures.prompts,
    answers: figures.acknowledged,
    revisions: figures.revisions,
    digests: figures.digests,
    kills: figures.kills,
    requests: figures.requests,
    unanswered: figures.failed,
    'start s': seconds(figures.slowestStart),
    'latest s': seconds(figures.latest),
    'settled s': seconds(figures.settledIn),
    errors: [...errors.values()].reduce((sum, count) => sum + count, 0),
    wrong: violations.length,
  };
}
