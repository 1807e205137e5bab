// BullMQ's worker, with a way to end it when its server does not answer.
import { type BackendFactory, type IQueueBackend, Worker, type WorkerOptions } from 'bullmq';
import type { WakeProcessor } from './driver.ts';
import { QUEUE_NAME, type WakeData } from './wake-job.ts';

export class AbandonableWorker<Backend extends IQueueBackend, Connection> extends Worker<
  WakeData,
  void,
  string,
  Backend,
  never,
  Connection
> {
  constructor(
    process: WakeProcessor,
    options: WorkerOptions<Connection>,
    backend: BackendFactory<Backend, Connection>,
  ) {
    super(QUEUE_NAME, process, options, backend);
  }

  async abandon(): Promise<void> {
    // Stops the check for stalled jobs, then the renewal of locks: each would keep the process alive.
    await this.pause(true);
    await this.lockManager.close();
  }
}
