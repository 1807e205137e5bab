// A browser journey in a real Chromium against the started program: both sides of a conversation, in every look that the page has.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageTexts } from '../../adapters/web/texts.ts';
import { type Service, start } from '../../src/main.ts';
import { launchChromium, NO_CHROMIUM } from '../support/chromium.ts';
import { type Look, Visitor } from '../support/visitor.ts';
import { configOf, DESKTOP, LONG, PHONE, PICTURES, texts } from './page-setting.ts';

/** Every look is seen in one of the two languages, and the commonest in both. */
export function pageJourney(language: 'en' | 'zh-CN'): void {
  const isEnglish = language === 'en';
  const title = `the page in a browser, in ${language}${NO_CHROMIUM ? ` (${NO_CHROMIUM})` : ''}`;
  describe.skipIf(NO_CHROMIUM !== null)(title, () => {
    let browser: Browser;
    const t = texts(language);
    const p = pageTexts(language, null);
    let home: string;
    let service: Service;
    beforeAll(async () => {
      mkdirSync(PICTURES, { recursive: true });
      browser = await launchChromium();
      home = mkdtempSync(join(tmpdir(), 'afterword-page-'));
      service = await start(configOf(home, { DEFAULT_LOCALE: language }), 'all', () => undefined);
    });
    afterAll(async () => {
      await browser?.close();
      await service?.stop();
      rmSync(home, { recursive: true, force: true });
    });

    const arrive = async (more: Partial<Look> = {}) => {
      const look: Look = { ...DESKTOP, theme: 'light', hands: 'mouse', language, ...more };
      const size = look.width < 600 ? 'phone' : 'desktop';
      const name = `${language}-${size}-${look.theme}-${look.hands}`;
      return await Visitor.arrive(browser, look, join(PICTURES, name));
    };
    const button = (where: Locator, name: string) => where.getByRole('button', { name, exact: true }).last();

    /** Writes a line, ends the conversation, and is asked. */
    const beAsked = async (me: Visitor, line: string) => {
      await me.type(me.page.locator('#say-text'), line);
      await me.enter();
      await me.customer.locator('.customer .words', { hasText: line }).waitFor();
      await me.press(me.page.getByRole('button', { name: p.solved }));
      await me.customer.getByText(p.closed).waitFor();
      await button(me.customer, t('prompt.notNow')).waitFor();
    };
    const another = async (me: Visitor) => {
      const before = await me.page.locator('.pane-head .who').textContent();
      await me.press(me.page.getByRole('link', { name: p.newConversation }));
      await me.page.locator('#live').waitFor();
      const now = await me.page.locator('.pane-head .who').textContent();
      expect(now).not.toBe(before);
      return now!;
    };

    it.each<Partial<Look>>([
      { ...PHONE, theme: 'dark', hands: 'mouse' },
      isEnglish
        ? { ...DESKTOP, theme: 'light', hands: 'mouse' }
        : { ...DESKTOP, theme: 'dark', hands: 'keyboard' },
    ])(
      'given a customer with a $hands on a $theme screen $width wide, when they are helped, asked and unhappy, then the team hears of it and closes the case',
      { timeout: LONG },
      async (look) => {
        const me = await arrive(look);
        await me.open(service.url);
        const who = (await me.page.locator('.pane-head .who').textContent())!;
        await me.customer.getByText(p.greeting).waitFor();
        await me.look('greeting');

        await beAsked(me, language === 'en' ? 'I cannot log in & <b>help</b>' : '我登录不上了 & <b>救命</b>');
        await me.team.getByText(t('command.asked', { person: who })).waitFor();
        await me.look('prompt');

        await me.score(9);
        await me.customer.getByText(t('answered.positive')).waitFor();
        const answered = me.customer.locator('.bot').last();
        await me.mustHaveFocus(answered);
        expect(await answered.getAttribute('aria-label')).toBe(
          `${p.bot}: ${t('answered.summary', { score: t('scale.option', { score: '9', max: '10' }) })}`,
        );
        await me.look('thanks');

        await me.press(button(me.customer, t('answered.addWords')));
        await me.mustHaveFocus(me.customer.locator('textarea'));
        await me.look('words');
        await me.press(button(me.customer, p.back));
        await me.mustHaveFocus(answered);
        expect(await me.customer.locator('textarea').count()).toBe(0);

        await me.press(button(me.customer, t('answered.addWords')));
        const words =
          language === 'en' ? 'Waited long.\nThen it was <i>easy</i>.' : '等了很久。\n后来就<i>简单</i>了。';
        await me.type(me.customer.locator('textarea'), words);
        await me.press(button(me.customer, t('words.submit')));
        await me.customer.locator('blockquote').waitFor();
        expect(await me.customer.locator('blockquote p').textContent()).toBe(words);

        await me.press(button(me.customer, t('answered.change')));
        await me.customer.locator('.options').waitFor();
        expect(await me.customer.locator('[aria-pressed="true"]').textContent()).toBe('9');
        await me.mustHaveFocus(me.customer.locator('[aria-pressed="true"]'));
        await me.look('change');
        await me.score(2);
        await me.customer.getByText(t('answered.negative')).waitFor();
        expect(await me.customer.locator('blockquote p').textContent()).toBe(words);

        const alert = me.team.locator('.bot:not(.whisper)', { hasText: who });
        await button(alert, t('alert.claim')).waitFor();
        expect(await alert.textContent()).toContain(words);
        await me.look('alert');
        await me.press(button(alert, t('alert.claim')));
        await alert.getByText(t('alert.open')).waitFor({ state: 'detached' });
        await me.mustHaveFocus(alert);
        await me.look('claimed');
        await me.press(button(alert, t('alert.close')));
        await me.mustHaveFocus(alert.locator('textarea'));
        await me.look('closing');
        const note = language === 'en' ? 'Called. All is well.' : '打过电话，没事了。';
        await me.type(alert.locator('textarea'), note);
        await me.press(button(alert, t('close.submit')));
        await alert.getByText(t('alert.note', { note })).waitFor();
        await me.mustHaveFocus(alert);
        await me.look('closed');

        // What was done is still there, in the address that the browser now has.
        await me.page.reload();
        expect(await me.page.locator('.pane-head .who').textContent()).toBe(who);
        expect(await me.customer.locator('blockquote p').textContent()).toBe(words);
        expect(await me.customer.locator('.customer').count()).toBe(1);
        await me.leave();
      },
    );

    it.each<Partial<Look>>([
      { ...DESKTOP, theme: 'dark', hands: 'mouse' },
      isEnglish
        ? { ...PHONE, theme: 'dark', hands: 'keyboard' }
        : { ...PHONE, theme: 'light', hands: 'mouse' },
    ])(
      'given a team with a $hands on a $theme screen $width wide, when it types commands, then it reads help, summary, why and digest',
      { timeout: LONG },
      async (look) => {
        const me = await arrive(look);
        await me.open(service.url);
        const who = (await me.page.locator('.pane-head .who').textContent())!;
        await beAsked(me, 'hello');
        await me.score(6);
        await button(me.customer, t('answered.change')).waitFor();

        const run = async (line: string, heading: string) => {
          await me.type(me.page.locator('#command-text'), line);
          await me.enter();
          await me.team.getByRole('heading', { name: heading }).last().waitFor();
          await expect.poll(() => me.page.locator('#command-text').inputValue()).toBe('/nps ');
          await me.look(line.replaceAll(/\W+/g, '-').slice(1, 12));
        };
        await run('/nps help', t('help.heading'));
        await run(`/nps why ${who}`, t('why.heading', { person: who }));
        await run('/nps digest now', t('survey.nps.long'));
        expect(await me.team.locator('.chart > div:visible').count()).toBeGreaterThan(0);
        // One tap does the same as typing, and the answer names what was asked.
        await me.press(me.page.getByRole('button', { name: p.commands[1]! }));
        await me.team.locator('.asked', { hasText: p.commands[1]! }).waitFor();
        await me.look('summary');
        await me.type(me.page.locator('#command-text'), '/nps sumary');
        await me.enter();
        await me.team.getByText(t('command.didYouMean', { command: '/nps summary' })).waitFor();
        await me.look('unknown');
        await me.leave();
      },
    );

    it.each<Partial<Look>>([
      isEnglish
        ? { ...DESKTOP, theme: 'light', hands: 'keyboard' }
        : { ...PHONE, theme: 'light', hands: 'mouse' },
    ])(
      'given customers with a $hands on a $theme screen $width wide, when they decline or opt out, then they can take it back, and nobody asks them meanwhile',
      { timeout: LONG },
      async (look) => {
        const me = await arrive(look);
        await me.open(service.url);
        await beAsked(me, 'hello');
        await me.press(button(me.customer, t('prompt.notNow')));
        await me.customer.getByText(t('declined.text')).waitFor();
        await me.mustHaveFocus(me.customer.locator('.bot').last());
        await me.look('declined');
        await me.press(button(me.customer, t('declined.undo')));
        await me.score(8);
        await me.customer.getByText(t('answered.neutral')).waitFor();

        const who = await another(me);
        await beAsked(me, 'hello again');
        await me.press(button(me.customer, t('prompt.optOut')));
        await me.customer.getByText(t('optedOut.text')).waitFor();
        await me.look('opted-out');
        await me.press(me.page.getByRole('button', { name: p.solved }));
        const skipped = (reason: 'opted_out' | 'throttled') =>
          t('command.notAsked', { person: who, reason: t(`reason.${reason}`) });
        await me.team.getByText(skipped('opted_out')).waitFor();
        await me.look('not-asked');
        await me.press(button(me.customer, t('optedOut.undo')));
        await button(me.customer, t('prompt.notNow')).waitFor();

        await me.score(3);
        await me.customer.getByText(t('answered.negative')).waitFor();

        // A typed answer is an answer, and is seen where it was asked.
        await another(me);
        await beAsked(me, 'hello once more');
        // A typed answer is an answer, and is seen where it was asked.
        await me.type(me.page.locator('#say-text'), '10 – quick help');
        await me.enter();
        await me.customer.getByText(t('answered.positive')).waitFor();
        expect(await me.customer.locator('blockquote p').textContent()).toBe('quick help');
        await me.page.locator('#heard', { hasText: '10' }).waitFor({ state: 'attached' });
        await me.look('typed');
        await me.leave();
      },
    );

    it('given one conversation in two tabs, when one answers, then the other sees it, and what is being chosen stays', {
      timeout: LONG,
    }, async () => {
      const me = await arrive();
      await me.open(service.url);
      const other = await me.tab();
      await other.open(me.page.url());
      await beAsked(me, 'hello');
      await button(other.customer, t('prompt.notNow')).waitFor();
      await me.score(9);
      await me.press(button(me.customer, t('answered.change')));
      await other.customer.getByText(t('answered.positive')).waitFor();
      await me.customer.locator('.inline .options').waitFor();

      // While this one chooses, the other one changes the answer: that is shown when this one goes back.
      await other.press(button(other.customer, t('answered.change')));
      await other.score(7);
      await other.customer.getByText(t('answered.neutral')).waitFor();
      await me.type(me.page.locator('#say-text'), 'by the way');
      await me.enter();
      await me.customer.locator('.customer', { hasText: 'by the way' }).waitFor();
      await me.customer.locator('.inline .options').waitFor();
      await me.customer.locator('.options [tabindex="0"]').press('Escape');
      await me.customer.getByText(t('answered.neutral')).waitFor();
      expect([...me.complaints, ...other.complaints]).toEqual([]);
      await me.leave();
    });

    it('given a conversation, when the other language is chosen, then it is the same conversation', {
      timeout: LONG,
    }, async () => {
      const me = await arrive();
      await me.open(service.url);
      await beAsked(me, 'hello');
      const who = await me.page.locator('.pane-head .who').textContent();
      const other = pageTexts(language === 'en' ? 'zh-CN' : 'en', null);
      await me.press(me.page.locator('.languages summary'));
      await me.press(me.page.getByRole('link', { name: other.name, exact: true }));
      await me.page.locator(`html[lang="${other.lang}"]`).waitFor();
      expect(await me.page.locator('.pane-head .who').textContent()).toBe(who);
      await button(me.customer, t('prompt.notNow')).waitFor();
      await me.look('other-language');
      await me.leave();
    });
  });
}
