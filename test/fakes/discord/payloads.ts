// What an interaction says: who, where, with which rights, in which language.
import type { Discord } from './discord.ts';
import type { Interaction } from './interaction.ts';
import { permissionsIn } from './permissions.ts';
import { memberInChannel, messageShape, userShape } from './shapes.ts';
import { channelShape } from './shapes-places.ts';
import type { Json } from './types.ts';

export function interactionPayload(discord: Discord, interaction: Interaction, data: Json | null): Json {
  const { channel, user, message } = interaction;
  const { guild } = channel;
  const member = guild?.members.get(user.id);
  return {
    id: interaction.id,
    application_id: discord.applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    ...(data ? { data } : {}),
    channel_id: channel.id,
    channel: { ...channelShape(discord, channel), permissions: String(permissionsIn(channel, user.id)) },
    ...(guild
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: ['COMMUNITY'] },
          guild_locale: guild.locale,
          member: member ? memberInChannel(discord, member, channel) : undefined,
        }
      : { user: userShape(user) }),
    ...(message
      ? { message: { ...messageShape(discord, message), ...(guild ? { guild_id: guild.id } : {}) } }
      : {}),
    locale: user.locale,
    app_permissions: String(permissionsIn(channel, discord.bot.id)),
    context: guild ? 0 : 1,
    authorizing_integration_owners: { 0: guild?.id ?? '0' },
    entitlements: [],
    attachment_size_limit: 10_485_760,
  };
}
