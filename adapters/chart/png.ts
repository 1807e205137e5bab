// SVG to PNG by resvg, in a thread that lives for one picture; nothing is loaded before the first is wanted.
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { ResvgRenderOptions } from '@resvg/resvg-js';
import { AfterwordError, SECOND } from '../../src/domain/basics.ts';
import { fontFile, uncovered } from './font.ts';

const DEADLINE = 60 * SECOND;

/**
 * The thread's program, as text so that it needs no build step of its own. A thread and not resvg's own `renderAsync`:
 * that encodes the PNG on the event loop (25 ms), and its bitmaps of 6 MB are invisible to the garbage collector and
 * pile up (300 MB after some hundred pictures); a thread gives everything back when it ends.
 */
const PROGRAM = `
const { parentPort, workerData: { resvg, svg, options } } = require('node:worker_threads');
const { Resvg } = require(resvg);
parentPort.postMessage(new Resvg(svg, options).render().asPng());
`;

function locate(): string {
  try {
    return createRequire(import.meta.url).resolve('@resvg/resvg-js');
  } catch (cause) {
    const remedy = 'install the package again, with all its dependencies';
    throw new AfterwordError('unavailable', 'the chart renderer is not installed', remedy, cause);
  }
}

function broken(cause: unknown): AfterwordError {
  const remedy =
    'run npm ci on this machine (the renderer has one binary per platform); else report this as a bug';
  return new AfterwordError('broken', 'the chart could not be rendered', remedy, cause);
}

function render(svg: string, scale: number): Promise<Uint8Array> {
  const options: ResvgRenderOptions = {
    font: {
      // Searching the machine's fonts costs time: only for writing that the package's font does not have.
      loadSystemFonts: uncovered(svg).length > 0,
      fontFiles: [fontFile()],
      defaultFontFamily: 'Afterword Sans',
    },
    fitTo: { mode: 'zoom', value: scale },
  };
  return new Promise((resolve, reject) => {
    const thread = new Worker(PROGRAM, {
      eval: true,
      execArgv: [],
      name: 'chart',
      workerData: { resvg: locate(), svg, options },
    });
    const timer = setTimeout(() => void thread.terminate(), DEADLINE);
    let png: Uint8Array | null = null;
    let cause: unknown = new Error('its thread ended without a picture');
    thread.once('message', (made: Uint8Array) => {
      png = made;
    });
    thread.once('error', (error) => {
      cause = error;
    });
    // Settling when it has ended, not when it has spoken, keeps two threads from holding memory at once.
    thread.once('exit', () => {
      clearTimeout(timer);
      if (png === null) reject(broken(cause));
      else resolve(png);
    });
  });
}

let last: Promise<unknown> = Promise.resolve();

/**
 * The SVG as PNG, `scale` px for each of its own. One at a time, so that a hundred digests due at once do not hold a
 * hundred bitmaps.
 * @throws AfterwordError `unavailable` when resvg is not installed, `broken` when it fails.
 */
export function renderPng(svg: string, scale = 2): Promise<Uint8Array> {
  const next = last.then(() => render(svg, scale));
  last = next.catch(() => {});
  return next;
}
