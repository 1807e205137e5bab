// What Slack delivers, as it delivers it, with what a test says otherwise.
import { randomUUID } from 'node:crypto';

type Json = Readonly<Record<string, unknown>>;

export const TEAM = 'T0ACME00001';
export const APP = 'A0AFTERWORD';
export const CHANNEL = 'C0SUPPORT01';

export function eventOf(event: Json, envelope: Json = {}): Json {
  return {
    token: 'not-used-any-more',
    team_id: TEAM,
    context_team_id: TEAM,
    context_enterprise_id: null,
    api_app_id: APP,
    event,
    type: 'event_callback',
    event_id: 'Ev0000000001',
    event_time: 1_763_700_000,
    authorizations: [
      {
        enterprise_id: null,
        team_id: TEAM,
        user_id: 'U0BOT000001',
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: '4-anything',
    ...envelope,
  };
}

export function messageOf(message: Json = {}, envelope: Json = {}): Json {
  const said = {
    type: 'message',
    user: 'U0ANN000001',
    ts: '1763700000.000100',
    client_msg_id: randomUUID(),
    text: 'It does not work',
    team: TEAM,
    blocks: [{ type: 'rich_text', block_id: 'aB1', elements: [] }],
    channel: CHANNEL,
    event_ts: '1763700000.000100',
    channel_type: 'channel',
  };
  return eventOf({ ...said, ...message }, envelope);
}

export function reactionOf(reaction: Json = {}, envelope: Json = {}): Json {
  const given = {
    type: 'reaction_added',
    user: 'U0BOB000001',
    reaction: 'white_check_mark',
    item: { type: 'message', channel: CHANNEL, ts: '1763700000.000100' },
    item_user: 'U0ANN000001',
    event_ts: '1763700100.000200',
  };
  return eventOf({ ...given, ...reaction }, envelope);
}

export function pressOf(actionId: string, press: Json = {}): Json {
  return {
    type: 'block_actions',
    user: { id: 'U0ANN000001', username: 'ann', name: 'ann', team_id: TEAM },
    api_app_id: APP,
    token: 'not-used-any-more',
    container: {
      type: 'message',
      message_ts: '1763700200.000300',
      channel_id: CHANNEL,
      is_ephemeral: false,
      thread_ts: '1763700000.000100',
    },
    trigger_id: '1.2.abc',
    team: { id: TEAM, domain: 'acme' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: CHANNEL, name: 'support' },
    message: {
      type: 'message',
      ts: '1763700200.000300',
      thread_ts: '1763700000.000100',
      bot_id: 'B0BOT000001',
    },
    state: { values: {} },
    response_url: 'https://hooks.slack.com/actions/T0ACME00001/1/secret',
    actions: [
      {
        action_id: actionId,
        block_id: 'xyz',
        text: { type: 'plain_text', text: '9' },
        type: 'button',
        action_ts: '1763700300.000400',
      },
    ],
    ...press,
  };
}

export function submissionOf(callbackId: string, values: Json, view: Json = {}): Json {
  return {
    type: 'view_submission',
    team: { id: TEAM, domain: 'acme' },
    user: { id: 'U0ANN000001', username: 'ann', name: 'ann', team_id: TEAM },
    api_app_id: APP,
    trigger_id: '1.2.abc',
    view: {
      id: 'V0000000001',
      team_id: TEAM,
      type: 'modal',
      blocks: [
        { type: 'section', block_id: 'said' },
        { type: 'input', block_id: 'input:0' },
      ],
      private_metadata: '',
      callback_id: callbackId,
      state: { values },
      app_installed_team_id: TEAM,
      ...view,
    },
    response_urls: [],
    is_enterprise_install: false,
    enterprise: null,
  };
}

export function commandOf(text: string, fields: Json = {}): Json {
  return {
    token: 'not-used-any-more',
    team_id: TEAM,
    team_domain: 'acme',
    channel_id: CHANNEL,
    channel_name: 'support',
    user_id: 'U0BOB000001',
    user_name: 'bob',
    command: '/nps',
    text,
    api_app_id: APP,
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/T0ACME00001/1/secret',
    trigger_id: '3.4.def',
    ...fields,
  };
}

export function shortcutOf(message: Json = {}, fields: Json = {}): Json {
  return {
    type: 'message_action',
    token: 'not-used-any-more',
    action_ts: '1763700400.000500',
    team: { id: TEAM, domain: 'acme' },
    user: { id: 'U0BOB000001', username: 'bob', team_id: TEAM, name: 'bob' },
    channel: { id: CHANNEL, name: 'support' },
    is_enterprise_install: false,
    enterprise: null,
    callback_id: 'afterword_ask',
    trigger_id: '5.6.ghi',
    response_url: 'https://hooks.slack.com/app/T0ACME00001/1/secret',
    message_ts: '1763700000.000100',
    message: { type: 'message', user: 'U0ANN000001', ts: '1763700000.000100', text: 'hi', ...message },
    ...fields,
  };
}
