// What the app is sent when a person does something: complete payloads, as they come from each surface.
import type { Slack } from './slack.ts';
import type { Block, Channel, Json, Message, User, View } from './types.ts';
import { wireMessage, wireView } from './wire.ts';

/** Who and where, on every interactive payload. An organisation's installation gets no team. */
function head(slack: Slack, type: string, user: User, teamId: string, shown = teamId): Json {
  const { options, world } = slack;
  const team = world.team(shown);
  const { enterprise } = team;
  const whole = slack.installationFor(teamId)?.teamId === null;
  return {
    type,
    token: options.verificationToken,
    api_app_id: options.appId,
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    team: whole
      ? null
      : {
          id: team.id,
          domain: team.domain,
          ...(enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {}),
        },
    enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
    is_enterprise_install: whole,
  };
}

function channelName(channel: Channel): string {
  return channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name;
}

export interface Pressed {
  readonly element: Json;
  readonly block: Block;
  /** The element's state, or null for a button. */
  readonly state: Json | null;
}

function action(slack: Slack, { element, block, state }: Pressed): Json {
  const { confirm: _confirm, options: _options, option_groups: _groups, ...shown } = element;
  return { ...shown, ...state, block_id: block.block_id, action_ts: slack.clock.ts() };
}

export function messageAction(
  slack: Slack,
  user: User,
  channel: Channel,
  message: Message,
  pressed: Pressed,
  values: Json,
): Json {
  const ephemeral = message.ephemeralTo !== undefined;
  const thread = message.thread_ts ? { thread_ts: message.thread_ts } : {};
  return {
    ...head(slack, 'block_actions', user, channel.teamId),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...thread,
    },
    trigger_id: slack.triggers.make(channel.teamId, user.id),
    channel: { id: channel.id, name: channelName(channel) },
    ...(ephemeral ? {} : { message: wireMessage(message) }),
    state: { values },
    response_url: slack.hooks.make('actions', {
      teamId: channel.teamId,
      channelId: channel.id,
      userId: user.id,
      message,
    }),
    actions: [action(slack, pressed)],
  };
}

export function viewAction(slack: Slack, user: User, view: View, pressed: Pressed): Json {
  return {
    ...head(slack, 'block_actions', user, view.teamId),
    container: { type: 'view', view_id: view.id },
    trigger_id: slack.triggers.make(view.teamId, user.id),
    view: wireView(slack, view),
    actions: [action(slack, pressed)],
  };
}

/** A view is submitted from the person's own workspace; which one the app is in, the view says. */
export function viewSubmission(slack: Slack, user: User, view: View): Json {
  return {
    ...head(slack, 'view_submission', user, view.teamId, user.teamId),
    trigger_id: slack.triggers.make(view.teamId, user.id),
    view: wireView(slack, view),
    response_urls: [],
  };
}

export function viewClosed(slack: Slack, user: User, view: View, cleared: boolean): Json {
  return {
    ...head(slack, 'view_closed', user, view.teamId, user.teamId),
    view: wireView(slack, view),
    is_cleared: cleared,
  };
}

export function messageShortcut(
  slack: Slack,
  user: User,
  channel: Channel,
  message: Message,
  callbackId: string,
): Json {
  return {
    ...head(slack, 'message_action', user, channel.teamId),
    action_ts: slack.clock.ts(),
    callback_id: callbackId,
    trigger_id: slack.triggers.make(channel.teamId, user.id),
    response_url: slack.hooks.make('app', {
      teamId: channel.teamId,
      channelId: channel.id,
      userId: user.id,
      message: null,
    }),
    message_ts: message.ts,
    channel: { id: channel.id, name: channelName(channel) },
    message: wireMessage(message),
  };
}

export function globalShortcut(slack: Slack, user: User, teamId: string, callbackId: string): Json {
  return {
    ...head(slack, 'shortcut', user, teamId),
    action_ts: slack.clock.ts(),
    callback_id: callbackId,
    trigger_id: slack.triggers.make(teamId, user.id),
  };
}

/** Form fields: all of them text. */
export function slashCommand(
  slack: Slack,
  user: User,
  channel: Channel,
  command: string,
  text: string,
): Json {
  const team = slack.world.team(channel.teamId);
  const { enterprise } = team;
  return {
    token: slack.options.verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    ...(enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {}),
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: slack.options.appId,
    is_enterprise_install: String(slack.installationFor(team.id)?.teamId === null),
    response_url: slack.hooks.make('commands', {
      teamId: team.id,
      channelId: channel.id,
      userId: user.id,
      message: null,
    }),
    trigger_id: slack.triggers.make(team.id, user.id),
  };
}
