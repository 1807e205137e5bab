// Makes the pictures of the README from the running program: `npx tsx docs/pictures.ts`. A throw-away store with twelve weeks of made-up answers, a
// real browser, and the page as anybody sees it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { pageTexts } from '../adapters/web/texts.ts';
import { loadConfig } from '../src/config.ts';
import { createRandom } from '../src/demo/random.ts';
import { DAY, HOUR, MINUTE } from '../src/domain/basics.ts';
import { MESSAGES } from '../src/locales/index.ts';
import { start } from '../src/main.ts';
import { createTexts } from '../src/views/text.ts';
import { launchChromium } from '../test/support/chromium.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const IMAGES = fileURLToPath(new URL('images', import.meta.url));
const WEEKS = 12;
const SAID = {
  en: {
    line: 'The export fails since this morning.',
    words: 'Waited two days for an answer, and the export still fails.',
    good: [
      'Quick and friendly.',
      'Solved within minutes, thank you!',
      'Very easy.',
      'Great support, as always.',
    ],
    bad: [
      'Waited two days for an answer.',
      'Nobody could tell me why it fails.',
      'Too expensive for what it does.',
    ],
  },
  zh: {
    line: '今天早上开始导出失败。',
    words: '等了两天才有人回复，导出还是失败。',
    good: ['回复很快，态度也好。', '几分钟就解决了，谢谢！', '操作很简单。', '客服一如既往地专业。'],
    bad: ['等了两天才回复。', '没人能说清楚为什么失败。', '价格太贵了。'],
  },
} as const;

type Language = keyof typeof SAID;

async function main(): Promise<void> {
  const browser = await launchChromium();
  try {
    for (const language of ['en', 'zh'] as const) await picturesIn(browser, language);
  } finally {
    await browser.close();
  }
}

async function picturesIn(browser: Browser, language: Language): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'afterword-pictures-'));
  const environment = {
    AFTERWORD_DATA_DIR: home,
    PORT: '0',
    LOG_LEVEL: 'error',
    DEFAULT_LOCALE: language,
    DEFAULT_TIMEZONE: language === 'zh' ? 'Asia/Shanghai' : 'Europe/Berlin',
  };
  const service = await start(loadConfig(environment), 'all', () => undefined);
  try {
    const file = join(home, 'answers.csv');
    writeFileSync(file, answers(language));
    const command = [join(ROOT, 'deploy/afterword.mjs'), 'import', file];
    execFileSync(process.execPath, command, { env: { ...process.env, ...environment } });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      deviceScaleFactor: 1.5,
      timezoneId: environment.DEFAULT_TIMEZONE,
      locale: language === 'zh' ? 'zh-CN' : 'en',
    });
    await play(await context.newPage(), service.url, language);
    await context.close();
  } finally {
    await service.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function play(page: Page, url: string, language: Language): Promise<void> {
  const t = createTexts(MESSAGES, language)(language);
  const p = pageTexts(language, null);
  const said = SAID[language];
  const [customer, team] = [page.locator('#customer'), page.locator('#team')];
  const button = (where: Locator, name: string) => where.getByRole('button', { name, exact: true }).last();
  const picture = (name: string, of: Locator | Page = page) =>
    of.screenshot({ path: join(IMAGES, `${name}.${language}.png`) });

  await page.goto(url);
  await page.locator('#live').waitFor();
  await page.locator('#say-text').fill(said.line);
  await page.locator('#say-text').press('Enter');
  await page.getByRole('button', { name: p.solved }).click();
  await button(customer, t('prompt.notNow')).waitFor();
  await picture('prompt', customer.locator('.bot').last());
  await customer.locator('.options button').nth(1).click();
  await button(customer, t('answered.addWords')).click();
  await customer.locator('textarea').fill(said.words);
  await button(customer, t('words.submit')).click();
  await customer.locator('blockquote').waitFor();
  const alert = team.locator('.bot:not(.whisper)', { hasText: said.words }).last();
  await button(alert, t('alert.claim')).waitFor();
  await picture('alert', alert);
  await picture('page');
  await page.locator('#command-text').fill('/nps digest now');
  await page.locator('#command-text').press('Enter');
  const digest = team.locator('.whisper').last();
  await digest.locator('svg:visible').first().waitFor();
  // Its beginning: the whole is longer than a page.
  await page.setViewportSize({ width: 1280, height: 2400 });
  await digest.scrollIntoViewIfNeeded();
  const box = await digest.boundingBox();
  const clip = { x: box?.x ?? 0, y: Math.max(0, box?.y ?? 0), width: box?.width ?? 600, height: 1000 };
  await page.screenshot({ path: join(IMAGES, `digest.${language}.png`), clip });
}

/** Twelve weeks of answers, better in the last four. */
function answers(language: Language): string {
  const random = createRandom(7);
  const { good, bad } = SAID[language];
  const lines = ['id,survey,score,verbatim,sentAt,answeredAt,person,agent'];
  const now = Date.now();
  for (let day = WEEKS * 7; day > 0; day--)
    for (let n = 0; n < 22; n++) {
      const happy = random.chance(day > 28 ? 0.62 : 0.8);
      const isNps = random.chance(0.5);
      const score = isNps
        ? happy
          ? random.pick([9, 10, 10, 8])
          : random.pick([2, 4, 6, 7])
        : happy
          ? random.pick([5, 6, 7, 7])
          : random.pick([1, 2, 3, 4]);
      const sentAt = now - day * DAY + n * HOUR;
      const words = random.chance(0.5) ? random.pick(happy ? good : bad) : '';
      const cells = [
        `p-${day}-${n}`,
        isNps ? 'nps' : 'ces',
        random.chance(0.55) ? score : '',
        words,
        new Date(sentAt).toISOString(),
        new Date(sentAt + 20 * MINUTE).toISOString(),
        `customer-${day}-${n}`,
        random.pick(['Sam', 'Kim']),
      ];
      const isAnswered = cells[2] !== '';
      lines.push(cells.map((cell, i) => (isAnswered || (i !== 3 && i !== 5) ? `"${cell}"` : '')).join(','));
    }
  return `${lines.join('\n')}\n`;
}

await main();
