// Somebody who uses the page in a browser, with a mouse or with the keyboard alone. Wherever they look, the page must be without faults.

import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** A loaded machine may take long; nothing is waited for longer than it takes. */
const PATIENCE = 15_000;

// What is asked within the page: these run in the browser, of whose world only this much is used.
interface Dom {
  readonly id: string;
  readonly tagName: string;
  readonly outerHTML: string;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly parentElement: { readonly children: Iterable<Dom> } | null;
  contains(other: Dom | null): boolean;
}
declare const document: {
  readonly activeElement: Dom | null;
  readonly body: Dom;
  readonly documentElement: Dom;
  querySelectorAll(selector: string): Iterable<Dom>;
};
declare function getComputedStyle(element: Dom): { outlineStyle: string; outlineWidth: string };

const tooWide = () =>
  [document.documentElement, ...document.querySelectorAll('.messages')]
    .filter((element) => element.scrollWidth > element.clientWidth)
    .map((element) => element.id || element.tagName);

const focus = () => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  return {
    html: at.outerHTML.slice(0, 100),
    seen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
  };
};

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
  readonly language: 'en' | 'zh-CN';
  readonly hands: 'mouse' | 'keyboard';
}

export class Visitor {
  readonly page: Page;
  readonly customer: Locator;
  readonly team: Locator;
  /** What the browser complained about. */
  readonly complaints: string[] = [];
  private readonly context: BrowserContext;
  private readonly looks: Look;
  private readonly pictures: string;
  private seen = 0;

  private constructor(context: BrowserContext, page: Page, looks: Look, pictures: string) {
    this.context = context;
    this.page = page;
    this.looks = looks;
    this.pictures = pictures;
    this.customer = page.locator('#customer');
    this.team = page.locator('#team');
    page.setDefaultTimeout(PATIENCE);
    page.on('console', (said) => {
      if (said.type() === 'error' || said.type() === 'warning') this.complaints.push(said.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** `pictures`: the beginning of the path under which each look is kept as a PNG. */
  static async arrive(browser: Browser, looks: Look, pictures: string): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: { width: looks.width, height: looks.height },
      colorScheme: looks.theme,
      locale: looks.language,
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Berlin',
    });
    return new Visitor(context, await context.newPage(), looks, pictures);
  }

  /** One more tab of the same browser. */
  async tab(): Promise<Visitor> {
    return new Visitor(this.context, await this.context.newPage(), this.looks, this.pictures);
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.page.locator('#live').waitFor();
  }

  /** Looks at the whole: accessible, as wide as the screen, nothing complained about; and takes a picture. */
  async look(name: string): Promise<void> {
    const number = String(this.seen++).padStart(2, '0');
    await this.page.screenshot({ path: join(`${this.pictures}-${number}-${name}.png`) });
    const { violations } = (await this.page.evaluate(`${axe.source}; axe.run()`)) as {
      violations: { id: string; nodes: { html: string }[] }[];
    };
    const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
    expect(faults, `accessibility, ${name}`).toEqual([]);
    expect(await this.page.evaluate(tooWide), `wider than the screen, ${name}`).toEqual([]);
    expect(this.complaints, `the browser complained, ${name}`).toEqual([]);
  }

  async press(target: Locator): Promise<void> {
    if (this.looks.hands === 'mouse') await target.click();
    else {
      await this.tabTo(target);
      await this.page.keyboard.press('Enter');
    }
  }

  /** A score on the scale in sight. */
  async score(score: number): Promise<void> {
    const option = this.customer.locator(`[data-action^="score:"][data-action$=":${score}"]`).last();
    if (this.looks.hands === 'mouse') return await option.click();
    const stop = this.customer.locator('.options > [tabindex="0"]').last();
    await this.tabTo(stop);
    const [from, to] = await Promise.all([indexOf(stop), indexOf(option)]);
    const key = to < from ? 'ArrowLeft' : 'ArrowRight';
    for (let i = 0; i < Math.abs(to - from); i++) await this.page.keyboard.press(key);
    expect(await isFocused(option)).toBe(true);
    await this.page.keyboard.press('Enter');
  }

  async type(target: Locator, text: string): Promise<void> {
    if (this.looks.hands === 'mouse') return await target.fill(text);
    await this.tabTo(target);
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(text);
  }

  async enter(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  /** Where the focus is; never nowhere. */
  async mustHaveFocus(within: Locator): Promise<void> {
    await expect
      .poll(() => within.evaluate((element: unknown) => (element as Dom).contains(document.activeElement)), {
        timeout: PATIENCE,
      })
      .toBe(true);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }

  /** Goes there as the keyboard goes; every stop on the way can be seen. */
  private async tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    for (let stops = 0; stops < 80; stops++) {
      if (await isFocused(target)) return;
      await this.page.keyboard.press('Tab');
      const stop = await this.page.evaluate(focus);
      if (stop) expect(stop.seen, `the focus can be seen on ${stop.html}`).toBe(true);
    }
    throw new Error(`the keyboard does not come to ${target}`);
  }
}

async function isFocused(target: Locator): Promise<boolean> {
  return await target.evaluate((element: unknown) => element === document.activeElement);
}

async function indexOf(target: Locator): Promise<number> {
  return await target.evaluate((element: unknown) =>
    [...((element as Dom).parentElement?.children ?? [])].indexOf(element as Dom),
  );
}
