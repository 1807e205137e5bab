// What the app hears: events in their envelopes, if it is installed there, subscribed, allowed and in the channel.
import type { Slack } from './slack.ts';
import type { Installation } from './tokens.ts';
import type { Channel, Json } from './types.ts';
import { CHANNEL_TYPE } from './wire.ts';

const HISTORY = { public: 'channels:history', private: 'groups:history', im: 'im:history' } as const;
const SUBSCRIPTION = { public: 'message.channels', private: 'message.groups', im: 'message.im' } as const;
const SCOPES: Readonly<Record<string, string>> = {
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  message_metadata_posted: 'metadata.message:read',
  app_mention: 'app_mentions:read',
  user_change: 'users:read',
};

export interface Envelope extends Json {
  readonly event_id: string;
  readonly event: Json;
}

export class Events {
  readonly #slack: Slack;
  /** Every envelope that was made, delivered or not, oldest first. */
  readonly made: Envelope[] = [];

  constructor(slack: Slack) {
    this.#slack = slack;
  }

  /** Without a team it concerns an organisation's installation as a whole. */
  emit(
    teamId: string | null,
    event: Json,
    where: { readonly channel?: Channel; readonly installation?: Installation } = {},
  ): Envelope | null {
    const { options } = this.#slack;
    const installation = where.installation ?? (teamId === null ? null : this.#slack.installationFor(teamId));
    if (!installation) return null;
    const type = String(event['type']);
    const { channel } = where;
    if (channel && !channel.members.has(installation.botUserId)) return null;
    const subscription = type === 'message' && channel ? SUBSCRIPTION[channel.kind] : type;
    if (options.subscriptions && !options.subscriptions.includes(subscription)) return null;
    const scope = type === 'message' && channel ? HISTORY[channel.kind] : SCOPES[type];
    if (scope && !installation.scopes.includes(scope)) return null;
    const envelope = this.#envelope(teamId, event, installation, channel);
    this.made.push(envelope);
    this.#slack.mischief.deliver(envelope);
    return envelope;
  }

  #envelope(
    teamId: string | null,
    event: Json,
    installation: Installation,
    channel: Channel | undefined,
  ): Envelope {
    const { options, ids, clock, world } = this.#slack;
    const whole = installation.teamId === null;
    // In a channel that is shared, the envelope names the team of whoever acted; the authorization names ours.
    const actor = channel?.shared ? world.users.get(String(event['user']))?.teamId : undefined;
    const source = actor ?? teamId;
    const enterpriseOf = (team: string | null): string | null =>
      team === null ? installation.enterpriseId : (world.enterpriseOf(team)?.id ?? null);
    const place = channel ? channel.id : '';
    const kind = channel ? CHANNEL_TYPE[channel.kind] : '';
    const context = { type: event['type'], team: teamId, app: options.appId, channel: place, kind };
    return {
      token: options.verificationToken,
      team_id: source,
      ...(enterpriseOf(source) ? { enterprise_id: enterpriseOf(source) } : {}),
      context_team_id: teamId,
      context_enterprise_id: enterpriseOf(teamId),
      api_app_id: options.appId,
      event,
      type: 'event_callback',
      event_id: ids.next('Ev'),
      event_time: Math.floor(clock.now() / 1000),
      authorizations: [
        {
          enterprise_id: enterpriseOf(teamId),
          team_id: whole ? null : teamId,
          user_id: installation.botUserId,
          is_bot: true,
          is_enterprise_install: whole,
        },
      ],
      is_ext_shared_channel: channel?.shared ?? false,
      event_context: `4-${Buffer.from(JSON.stringify(context)).toString('base64url')}`,
    };
  }
}
