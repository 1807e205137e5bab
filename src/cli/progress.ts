// How far long work has come, on standard error: a bar where somebody watches a terminal, else a line now and then.
import cliProgress from 'cli-progress';
import { SECOND } from '../domain/basics.ts';
import { type Io, tell } from './io.ts';

const EVERY = 5 * SECOND;

export interface Progress {
  /** `detail` is said behind the bar. */
  at(done: number, detail: string): void;
  /** Says a line without spoiling the bar. */
  say(line: string): void;
  stop(): void;
}

export interface Extent {
  /** What is being done, such as `import`. */
  readonly task: string;
  /** How much there is to do; null when nobody knows. */
  readonly total: number | null;
}

export function startProgress(io: Io, { task, total }: Extent): Progress {
  return io.stderr.isTTY === true && total !== null ? bar(io, task, total) : lines(io, task, total);
}

function bar(io: Io, task: string, total: number): Progress {
  const single = new cliProgress.SingleBar({
    stream: io.stderr as NodeJS.WriteStream,
    format: `${task} {bar} {percentage}% · {detail} · {eta_formatted} left`,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: false,
    clearOnComplete: true,
    linewrap: false,
    etaBuffer: 50,
  });
  single.start(total, 0, { detail: '' });
  return {
    at: (done, detail) => single.update(Math.min(done, total), { detail }),
    say(line) {
      io.stderr.write('\r\u001B[K');
      tell(io, line);
      single.render();
    },
    stop: () => single.stop(),
  };
}

function lines(io: Io, task: string, total: number | null): Progress {
  let next = performance.now() + EVERY;
  return {
    at(done, detail) {
      if (performance.now() < next) return;
      next = performance.now() + EVERY;
      const share = total ? ` ${Math.floor((100 * Math.min(done, total)) / total)}%` : '';
      tell(io, `${task}${share} · ${detail}`);
    },
    say: (line) => tell(io, line),
    stop() {},
  };
}
