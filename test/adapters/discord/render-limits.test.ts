// However much is in a view and whoever wrote it: Discord takes it, nothing that anybody wrote is alive in it, and what can be pressed is there.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCustomId } from '../../../adapters/discord/custom-id.ts';
import { formOf, renderMessage, renderModal, valuesOf } from '../../../adapters/discord/render/index.ts';
import { encodeAction } from '../../../src/domain/command/action.ts';
import type { Block, View } from '../../../src/views/view.ts';
import { HOSTILE, hostileView, readable } from '../../contracts/hostile.ts';
import * as sample from '../../views/samples.ts';
import { anyView, everyBlock } from '../web/views.ts';
import { aliveBeside, checkMessage, checkModal, idsIn, objectsIn, readIn, textsIn } from './shown.ts';

const GUILD = '10990000000000000001';
const RUNS = { numRuns: 300 };

/** Up to 60 times as much of it. */
const muchView = fc
  .tuple(anyView, fc.integer({ min: 1, max: 60 }))
  .map(
    ([view, times]): View => ({ ...view, blocks: Array.from({ length: times }, () => view.blocks).flat() }),
  );

const message = (view: View) => renderMessage(view, { guild: GUILD, key: 'k'.repeat(64) });

function addressesOf(view: View): readonly string[] {
  return objectsIn(view)
    .filter((one) => one['kind'] === 'link' && URL.canParse(String(one['url'])))
    .map((one) => new URL(String(one['url'])).href);
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
  it('given it is sent, when Discord looks at it, then it takes it, with as many buttons as fit at all', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const shown = message(view);
        checkMessage(shown);
        const actions = idsIn(shown).map((id) => encodeAction(readCustomId(id)!.action));
        expect(actions).toEqual(pressedIn(view).slice(0, 25));
      }),
      RUNS,
    );
  });

  it('given there is far too much in it, when it is rendered, then Discord takes it', () => {
    fc.assert(
      fc.property(muchView, (view) => {
        checkMessage(message(view));
        const modal = renderModal(view, { guild: GUILD });
        if (modal) checkModal(modal);
        else expect(formOf(view)).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('given it is rendered, when it is read, then only its own addresses are alive and nothing turns what stands beside it', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const shown = message(view);
        const known = addressesOf(view).map((url) => url.replaceAll('(', '%28').replaceAll(')', '%29'));
        expect(aliveBeside(shown, known)).toEqual([]);
        for (const words of textsIn(shown)) {
          expect(turnsOutside(words)).toBe(false);
          expect(words).not.toMatch(/[^\P{Cc}\n\t]|\p{Cs}/u);
        }
        expect(shown.allowed_mentions).toEqual({ parse: [] });
      }),
      RUNS,
    );
  });
});

describe('what anybody wrote', () => {
  it.each(['', ' \n', '\0', '\u200B', '\uD83D'])(
    'given a view of nothing but %j, when it is rendered, then Discord takes it',
    (nothing) => {
      const view: View = {
        summary: nothing,
        locale: 'en',
        blocks: [
          { kind: 'heading', text: nothing },
          { kind: 'quote', text: nothing, by: nothing },
          { kind: 'list', items: [[nothing], []] },
          { kind: 'fields', fields: [{ label: nothing, value: nothing }] },
          { kind: 'text', tone: 'muted', text: [nothing, { kind: 'strong', text: nothing }] },
        ],
      };
      checkMessage(message(view));
    },
  );

  it.each(Object.keys(HOSTILE))(
    'given %s, when it is rendered, then it can be read as it was written, and is dead',
    (what) => {
      const words = HOSTILE[what]!;
      const shown = message(hostileView(words));
      checkMessage(shown);
      expect(aliveBeside(shown)).toEqual([]);
      expect(readable(readIn(shown))).toContain(readable(words).slice(0, 1_000));
    },
  );

  const quoted = (text: string) =>
    message({ summary: 's', locale: 'en', blocks: [{ kind: 'text', tone: 'plain', text: [text] }] });

  it.each([
    '*bold* _it_ __u__ ~~no~~ `code` ```js``` ||spoiler|| :tada: :) https://evil.example a@b.example',
    '@everyone @here <@123456789012345678> <@!1> <@&1> <#123456789012345678> </nps:1> <t:1> <a:x:1> <id:home>',
    '# one\n## two\n-# three\n> four\n>>> five\n- six\n* seven\n+ eight\n1. nine\n12) ten\n  - eleven',
    '[a](https://evil.example) [a](<https://evil.example>) <https://evil.example> steam://run http://x',
    '\\*already\\* \\\\ \\<@1> ends with \\',
    '¯\\_(ツ)_/¯ snake_case_name 2*3*4 12:30 at 12:30:45 a:100:b',
  ])('given %j, when it is shown, then it is the words that it was', (words) => {
    const shown = quoted(words);
    expect(aliveBeside(shown)).toEqual([]);
    expect(readIn(shown)).toBe(words);
  });

  it('given a time, when it is shown, then it has no backslash that a notification might show', () => {
    expect(quoted('at 12:30, due: 9:00').content).toBe('at 12:30, due: 9:00');
    expect(quoted('1:100:2').content).toBe('1\\:100\\:2');
  });

  it('given a link that somebody made, when it is shown, then its signs stand apart', () => {
    expect(quoted('[a](b)').content).toBe('\\[a\\]\\(b)');
  });

  it('given a number and a full stop that stand in two pieces, when they are shown, then they are no list', () => {
    const text = ['1', '. no list'];
    const view: View = { summary: 's', locale: 'en', blocks: [{ kind: 'text', tone: 'plain', text }] };
    expect(message(view).content).toBe('1\\. no list');
  });

  it('given a name whose script runs the other way, when it stands in a line, then the line around it does not', () => {
    const text = [{ kind: 'strong', text: 'אבי\u2069' }, ' gave 2'] as const;
    const view: View = { summary: 's', locale: 'en', blocks: [{ kind: 'text', tone: 'plain', text }] };
    expect(message(view).content).toBe('**\u2068אבי\u2069** gave 2');
  });
});

describe('too much to say', () => {
  const quote = (text: string): Block => ({ kind: 'quote', text, by: 'Ann' });
  const scale = everyBlock('en').blocks.find((one) => one.kind === 'scale')!;
  const shown = (...blocks: Block[]) => {
    const said = message({ summary: 'In short', locale: 'en', blocks });
    checkMessage(said);
    return said;
  };

  it('given more than a text takes, when it is shown, then it stands below one line that says it all', () => {
    const said = shown(quote('y'.repeat(2_500)));
    expect(said.content).toBe('In short');
    expect(said.embeds).toEqual([{ description: `> ${'y'.repeat(2_500)}\n-# — Ann` }]);
    // The flag that hides previews would hide it too.
    expect(said.flags).toBe(0);
  });

  it('given many quotes, when they are shown, then the last are left out, and a last line says that there are more', () => {
    const said = shown(
      { kind: 'heading', text: 'Answers' },
      scale,
      ...Array.from({ length: 200 }, (_, i) => quote(`quote ${i} ${'x'.repeat(50)}`)),
    );
    const text = said.embeds[0]!.description!;
    expect(text).toContain('quote 30 ');
    expect(text).not.toContain('quote 199');
    expect(text).toMatch(/\n-# …$/);
    expect(said.components).toHaveLength(1);
  });

  it('given a long list, when it is shown, then its end is left out and its beginning is not', () => {
    const items = Array.from({ length: 500 }, (_, i) => [`item ${i} ${'x'.repeat(100)}`]);
    const text = shown({ kind: 'heading', text: 'List' }, { kind: 'list', items }).embeds[0]!.description!;
    expect(text).toContain('- item 0 ');
    expect(text.match(/^- item/gm)!.length).toBeGreaterThan(30);
  });
});

describe('a form', () => {
  it('given one, when it is opened, filled in and sent, then what was filled in is read by its names', () => {
    const modal = renderModal(everyBlock('en'), { guild: GUILD })!;
    checkModal(modal);
    expect(readCustomId(modal.custom_id)).toEqual({
      action: { kind: 'close', followUpId: sample.CASE },
      guild: GUILD,
      mark: null,
    });
    const text = '\u202Ea *b* \\* <@1>\n\uD83D';
    const sent = [
      { type: 10, id: 1 },
      { type: 18, id: 2, component: { type: 4, id: 3, custom_id: 'words', value: text } },
      { type: 18, id: 4, component: { type: 6, id: 5, custom_id: 'team', values: ['123'] } },
      { type: 18, id: 6, component: { type: 8, id: 7, custom_id: 'alerts', values: [] } },
    ];
    expect(valuesOf(sent)).toEqual({ words: text, team: '123', alerts: '' });
  });

  it('given what is no submission, when it is read, then nothing was filled in', () => {
    for (const foreign of [null, undefined, 'x', 7, {}, [null], [{ component: 'x' }], [{ type: 18 }]])
      expect(valuesOf(foreign)).toEqual({});
  });

  it('given picks, when it is opened, then channels, roles and options are picked from lists, the known one chosen', () => {
    const pick = (name: string, of: 'channel' | 'team' | { value: string; label: string }[], value: string) =>
      ({ kind: 'pick', name, of, value, label: name, optional: true }) as const;
    const options = [
      { value: '1', label: 'Monday' },
      { value: '2', label: 'Tuesday' },
    ];
    const form: Block = {
      kind: 'inputs',
      title: 'Settings',
      submit: 'Save',
      action: { kind: 'settings' },
      inputs: [
        pick('alerts', 'channel', '123456789012345678'),
        pick('team', 'team', '123456789012345679'),
        pick('weekday', options, '2'),
        pick('none', [], ''),
        pick('old', 'team', 'not an id'),
      ],
    };
    const modal = renderModal({ summary: 's', locale: 'en', blocks: [form] }, { guild: GUILD });
    checkModal(modal);
    const fields = objectsIn(modal).filter((one) => one['type'] !== 18 && typeof one['type'] === 'number');
    expect(fields.map((one) => [one['type'], one['default_values'] ?? one['options']])).toEqual([
      [8, [{ id: '123456789012345678', type: 'channel' }]],
      [6, [{ id: '123456789012345679', type: 'role' }]],
      [3, [options[0], { ...options[1], default: true }]],
      [4, undefined],
      [6, undefined],
    ]);
  });
});
