// However much is in a view and whoever wrote it: Slack takes it, nothing that anybody wrote is alive in it, and what can be pressed is there.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderHome, renderMessage, renderModal } from '../../../adapters/slack/render/index.ts';
import { encodeAction } from '../../../src/domain/command/action.ts';
import type { Block, View } from '../../../src/views/view.ts';
import { HOSTILE, hostileView, readable } from '../../contracts/hostile.ts';
import * as sample from '../../views/samples.ts';
import { anyView, everyBlock } from '../web/views.ts';
import { actionsIn, aliveIn, checkMessage, checkView, objectsIn, wordsIn } from './blocks.ts';

const RUNS = { numRuns: 300 };

/** Up to 60 times as much of it. */
const muchView = fc
  .tuple(anyView, fc.integer({ min: 1, max: 60 }))
  .map(
    ([view, times]): View => ({ ...view, blocks: Array.from({ length: times }, () => view.blocks).flat() }),
  );

function addressesOf(view: View): readonly string[] {
  const links = objectsIn(view).filter(
    (one) => one['kind'] === 'link' && /^https?:\/\//.test(String(one['url'])),
  );
  return links.flatMap(({ url }) => (URL.canParse(String(url)) ? [new URL(String(url)).href] : []));
}

function pressedIn(view: View): readonly string[] {
  return view.blocks.flatMap((block) => {
    if (block.kind === 'scale') return block.options.map((option) => encodeAction(option.action));
    if (block.kind === 'buttons') return block.buttons.map((button) => encodeAction(button.action));
    return block.kind === 'inputs' ? [encodeAction(block.action)] : [];
  });
}

/** What turns the direction of what follows is closed where it was opened, and opened by us alone. */
function turnsOutside(text: string): boolean {
  return (
    /[\u202A-\u202E\u2066\u2067]/u.test(text) ||
    /[\u2068\u2069]/u.test(text.replace(/\u2068[^\u2068\u2069]*\u2069/gu, ''))
  );
}

describe('any view', () => {
  it('given it is sent, when Slack looks at its blocks, then it takes them, with every button where they fit at all', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const { text, blocks } = renderMessage(view, { key: 'k'.repeat(64) });
        checkMessage(blocks);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(3_000);
        expect(actionsIn(blocks)).toEqual(pressedIn(view));
      }),
      RUNS,
    );
  });

  it('given there is far too much in it, when it is rendered anywhere, then Slack takes it', () => {
    fc.assert(
      fc.property(muchView, (view) => {
        checkView(renderHome(view), 'home');
        checkView(renderModal(view, { privateMetadata: '{}' }), 'modal');
        const said = {
          ...view,
          blocks: view.blocks.filter((one) => !['scale', 'buttons', 'inputs'].includes(one.kind)),
        };
        checkMessage(renderMessage(said).blocks);
      }),
      { numRuns: 100 },
    );
  });

  it('given it is rendered, when it is read, then only its own addresses are alive and nothing turns what stands beside it', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const { text, blocks } = renderMessage(view);
        const known = addressesOf(view);
        for (const shown of [blocks, renderHome(view).blocks, renderModal(view, { privateMetadata: '' })])
          for (const alive of aliveIn(shown)) expect(known).toContain(alive);
        expect(text).toMatch(/^(?:[^&<>]|&(?:amp|lt|gt);)*$/u);
        for (const words of [text, ...wordsIn(blocks)]) {
          expect(turnsOutside(words)).toBe(false);
          expect(words).not.toMatch(/[^\P{Cc}\n\t]|\p{Cs}/u);
        }
      }),
      RUNS,
    );
  });
});

describe('what anybody wrote', () => {
  it.each(['', ' \n', '\0', '\u200B', '\uD83D'])(
    'given a view of nothing but %j, when it is rendered anywhere, then Slack takes it',
    (nothing) => {
      const view: View = {
        summary: nothing,
        locale: 'en',
        blocks: [
          { kind: 'heading', text: nothing },
          { kind: 'quote', text: nothing, by: nothing },
          { kind: 'list', items: [[nothing], []] },
          { kind: 'fields', fields: [{ label: nothing, value: nothing }] },
        ],
      };
      checkMessage(renderMessage(view, { key: 'k' }).blocks);
      checkView(renderHome(view), 'home');
      checkView(renderModal(view, { privateMetadata: '' }), 'modal');
      expect(renderMessage(view).text).not.toBe('');
    },
  );

  it.each(Object.keys(HOSTILE))(
    'given %s, when it is rendered, then it can be read as it was written',
    (what) => {
      const words = HOSTILE[what]!;
      const { blocks } = renderMessage(hostileView(words));
      checkMessage(blocks);
      expect(aliveIn(blocks)).toEqual([]);
      expect(readable(wordsIn(blocks).join(''))).toContain(readable(words).slice(0, 1_000));
    },
  );

  it('given markup, emoji names, addresses and mentions, when they are quoted, then they are the words that they were', () => {
    const words =
      '*bold* _it_ ~no~ `code` :tada: https://evil.example a@b.example @here #general <!channel> &amp; > quote';
    const { blocks } = renderMessage({
      summary: 's',
      locale: 'en',
      blocks: [{ kind: 'quote', text: words, by: words }],
    });
    expect(aliveIn(blocks)).toEqual([]);
    expect(wordsIn(blocks)).toEqual([words, `— ${words}`]);
  });

  it('given they stand where nothing but plain text can, when that is rendered, then they are words there too, and none too many', () => {
    const words = 'R&D <!channel> &lt; <https://x|y> '.repeat(9);
    const claim = { kind: 'claim', followUpId: sample.CASE } as const;
    const view: View = {
      summary: words,
      locale: 'en',
      blocks: [
        { kind: 'heading', text: words.slice(0, 100) },
        { kind: 'text', tone: 'muted', text: [words] },
        { kind: 'buttons', buttons: [{ label: words, action: claim, style: 'plain' }] },
        { kind: 'heading', text: 'R&D' },
      ],
    };
    const { blocks } = renderMessage(view);
    checkMessage(blocks);
    expect(aliveIn(blocks)).toEqual([]);
    const [heading, muted, button, ...rest] = wordsIn(blocks);
    expect([heading, muted]).toEqual([words.slice(0, 100), words]);
    expect(button).toMatch(/^R&D <!channel> &lt; <https:\/\/x\|y> R?.*…$/);
    expect([blocks.at(-1)?.type, rest]).toEqual(['header', ['R&D']]);
  });

  it('given it is said in the notification, when Slack parses that, then it is words', () => {
    const message = (summary: string) => renderMessage({ summary, locale: 'en', blocks: [] }).text;
    expect(message('<!channel> & <https://x|y>')).toBe('&lt;!channel&gt; &amp; &lt;https://x|y&gt;');
    expect(message('&'.repeat(4_000)).length).toBeLessThanOrEqual(3_000);
    expect(message('&'.repeat(4_000))).toMatch(/^(?:&amp;)+…$/);
  });

  it('given a name whose script runs the other way, when it stands in a line, then the line around it does not', () => {
    const said = (locale: string, name: string, rest: string) => {
      const text = [{ kind: 'strong', text: name }, rest] as const;
      const blocks: Block[] = (['plain', 'muted'] as const).map((tone) => ({ kind: 'text', tone, text }));
      return wordsIn(renderMessage({ summary: 's', locale, blocks }).blocks);
    };
    const hebrew = '\u2068אבי\u2069';
    expect(said('en', 'אבי\u2069', ' gave 2')).toEqual([hebrew, ' gave 2', `${hebrew} gave 2`]);
    expect(said('en', 'Ann', ' אמר 2')).toEqual(['Ann', '\u2068 אמר 2\u2069', 'Ann\u2068 אמר 2\u2069']);
    expect(said('he', 'Ann', ' אמר 2')).toEqual(['\u2068Ann\u2069', ' אמר 2', '\u2068Ann\u2069 אמר 2']);
    expect(said('en', 'Ann', ' gave 2')).toEqual(['Ann', ' gave 2', 'Ann gave 2']);
  });

  it('given people write with many signs for one letter, when it is cut, then no letter is cut in two', () => {
    const family = '👨‍👩‍👧‍👦';
    const title = (text: string) => {
      const form: Block = {
        kind: 'inputs',
        title: text,
        submit: 'x',
        action: { kind: 'settings' },
        inputs: [],
      };
      return renderModal({ summary: 's', locale: 'en', blocks: [form] }, { privateMetadata: '' }).title.text;
    };
    expect(title(family.repeat(3))).toBe(`${family.repeat(2)}…`);
    expect(title('e\u0301'.repeat(20))).toBe(`${'e\u0301'.repeat(11)}…`);
    expect(title('二十四个字以内的标题不会被截断二十四个字以内的')).toHaveLength(23);
    expect(title(`a${'\u0301'.repeat(60)}`)).toHaveLength(24);
  });
});

describe('too much to say', () => {
  const quote = (text: string): Block => ({ kind: 'quote', text, by: 'Ann' });
  const list = (count: number): Block => ({
    kind: 'list',
    items: Array.from({ length: count }, (_, i) => [`item ${i} ${'x'.repeat(100)}`]),
  });
  const scale = everyBlock('en').blocks.find((one) => one.kind === 'scale')!;
  const buttons = everyBlock('en').blocks.find((one) => one.kind === 'buttons')!;
  const shown = (...blocks: Block[]) => {
    const message = renderMessage({ summary: 's', locale: 'en', blocks }).blocks;
    checkMessage(message);
    return message;
  };

  it('given one long answer, when it is shown, then as much of it as a text may have is there', () => {
    const [block] = shown(quote('y'.repeat(40_000)));
    expect(wordsIn(block)[0]).toBe(`${'y'.repeat(2_999)}…`);
  });

  it('given many quotes, when they are shown, then the last are left out, and a last line says that there are more', () => {
    const first: Block = { kind: 'heading', text: 'Answers' };
    const blocks = shown(first, buttons, ...Array.from({ length: 80 }, (_, i) => quote(`quote ${i}`)));
    expect(blocks.slice(0, 3).map((one) => one.type)).toEqual(['header', 'actions', 'rich_text']);
    expect(wordsIn(blocks)).toContain('quote 30');
    expect(wordsIn(blocks)).not.toContain('quote 79');
    expect(blocks.at(-1)).toMatchObject({ type: 'context', elements: [{ text: '…' }] });
  });

  it('given a long list above the scale, when it is shown, then its end is left out and the scale is whole', () => {
    const blocks = shown({ kind: 'heading', text: 'List' }, list(500), scale, buttons);
    const items = wordsIn(blocks).filter((one) => one.startsWith('item'));
    expect(items.length).toBeGreaterThan(30);
    expect(items[0]).toMatch(/^item 0 /);
    expect(actionsIn(blocks)).toHaveLength(8);
    expect(blocks.at(-1)).toMatchObject({ type: 'context', elements: [{ text: '…' }] });
  });

  it('given far too many paragraphs, when they are shown, then the last are left out and what can be pressed stays', () => {
    const text: Block = { kind: 'text', tone: 'plain', text: ['z'.repeat(5_000)] };
    const blocks = shown(...Array.from({ length: 60 }, () => text), scale, buttons);
    expect(wordsIn(blocks)[0]).toMatch(/^z{1199}…$/);
    expect(actionsIn(blocks)).toHaveLength(8);
    expect(blocks.at(-1)).toMatchObject({ type: 'context', elements: [{ text: '…' }] });
  });

  it('given more buttons than a row takes, when they are shown, then there are more rows and every button', () => {
    const many: Block = {
      kind: 'buttons',
      buttons: Array.from({ length: 30 }, (_, i) => ({
        label: `b${i}`,
        style: 'plain' as const,
        action: { kind: 'claim' as const, followUpId: sample.CASE.slice(0, -2) + String(10 + i) },
      })),
    };
    expect(shown(many).map((one) => one.type === 'actions' && one.elements.length)).toEqual([25, 5]);
  });

  it('given one action on two buttons, when they are shown, then no row has it twice', () => {
    const twice: Block = {
      kind: 'buttons',
      buttons: [1, 2].map((i) => ({ label: `b${i}`, style: 'plain', action: { kind: 'settings' } })),
    };
    expect(shown(twice)).toHaveLength(2);
  });
});
