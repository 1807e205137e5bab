import { describe, expect, it } from 'vitest';
import { readPress } from '../../../adapters/slack/inbound/action.ts';
import { readCommand } from '../../../adapters/slack/inbound/command.ts';
import { readHome } from '../../../adapters/slack/inbound/home.ts';
import { installationsOf } from '../../../adapters/slack/inbound/installation.ts';
import { readMessage } from '../../../adapters/slack/inbound/message.ts';
import { readReaction } from '../../../adapters/slack/inbound/reaction.ts';
import { readShortcut } from '../../../adapters/slack/inbound/shortcut.ts';
import { readSubmission } from '../../../adapters/slack/inbound/submission.ts';
import { CHANNEL, TEAM } from './payloads.ts';

const PRESS = 'score:0198c0de-0000-7000-8000-000000000001:9';

/** As little as Slack's documentation promises of each. */
const delivered = (event: object) => ({
  type: 'event_callback',
  team_id: TEAM,
  event_id: 'Ev1',
  event_time: 1_763_700_000,
  event,
});
const user = { id: 'U0ANN000001' };
const BARE = {
  message: {
    read: readMessage,
    payload: delivered({
      type: 'message',
      channel: CHANNEL,
      user: user.id,
      text: 'hi',
      ts: '1763700000.000100',
    }),
    tells: { kind: 'speech', direct: false, thread: '1763700000.000100', beganBy: null, text: 'hi' },
  },
  'message said directly': {
    read: readMessage,
    payload: delivered({ type: 'message', channel: 'D0ANN', user: user.id, ts: '1763700000.000100' }),
    tells: { kind: 'speech', direct: true, text: '' },
  },
  reaction: {
    read: readReaction,
    payload: delivered({
      type: 'reaction_added',
      user: user.id,
      reaction: 'white_check_mark',
      item: { type: 'message', channel: CHANNEL, ts: '1763700000.000100' },
      event_ts: '1763700100.000200',
    }),
    tells: { added: true, author: null },
  },
  'home tab': {
    read: readHome,
    payload: delivered({ type: 'app_home_opened', user: user.id }),
    tells: { user: user.id },
  },
  'pressed button': {
    read: readPress,
    payload: {
      type: 'block_actions',
      user,
      team: null,
      actions: [{ action_id: PRESS }],
    },
    tells: { user: user.id, trigger: null, origin: { responseUrl: null, channel: null, ephemeral: false } },
  },
  form: {
    read: readSubmission,
    payload: { type: 'view_submission', user, team: null, view: { callback_id: PRESS } },
    tells: { values: {}, firstInput: null },
  },
  command: {
    read: readCommand,
    payload: { command: '/nps', team_id: TEAM, user_id: user.id, channel_id: CHANNEL },
    tells: { text: '', trigger: null, responseUrl: null },
  },
  shortcut: {
    read: readShortcut,
    payload: {
      type: 'message_action',
      callback_id: 'afterword_ask',
      user,
      team: null,
      trigger_id: '5.6.ghi',
      channel: { id: CHANNEL },
      message: { ts: '1763700000.000100' },
    },
    tells: { message: '1763700000.000100', author: null, authorIsBot: false },
  },
};

describe('given a payload with nothing but what it cannot be without', () => {
  it.each(Object.entries(BARE))(
    'when it is a %s, then it is read all the same',
    (_, { read, payload, tells }) => {
      expect(read(payload)).toMatchObject(tells);
    },
  );

  it('when it names no installation at all, then there is no candidate, and nothing breaks', () => {
    expect(installationsOf(BARE['pressed button'].payload)).toEqual([]);
    expect(installationsOf(BARE.message.payload)).toEqual([TEAM]);
  });
});
