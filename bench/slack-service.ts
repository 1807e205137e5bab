// The service as it runs for a Slack workspace, over HTTP, as a process of its own that tells how much processor time it took.
import { type Environment, loadConfig } from '../src/config.ts';
import { start } from '../src/main.ts';
import { argumentAtStart, serving } from './support/program.ts';

const service = await start(
  loadConfig({ ...argumentAtStart<Environment>(), PORT: '0' }),
  'all',
  () => undefined,
);
serving(Number(new URL(service.url).port), () => process.cpuUsage(), service.stop);
