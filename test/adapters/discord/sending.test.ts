// Sending, replacing and finding, against a Discord that loses answers, closes doors and archives threads.
import { afterEach, describe, expect, it } from 'vitest';
import { keyMark } from '../../../adapters/discord/key-mark.ts';
import { type About, outcomeOfCall } from '../../../adapters/discord/refusals.ts';
import {
  type Calling,
  type CallingOptions,
  callingDiscord,
  sentence,
  withButton,
  withChart,
} from './calling.ts';

let on: Calling;
const start = async (given?: CallingOptions) => {
  on = await callingDiscord(given);
  return on;
};
afterEach(async () => {
  await on?.discord.close();
  expect(on?.discord.violations ?? []).toEqual([]);
});

const POST = 'POST /channels/{channel_id}/messages';

/** A thread in #help that ann began. */
const scene = async (given?: CallingOptions) => {
  const calling = await start(given);
  const ann = calling.acme.member('ann');
  const help = calling.acme.channel('help');
  const thread = ann.startThread(help, 'Cannot log in');
  ann.post(thread, 'I need help');
  const to = { kind: 'thread', channel: help.id, thread: thread.id } as const;
  const direct = { kind: 'person', externalId: ann.id } as const;
  const find = (key: string, where: Parameters<typeof calling.platform.find>[0]['to'] = to) =>
    calling.platform.find({ installation: calling.acme.id, to: where, key });
  return { ...calling, ann, help, thread, to, direct, find };
};

describe('a file', () => {
  it('given a person, when it is sent, then they alone have it, with its words', async () => {
    const { platform, acme, ann, direct, discord, thread } = await scene();
    const data = new TextEncoder().encode('id,score\n1,9\n');
    const before = discord.messages(thread).length;
    const outcome = await platform.send({
      ...{ installation: acme.id, to: direct, key: 'export-1', view: sentence('All answers') },
      file: { name: 'answers.csv', contentType: 'text/csv', data },
    });
    expect(outcome.kind).toBe('sent');
    const message = discord.messages(ann.directChannel()).at(-1)!;
    expect(message.attachments.map(({ filename }) => filename)).toEqual(['answers.csv']);
    expect(discord.readable(message)).toContain('All answers');
    expect(discord.messages(thread)).toHaveLength(before);
  });
});

describe('a message', () => {
  it('given a place, when it is sent, then it mentions nobody, enforces its nonce and says which message it is', async () => {
    const { send, to, discord, thread } = await scene();
    const outcome = await send(to, withButton('How was it?'), 'key');
    const [call] = discord.called(POST);
    expect(call?.body).toMatchObject({
      allowed_mentions: { parse: [] },
      nonce: keyMark('key'),
      enforce_nonce: true,
    });
    const message = discord.messages(thread).at(-1)!;
    expect(outcome).toEqual({ kind: 'sent', ref: { channel: thread.id, message: message.id } });
  });

  it('given its answer is lost, when it is sent, then it is there once and we know where', async () => {
    const { send, to, discord, thread } = await scene();
    for (const trouble of [{ kind: 'drop_after' }, { kind: 'drop_before' }] as const) {
      discord.mischief.next(POST, trouble);
      const before = discord.messages(thread).length;
      expect((await send(to)).kind).toBe('sent');
      expect(discord.messages(thread)).toHaveLength(before + 1);
    }
  });

  it('given every answer is lost, when it is sent, then nobody knows, and looking finds it', async () => {
    const { send, to, discord, find, thread } = await scene();
    discord.mischief.plan({ route: POST, trouble: { kind: 'drop_after' }, times: 3 });
    expect((await send(to, withButton('x'), 'lost')).kind).toBe('unknown');
    const message = discord.messages(thread).at(-1)!;
    expect(await find('lost')).toEqual({ kind: 'found', ref: { channel: thread.id, message: message.id } });
  });

  it('given it was never done, when it is looked for, then it is absent, unless something of ours there may be it', async () => {
    const { send, to, thread, find } = await scene();
    await send(to, withButton('another'), 'other');
    expect(await find('never')).toEqual({ kind: 'absent' });
    const told = await send(to, sentence('carries no mark'), 'plain');
    // The fake shows the nonce for good; Discord's own listing may not.
    for (const message of thread.messages) Object.assign(message, { nonce: null });
    expect(await find('never')).toEqual({ kind: 'cannot_tell' });
    if (told.kind !== 'sent') throw new Error('not sent');
    await on.platform.update(on.acme.id, told.ref, sentence('changed since'));
    expect(await find('never')).toEqual({ kind: 'absent' });
  });

  it('given the gateway showed it to us, when it is looked for, then nobody else is asked', async () => {
    const { echoes, find, discord } = await scene();
    echoes.set('seen', { channel: '1', message: '2' });
    echoes.set(keyMark('seen too'), { channel: '1', message: '3' });
    expect(await find('seen')).toMatchObject({ kind: 'found', ref: { message: '2' } });
    expect(await find('seen too')).toMatchObject({ kind: 'found', ref: { message: '3' } });
    expect(discord.calls).toEqual([]);
  });

  it('given we may not read what was written, when it is looked for, then nobody can tell', async () => {
    const { send, to, find, acme, help } = await scene();
    await send(to, withButton('x'), 'key');
    acme.overwrite(help, 'bot', { deny: ['READ_MESSAGE_HISTORY'] });
    expect(await find('other')).toEqual({ kind: 'cannot_tell' });
    acme.overwrite(help, 'bot', { deny: ['VIEW_CHANNEL'] });
    expect(await find('key')).toEqual({ kind: 'cannot_tell' });
  });

  it('given a chart, when it is sent and replaced, then its picture comes with it, told in words, and goes with the old', async () => {
    const { send, to, discord, thread, platform, acme } = await scene();
    const sent = await send(to, withChart('NPS 42'), 'digest');
    const message = discord.messages(thread).at(-1)!;
    expect(message.attachments).toMatchObject([{ description: 'NPS rose', contentType: 'image/png' }]);
    expect(message.attachments[0]?.filename).toContain(keyMark('digest'));
    if (sent.kind !== 'sent') throw new Error('not sent');
    expect((await platform.update(acme.id, sent.ref, withChart('NPS 43'))).kind).toBe('sent');
    expect(message).toMatchObject({ content: 'NPS 43', attachments: [{ description: 'NPS rose' }] });
    await platform.update(acme.id, sent.ref, sentence('No chart'));
    expect(message).toMatchObject({ content: 'No chart', attachments: [], components: [], embeds: [] });
  });

  it('given pictures may not be sent there, or cannot be drawn, when it is sent, then its words stand in for them', async () => {
    const { send, to, discord, thread, acme, help } = await scene();
    acme.overwrite(help, 'bot', { deny: ['ATTACH_FILES'] });
    expect((await send(to, withChart('NPS 42'))).kind).toBe('sent');
    expect(discord.readable(discord.messages(thread).at(-1)!)).toContain('NPS rose');
    await on.discord.close();
    const charts = { svg: () => '', png: () => Promise.reject(new Error('no font')) };
    const other = await scene({ parts: { charts } });
    expect((await other.send(other.to, withChart('NPS 42'))).kind).toBe('sent');
    expect(other.discord.readable(other.discord.messages(other.thread).at(-1)!)).toContain('NPS rose');
  });
});

describe('a person', () => {
  it('given they can be written to, when something is sent, then their conversation is opened once', async () => {
    const { send, direct, discord, ann } = await scene();
    const first = await send(direct);
    await send(direct);
    expect(discord.directs(ann)).toHaveLength(2);
    expect(first).toMatchObject({ kind: 'sent', ref: { channel: ann.directChannel().id } });
    expect(discord.called('POST /users/@me/channels')).toHaveLength(1);
  });

  it('given their direct messages are closed, or they share no server, when something is sent, then another place may do, and nobody is troubled', async () => {
    const { send, direct, ann, discord } = await scene();
    ann.user.closed = true;
    const closed = await send(direct);
    expect(closed).toMatchObject({ kind: 'refused', reason: 'no_reachable_channel' });
    expect(closed).not.toHaveProperty('trouble');
    const eve = discord.stranger('eve');
    const outcome = await send({ kind: 'person', externalId: eve.id });
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'no_reachable_channel' });
    expect(outcome).not.toHaveProperty('trouble');
  });

  it('given nobody of that id, when something is sent, then they are gone', async () => {
    const { send } = await scene();
    for (const externalId of ['U123', '', 'ann'])
      expect(await send({ kind: 'person', externalId })).toMatchObject({ reason: 'person_gone' });
  });

  it('given their conversation cannot be opened now, when something is sent, then nothing was, and it may be tried again', async () => {
    const { send, direct, discord } = await scene();
    discord.mischief.plan({
      route: 'POST /users/@me/channels',
      trouble: { kind: 'drop_after' },
      times: 3,
    });
    expect(await send(direct)).toMatchObject({ kind: 'refused', reason: 'unavailable' });
    expect((await send(direct)).kind).toBe('sent');
  });
});

describe('a thread', () => {
  it('given it is archived, when something is sent, then it is there, and the thread is archived again', async () => {
    const { send, to, thread, ann, discord } = await scene();
    ann.archive(thread);
    expect((await send(to)).kind).toBe('sent');
    expect(discord.messages(thread)).toHaveLength(2);
    expect(thread.thread).toMatchObject({ archived: true });
  });

  it('given it is open, when something is sent, then it stays open', async () => {
    const { send, to, thread } = await scene();
    await send(to);
    expect(thread.thread).toMatchObject({ archived: false });
  });

  it('given it is archived and locked, when something is sent, then another place may do: nobody could press there', async () => {
    const { send, to, thread, acme, discord } = await scene();
    acme.owner.closeThread(thread);
    expect(await send(to)).toMatchObject({ kind: 'refused', reason: 'no_reachable_channel' });
    expect(discord.messages(thread)).toHaveLength(1);
  });

  it('given it was archived meanwhile, when a message in it is replaced, then it is, and the thread is archived again', async () => {
    const { send, to, thread, ann, platform, acme, discord } = await scene();
    const sent = await send(to);
    if (sent.kind !== 'sent') throw new Error('not sent');
    ann.archive(thread);
    expect((await platform.update(acme.id, sent.ref, sentence('Answered.'))).kind).toBe('sent');
    expect(discord.messages(thread).at(-1)?.content).toBe('Answered.');
    expect(thread.thread).toMatchObject({ archived: true });
  });

  it('given it is gone, or in another server, when something is sent, then another place may do', async () => {
    const { send, to, thread, acme, discord } = await scene();
    const other = discord.guild('Other');
    const channel = other.channel('help');
    const strange = other.member('ben').startThread(channel, 'x');
    expect(await send({ ...to, thread: strange.id })).toMatchObject({ reason: 'no_reachable_channel' });
    acme.deleteChannel(thread);
    const gone = await send(to);
    expect(gone).toMatchObject({ reason: 'no_reachable_channel' });
    expect(gone).not.toHaveProperty('trouble');
    expect(await send({ ...to, thread: 'T123' })).toMatchObject({ reason: 'no_reachable_channel' });
  });
});

describe('what a person can put right', () => {
  it('given a channel is gone, hidden, or not to be written in, when something is sent, then that is said', async () => {
    const { send, acme, help, to } = await scene();
    const channel = { kind: 'channel', channel: help.id } as const;
    acme.overwrite(help, 'bot', { deny: ['SEND_MESSAGES', 'SEND_MESSAGES_IN_THREADS'] });
    expect(await send(channel)).toMatchObject({
      trouble: { kind: 'missing_permission', subject: 'Send Messages' },
    });
    expect(await send(to)).toMatchObject({
      trouble: { kind: 'missing_permission', subject: 'Send Messages in Threads' },
    });
    acme.overwrite(help, 'bot', { deny: ['VIEW_CHANNEL'] });
    expect(await send(channel)).toMatchObject({ trouble: { kind: 'not_in_channel', subject: help.id } });
    expect(await send(to)).toMatchObject({ trouble: { kind: 'not_in_channel', subject: help.id } });
    acme.deleteChannel(help);
    expect(await send(channel)).toMatchObject({ trouble: { kind: 'channel_gone', subject: help.id } });
  });

  it('given the token is void, when something is sent, then that is said, with no secret in it', async () => {
    const { send, to, discord, acme, lines } = await scene();
    discord.revoke();
    const outcome = await send(to);
    expect(outcome).toMatchObject({
      reason: 'workspace_uninstalled',
      trouble: { kind: 'token_void', subject: acme.id },
    });
    expect(JSON.stringify([outcome, lines])).not.toContain(discord.token);
  });
});

describe('the table of codes', () => {
  const about: About = { installation: 'G', channel: 'C', thread: false };
  const meaning = (status: number, code: number, retryAfter: number | null = null) =>
    outcomeOfCall({ kind: 'refused', status, code, retryAfter, detail: 'said' }, about);

  it.each([
    [403, 50007, 'no_reachable_channel', null],
    [403, 50278, 'no_reachable_channel', null],
    [403, 160005, 'no_reachable_channel', null],
    [400, 50083, 'no_reachable_channel', null],
    [400, 30033, 'no_reachable_channel', null],
    [400, 200000, 'no_reachable_channel', null],
    [404, 10003, 'no_reachable_channel', 'channel_gone'],
    [403, 50001, 'no_reachable_channel', 'not_in_channel'],
    [403, 50013, 'no_reachable_channel', 'missing_permission'],
    [404, 10004, 'workspace_uninstalled', null],
    [401, 0, 'workspace_uninstalled', 'token_void'],
    [404, 10007, 'person_gone', null],
    [404, 10013, 'person_gone', null],
    [400, 50033, 'person_gone', null],
    [400, 40003, 'rate_limited', null],
    [429, 0, 'rate_limited', null],
    [429, 20028, 'rate_limited', null],
    [503, 130000, 'unavailable', null],
    [500, 0, 'unavailable', null],
    [0, 0, 'unavailable', null],
    [404, 10008, 'invalid', null],
    [400, 50035, 'invalid', null],
    [413, 40005, 'invalid', null],
    [400, 999_999, 'invalid', null],
    [403, 999_999, 'no_reachable_channel', null],
    [404, 999_999, 'no_reachable_channel', null],
  ] as const)(
    'given %i with %i, when it is read, then it is %s, trouble %s',
    (status, code, reason, trouble) => {
      const outcome = meaning(status, code);
      expect(outcome).toMatchObject({ kind: 'refused', reason });
      if (trouble === null) expect(outcome).not.toHaveProperty('trouble');
      else expect(outcome).toMatchObject({ trouble: { kind: trouble } });
    },
  );

  it('given it says how long to wait, when it is read, then so long; and else as long as is wise', () => {
    expect(meaning(429, 0, 1_234)).toMatchObject({ retryAfter: 1_234 });
    expect(meaning(400, 40003)).toMatchObject({ retryAfter: 60_000 });
  });

  it('given a direct message, when a permission is missing, then nobody can put that right', () => {
    const direct = { ...about, channel: null };
    for (const code of [50013, 50001, 10003])
      expect(
        outcomeOfCall({ kind: 'refused', status: 403, code, retryAfter: null, detail: '' }, direct),
      ).not.toHaveProperty('trouble');
  });
});
