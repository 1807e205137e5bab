// Charts as files that come with a message. One that cannot be drawn is left out: its words stand in the message then.
import type { Duration } from '../../src/domain/basics.ts';
import { SECOND } from '../../src/domain/basics.ts';
import type { ChartSpec, View } from '../../src/views/view.ts';
import type { CallOptions, DiscordParts } from './parts.ts';
import { fileName } from './render/index.ts';

export interface Drawn {
  /** Which file a chart is. */
  readonly images: ReadonlyMap<ChartSpec, string>;
  readonly files: NonNullable<CallOptions['files']>;
}

/** A message waits so long for its picture. */
const PATIENCE: Duration = 10 * SECOND;
const MOST = 10;

export async function drawn(
  { charts, log }: Pick<DiscordParts, 'charts' | 'log'>,
  view: View,
  key?: string,
): Promise<Drawn> {
  const images = new Map<ChartSpec, string>();
  const files: NonNullable<CallOptions['files']>[number][] = [];
  for (const block of view.blocks) {
    if (block.kind !== 'image' || images.has(block.chart) || files.length === MOST) continue;
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('it took too long')), PATIENCE);
    });
    try {
      const drawing = charts.png(block.chart, { theme: 'light', form: 'picture' });
      const data = await Promise.race([drawing, tooLong]);
      const name = fileName(files.length, key);
      images.set(block.chart, name);
      files.push({ name, data, contentType: 'image/png' });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ reason }, 'a chart could not be drawn; its words stand in for it');
    } finally {
      clearTimeout(timer);
    }
  }
  return { images, files };
}
