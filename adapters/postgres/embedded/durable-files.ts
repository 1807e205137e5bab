// The files of the embedded engine, written so that what it committed survives a loss of power, not only of the process.
//
// PGlite 0.5 runs with fsync off, and its file system has no fsync. Here both are there: DurableFiles flushes when the
// engine asks, and engineParameters has it ask.
import { fdatasyncSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { flushDirectory } from './flush.ts';

const settings = [
  'search_path=public',
  'exit_on_error=false',
  'log_checkpoints=false',
  'max_worker_processes=0',
  'max_parallel_workers=0',
  'max_parallel_workers_per_gather=0',
  'max_parallel_maintenance_workers=0',
  'io_method=sync',
  // fdatasync, the usual method, does nothing in PGlite; fsync reaches DurableFiles.
  'wal_sync_method=fsync',
  // The usual 128 MB cost 120 MB of memory from the start; the operating system's cache does as well.
  'shared_buffers=16MB',
  // How much of the log a checkpoint keeps; when to make one is decided in housekeeping.ts.
  'max_wal_size=128MB',
  'min_wal_size=32MB',
];

/** PGlite's own parameters; without `-F`, which turns fsync off, unless the store is one to throw away. */
export function engineParameters(throwaway: boolean): string[] {
  return ['--single', ...(throwaway ? ['-F'] : []), '-O', '-j', ...settings.flatMap((s) => ['-c', s])];
}

interface Stream {
  /** Undefined for a directory. */
  readonly nfd?: number;
  readonly node: unknown;
}

interface EmscriptenModule {
  FS: {
    filesystems: {
      NODEFS: { stream_ops: { fsync?: (stream: Stream) => number }; realPath(node: unknown): string };
    };
  };
}

export class DurableFiles extends NodeFS {
  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const initialised = await super.init(...args);
    const addFsync = (module: unknown) => {
      const files = (module as EmscriptenModule).FS.filesystems.NODEFS;
      files.stream_ops.fsync = (stream) => {
        if (stream.nfd === undefined) flushDirectory(files.realPath(stream.node));
        else fdatasyncSync(stream.nfd);
        return 0;
      };
    };
    const { emscriptenOpts } = initialised;
    const before = emscriptenOpts.preRun ?? [];
    emscriptenOpts.preRun = [...(Array.isArray(before) ? before : [before]), addFsync];
    return initialised;
  }
}
