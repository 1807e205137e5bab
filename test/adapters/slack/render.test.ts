// Everything that the product says, as Slack's blocks: how it looks as data is pinned, page by page, in both languages.
import { describe, expect, it } from 'vitest';
import { keyOf, renderHome, renderMessage, renderModal } from '../../../adapters/slack/render/index.ts';
import type { Block, View } from '../../../src/views/view.ts';
import { pages } from '../../views/pages.ts';
import * as sample from '../../views/samples.ts';
import { everyBlock } from '../web/views.ts';
import { checkMessage, checkView, outline, wordsIn } from './blocks.ts';

const asMessage = (view: View): string => {
  const images = new Map(
    view.blocks.flatMap((one) => (one.kind === 'image' ? [[one.chart, 'F0CHART0001']] : [])),
  );
  const { text, blocks } = renderMessage(view, { key: 'k-1', images });
  checkMessage(blocks);
  return `«${text}»\n${outline(blocks)}`;
};

const asModal = (view: View): string => {
  const { blocks, ...head } = renderModal(view, { privateMetadata: 'm-1' });
  checkView({ ...head, blocks }, 'modal');
  return `${JSON.stringify(head)}\n${outline(blocks)}`;
};

const shown = (view: View) =>
  view.blocks.some((one) => one.kind === 'inputs') ? asModal(view) : asMessage(view);

describe.each(sample.READ_LOCALES)('in %s', (locale) => {
  it.each(Object.keys(pages))(
    'the page %s is the blocks that it was when a person last read it',
    async (name) => {
      const messages = pages[name]!(sample.texts(locale)).map(shown);
      await expect(messages.join('\n')).toMatchFileSnapshot(`golden/${name}.${locale}.txt`);
    },
  );
});

describe.each(['en', 'zh'] as const)('in %s', (language) => {
  it('every kind of block is what it was as a message, a modal and a home tab', async () => {
    const view = everyBlock(language);
    const { blocks, ...home } = renderHome(view);
    checkView({ ...home, blocks }, 'home');
    const all = [asMessage(view), asModal(view), outline(blocks)];
    await expect(all.join('\n')).toMatchFileSnapshot(`golden/blocks.${language}.txt`);
  });
});

const showing = (...blocks: Block[]): View => ({ summary: 'A summary', locale: 'en', blocks });

describe('the key of a message', () => {
  it('given a key, when its message is read back, then it is the one', () => {
    const key = '01890a5d-ac96-774b-bcce-b302099a8057:prompt:1';
    expect(keyOf(renderMessage(everyBlock('en'), { key }).blocks)).toBe(key);
    expect(keyOf(renderMessage(showing(), { key }).blocks)).toBe(key);
  });

  it('given none, or blocks of others, when they are read, then there is none', () => {
    expect(keyOf(renderMessage(everyBlock('en')).blocks)).toBeNull();
    for (const foreign of [null, undefined, 'x', {}, [], [null], [{ block_id: 7 }], [{ block_id: 'Xy9' }]])
      expect(keyOf(foreign)).toBeNull();
  });

  it('given words that look like a key, when they are sent without one, then there is none', () => {
    const view = { ...showing({ kind: 'quote', text: 'key:mine', by: 'key:mine' }), summary: 'key:mine' };
    expect(keyOf(renderMessage(view).blocks)).toBeNull();
  });
});

describe('a scale', () => {
  const scale = (locale: string, low: string, high: string): View => ({
    summary: 's',
    locale,
    blocks: [
      {
        kind: 'scale',
        label: 'Your score',
        low,
        high,
        options: Array.from({ length: 11 }, (_, score) => ({
          score,
          alt: `${score} of 10`,
          action: { kind: 'score', promptId: sample.PROMPT, score },
          selected: score === 7,
        })),
      },
    ],
  });

  it('given 0 to 10, when it is rendered, then it is one row from left to right, each score said in words, the choice marked', () => {
    const { blocks } = renderMessage(scale('en', 'bad', 'good'));
    expect(blocks.map((one) => one.type)).toEqual(['actions', 'context']);
    const buttons = blocks[0]?.type === 'actions' ? blocks[0].elements : [];
    expect(buttons.map((one) => one.type === 'button' && one.text.text)).toEqual(
      Array.from({ length: 11 }, (_, i) => String(i)),
    );
    expect(buttons.filter((one) => one.type === 'button' && one.style === 'primary')).toMatchObject([
      { text: { text: '7' }, accessibility_label: '7 of 10', action_id: `score:${sample.PROMPT}:7` },
    ]);
  });

  it('given ends in any script, when it is rendered, then each stands beside its own score', () => {
    expect(wordsIn(renderMessage(scale('en', 'bad', 'good')).blocks)).toContain('0 = bad … 10 = good');
    expect(wordsIn(renderMessage(scale('ar', 'سيئ', 'جيد')).blocks)).toContain(
      '0 = \u2068سيئ\u2069 … 10 = \u2068جيد\u2069',
    );
  });
});

describe('an image', () => {
  const chart = sample.fullDigest && { title: 'one' };
  const view = showing({ kind: 'image', chart: chart as never, alt: 'NPS rose' });

  it('given its file, when it is rendered, then it is that file, told in words to who cannot see it', () => {
    expect(renderMessage(view, { images: new Map([[chart as never, 'F1']]) }).blocks).toEqual([
      { type: 'image', slack_file: { id: 'F1' }, alt_text: 'NPS rose' },
    ]);
  });

  it('given no file, when it is rendered, then its words stand in its place', () => {
    expect(renderMessage(view).blocks).toMatchObject([{ type: 'context', elements: [{ text: 'NPS rose' }] }]);
  });
});

describe('references', () => {
  const line = (...text: Extract<Block, { kind: 'text' }>['text']): View =>
    showing({ kind: 'text', tone: 'plain', text });
  const elements = (view: View) =>
    outline(renderMessage(view).blocks)
      .split('\n')
      .slice(2, -1)
      .map((one) => JSON.parse(one));

  it('given a person, when they are named, then nobody is told', () => {
    expect(elements(line({ kind: 'person', externalId: 'U0ALICE0001', name: 'Alice' }))).toEqual([
      { type: 'text', text: 'Alice', style: { bold: true } },
    ]);
  });

  it('given a channel, when it is one of Slack, then it can be followed, and else it is its name', () => {
    expect(elements(line({ kind: 'channel', externalId: 'C0GENERAL01', name: 'x' }))).toEqual([
      { type: 'channel', channel_id: 'C0GENERAL01' },
    ]);
    for (const externalId of ['support', '<!channel>', '123456789012345678', 'C1'])
      expect(elements(line({ kind: 'channel', externalId, name: 'support' }))).toMatchObject([
        { text: 'support' },
      ]);
  });

  it('given an address that is no web address, when a link has it, then it is words', () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,x', ' https://x', '//x', 'https://', 'http:x'])
      expect(elements(line({ kind: 'link', url, text: 'go' }))).toEqual([{ type: 'text', text: 'go' }]);
    expect(elements(line({ kind: 'link', url: 'https://a.example/?b=1&c="', text: 'go' }))).toEqual([
      { type: 'link', url: 'https://a.example/?b=1&c=%22', text: 'go' },
    ]);
  });

  it('given grey text with a link, when it is rendered, then the link is one and nothing is parsed', () => {
    const text = ['see *this* ', { kind: 'link', url: 'https://a.example/', text: 'go' }] as const;
    const { blocks } = renderMessage(showing({ kind: 'text', tone: 'muted', text }));
    expect(blocks).toMatchObject([{ type: 'rich_text' }]);
  });
});
