// A renderer of charts for tests that look at where a picture goes, not at the picture: the smallest PNG there is.
import type { ChartRenderer } from '../../../src/ports/chart.ts';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const CHARTS: ChartRenderer = {
  svg: () => '',
  png: async () => new Uint8Array(Buffer.from(PIXEL, 'base64')),
};
