// The bot with exactly the permissions that the invite link asks for, in a server where everybody may do nothing.
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { inviteLink, PERMISSIONS } from '../../../adapters/discord/permissions.ts';
import type { PermissionName } from '../../fakes/discord/permissions.ts';
import { callingDiscord, withButton, withChart } from './calling.ts';

const named = (name: string) => name.replace(/(?<!^)[A-Z]/gu, '_$&').toUpperCase() as PermissionName;

it('given no more than these, when it sends, closes again, changes and looks, then all of it can be done', async () => {
  const { discord, acme, send, platform } = await callingDiscord({ bot: PERMISSIONS.map(named) });
  const help = acme.channel('help');
  const ann = acme.member('ann');
  const thread = ann.startThread(help, 'Cannot log in');
  ann.post(thread, 'I need help');
  ann.archive(thread);
  acme.setRole(acme.record.roles.get(acme.id)!, []);
  const to = { kind: 'thread', channel: help.id, thread: thread.id } as const;
  const sent = await send(to, withChart('NPS 42'), 'key');
  expect(thread.thread).toMatchObject({ archived: true });
  expect(discord.messages(thread).at(-1)?.attachments).toHaveLength(1);
  if (sent.kind !== 'sent') throw new Error('not sent');
  expect((await platform.update(acme.id, sent.ref, withButton('changed'))).kind).toBe('sent');
  expect((await platform.find({ installation: acme.id, to, key: 'other' })).kind).toBe('absent');
  expect((await send({ kind: 'channel', channel: help.id })).kind).toBe('sent');
  expect(discord.invalidRequests).toBe(0);
  await discord.close();
});

it('given the link that people are told, when it is compared, then it asks for these and no others', async () => {
  const readme = await readFile(new URL('../../../deploy/discord/README.md', import.meta.url), 'utf8');
  expect(readme).toContain(inviteLink('APPLICATION_ID'));
  for (const name of PERMISSIONS) {
    const shown = name
      .replace('ViewChannel', 'ViewChannels')
      .replace(/(?<!^)[A-Z]/gu, ' $&')
      .replace(' In ', ' in ');
    expect(readme).toContain(`| ${shown} |`);
  }
});
