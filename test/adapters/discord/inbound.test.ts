// Payloads of Discord in the product's words; whatever is odd in them is none of ours and harms nobody.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCustomId } from '../../../adapters/discord/custom-id.ts';
import { readCommand, readCompletion } from '../../../adapters/discord/inbound/command.ts';
import { instantOf } from '../../../adapters/discord/inbound/fields.ts';
import { readInteraction } from '../../../adapters/discord/inbound/interaction.ts';
import { readGuild, readReady, readRemoval } from '../../../adapters/discord/inbound/lifecycle.ts';
import { readMessage } from '../../../adapters/discord/inbound/message.ts';
import { readTarget } from '../../../adapters/discord/inbound/message-command.ts';
import { isTeamBy, personOf } from '../../../adapters/discord/inbound/person.ts';
import { isSameEmoji, readReaction } from '../../../adapters/discord/inbound/reaction.ts';
import {
  changeOf,
  readChannel,
  readThread,
  saysDone,
  type ThreadFacts,
} from '../../../adapters/discord/inbound/thread.ts';
import { completionsOf } from '../../../adapters/discord/receive/completions.ts';
import { parseCommand } from '../../../src/domain/command/grammar.ts';

const GUILD = '1099000000000000001';
const ANN = '1099000000000000002';
const THREAD = '1099000000000000003';
const HELP = '1099000000000000004';
const ID = '1099000000000000005';
const PROMPT = '0198c0de-0000-7000-8000-000000000001';

const ann = { id: ANN, username: 'ann', global_name: 'Ann', bot: false };

describe('given what was typed after /nps', () => {
  const typed = (name: string, options: readonly object[], resolved: object = {}) =>
    readCommand({ id: ID, name: 'nps', type: 1, options: [{ type: 1, name, options }], resolved });

  it.each([
    [
      'ask',
      [
        { type: 3, name: 'survey', value: 'ces' },
        { type: 6, name: 'person', value: ANN },
      ],
      `ask <@${ANN}> ces`,
    ],
    ['summary', [{ type: 3, name: 'period', value: '90d' }], 'summary 90d'],
    [
      'close',
      [
        { type: 3, name: 'note', value: 'called <@1> back' },
        { type: 4, name: 'case', value: 12 },
      ],
      'close 12 called <@1> back',
    ],
    [
      'digest',
      [
        { type: 3, name: 'time', value: '09:00' },
        { type: 3, name: 'zone', value: 'Europe/Berlin' },
        { type: 3, name: 'weekday', value: 'friday' },
      ],
      'digest weekly friday 09:00 Europe/Berlin',
    ],
    ['digest', [{ type: 3, name: 'time', value: '9' }], 'digest weekly 9'],
    ['digest', [{ type: 3, name: 'when', value: 'off' }], 'digest off'],
    ['help', [], 'help'],
  ])('when it is %s with options in any order, then the grammar can read it', (name, options, text) => {
    expect(typed(name, options)).toBe(text);
    expect(parseCommand(text).kind).toBe('command');
  });

  it('when a role or somebody is mentioned, then by what it is', () => {
    const option = { type: 9, name: 'value', value: ID };
    expect(
      typed('settings', [{ type: 3, name: 'name', value: 'team' }, option], { roles: { [ID]: {} } }),
    ).toBe(`settings team <@&${ID}>`);
    expect(typed('why', [{ ...option, name: 'person' }])).toBe(`why <@${ID}>`);
  });

  it('when a subcommand stands in a group, then both are said', () => {
    const alerts = { type: 1, name: 'alerts', options: [{ type: 7, name: 'value', value: HELP }] };
    const text = readCommand({
      id: ID,
      name: 'nps',
      type: 1,
      options: [{ type: 2, name: 'setting', options: [alerts] }],
    });
    expect(text).toBe(`setting alerts <#${HELP}>`);
    expect(parseCommand(text!)).toMatchObject({ command: { change: { name: 'alerts', value: HELP } } });
  });

  it('when a zone is being typed, then zones are offered, at most 25', () => {
    const zone = { type: 3, name: 'zone', value: 'berl', focused: true };
    const completing = readCompletion({
      id: ID,
      name: 'nps',
      type: 1,
      options: [{ type: 1, name: 'digest', options: [zone] }],
    });
    expect(completing).toEqual({ path: 'digest', name: 'zone', typed: 'berl' });
    expect(completionsOf(completing, null)[0]).toEqual({ name: 'Europe/Berlin', value: 'Europe/Berlin' });
    expect(completionsOf({ path: '', name: 'zone', typed: '' }, null)).toHaveLength(25);
    expect(completionsOf({ path: '', name: 'case', typed: '1' }, null)).toEqual([]);
  });
});

describe('given an interaction', () => {
  const press = {
    id: ID,
    application_id: ID,
    type: 3,
    token: 'aW50ZXJhY3Rpb24.x-_y',
    channel_id: THREAD,
    channel: { id: THREAD, type: 11, parent_id: HELP },
    guild_id: GUILD,
    member: { user: ann, roles: [], permissions: '0', nick: 'Anni' },
    locale: 'zh-CN',
    message: { id: ID, flags: 64 },
    data: {
      component_type: 2,
      custom_id: writeCustomId({ kind: 'score', promptId: PROMPT, score: 0 }, GUILD),
    },
  };

  it('when a button of ours was pressed, then that is known with who, where and in which language', () => {
    expect(readInteraction(press)).toMatchObject({
      kind: 'act',
      guild: GUILD,
      action: { kind: 'score', promptId: PROMPT, score: 0 },
      values: null,
      who: { id: ANN, profile: { name: 'Anni', locale: 'zh-CN', isBot: false } },
      origin: { interaction: ID, channel: THREAD, message: ID, ephemeral: true, direct: false },
    });
  });

  it('when it was pressed in a direct message, then the button says which server it is about', () => {
    const { guild_id: _, member: __, ...rest } = press;
    expect(readInteraction({ ...rest, user: ann, channel: { id: THREAD, type: 1 } })).toMatchObject({
      guild: GUILD,
      origin: { direct: true },
    });
  });

  it('when a button of somebody else was pressed, then it is known as none of ours', () => {
    for (const custom_id of [
      'score:1',
      '',
      `score:${PROMPT}:999@${GUILD}`,
      `score:${PROMPT}:9`,
      'x'.repeat(500),
    ])
      expect(readInteraction({ ...press, data: { custom_id } })).toMatchObject({ kind: 'unknown' });
  });

  it('when it is a command in a thread, then the place is the thread in its channel', () => {
    const told = readInteraction({
      ...press,
      type: 2,
      message: undefined,
      data: { type: 1, name: 'nps', id: ID },
    });
    expect(told).toMatchObject({ kind: 'command', spot: { guild: GUILD, channel: HELP, thread: THREAD } });
  });

  it('when it is a command on a message, then its author is known', () => {
    const data = {
      type: 3,
      name: 'Ask',
      id: ID,
      target_id: THREAD,
      resolved: { messages: { [THREAD]: { author: ann } } },
    };
    expect(readInteraction({ ...press, type: 2, data })).toMatchObject({ kind: 'message_command' });
    expect(readTarget(data)).toEqual({ message: THREAD, author: { id: ANN, isBot: false } });
  });

  it('when it is a ping, then it is one, however little it says', () => {
    expect(readInteraction({ type: 1 })).toEqual({ kind: 'ping' });
  });
});

describe('given somebody who acts', () => {
  const as = (roles: string[] | null, permissions: string | null) => personOf(ann, { roles, permissions });

  it('then the role that the workspace names decides, else what they may do', () => {
    expect(isTeamBy(as([ID], '0'), ID)).toBe(true);
    expect(isTeamBy(as([ID], '0'), `<@&${ID}>`)).toBe(true);
    expect(isTeamBy(as([], String(1n << 34n)), ID)).toBe(false);
    expect(isTeamBy(as([], String(1n << 34n)), null)).toBe(true);
    expect(isTeamBy(as([], String(1n << 13n)), null)).toBe(true);
    expect(isTeamBy(as([], '2048'), null)).toBe(false);
  });

  it('then what the payload does not say has to be asked', () => {
    expect(isTeamBy(as(null, null), null)).toBe(null);
    expect(isTeamBy(as(null, null), ID)).toBe(null);
    expect(isTeamBy(as([], null), 'Support')).toBe(null);
  });

  it('then a bot is nobody', () => {
    expect(isTeamBy(personOf({ ...ann, bot: true }, { roles: [ID] }), ID)).toBe(false);
  });
});

describe('given two tellings of a thread', () => {
  const NOW = instantOf(THREAD) + 10 * 86_400_000;
  const facts = (change: Partial<ThreadFacts> = {}): ThreadFacts => ({
    id: THREAD,
    guild: GUILD,
    channel: HELP,
    owner: ANN,
    archived: false,
    locked: false,
    turnedAt: instantOf(THREAD),
    createdAt: instantOf(THREAD),
    lastMessage: null,
    patience: 3 * 86_400_000,
    tags: [],
    ...change,
  });
  const between = (before: ThreadFacts | null, after: ThreadFacts, lastSaidAt = NOW - 60_000) =>
    changeOf({ before, after, isDone: (tag) => tag === 'done', lastSaidAt, now: NOW });
  const archived = (change: Partial<ThreadFacts> = {}) => facts({ archived: true, turnedAt: NOW, ...change });

  it('then archived soon after a word is done by a person, after a long silence by nobody', () => {
    expect(between(facts(), archived())).toMatchObject({ kind: 'closed', closedBy: 'person', at: NOW });
    expect(between(facts(), archived(), NOW - 3 * 86_400_000)).toMatchObject({ closedBy: 'inactivity' });
    expect(between(facts(), archived({ locked: true }), NOW - 3 * 86_400_000)).toMatchObject({
      closedBy: 'person',
    });
    expect(between(facts(), archived({ tags: ['done'] }), NOW - 3 * 86_400_000)).toMatchObject({
      closedBy: 'person',
    });
  });

  it('then what is told again is no change', () => {
    expect(between(archived(), archived())).toBe(null);
    expect(between(facts({ locked: true }), facts({ locked: true }))).toBe(null);
    expect(between(facts({ tags: ['done'] }), facts({ tags: ['done', 'urgent'] }))).toBe(null);
    expect(between(facts(), facts({ tags: ['urgent'] }))).toBe(null);
  });

  it('then the same closing is named the same, also by another process', () => {
    expect(between(facts(), archived())).toEqual(between(null, archived()));
  });

  it('then one that is not known yet is news only if it is of now', () => {
    expect(between(null, archived({ turnedAt: NOW - 3_600_000 }))).toBe(null);
    expect(between(null, facts())).toBe(null);
    expect(between(null, facts({ tags: ['done'], locked: true }))).toBe(null);
    expect(between(null, facts({ turnedAt: NOW - 1_000 }))).toEqual({ kind: 'opened', at: NOW - 1_000 });
  });

  it('then opening it, unlocking it and taking the tag away are told apart', () => {
    expect(between(archived({ turnedAt: NOW - 5 }), facts({ turnedAt: NOW }))).toEqual({
      kind: 'opened',
      at: NOW,
    });
    expect(between(facts({ locked: true }), facts())).toEqual({ kind: 'taken back' });
    expect(between(facts({ tags: ['done'] }), facts())).toEqual({ kind: 'taken back' });
    expect(between(facts({ tags: ['done'], locked: true }), facts({ locked: true }))).toBe(null);
  });

  it('then tags say it in several languages, with or without an emoji', () => {
    for (const name of ['resolved', 'Solved ✅', 'ERLEDIGT', 'gelöst', '已解决', '解決済み', ' Done! '])
      expect(saysDone(name)).toBe(true);
    for (const name of ['unresolved', 'not solved', 'undone', '未解决', '', '✅'])
      expect(saysDone(name)).toBe(false);
  });
});

describe('given messages and reactions', () => {
  const message = {
    id: ID,
    channel_id: THREAD,
    guild_id: GUILD,
    type: 0,
    content: '',
    author: ann,
    member: { roles: [], nick: null },
  };

  it('then people speak, and bots, webhooks and Discord itself do not', () => {
    expect(readMessage(message, ID)).toMatchObject({
      kind: 'speech',
      text: '',
      guild: GUILD,
      inThread: false,
    });
    expect(readMessage({ ...message, position: 3 }, ID)).toMatchObject({ inThread: true });
    expect(readMessage({ ...message, author: { ...ann, bot: true } }, ID)).toBe(null);
    expect(readMessage({ ...message, webhook_id: ID }, ID)).toBe(null);
    expect(readMessage({ ...message, type: 18 }, ID)).toBe(null);
    expect(readMessage(message, ANN)).toMatchObject({ kind: 'echo', guild: GUILD, key: null });
  });

  it('then an emoji is the same by its sign, its name and in any tone', () => {
    for (const [one, other] of [
      ['✅', 'white_check_mark'],
      ['✅', ':white_check_mark:'],
      ['👍🏽', '👍'],
      ['👍', '+1'],
      ['✔️', '✔'],
      ['done', `<:done:${ID}>`],
      ['Done', 'done'],
    ])
      expect(isSameEmoji(one!, other!)).toBe(true);
    expect(isSameEmoji('✅', '☑️')).toBe(false);
  });

  it('then a reaction in a direct conversation is none', () => {
    const reaction = { user_id: ANN, channel_id: THREAD, message_id: ID, emoji: { id: null, name: '✅' } };
    expect(readReaction(reaction)).toBe(null);
    expect(readReaction({ ...reaction, guild_id: GUILD })).toMatchObject({ who: { id: ANN }, emoji: '✅' });
  });
});

describe('given anything at all', () => {
  const readers = [
    readInteraction,
    readCommand,
    readCompletion,
    readTarget,
    readGuild,
    readReady,
    readRemoval,
    readThread,
    readChannel,
    readReaction,
  ];
  const keys = [
    'id',
    'type',
    'token',
    'data',
    'guild_id',
    'channel',
    'member',
    'user',
    'options',
    'threads',
    'thread_metadata',
    'emoji',
  ];

  it('then nothing throws', () => {
    const odd = fc.anything({ key: fc.oneof(fc.constantFrom(...keys), fc.string()), maxDepth: 4 });
    fc.assert(
      fc.property(odd, (value) => {
        for (const read of readers) read(value);
        readMessage(value, ID);
      }),
      { numRuns: 500 },
    );
  });
});
