// Where the page's journeys keep their pictures, how the program is started for them, and the screens that they use.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config.ts';
import { MESSAGES } from '../../src/locales/index.ts';
import { createTexts } from '../../src/views/text.ts';

/** Each look is kept here until the next run, for a person to see. */
export const PICTURES = join(tmpdir(), 'afterword-page');

export const LONG = 180_000;

export const DESKTOP = { width: 1280, height: 860 };
export const PHONE = { width: 390, height: 844 };

export const texts = createTexts(MESSAGES, 'en');

export function configOf(home: string, more: Readonly<Record<string, string>> = {}) {
  return loadConfig({ AFTERWORD_DATA_DIR: home, PORT: '0', LOG_LEVEL: 'error', ...more });
}
