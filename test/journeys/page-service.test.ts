// The page and the program behind it: when it goes away and comes back, and where it is not served at all.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageTexts } from '../../adapters/web/texts.ts';
import { start } from '../../src/main.ts';
import { launchChromium, NO_CHROMIUM } from '../support/chromium.ts';
import { type Look, Visitor } from '../support/visitor.ts';
import { configOf, DESKTOP, LONG, PICTURES, texts } from './page-setting.ts';

describe.skipIf(NO_CHROMIUM !== null)(
  `the page and its program${NO_CHROMIUM ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    it('given the program goes away and comes back, when the page is used meanwhile, then it says so, keeps what was typed, and misses nothing', {
      timeout: LONG,
    }, async () => {
      const t = texts('en');
      const p = pageTexts('en', null);
      mkdirSync(PICTURES, { recursive: true });
      const browser = await launchChromium();
      const home = mkdtempSync(join(tmpdir(), 'afterword-page-'));
      let service = await start(configOf(home), 'all', () => undefined);
      try {
        const look: Look = { ...DESKTOP, theme: 'light', hands: 'mouse', language: 'en' };
        const me = await Visitor.arrive(browser, look, join(PICTURES, 'away'));
        await me.open(service.url);
        const { port } = new URL(service.url);
        await service.stop();
        await me.page.getByText(p.offline).waitFor();
        await me.page.locator('#say-text').fill('are you there?');
        await me.enter();
        await me.page.getByText(p.failed).waitFor();
        expect(await me.page.locator('#say-text').inputValue()).toBe('are you there?');
        await me.page.screenshot({ path: join(PICTURES, 'away.png') });

        service = await start(configOf(home, { PORT: port }), 'all', () => undefined);
        await me.page.locator('#live').waitFor({ timeout: 30_000 });
        await me.page.locator('#say-text').press('Enter');
        await me.customer.locator('.customer', { hasText: 'are you there?' }).waitFor();
        await expect.poll(() => me.page.locator('#status').textContent()).toBe('');
        await me.page.getByRole('button', { name: p.solved }).click();
        await me.customer.getByRole('button', { name: t('prompt.notNow') }).waitFor();
        expect(await me.customer.locator('.customer').count()).toBe(1);
        await me.leave();
      } finally {
        await browser.close();
        await service.stop();
        rmSync(home, { recursive: true, force: true });
      }
    });
  },
);

describe('the page and where it listens', () => {
  it('given an address that others can reach, when the program starts, then the page is off and says why, and the rest is on', {
    timeout: LONG,
  }, async () => {
    const home = mkdtempSync(join(tmpdir(), 'afterword-page-'));
    const said: string[] = [];
    const service = await start(configOf(home, { HOST: '0.0.0.0' }), 'all', (line) => said.push(line));
    try {
      const url = service.url.replace('0.0.0.0', '127.0.0.1');
      const status = async (path: string) => (await fetch(`${url}${path}`)).status;
      expect(await status('/')).toBe(404);
      expect(await status('/web/assets/page.js')).toBe(404);
      expect(await status('/web/events?conversation=a&after=0')).toBe(404);
      expect(await status('/readyz')).toBe(200);
      expect(said.join('\n')).toMatch(/Page +off: HOST 0\.0\.0\.0 can be reached by others/);
    } finally {
      await service.stop();
      rmSync(home, { recursive: true, force: true });
    }
  });
});
