// Who a process is, such that another with the same number later, or in another container, is not taken for it.
import { readFileSync, readlinkSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in ticks since the boot; null where the system does not tell (macOS). */
  readonly started: string | null;
  readonly boot: string | null;
  /** The set of processes that its number counts in. */
  readonly namespace: string | null;
}

export function thisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    started: startOf(process.pid),
    boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: attempt(() => readlinkSync('/proc/self/ns/pid')),
  };
}

/** Whether it still runs; `unknown` when its number means nothing here. */
export function isRunning(other: ProcessIdentity): 'yes' | 'no' | 'unknown' {
  const self = thisProcess();
  if (other.boot !== self.boot) return 'no';
  if (other.namespace !== self.namespace) return 'unknown';
  if (!exists(other.pid)) return 'no';
  const started = startOf(other.pid);
  if (other.started === null || started === null) return 'unknown';
  return started === other.started ? 'yes' : 'no';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat; the name of the program before it may hold anything, so count from its end. A dead
 * process that nobody has waited for yet (state Z) has none. */
function startOf(pid: number): string | null {
  return attempt(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'ended' : fields[19]!;
  });
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
