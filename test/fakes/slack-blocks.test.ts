// Each published limit of Block Kit: the longest that is allowed passes, one more does not.
import { describe, expect, it } from 'vitest';
import { checkedMessageBlocks, checkedView } from './slack/block-kit/content.ts';
import { SlackError } from './slack/errors.ts';
import { Ids } from './slack/ids.ts';

const ids = new Ids();
const words = (length: number): string => 'x'.repeat(length);
const plain = (text: string): object => ({ type: 'plain_text', text });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const button = (more: object = {}): object => ({ type: 'button', action_id: 'a', text: plain('x'), ...more });
const actions = (...elements: object[]): object[] => [{ type: 'actions', elements }];
const input = (element: object, more: object = {}): object[] => [
  { type: 'input', label: plain('x'), element: { action_id: 'a', ...element }, ...more },
];
const option = (index: number): object => ({ text: plain(`o${index}`), value: `v${index}` });
const select = (more: object): object[] => actions({ type: 'static_select', action_id: 'a', ...more });
const section = (text: string): object[] => [{ type: 'section', text: { type: 'mrkdwn', text } }];
const confirm = (more: object): object[] => actions(button({ confirm: { text: plain('x'), ...more } }));

type Make = (size: number) => object[];

const IN_MESSAGES: readonly (readonly [what: string, most: number, make: Make])[] = [
  ['blocks of a message', 50, (n) => times(n, () => ({ type: 'divider' }))],
  ['text of a section', 3000, (n) => section(words(n))],
  ['fields of a section', 10, (n) => [{ type: 'section', fields: times(n, () => plain('x')) }]],
  ['a field', 2000, (n) => [{ type: 'section', fields: [plain(words(n))] }]],
  ['a header', 150, (n) => [{ type: 'header', text: plain(words(n)) }]],
  ['elements of a context', 10, (n) => [{ type: 'context', elements: times(n, () => plain('x')) }]],
  ['elements of actions', 25, (n) => actions(...times(n, (i) => button({ action_id: `a${i}` })))],
  ['text of a button', 75, (n) => actions(button({ text: plain(words(n)) }))],
  ['value of a button', 2000, (n) => actions(button({ value: words(n) }))],
  ['url of a button', 3000, (n) => actions(button({ url: `https://x.test/${words(n - 15)}` }))],
  ['accessibility label', 75, (n) => actions(button({ accessibility_label: words(n) }))],
  ['action id', 255, (n) => actions(button({ action_id: words(n) }))],
  ['block id', 255, (n) => [{ type: 'divider', block_id: words(n) }]],
  ['alt text', 2000, (n) => [{ type: 'image', image_url: 'https://x.test/a.png', alt_text: words(n) }]],
  ['options of a select', 100, (n) => select({ options: times(n, option) })],
  ['text of an option', 75, (n) => select({ options: [{ text: plain(words(n)), value: 'v' }] })],
  ['value of an option', 150, (n) => select({ options: [{ text: plain('x'), value: words(n) }] })],
  ['placeholder', 150, (n) => select({ options: [option(0)], placeholder: plain(words(n)) })],
  ['radio buttons', 10, (n) => actions({ type: 'radio_buttons', options: times(n, option) })],
  ['checkboxes', 10, (n) => actions({ type: 'checkboxes', options: times(n, option) })],
  ['overflow', 5, (n) => actions({ type: 'overflow', options: times(n, option) })],
  ['title of a confirmation', 100, (n) => confirm({ title: plain(words(n)) })],
  ['text of a confirmation', 300, (n) => confirm({ text: plain(words(n)) })],
  ['button of a confirmation', 30, (n) => confirm({ confirm: plain(words(n)) })],
  ['label of an input', 2000, (n) => input({ type: 'plain_text_input' }, { label: plain(words(n)) })],
  ['hint of an input', 2000, (n) => input({ type: 'plain_text_input' }, { hint: plain(words(n)) })],
  ['greatest length of an input', 3000, (n) => input({ type: 'plain_text_input', max_length: n })],
  ['initial text', 20, (n) => input({ type: 'plain_text_input', max_length: 20, initial_value: words(n) })],
];

const modal = (more: object): object => ({
  type: 'modal',
  title: plain('x'),
  blocks: [{ type: 'divider' }],
  ...more,
});

const IN_VIEWS: readonly (readonly [what: string, most: number, make: (size: number) => object])[] = [
  ['blocks of a modal', 100, (n) => modal({ blocks: times(n, () => ({ type: 'divider' })) })],
  ['title of a modal', 24, (n) => modal({ title: plain(words(n)) })],
  ['submit of a modal', 24, (n) => modal({ submit: plain(words(n)) })],
  ['close of a modal', 24, (n) => modal({ close: plain(words(n)) })],
  ['private metadata', 3000, (n) => modal({ private_metadata: words(n) })],
  ['callback id', 255, (n) => modal({ callback_id: words(n) })],
];

function refused(what: () => unknown): SlackError | null {
  try {
    what();
    return null;
  } catch (error) {
    if (error instanceof SlackError) return error;
    throw error;
  }
}

const message = (blocks: unknown): SlackError | null =>
  refused(() => checkedMessageBlocks(blocks, ({ id }) => id === 'F1', ids));
const view = (content: unknown, type: 'modal' | 'home' = 'modal'): SlackError | null =>
  refused(() => checkedView(content, type, () => false, ids));

describe('the limits of Block Kit', () => {
  it.each(IN_MESSAGES)('%s: at most %i', (_what, most, make) => {
    expect(message(make(most))?.messages ?? []).toEqual([]);
    expect(message(make(most + 1))).toMatchObject({ error: 'invalid_blocks', malformed: true });
  });

  it.each(IN_VIEWS)('%s: at most %i', (_what, most, make) => {
    expect(view(make(most))?.messages ?? []).toEqual([]);
    expect(view(make(most + 1))).toMatchObject({ error: 'invalid_arguments', malformed: true });
  });

  it('takes 100 blocks in a home tab', () => {
    const home = (count: number): object => ({
      type: 'home',
      blocks: times(count, () => ({ type: 'divider' })),
    });
    expect(view(home(100), 'home')).toBeNull();
    expect(view(home(101), 'home')).not.toBeNull();
    expect(view({ ...home(1), title: plain('x') }, 'home')).not.toBeNull();
  });

  const BAD: readonly (readonly [what: string, blocks: unknown, said: string])[] = [
    ['empty text', section(''), 'must be more than 0 characters'],
    ['half a character', section('\ud83d'), 'must be valid Unicode'],
    ['a header in mrkdwn', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], 'valid enum'],
    ['an unknown style', actions(button({ style: 'warning' })), 'valid enum'],
    ['two buttons of one action id', actions(button(), button()), 'already exists'],
    ['two blocks of one id', times(2, () => ({ type: 'divider', block_id: 'b' })), 'already exists'],
    ['an image without alt text', [{ type: 'image', image_url: 'https://x.test/a' }], 'alt_text'],
    [
      'an image of this machine',
      [{ type: 'image', alt_text: 'x', image_url: 'http://127.0.0.1/a' }],
      'downloading',
    ],
    ['an unknown file', [{ type: 'image', alt_text: 'x', slack_file: { id: 'F2' } }], 'invalid slack file'],
    ['no content in a section', [{ type: 'section' }], 'text or fields'],
    ['a field that is no field', [{ type: 'divider', colour: 'red' }], 'invalid additional property: colour'],
    ['an unknown block', [{ type: 'mystery' }], 'unsupported type: mystery'],
    ['an input among actions', actions({ type: 'plain_text_input' }), 'unsupported type'],
    ['a select of nothing', select({}), 'options or option_groups'],
    [
      'an initial option of nowhere',
      select({ options: [option(0)], initial_option: option(1) }),
      'initial_option',
    ],
    [
      'rich text without pieces',
      [{ type: 'rich_text', elements: [{ type: 'paragraph' }] }],
      'unsupported type',
    ],
  ];

  it.each(BAD)('refuses %s', (_what, blocks, said) => {
    expect(message(blocks)?.messages.join('\n')).toContain(said);
  });

  it('takes what is right: a picture that was uploaded, rich text, a select', () => {
    const text = {
      type: 'rich_text_section',
      elements: [{ type: 'text', text: 'x', style: { bold: true } }],
    };
    expect(
      message([
        { type: 'image', alt_text: 'x', slack_file: { id: 'F1' } },
        { type: 'rich_text', elements: [text] },
        ...select({ options: [option(0)], initial_option: option(0) }),
      ]),
    ).toBeNull();
  });

  it('names what was not named, and leaves names alone', () => {
    const blocks = checkedMessageBlocks(
      [{ type: 'divider', block_id: 'mine' }, { type: 'divider' }],
      () => false,
      ids,
    );
    expect(blocks?.map((each) => each.block_id)).toEqual(['mine', expect.stringMatching(/^.{5}$/)]);
  });

  it('refuses a message that is too long in all, and a form without a button', () => {
    expect(message(times(5, () => section(words(3000))[0]))).toMatchObject({ error: 'msg_blocks_too_long' });
    expect(view(modal({ blocks: input({ type: 'plain_text_input' }) }))?.messages.join()).toContain('submit');
  });
});
