// Forms as modals, what comes back from them, and what Slack makes of what people type.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainTextOf, renderMessage, renderModal, valuesOf } from '../../../adapters/slack/render/index.ts';
import { decodeAction } from '../../../src/domain/command/action.ts';
import type { Input, PickInput, View } from '../../../src/views/view.ts';
import { HOSTILE } from '../../contracts/hostile.ts';
import { actionsIn, checkView } from './blocks.ts';

const form = (...inputs: Input[]): View => ({
  summary: 'A form',
  locale: 'en',
  blocks: [{ kind: 'inputs', title: 'Settings', action: { kind: 'settings' }, submit: 'Save', inputs }],
});
const modal = (...inputs: Input[]) => {
  const view = renderModal(form(...inputs), { privateMetadata: '{"a":1}' });
  checkView(view, 'modal');
  return view;
};
const elements = (...inputs: Input[]) =>
  modal(...inputs).blocks.flatMap((one) => ('element' in one ? [one.element] : []));
const pick = (of: PickInput['of'], value = ''): Input => ({
  kind: 'pick',
  name: 'it',
  label: 'It',
  value,
  optional: true,
  of,
});
const text = (value: string, maxLength: number): Input => ({
  kind: 'text',
  name: 'words',
  label: 'Words',
  value,
  optional: true,
  multiline: true,
  maxLength,
});

describe('a form', () => {
  it('given a view with one, when it is rendered, then the modal carries what sending it means and what it was told', () => {
    const view = modal(text('', 100));
    expect(view).toMatchObject({
      title: { text: 'Settings' },
      submit: { text: 'Save' },
      private_metadata: '{"a":1}',
    });
    expect(decodeAction(view.callback_id ?? '')).toEqual({ kind: 'settings' });
  });

  it('given as many fields as a modal may have and more, when it is rendered, then Slack takes it', () => {
    const view = form(...Array.from({ length: 130 }, () => text('', 100)));
    const said = { ...view, blocks: [{ kind: 'divider' } as const, ...view.blocks] };
    const shown = renderModal(said, { privateMetadata: '' });
    checkView(shown, 'modal');
    expect(shown.blocks).toHaveLength(100);
  });

  it('given it is sent as a message, when that is rendered, then a button opens it', () => {
    expect(actionsIn(renderMessage(form(text('', 100))).blocks)).toEqual(['settings']);
  });

  it('given a view without one, when it is shown as a modal, then it is read and cannot be sent', () => {
    const view = renderModal({ summary: 'Gone', locale: 'en', blocks: [] }, { privateMetadata: '' });
    checkView(view, 'modal');
    expect(view).toMatchObject({ title: { text: 'Gone' } });
    expect(view.submit).toBeUndefined();
  });

  it('given more words than Slack lets into a field, when they stand in it, then they are cut to what it takes', () => {
    expect(elements(text('x'.repeat(4_000), 4_000))).toMatchObject([
      {
        type: 'plain_text_input',
        multiline: true,
        max_length: 3_000,
        initial_value: `${'x'.repeat(2_999)}…`,
      },
    ]);
    expect(elements(text('', 4_000))[0]).not.toHaveProperty('initial_value');
  });

  it('given a channel is picked, when it is rendered, then it is one of the team’s own, the known one chosen', () => {
    expect(elements(pick('channel', 'C0GENERAL01'), pick('channel', '#general'))).toEqual([
      {
        type: 'conversations_select',
        action_id: 'it',
        filter: {
          include: ['public', 'private'],
          exclude_bot_users: true,
          exclude_external_shared_channels: true,
        },
        initial_conversation: 'C0GENERAL01',
      },
      expect.not.objectContaining({ initial_conversation: '#general' }),
    ]);
  });

  it('given a team is picked, when it is rendered, then its name can be typed', () => {
    expect(elements(pick('team', '@support'))).toMatchObject([
      { type: 'plain_text_input', multiline: false, initial_value: '@support' },
    ]);
  });

  it('given hundreds of options, when they are rendered, then all of them are there, in groups, the known one chosen', () => {
    const zones = Array.from({ length: 430 }, (_, i) => ({ value: `zone-${i}`, label: `Zone ${i}` }));
    const [select] = elements(pick(zones, 'zone-417'));
    expect(select).toMatchObject({ type: 'static_select', initial_option: { value: 'zone-417' } });
    const groups = select?.type === 'static_select' ? (select.option_groups ?? []) : [];
    expect(groups.map((group) => group.label.text)).toContain('Zone 100 – Zone 199');
    expect(groups.flatMap((group) => group.options.map((option) => option.value))).toEqual(
      zones.map((zone) => zone.value),
    );
  });

  it('given options that Slack cannot carry, when they are rendered, then the others are there', () => {
    const of = ['', 'a', 'a', 'x'.repeat(76), 'b\0'].map((value) => ({ value, label: value }));
    expect(elements(pick(of))).toMatchObject([{ type: 'static_select', options: [{ value: 'a' }] }]);
    expect(elements(pick([]))).toMatchObject([{ type: 'plain_text_input' }]);
  });
});

describe('what was filled in', () => {
  it('given every kind of field, when it is sent, then each has its value by its name, and an empty one is empty', () => {
    const values = {
      'input:0': { words: { type: 'plain_text_input', value: 'a <b> &amp; c' } },
      'input:1': { none: { type: 'plain_text_input', value: null } },
      'input:2': { zone: { type: 'static_select', selected_option: { value: 'UTC' } } },
      'input:3': { unset: { type: 'static_select', selected_option: null } },
      'input:4': { channel: { type: 'conversations_select', selected_conversation: 'C1' } },
    };
    expect(valuesOf(values)).toEqual({
      words: 'a <b> &amp; c',
      none: '',
      zone: 'UTC',
      unset: '',
      channel: 'C1',
    });
  });
});

describe('what somebody typed', () => {
  it.each([
    ['9 – quick help', '9 – quick help'],
    ['a &amp;amp; &lt;b&gt; &amp;lt; &#60;', 'a &amp; <b> &lt; &#60;'],
    ['<@U1|ann> and <@U2>', '@ann and @U2'],
    ['<#C1|general> <#C2> <#C3|>', '#general #C2 #C3'],
    [
      '<!here> <!channel> <!everyone> <!here|here> <!channel|@channel>',
      '@here @channel @everyone @here @channel',
    ],
    ['<!subteam^S1|@support> <!subteam^S2>', '@support @S2'],
    ['<!date^1392734382^Posted {date}|in February>', 'in February'],
    [
      '<https://x.example/?a=1&amp;b=2|the &lt;page&gt;> <https://x.example/?a=1&amp;b=2>',
      'the <page> https://x.example/?a=1&b=2',
    ],
    ['<mailto:a@b.example|a@b.example> <mailto:a@b.example> <tel:+1>', 'a@b.example a@b.example +1'],
    ['<b> <> < 3 <<https://x>>', '<b> <> < 3 <https://x>'],
    ['&lt;<https://evil.example|https://evil.example>|our page&gt;', '<https://evil.example|our page>'],
    ['one\n<@U1>\n&gt; two', 'one\n@U1\n> two'],
  ])('given Slack wrote %j, when it is read, then it is %j', (slack, typed) => {
    expect(plainTextOf(slack)).toBe(typed);
  });

  it('given any words, when Slack escapes them, then they are read as they were written', () => {
    const asSlackWould = (words: string) =>
      words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    for (const words of Object.values(HOSTILE)) expect(plainTextOf(asSlackWould(words))).toBe(words);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (words) => {
        expect(plainTextOf(asSlackWould(words))).toBe(words);
      }),
    );
  });

  it('given 40,000 angle brackets, when they are read, then that is quick', () => {
    const before = performance.now();
    for (const words of ['<'.repeat(40_000), '<a'.repeat(20_000), '<@|'.repeat(13_000)]) plainTextOf(words);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
