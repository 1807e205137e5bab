import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command/command.ts';
import { parseCommand } from '../../../src/domain/command/grammar.ts';
import type { Period, PeriodUnit } from '../../../src/domain/command/period.ts';
import type { SurveyKind } from '../../../src/domain/survey/kind.ts';

const last = (amount: number, unit: PeriodUnit = 'day'): Period => ({ kind: 'last', amount, unit });
const back = (unit: PeriodUnit, back = 1): Period => ({ kind: 'calendar', unit, back });
const summary = (period: Period | null, survey: SurveyKind | null = null) =>
  ({ kind: 'summary', period, survey }) as const;

const read: readonly (readonly [string, Command])[] = [
  ['', summary(null)],
  ['   ', summary(null)],
  ['/nps', summary(null)],
  ['/nps summary', summary(null)],
  ['summary 7d', summary(last(7))],
  ['summary 90d nps', summary(last(90), 'nps')],
  ['summary csat 12m', summary(last(12, 'month'), 'csat')],
  ['SUMMARY 12M CES', summary(last(12, 'month'), 'ces')],
  ['ｓｕｍｍａｒｙ　９０ｄ', summary(last(90))],
  ['ces', summary(null, 'ces')],
  ['nps 7d', summary(last(7), 'nps')],
  ['last month', summary(back('month'))],
  ['summary last quarter', summary(back('quarter'))],
  ['汇总', summary(null)],
  ['汇总30天', summary(last(30))],
  ['摘要 上周 满意度', summary(back('week'), 'csat')],
  ['上个月', summary(back('month'))],
  ['help', { kind: 'help' }],
  ['?', { kind: 'help' }],
  ['--help', { kind: 'help' }],
  ['帮助', { kind: 'help' }],
  ['why <@U123|ann>', { kind: 'why', person: 'U123' }],
  ['why <@U123>', { kind: 'why', person: 'U123' }],
  ['why <@!123456789012345678>', { kind: 'why', person: '123456789012345678' }],
  ['why <@123456789012345678>', { kind: 'why', person: '123456789012345678' }],
  ['why @Ann Lee', { kind: 'why', person: 'Ann Lee' }],
  ['why web:local:Ann-1', { kind: 'why', person: 'web:local:Ann-1' }],
  ['为什么@小明', { kind: 'why', person: '小明' }],
  ['为什么 ＠小明', { kind: 'why', person: '小明' }],
  ['ask @ann', { kind: 'ask', person: 'ann', survey: null }],
  ['ask @Ann Lee csat', { kind: 'ask', person: 'Ann Lee', survey: 'csat' }],
  ['询问 <@U1> NPS', { kind: 'ask', person: 'U1', survey: 'nps' }],
  ['digest', { kind: 'digest_now' }],
  ['digest now', { kind: 'digest_now' }],
  ['digest preview', { kind: 'digest_now' }],
  ['周报 现在', { kind: 'digest_now' }],
  ['digest off', { kind: 'digest_off' }],
  ['周报 关闭', { kind: 'digest_off' }],
  ['digest weekly', { kind: 'digest_weekly', weekday: 1, time: 540, zone: null }],
  ['digest weekly monday', { kind: 'digest_weekly', weekday: 1, time: 540, zone: null }],
  [
    'digest weekly FRI 16:30 europe/berlin',
    { kind: 'digest_weekly', weekday: 5, time: 990, zone: 'Europe/Berlin' },
  ],
  ['digest every tuesday at 8', { kind: 'digest_weekly', weekday: 2, time: 480, zone: null }],
  [
    'digest sunday 9:05 Asia/Shanghai',
    { kind: 'digest_weekly', weekday: 7, time: 545, zone: 'Asia/Shanghai' },
  ],
  ['周报 每周 周三 10点', { kind: 'digest_weekly', weekday: 3, time: 600, zone: null }],
  ['周报 星期天 ９：３０', { kind: 'digest_weekly', weekday: 7, time: 570, zone: null }],
  ['settings', { kind: 'settings', change: null }],
  ['设置', { kind: 'settings', change: null }],
  ['settings team <!subteam^S0123|@support>', { kind: 'settings', change: { name: 'team', value: 'S0123' } }],
  [
    'settings team <@&123456789012345678>',
    { kind: 'settings', change: { name: 'team', value: '123456789012345678' } },
  ],
  ['settings alerts <#C0123|unhappy>', { kind: 'settings', change: { name: 'alerts', value: 'C0123' } }],
  ['settings alerts off', { kind: 'settings', change: { name: 'alerts', value: null } }],
  ['settings timezone Europe/Berlin', { kind: 'settings', change: { name: 'zone', value: 'Europe/Berlin' } }],
  [
    'settings reaction :tada::skin-tone-2:',
    { kind: 'settings', change: { name: 'reaction', value: 'tada' } },
  ],
  ['设置 时区 Asia/Shanghai', { kind: 'settings', change: { name: 'zone', value: 'Asia/Shanghai' } }],
  ['connect', { kind: 'connect', code: null }],
  ['connect 7k2m-9qxw4r', { kind: 'connect', code: '7K2M9QXW4R' }],
  ['关联', { kind: 'connect', code: null }],
  ['open', { kind: 'open' }],
  ['待处理', { kind: 'open' }],
  ['claim 12', { kind: 'claim', number: 12 }],
  ['claim #12', { kind: 'claim', number: 12 }],
  ['认领12号', { kind: 'claim', number: 12 }],
  ['close 12 Fixed the API, told Ann', { kind: 'close', number: 12, note: 'Fixed the API, told Ann' }],
  ['CLOSE ＃１２: Done\nand dusted', { kind: 'close', number: 12, note: 'Done\nand dusted' }],
  ['关闭12 已退款', { kind: 'close', number: 12, note: '已退款' }],
  ['关闭12号已退款', { kind: 'close', number: 12, note: '已退款' }],
  ['optout', { kind: 'opt_out' }],
  ['opt out', { kind: 'opt_out' }],
  ['opt-out', { kind: 'opt_out' }],
  ['退订', { kind: 'opt_out' }],
  ['optin', { kind: 'opt_in' }],
  ['恢复询问', { kind: 'opt_in' }],
];

describe('what is typed after /nps', () => {
  it.each(read)('%j is read', (text, command) => {
    expect(parseCommand(text)).toEqual({ kind: 'command', command });
  });

  it.each([
    ['sumary', 'summary'],
    ['summrayx', 'summary'],
    ['hlep', 'help'],
    ['colse 12', 'close'],
    ['cliam 3', 'claim'],
    ['optuot', 'optout'],
    ['wyh @ann', 'why'],
    ['汇宗', '汇总'],
    ['待处里', '待处理'],
  ])('%j was perhaps meant as %j', (text, suggestion) => {
    expect(parseCommand(text)).toMatchObject({ kind: 'unknown', suggestion });
  });

  it.each(['x', 'qqqqq', '你好', '🙂', 'a'.repeat(100)])('nothing is near to %j', (text) => {
    expect(parseCommand(text)).toMatchObject({ kind: 'unknown', suggestion: null });
  });

  it.each([
    ['summary 0d', 'summary', '0d'],
    ['summary 99999d', 'summary', '99999d'],
    ['summary 2026-02-30', 'summary', '2026-02-30'],
    ['summary 7d 30d', 'summary', '30d'],
    ['summary nps ces', 'summary', 'ces'],
    ['why', 'why', ''],
    ['ask', 'ask', ''],
    ['ask nps', 'ask', 'nps'],
    ['claim', 'claim', ''],
    ['claim 0', 'claim', '0'],
    ['claim -1', 'claim', '-1'],
    ['claim 12 13', 'claim', '13'],
    ['claim twelve', 'claim', 'twelve'],
    ['claim 2147483648', 'claim', '2147483648'],
    ['close 12', 'close', ''],
    ['close 12th note', 'close', '12th'],
    ['digest tomorrow', 'digest', 'tomorrow'],
    ['digest weekly monday 25:00', 'digest', '25:00'],
    ['digest weekly Mars/Olympus', 'digest', 'Mars/Olympus'],
    ['digest off now', 'digest', 'off now'],
    ['settings colour red', 'settings', 'colour red'],
    ['settings zone', 'settings', 'zone'],
    ['connect what?', 'connect', 'what?'],
  ])('%j says what is wrong with it', (text, command, value) => {
    const parsed = parseCommand(text);
    expect(parsed).toMatchObject({ kind: 'bad_argument', command, value });
    expect(parsed.kind === 'bad_argument' && parsed.expected.startsWith(command)).toBe(true);
  });

  it('what nobody sees does not matter', () => {
    expect(parseCommand('\u200B\uFEFF why\u0000 \u202Eann\u0007')).toEqual({
      kind: 'command',
      command: { kind: 'why', person: 'ann' },
    });
  });

  it('a name is cut between characters', () => {
    const parsed = parseCommand(`why a${'🙂'.repeat(200)}`);
    expect(
      parsed.kind === 'command' && parsed.command.kind === 'why' && /\p{Cs}/u.test(parsed.command.person),
    ).toBe(false);
  });

  it('any text has a reading that can be stored and shown', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'close',
        'why',
        '关闭',
        '汇总',
        'ask',
        '<@',
        '>',
        '|',
        '@',
        '#',
        '12',
        ' ',
        '　',
        '\0',
        '\uD800',
      ),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const parsed = parseCommand(pieces.join(''));
        const said = JSON.stringify(parsed);
        expect(said).not.toMatch(/\\u0000|\\ud[89a-f]/u);
        if (parsed.kind === 'unknown') expect(Array.from(parsed.word).length).toBeLessThanOrEqual(61);
      }),
      { numRuns: 2_000 },
    );
  });

  it('the case of letters never matters to the command, and always stays in a note', () => {
    fc.assert(
      fc.property(fc.constantFrom(...read), (one) => {
        const [text, command] = one;
        // Ids of platforms are what they are.
        if ('person' in command || 'note' in command || text.includes('<')) return;
        expect(parseCommand(text.toUpperCase())).toEqual({ kind: 'command', command });
        expect(parseCommand(`  ${text.toLowerCase()}  `)).toEqual({ kind: 'command', command });
      }),
    );
  });

  it('a megabyte takes no longer than a page', () => {
    const hostile = ['a', ' ', '<@', '汇', '\u{1F642}', '\uFDFA', 'why <@a|', '\uD800'];
    const begin = performance.now();
    for (const unit of hostile) {
      const long = unit.repeat(1_000_000 / unit.length);
      for (const lead of ['', 'why ', 'ask ', 'close 1 ', 'claim ', 'summary ', 'digest '])
        parseCommand(lead + long);
    }
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});
