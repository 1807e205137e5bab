// What the bot may do in a server: what it needs, and no more. Each has its reason in deploy/discord/README.md.
import { PermissionsBitField } from 'discord.js';

export const PERMISSIONS = [
  'ViewChannel',
  'ReadMessageHistory',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'AttachFiles',
  'ManageThreads',
] as const;

/** Where somebody who manages a server lets the bot in. */
export function inviteLink(applicationId: string): string {
  const permissions = new PermissionsBitField([...PERMISSIONS]).bitfield;
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=${permissions}`;
}
