// Views and pages as HTML: how they look as text is pinned, and whatever is written in them stays text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMessage, renderPage, renderWhisper } from '../../../adapters/web/page.ts';
import { PAGE_LANGUAGES, type PageTexts } from '../../../adapters/web/page-texts.ts';
import { renderView, renderWords } from '../../../adapters/web/render.ts';
import { pageTexts } from '../../../adapters/web/texts.ts';
import { HOSTILE, hostileView } from '../../contracts/hostile.ts';
import { tagsOf, textOf } from '../../support/html.ts';
import { anyView, everyBlock, harmless, seenWords } from './views.ts';
import { aliveIn, CHARTS } from './web-under-test.ts';

const NOON = Date.UTC(2026, 10, 21, 12);

/** A line for each element, so that a change can be read. */
const lines = (html: string) => `${html.replaceAll('><', '>\n<').replaceAll(/\n{2,}/g, '\n')}\n`;

describe.each(['en', 'zh'] as const)('in %s', (language) => {
  const t = pageTexts(language, null);
  const view = everyBlock(language);
  const message = (
    author: 'bot' | 'customer' | 'team',
    body: Parameters<typeof renderMessage>[1]['body'],
  ) => ({
    id: '01890a5d-ac96-774b-bcce-b302099a8050',
    threadId: '01890a5d-ac96-774b-bcce-b302099a8051',
    author: author === 'bot' ? { kind: author } : { kind: author, externalId: 'ann' },
    body,
    createdAt: NOON,
    change: 7,
  });

  it('every kind of block is the HTML that it was when a person last read it', async () => {
    await expect(lines(renderView(view, CHARTS))).toMatchFileSnapshot(`golden/blocks.${language}.txt`);
  });

  it('the page with its messages is the HTML that it was when a person last read it', async () => {
    const short = { ...view, blocks: view.blocks.slice(0, 1) };
    const customer = [
      renderMessage(t, message('team', { kind: 'text', text: t.greeting }), renderWords(t.greeting)),
      renderMessage(t, message('customer', { kind: 'text', text: 'a\nb' }), renderWords('a\nb')),
      renderMessage(t, message('team', { kind: 'view', view: short }), renderView(short, CHARTS)),
      renderMessage(t, message('bot', { kind: 'view', view: short }), renderView(short, CHARTS)),
    ];
    const whisper = { id: 'w-1', at: NOON, view: short, asked: '/nps <help>' };
    const team = renderWhisper(t, whisper, renderView(short, CHARTS));
    const page = renderPage(t, {
      conversation: 'c-1"&<',
      person: 'Ann "<b>" & 王',
      cursor: 7,
      customer: customer.join(''),
      team,
    });
    await expect(lines(page)).toMatchFileSnapshot(`golden/page.${language}.txt`);
  });
});

describe('words in a view', () => {
  it('given any view, when it is rendered, then its elements are those of the same view with harmless words', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const shape = (html: string) =>
          tagsOf(html).map(({ name, closing, attributes: { class: c, 'data-action': action, ...more } }) => ({
            name,
            closing,
            c,
            action,
            // Which option is chosen depends on the words themselves: harmless ones are all the same.
            attributes: Object.keys(more).filter((attribute) => attribute !== 'selected'),
          }));
        expect(shape(renderView(view, CHARTS))).toEqual(shape(renderView(harmless(view), CHARTS)));
      }),
      { numRuns: 500 },
    );
  });

  it('given any view, when it is rendered, then all of its words can be read, as they were written', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const words = seenWords(view).join('').replaceAll('\0', '');
        expect(textOf(renderView(view, CHARTS))).toBe(words);
      }),
      { numRuns: 500 },
    );
  });

  it.each(Object.keys(HOSTILE))('given %s, when it is rendered, then nothing of it is alive', (what) => {
    const words = HOSTILE[what]!;
    expect(aliveIn(renderView(hostileView(words), CHARTS))).toEqual([]);
    expect(aliveIn(renderWords(words))).toEqual([]);
  });

  it('given an address that is no web address, when a link has it, then it is words', () => {
    const link = (url: string) =>
      renderView(
        {
          ...everyBlock('en'),
          blocks: [{ kind: 'text', text: [{ kind: 'link', url, text: 'go' }], tone: 'plain' }],
        },
        CHARTS,
      );
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      ' https://x',
      '//x',
      'JAVASCRIPT:https://x',
    ])
      expect(tagsOf(link(url)).map((tag) => tag.name)).not.toContain('a');
    expect(link('https://example.com/?a="b"')).toContain('href="https://example.com/?a=&quot;b&quot;"');
  });

  it('given a scale, when it is rendered, then it runs from left to right in every script and says each score', () => {
    const tags = tagsOf(renderView(everyBlock('zh'), CHARTS));
    const scale = tags.find((tag) => tag.attributes['class'] === 'scale of-5');
    expect(scale?.attributes).toMatchObject({
      role: 'group',
      dir: 'ltr',
      'aria-label': '这次解决问题容易吗？',
    });
    const options = tags.filter((tag) => tag.attributes['aria-pressed'] !== undefined);
    expect(options.map((tag) => tag.attributes['aria-label'])).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
    expect(options.map((tag) => tag.attributes['aria-pressed'])).toEqual([
      'false',
      'false',
      'false',
      'true',
      'false',
    ]);
  });
});

/** Names, and words that two languages have in common. */
const SHARED = ['title', 'bot', 'commands', 'initial', 'online'];

describe('the language of the page', () => {
  it.each([
    ['zh', null, 'zh-CN'],
    ['zh-CN', 'en', 'zh-CN'],
    ['en', 'zh', 'en'],
    [null, 'zh-TW,zh;q=0.9,en;q=0.8', 'zh-CN'],
    [null, 'nl-NL, zh;q=0.5, en;q=0.4', 'zh-CN'],
    [null, 'de-AT,en;q=0.5', 'de'],
    [null, 'fr-FR', 'fr'],
    ['es-419', 'en', 'es'],
    ['ja', null, 'ja'],
    ['pt-PT', null, 'pt-BR'],
    ['constructor', null, 'en'],
    [null, null, 'en'],
    ['xx', 'zh', 'en'],
  ])('given the address asks for %s and the browser prefers %s, then it is %s', (asked, prefers, lang) => {
    expect(pageTexts(asked, prefers).lang).toBe(lang);
  });

  it('every text is there in each, and none is left over from another', () => {
    const en = pageTexts('en', null);
    for (const lang of PAGE_LANGUAGES.filter((one) => one !== 'en')) {
      const texts = pageTexts(lang, null);
      expect(texts.lang).toBe(lang);
      expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
      const same = Object.entries(texts).filter(([key, text]) => text === en[key as keyof PageTexts]);
      expect(same.map(([key]) => key).filter((key) => !SHARED.includes(key))).toEqual([]);
      const scripts = lang === 'zh-CN' ? /\p{Script=Han}/u : /\p{Script=Han}|[\u3040-\u30FF]/u;
      for (const [key, text] of Object.entries(texts))
        if (!['title', 'bot', 'lang', 'commands'].includes(key))
          expect(scripts.test(String(text)), `${lang} ${key}`).toBe(/^(?:zh|ja)/u.test(lang));
      expect(texts.commands.some((one) => one.includes('{person}'))).toBe(true);
    }
  });

  it('can be changed to each of the others, in the same conversation', () => {
    const state = { conversation: 'c-1', person: 'ann & co', cursor: 0, customer: '', team: '' };
    for (const lang of PAGE_LANGUAGES) {
      const links = tagsOf(renderPage(pageTexts(lang, null), state)).filter(
        (tag) => tag.attributes['hreflang'],
      );
      expect(links.map((tag) => tag.attributes['hreflang'])).toEqual(
        PAGE_LANGUAGES.filter((one) => one !== lang),
      );
      for (const { attributes } of links)
        expect(attributes['href']).toBe(`/?lang=${attributes['hreflang']}&c=c-1&who=ann+%26+co`);
    }
  });
});
