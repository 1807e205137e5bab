import { describe, expect, it } from 'vitest';
import { renderText } from '../../src/views/plain-text.ts';
import { pages } from './pages.ts';
import * as sample from './samples.ts';

describe.each(sample.READ_LOCALES)('in %s', (locale) => {
  it.each(Object.keys(pages))('the page %s reads as it was last read by a person', async (name) => {
    const t = sample.texts(locale);
    const shown = pages[name]!(t).map((view) => `«${view.summary}»\n\n${renderText(view, { width: 88 })}\n`);
    await expect(shown.join(`\n${'═'.repeat(88)}\n`)).toMatchFileSnapshot(`golden/${name}.${locale}.txt`);
  });
});
