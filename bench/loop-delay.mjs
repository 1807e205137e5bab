// Loaded into the measured program: tells how long its event loop was held up, when asked to by a signal (in milliseconds, p99, to a file).
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
process.on('SIGUSR2', () => {
  writeFileSync(process.env.BENCH_LOOP_DELAY_FILE, String(delay.percentile(99) / 1e6));
  delay.reset();
});
