// What leaves the fake: users, channels, messages and views in Slack's shapes.
import type { Slack } from './slack.ts';
import type { Channel, FileRecord, Json, Message, User, View } from './types.ts';

function sameOrganisation(slack: Slack, one: string, other: string): boolean {
  const enterprise = slack.world.enterpriseOf(one)?.id;
  return one === other || (enterprise !== undefined && enterprise === slack.world.enterpriseOf(other)?.id);
}

export function wireUser(slack: Slack, user: User, teamId: string): Json {
  const enterprise = slack.world.enterpriseOf(user.teamId);
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.deleted,
    color: '9f69e7',
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: user.tzOffset,
    profile: {
      title: user.title,
      phone: '',
      skype: '',
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.displayName,
      display_name_normalized: user.displayName,
      status_text: '',
      status_emoji: '',
      avatar_hash: 'g0000000000',
      team: user.teamId,
      ...(user.botId ? { bot_id: user.botId, api_app_id: slack.options.appId } : {}),
    },
    is_admin: user.admin,
    is_owner: user.owner,
    is_primary_owner: false,
    is_restricted: user.guest !== null,
    is_ultra_restricted: user.guest === 'single_channel',
    is_bot: user.bot,
    is_app_user: false,
    is_email_confirmed: !user.bot,
    updated: Math.floor(slack.clock.now() / 1000),
    ...(sameOrganisation(slack, user.teamId, teamId) ? {} : { is_stranger: true }),
    ...(enterprise
      ? {
          enterprise_user: {
            id: user.id,
            enterprise_id: enterprise.id,
            enterprise_name: enterprise.name,
            is_admin: false,
            is_owner: false,
            teams: [user.teamId],
          },
        }
      : {}),
  };
}

export function wireChannel(slack: Slack, channel: Channel, seenBy: string): Json {
  const base = {
    id: channel.id,
    created: channel.created,
    creator: channel.creator,
    is_archived: channel.archived,
    is_org_shared: false,
    context_team_id: channel.teamId,
    updated: channel.created * 1000,
  };
  if (channel.kind === 'im') {
    const other = [...channel.members].find((id) => id !== seenBy) ?? seenBy;
    const deleted = slack.world.users.get(other)?.deleted ?? false;
    return { ...base, is_im: true, user: other, is_user_deleted: deleted, priority: 0 };
  }
  const strangers = [...channel.members].map((id) => slack.world.users.get(id)?.teamId ?? channel.teamId);
  return {
    ...base,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_general: false,
    is_member: channel.members.has(seenBy),
    is_shared: channel.shared,
    is_ext_shared: channel.shared,
    shared_team_ids: [...new Set([channel.teamId, ...strangers])],
    pending_shared: [],
    num_members: channel.members.size,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
  };
}

/** A message without what only the fake knows. */
export function wireMessage(message: Message): Json {
  const { channel: _c, ephemeralTo: _e, flags: _f, deleted: _d, versions: _v, ...wire } = message;
  return structuredClone(wire);
}

export function wireView(slack: Slack, view: View): Json {
  const installation = slack.installationFor(view.teamId);
  const content = structuredClone(view.content);
  return {
    id: view.id,
    team_id: view.teamId,
    type: view.type,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    title: { type: 'plain_text', text: 'View Title', emoji: true },
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    ...content,
    blocks: structuredClone(view.blocks),
    state: { values: structuredClone(view.values) },
    hash: view.hash,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: slack.options.appId,
    app_installed_team_id: installation?.teamId ?? installation?.enterpriseId ?? view.teamId,
    bot_id: installation?.botId ?? '',
  };
}

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml',
  csv: 'text/csv',
  txt: 'text/plain',
};

export function wireFile(slack: Slack, file: FileRecord): Json {
  const type = file.name.split('.').pop() ?? '';
  const ready = slack.world.fileShown({ id: file.id }, slack.options.fileProcessing);
  const address = `https://files.slack.com/files-pri/${file.teamId}-${file.id}/${file.name}`;
  return {
    id: file.id,
    created: Math.floor((file.completedAt ?? slack.clock.now()) / 1000),
    name: file.name,
    title: file.title,
    mimetype: ready ? (TYPES[type] ?? 'application/octet-stream') : '',
    filetype: ready ? type : '',
    user: file.user,
    user_team: file.teamId,
    size: file.length,
    mode: 'hosted',
    is_external: false,
    is_public: file.channels.length > 0,
    url_private: address,
    url_private_download: address,
    permalink: `https://${slack.world.team(file.teamId).domain}.slack.com/files/${file.user}/${file.id}/${file.name}`,
    alt_txt: file.altText,
    channels: [...file.channels],
    groups: [],
    ims: [],
    has_rich_preview: false,
  };
}

export const CHANNEL_TYPE = { public: 'channel', private: 'group', im: 'im' } as const;
