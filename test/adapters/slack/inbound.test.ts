import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pressed, readPress } from '../../../adapters/slack/inbound/action.ts';
import { commanded, readCommand } from '../../../adapters/slack/inbound/command.ts';
import { actor, type Context } from '../../../adapters/slack/inbound/context.ts';
import { readHome } from '../../../adapters/slack/inbound/home.ts';
import { installationsOf } from '../../../adapters/slack/inbound/installation.ts';
import { closed, reopened } from '../../../adapters/slack/inbound/interaction.ts';
import { readRemoval, removed } from '../../../adapters/slack/inbound/lifecycle.ts';
import { echoed, readMessage, spoken } from '../../../adapters/slack/inbound/message.ts';
import { readOrigin, writeOrigin } from '../../../adapters/slack/inbound/origin.ts';
import { isSameEmoji, readReaction } from '../../../adapters/slack/inbound/reaction.ts';
import { readShortcut } from '../../../adapters/slack/inbound/shortcut.ts';
import { readSubmission } from '../../../adapters/slack/inbound/submission.ts';
import {
  APP,
  CHANNEL,
  commandOf,
  eventOf,
  messageOf,
  pressOf,
  reactionOf,
  shortcutOf,
  submissionOf,
  TEAM,
} from './payloads.ts';

const context: Context = { installation: TEAM, receivedAt: 1_763_700_001_000 };
const PROMPT = '0198c0de-0000-7000-8000-000000000001';

describe('given a message event', () => {
  it('when somebody begins a conversation, then it is what they said, in a thread of its own', () => {
    const read = readMessage(messageOf());
    if (read?.kind !== 'speech') throw new Error('it is speech');
    expect(spoken(read, { isTeam: true }, context)).toEqual({
      kind: 'message',
      eventId: 'Ev0000000001',
      receivedAt: context.receivedAt,
      place: { platform: 'slack', installation: TEAM, channel: CHANNEL, thread: '1763700000.000100' },
      by: {
        identity: { platform: 'slack', installation: TEAM, externalId: 'U0ANN000001' },
        profile: { isTeam: true },
      },
      text: 'It does not work',
      saidAt: 1_763_700_000_000,
    });
  });

  it('when somebody replies, then the thread is the one they replied in, and who began it is known', () => {
    const reply = { thread_ts: '1763600000.000100', parent_user_id: 'U0EVE000001', ts: '1763700009.000100' };
    expect(readMessage(messageOf(reply))).toMatchObject({
      thread: '1763600000.000100',
      message: '1763700009.000100',
      beganBy: 'U0EVE000001',
    });
  });

  it.each(['file_share', 'thread_broadcast', 'me_message'])(
    'when it is a %s, then it is speech',
    (subtype) => {
      expect(readMessage(messageOf({ subtype }))).toMatchObject({ kind: 'speech' });
    },
  );

  it.each([
    ['an edit', { subtype: 'message_changed', hidden: true }],
    ['a deletion', { subtype: 'message_deleted', hidden: true }],
    ['somebody joining', { subtype: 'channel_join' }],
    ['a topic', { subtype: 'channel_topic' }],
    ['another bot', { bot_id: 'B0OTHER0001', app_id: 'A0OTHER0001' }],
    ['an old-fashioned bot', { subtype: 'bot_message', user: undefined, bot_id: 'B0OTHER0001' }],
    ['Slackbot', { user: 'USLACKBOT' }],
    ['nobody', { user: undefined }],
    ['something that cannot be seen', { hidden: true }],
  ])('when it is %s, then it is not speech', (_, message) => {
    expect(readMessage(messageOf(message))).toBeNull();
  });

  it('when it is said to the bot directly, then it has no place but the installation', () => {
    const read = readMessage(messageOf({ channel: 'D0ANNBOT001', channel_type: 'im' }));
    if (read?.kind !== 'speech') throw new Error('it is speech');
    expect(spoken(read, {}, context)).toMatchObject({ place: { channel: null, thread: null } });
  });

  it('when it has markup of Slack, then it is told as it was written', () => {
    const read = readMessage(messageOf({ text: '&lt;b&gt; &amp;amp; <https://x.example|x> <@U1|ann>' }));
    expect(read).toMatchObject({ text: '<b> &amp; x @ann' });
  });

  it('when it is a message of ours, then its key says which', () => {
    const blocks = [
      { type: 'section', block_id: 'key:prompt-1', text: { type: 'mrkdwn', text: 'How was it?' } },
    ];
    const read = readMessage(messageOf({ bot_id: 'B0BOT000001', app_id: APP, blocks }));
    if (read?.kind !== 'echo') throw new Error('it is an echo');
    expect(read.ours).toBe(true);
    expect(echoed(read, context)).toEqual({
      kind: 'posted',
      eventId: 'Ev0000000001',
      receivedAt: context.receivedAt,
      at: { platform: 'slack', installation: TEAM },
      key: 'prompt-1',
      ref: { channel: CHANNEL, message: '1763700000.000100' },
    });
  });

  it('when another app wears our key, then it is known as another', () => {
    const blocks = [{ type: 'section', block_id: 'key:prompt-1' }];
    const other = { bot_id: 'B0OTHER0001', bot_profile: { app_id: 'A0OTHER0001' }, blocks };
    expect(readMessage(messageOf(other))).toMatchObject({ kind: 'echo', ours: false });
    const unknown = { bot_id: 'B0OTHER0001', blocks };
    expect(readMessage(messageOf(unknown))).toMatchObject({ ours: null, botId: 'B0OTHER0001' });
  });
});

describe('given a reaction', () => {
  it('when it is added or taken away, then that is told with who, where and when', () => {
    expect(readReaction(reactionOf())).toEqual({
      eventId: 'Ev0000000001',
      added: true,
      emoji: 'white_check_mark',
      user: 'U0BOB000001',
      channel: CHANNEL,
      message: '1763700000.000100',
      author: 'U0ANN000001',
      ts: '1763700100.000200',
      at: 1_763_700_100_000,
    });
    expect(readReaction(reactionOf({ type: 'reaction_removed' }))?.added).toBe(false);
  });

  it('when it is on a file or in a direct conversation, then it is nothing', () => {
    expect(readReaction(reactionOf({ item: { type: 'file', file: 'F1' } }))).toBeNull();
    const direct = { item: { type: 'message', channel: 'D0ANNBOT001', ts: '1763700000.000100' } };
    expect(readReaction(reactionOf(direct))).toBeNull();
  });

  it('when an emoji has a tone of skin or colons, then it is the same, and another is another', () => {
    expect(isSameEmoji('+1::skin-tone-3', '+1')).toBe(true);
    expect(isSameEmoji('white_check_mark', ':white_check_mark:')).toBe(true);
    expect(isSameEmoji('white_check_mark', '✅')).toBe(true);
    expect(isSameEmoji('heavy_check_mark', '✔️')).toBe(true);
    expect(isSameEmoji('heavy_check_mark', 'white_check_mark')).toBe(false);
    expect(isSameEmoji('constructor', 'tostring')).toBe(false);
  });

  const done = {
    eventId: 'Ev1',
    channel: CHANNEL,
    thread: '1763700000.000100',
    gesture: '1763700100.000200',
    at: 1_763_700_100_000,
    customer: 'U0ANN000001',
    profile: { zone: 'Europe/Berlin' },
    by: actor(context, 'U0BOB000001', { isTeam: true }),
  };

  it('when a conversation is done, then the interaction is known by its place and the gesture', () => {
    expect(closed(done, context)).toMatchObject({
      kind: 'interaction_closed',
      triggeredBy: { profile: { isTeam: true } },
      interaction: {
        source: 'slack',
        externalId: `${CHANNEL}:1763700000.000100:1763700100.000200`,
        place: { platform: 'slack', installation: TEAM, channel: CHANNEL, thread: '1763700000.000100' },
        person: { externalId: 'U0ANN000001' },
        profile: { zone: 'Europe/Berlin' },
        agent: 'U0BOB000001',
        closedAt: 1_763_700_100_000,
        closedBy: 'person',
        explicit: false,
      },
    });
  });

  it('when that is taken back, then it is the customer’s conversation that goes on', () => {
    expect(reopened(done, context)).toMatchObject({
      kind: 'interaction_reopened',
      eventId: 'Ev1',
      place: { channel: CHANNEL, thread: '1763700000.000100' },
      by: { identity: { externalId: 'U0ANN000001' } },
    });
  });
});

describe('given a button', () => {
  it('when it is one of ours, then its action is told with who pressed and where', () => {
    const press = readPress(pressOf(`score:${PROMPT}:9`));
    if (!press) throw new Error('it is a press');
    expect(press).toMatchObject({
      trigger: '1.2.abc',
      origin: {
        responseUrl: 'https://hooks.slack.com/actions/T0ACME00001/1/secret',
        channel: CHANNEL,
        message: '1763700200.000300',
        thread: '1763700000.000100',
        ephemeral: false,
        home: false,
      },
    });
    expect(pressed(press.action, press.user, null, {}, context)).toEqual({
      kind: 'action',
      eventId: null,
      receivedAt: context.receivedAt,
      action: { kind: 'score', promptId: PROMPT, score: 9 },
      by: {
        identity: { platform: 'slack', installation: TEAM, externalId: 'U0ANN000001' },
        profile: {},
      },
      values: null,
    });
  });

  it('when only whoever pressed sees the message, or it is the home tab, then that is known', () => {
    const container = { type: 'message', message_ts: '1.2', channel_id: CHANNEL, is_ephemeral: true };
    const ephemeral = readPress(pressOf(`change:${PROMPT}`, { container, message: undefined }));
    expect(ephemeral?.origin).toMatchObject({ ephemeral: true, thread: null });
    const home = { container: { type: 'view', view_id: 'V1' }, view: { type: 'home' }, channel: undefined };
    const onHome = readPress(pressOf('settings', { ...home, message: undefined, response_url: undefined }));
    expect(onHome?.origin).toMatchObject({ home: true, responseUrl: null, channel: null });
  });

  it('when it is not ours, then it is nothing', () => {
    for (const other of ['', 'buy', `score:${PROMPT}:x`, `score:${PROMPT}`, 'x'.repeat(300)])
      expect(readPress(pressOf(other))).toBeNull();
    expect(readPress(pressOf('settings', { type: 'interactive_message' }))).toBeNull();
  });
});

describe('given a form', () => {
  const origin = {
    installation: TEAM,
    responseUrl: 'https://hooks.slack.com/actions/T0ACME00001/1/secret',
    channel: CHANNEL,
    message: '1763700200.000300',
    thread: '1763700000.000100',
    ephemeral: true,
    home: false,
  };

  it('when it is sent, then its values and where it came from are told', () => {
    const values = {
      'input:0': { words: { type: 'plain_text_input', value: 'so-so <!channel>\0' } },
      'input:1': { note: { type: 'plain_text_input', value: null } },
      'input:2': { alerts: { type: 'conversations_select', selected_conversation: 'C0ALERTS001' } },
      'input:3': { kind: { type: 'static_select', selected_option: { value: 'nps' } } },
    };
    const metadata = { private_metadata: writeOrigin(origin) };
    expect(readSubmission(submissionOf(`add_words:${PROMPT}`, values, metadata))).toEqual({
      action: { kind: 'add_words', promptId: PROMPT },
      user: 'U0ANN000001',
      values: { words: 'so-so <!channel>\0', note: '', alerts: 'C0ALERTS001', kind: 'nps' },
      origin,
      firstInput: 'input:0',
    });
  });

  it('when its metadata is missing or somebody else’s, then it comes from nowhere', () => {
    for (const metadata of ['', 'null', '[]', '{', '"x"', '{"responseUrl":"javascript:alert(1)"}'])
      expect(readOrigin(metadata)).toMatchObject({ installation: null, responseUrl: null, home: false });
    expect(readSubmission(submissionOf('somebody-elses', {}))).toBeNull();
  });

  it('when an address is too long to be carried, then the rest is', () => {
    const long = { ...origin, responseUrl: `https://hooks.slack.com/${'x'.repeat(4_000)}` };
    expect(writeOrigin(long).length).toBeLessThan(3_000);
    expect(readOrigin(writeOrigin(long))).toEqual({ ...long, responseUrl: null });
  });
});

describe('given a command', () => {
  it('when it is typed, then what follows its name is told as it is, known by its trigger', () => {
    const read = readCommand(commandOf('why <@U0ANN000001|ann> &amp; more'));
    if (!read) throw new Error('it is a command');
    expect(commanded(read, { isTeam: true, locale: 'zh-CN' }, context)).toEqual({
      kind: 'command',
      eventId: '3.4.def',
      receivedAt: context.receivedAt,
      place: { platform: 'slack', installation: TEAM, channel: CHANNEL, thread: null },
      by: {
        identity: { platform: 'slack', installation: TEAM, externalId: 'U0BOB000001' },
        profile: { isTeam: true, locale: 'zh-CN' },
      },
      text: 'why <@U0ANN000001|ann> &amp; more',
      locale: 'zh-CN',
    });
  });

  it('when it is typed to the bot directly, then it is in no channel', () => {
    const read = readCommand(commandOf('', { channel_id: 'D0BOBBOT001' }));
    expect(read && commanded(read, {}, context)).toMatchObject({ text: '', place: { channel: null } });
  });
});

describe('given the shortcut', () => {
  it('when it is used on a reply, then message, thread and writer are told, and one use is not the next', () => {
    const reply = { thread_ts: '1763600000.000100' };
    expect(readShortcut(shortcutOf(reply))).toEqual({
      user: 'U0BOB000001',
      channel: CHANNEL,
      message: '1763700000.000100',
      thread: '1763600000.000100',
      author: 'U0ANN000001',
      authorIsBot: false,
      gesture: '1763700400.000500',
      at: 1_763_700_400_000,
      responseUrl: 'https://hooks.slack.com/app/T0ACME00001/1/secret',
    });
  });

  it('when it is used on what a bot wrote, then that is known; and another shortcut is nothing', () => {
    const bot = { user: undefined, bot_id: 'B0OTHER0001' };
    expect(readShortcut(shortcutOf(bot))).toMatchObject({ author: 'B0OTHER0001', authorIsBot: true });
    expect(readShortcut(shortcutOf({}, { callback_id: 'another' }))).toBeNull();
  });
});

describe('given the home tab', () => {
  it('when it is opened, then by whom; and the messages tab is nothing', () => {
    const tab = (tab: string) =>
      eventOf({ type: 'app_home_opened', user: 'U0BOB000001', tab, channel: 'D1' });
    expect(readHome(tab('home'))).toEqual({ eventId: 'Ev0000000001', user: 'U0BOB000001' });
    expect(readHome(tab('messages'))).toBeNull();
  });
});

describe('given the app is taken away', () => {
  it('when it is uninstalled or its own token is revoked, then since when', () => {
    for (const event of [
      { type: 'app_uninstalled' },
      { type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0BOT000001'] } },
    ]) {
      const read = readRemoval(eventOf(event));
      expect(read && removed(read, context)).toEqual({
        kind: 'uninstalled',
        eventId: 'Ev0000000001',
        receivedAt: context.receivedAt,
        at: { platform: 'slack', installation: TEAM },
        removedAt: 1_763_700_000_000,
      });
    }
  });

  it('when a person takes back a token of their own, then nothing', () => {
    expect(readRemoval(eventOf({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } }))).toBeNull();
    expect(readRemoval(eventOf({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } }))).toBeNull();
  });
});

describe('given a payload, which installation it is for', () => {
  const authorized = (team_id: string | null, enterprise_id: string | null, wide: boolean) => ({
    authorizations: [{ team_id, enterprise_id, user_id: 'U1', is_bot: true, is_enterprise_install: wide }],
  });

  it.each([
    ['an event', messageOf(), TEAM],
    [
      'an event of a shared channel',
      messageOf({}, { team_id: 'T0OTHER', ...authorized(TEAM, null, false) }),
      TEAM,
    ],
    ['an organisation', messageOf({}, authorized(null, 'E0MEGA', true)), 'E0MEGA'],
    ['a team of an organisation', messageOf({}, authorized(TEAM, 'E0MEGA', false)), TEAM],
    ['an event without authorizations', messageOf({}, { authorizations: undefined }), TEAM],
    ['a press', pressOf('settings'), TEAM],
    ['a press by a stranger', pressOf('settings', { user: { id: 'U1', team_id: 'T0OTHER' } }), TEAM],
    [
      'a press in an organisation',
      pressOf('settings', { team: null, enterprise: { id: 'E0MEGA' }, is_enterprise_install: true }),
      'E0MEGA',
    ],
    [
      'a form that a stranger sent',
      { ...submissionOf('settings', {}), team: { id: 'T0OTHER' }, enterprise: { id: 'E0OTHER' } },
      TEAM,
    ],
    ['a command', commandOf(''), TEAM],
    [
      'a command in an organisation',
      commandOf('', { is_enterprise_install: 'true', enterprise_id: 'E0MEGA' }),
      'E0MEGA',
    ],
    ['a home tab that is looked at elsewhere', homePress('T0FIRST'), TEAM],
  ])('when it is %s, then the right one comes first', (_, body, installation) => {
    expect(installationsOf(body)[0]).toBe(installation);
  });

  function homePress(installed: string) {
    return pressOf('settings', { view: { type: 'home', app_installed_team_id: installed } });
  }
});

describe('given anything at all', () => {
  const readers = [
    readMessage,
    readReaction,
    readPress,
    readSubmission,
    readCommand,
    readShortcut,
    readHome,
    readRemoval,
    installationsOf,
  ];
  const samples = [
    messageOf(),
    reactionOf(),
    pressOf(`score:${PROMPT}:9`),
    submissionOf(`add_words:${PROMPT}`, { 'input:0': { words: { value: 'x' } } }),
    commandOf('help'),
    shortcutOf(),
  ];

  it('when it is read, then nothing breaks', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        for (const read of readers) read(anything);
      }),
    );
  });

  it('when any part of a payload is something else, then nothing breaks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat(), fc.anything(), (sample, where, what) => {
        const body = replaced(sample, where, what);
        for (const read of readers) read(body);
      }),
      { numRuns: 500 },
    );
  });
});

/** A copy in which one of all its values, wherever it is, is another. */
function replaced(sample: unknown, where: number, what: unknown): unknown {
  const copy = structuredClone(sample);
  const places: (() => void)[] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push(() => Object.assign(value, { [key]: what }));
      walk((value as Record<string, unknown>)[key]);
    }
  };
  walk(copy);
  places[where % places.length]?.();
  return copy;
}
