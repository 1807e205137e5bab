// Everything that the product says, as Discord's messages and modals: how it looks is pinned, page by page, in both languages.
import { describe, expect, it } from 'vitest';
import { readCustomId, writeCustomId } from '../../../adapters/discord/custom-id.ts';
import { keyMark, keyOfMark } from '../../../adapters/discord/key-mark.ts';
import {
  fileName,
  formOf,
  marksOf,
  renderMessage,
  renderModal,
} from '../../../adapters/discord/render/index.ts';
import type { Action } from '../../../src/domain/command/action.ts';
import type { Block, ChartSpec, View } from '../../../src/views/view.ts';
import { pages } from '../../views/pages.ts';
import * as sample from '../../views/samples.ts';
import { everyBlock } from '../web/views.ts';
import { checkMessage, checkModal, outline, readIn } from './shown.ts';

const GUILD = '1099000000000000001';
const KEY = `prompt-${sample.PROMPT}`;

const asMessage = (view: View): string => {
  const images = new Map(
    view.blocks.flatMap((one) => (one.kind === 'image' ? [[one.chart, fileName(0, KEY)]] : [])),
  );
  const message = renderMessage(view, { guild: GUILD, key: KEY, images });
  checkMessage(message);
  return outline(message);
};

const asModal = (view: View): string => {
  const modal = renderModal(view, { guild: GUILD });
  checkModal(modal);
  const { components, ...head } = modal!;
  return `${JSON.stringify(head)}\n${components.map((one) => `  ${JSON.stringify(one)}\n`).join('')}`;
};

const shown = (view: View) => (formOf(view) ? asModal(view) : asMessage(view));

describe.each(sample.READ_LOCALES)('in %s', (locale) => {
  it.each(Object.keys(pages))(
    'the page %s is the messages that it was when a person last read it',
    async (name) => {
      const messages = pages[name]!(sample.texts(locale)).map(shown);
      await expect(messages.join('\n')).toMatchFileSnapshot(`golden/${name}.${locale}.txt`);
    },
  );
});

describe.each(['en', 'zh'] as const)('in %s', (language) => {
  it('every kind of block is what it was as a message and a modal', async () => {
    const view = everyBlock(language);
    await expect([asMessage(view), asModal(view)].join('\n')).toMatchFileSnapshot(
      `golden/blocks.${language}.txt`,
    );
  });
});

const showing = (...blocks: Block[]): View => ({ summary: 'A summary', locale: 'en', blocks });
const buttons = (...actions: Action[]): Block => ({
  kind: 'buttons',
  buttons: actions.map((action, i) => ({ label: `b${i}`, action, style: 'plain' })),
});
const labels = (view: View) =>
  renderMessage(view, { guild: GUILD }).components.map((row) => row.components.map((one) => one.label));

describe('the key of a message', () => {
  it('given it is of a prompt, when its mark is read, then it is the key again, and fits a nonce', () => {
    for (const kind of ['prompt', 'remind', 'alert', 'digest', 'test']) {
      const key = `${kind}-${sample.PROMPT}`;
      expect(keyMark(key)).toMatch(/^[\w-]{23}$/);
      expect(keyOfMark(keyMark(key))).toBe(key);
    }
  });

  it('given any other, when it is marked, then each has a mark of its own, that names no key', () => {
    const keys = [sample.PROMPT, `notice-${sample.PROMPT}-k2`, `again-${sample.CASE}-1`, 'x', ''];
    const marks = keys.map(keyMark);
    expect(new Set(marks).size).toBe(keys.length);
    for (const mark of marks) {
      expect(mark).toMatch(/^[\w-]{23}$/);
      expect(keyOfMark(mark)).toBeNull();
    }
    for (const foreign of ['', 'p', 'p'.repeat(23), 'pAYkKXayWd0u7zLMCowmoVw~']) keyOfMark(foreign);
    expect(keyOfMark('zAYkKXayWd0u7zLMCowmoVw')).toBeNull();
  });

  it('given a message with buttons, when it is read back, then it names its server and its key', () => {
    const message = renderMessage(everyBlock('en'), { guild: GUILD, key: KEY });
    expect(marksOf(message as never)).toEqual({ guild: GUILD, mark: keyMark(KEY) });
  });

  it('given a message with nothing but a chart, when it is read back, then its file names the key', () => {
    const chart = { title: 'one' } as unknown as ChartSpec;
    const images = new Map([[chart, fileName(0, KEY)]]);
    const view = showing({ kind: 'image', chart, alt: 'NPS rose' });
    expect(marksOf(renderMessage(view, { guild: GUILD, key: KEY, images }) as never)).toEqual({
      guild: null,
      mark: keyMark(KEY),
    });
  });

  it('given no key, or what others wrote, when it is read back, then there is none', () => {
    expect(marksOf(renderMessage(everyBlock('en'), { guild: GUILD }) as never).mark).toBeNull();
    for (const foreign of [
      {},
      { components: [{ type: 1, components: [{ custom_id: 'x' }] }] },
      { attachments: [{ filename: 'chart.png' }] },
    ])
      expect(marksOf(foreign as never)).toEqual({ guild: null, mark: null });
  });
});

describe('what a button carries', () => {
  const action: Action = { kind: 'score', promptId: sample.PROMPT, score: 10 };

  it('given an action and a server, when it is read back, then it is both', () => {
    expect(readCustomId(writeCustomId(action, GUILD))).toEqual({ action, guild: GUILD, mark: null });
    expect(readCustomId(writeCustomId({ kind: 'settings' }, GUILD, keyMark(KEY)))).toEqual({
      action: { kind: 'settings' },
      guild: GUILD,
      mark: keyMark(KEY),
    });
    expect(readCustomId(writeCustomId(action, GUILD, '2'))).toEqual({ action, guild: GUILD, mark: null });
  });

  it('given the longest of ours, when it is written, then Discord takes it', () => {
    const longest = writeCustomId(
      { kind: 'add_words', promptId: sample.PROMPT },
      '9'.repeat(20),
      keyMark(KEY),
    );
    expect(longest.length).toBeLessThanOrEqual(100);
  });

  it('given what nobody of us wrote, when it is read, then it is nothing', () => {
    for (const foreign of [
      '',
      'settings',
      `settings@`,
      'settings@x',
      `score:1@${GUILD}`,
      `settings@${GUILD}@1`,
    ])
      expect(readCustomId(foreign)).toBeNull();
  });
});

describe('a scale', () => {
  const scale = (scores: readonly number[], selected = -1): Block => ({
    kind: 'scale',
    label: 'Your score',
    low: 'bad',
    high: 'good',
    options: scores.map((score) => ({
      score,
      alt: `${score}`,
      action: { kind: 'score', promptId: sample.PROMPT, score },
      selected: score === selected,
    })),
  });
  const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const more = buttons(
    { kind: 'decline', promptId: sample.PROMPT },
    { kind: 'opt_out', promptId: sample.PROMPT },
  );

  it('given 0 to 10, 1 to 7 and 1 to 5, when they are rendered, then they are rows from low to high, the ways out below', () => {
    expect(labels(showing(scale(upTo(0, 10)), more))).toEqual([
      ['0', '1', '2', '3', '4'],
      ['5', '6', '7', '8', '9'],
      ['10'],
      ['b0', 'b1'],
    ]);
    expect(labels(showing(scale(upTo(1, 7)), more))).toEqual([
      ['1', '2', '3', '4', '5'],
      ['6', '7'],
      ['b0', 'b1'],
    ]);
    expect(labels(showing(scale(upTo(1, 5)), more))).toEqual([
      ['1', '2', '3', '4', '5'],
      ['b0', 'b1'],
    ]);
  });

  it('given a choice, when it is rendered, then it alone is marked, and each end stands beside its score', () => {
    const message = renderMessage(showing(scale(upTo(0, 10), 7)), { guild: GUILD });
    const marked = message.components.flatMap((row) => row.components.filter((one) => one.style === 1));
    expect(marked).toMatchObject([{ label: '7' }]);
    expect(readIn(message)).toContain('0 = bad … 10 = good');
  });
});

describe('buttons', () => {
  const claim = (i: number): Action => ({
    kind: 'claim',
    followUpId: sample.CASE.slice(0, -2) + String(10 + i),
  });

  it('given more blocks than rows, when they are shown, then they stand together in as few rows as it takes', () => {
    const view = showing(...Array.from({ length: 7 }, (_, i) => buttons(claim(i))));
    expect(labels(view)).toEqual([
      ['b0', 'b0', 'b0', 'b0', 'b0'],
      ['b0', 'b0'],
    ]);
  });

  it('given more than a message takes, when they are shown, then the first are there', () => {
    const all = Array.from({ length: 30 }, (_, i) => claim(i));
    expect(labels(showing(buttons(...all))).flat()).toHaveLength(25);
  });

  it('given one action on two buttons, when they are shown, then each has an id of its own and both mean it', () => {
    const message = renderMessage(showing(buttons({ kind: 'settings' }, { kind: 'settings' })), {
      guild: GUILD,
    });
    checkMessage(message);
    const ids = message.components[0]!.components.map((one) => one.custom_id);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(readCustomId(id)?.action).toEqual({ kind: 'settings' });
  });
});

describe('an image', () => {
  const chart = { title: 'one' } as unknown as ChartSpec;
  const view = showing({ kind: 'image', chart, alt: 'NPS *rose*' });

  it('given its file, when it is rendered, then it comes with the message, told in words to who cannot see it', () => {
    const message = renderMessage(view, { guild: GUILD, images: new Map([[chart, 'chart-1.png']]) });
    expect(message.attachments).toEqual([{ id: '0', filename: 'chart-1.png', description: 'NPS *rose*' }]);
    expect(message.content).toBe('A summary');
  });

  it('given no file, when it is rendered, then its words stand in its place', () => {
    const message = renderMessage(view, { guild: GUILD });
    expect(message).toMatchObject({ content: '-# NPS \\*rose\\*', attachments: [] });
  });
});

describe('references', () => {
  const said = (...text: Extract<Block, { kind: 'text' }>['text']) =>
    renderMessage(showing({ kind: 'text', tone: 'plain', text }), { guild: GUILD }).content;

  it('given a person, when they are named, then nobody is told', () => {
    expect(said({ kind: 'person', externalId: GUILD, name: 'Ann' }, ' has it')).toBe('**Ann** has it');
  });

  it('given a channel, when it is one of Discord, then it can be followed, and else it is its name', () => {
    expect(said('in ', { kind: 'channel', externalId: GUILD, name: 'x' })).toBe(`in <#${GUILD}>`);
    for (const externalId of ['support', '<@&1>', 'C0GENERAL01', '0'])
      expect(said({ kind: 'channel', externalId, name: 'support' })).toBe('**support**');
  });

  it('given an address that is no web address, when a link has it, then it is words', () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,x', ' https://x', '//x', 'https://', 'http:x'])
      expect(said({ kind: 'link', url, text: 'go' })).toBe('go');
    expect(said({ kind: 'link', url: 'https://a.example/?b=1&c=(d)', text: 'go [1]' })).toBe(
      '[go \\[1\\]](<https://a.example/?b=1&c=%28d%29>)',
    );
  });

  it('given bold words side by side, when they are rendered, then they are one bold run', () => {
    expect(said({ kind: 'strong', text: 'a' }, { kind: 'strong', text: 'b' }, 'c')).toBe('**ab**c');
  });
});
