// Messages as they reach Slack: where they go, what they carry, never twice, with a picture or its words, and what a refusal means.
import { afterEach, describe, expect, it } from 'vitest';
import { outcomeOfCall } from '../../../adapters/slack/refusals.ts';
import { type Calling, type CallingOptions, callingSlack, sentence } from './calling.ts';

const open: Calling[] = [];

async function calling(options: CallingOptions = {}) {
  const made = await callingSlack(options);
  open.push(made);
  const ann = made.team.user('ann');
  const support = made.team.channel('support', { members: [ann] });
  const root = ann.post(support, 'help');
  const thread = { kind: 'thread', channel: support.id, thread: root.ts } as const;
  const ours = () => made.slack.messages(support).filter((one) => one.bot_id === made.bot.botId);
  return { ...made, ann, support, thread, ours };
}

afterEach(async () => {
  for (const { slack } of open.splice(0)) {
    expect(slack.violations).toEqual([]);
    await slack.close();
  }
});

describe('given a message', () => {
  it('when it goes into a conversation, then it stands there under its key, and nothing unfurls', async () => {
    const { send, slack, thread, ours } = await calling();
    const sent = await send(thread, sentence('How was it?'), 'prompt-1');
    expect(sent).toEqual({ kind: 'sent', ref: { channel: thread.channel, message: ours()[0]?.ts } });
    expect(ours()[0]).toMatchObject({
      thread_ts: thread.thread,
      text: 'How was it?',
      metadata: { event_type: 'afterword', event_payload: { key: 'prompt-1' } },
      flags: { unfurl_links: false, unfurl_media: false },
    });
    expect(JSON.stringify(ours()[0]?.blocks)).toContain('prompt-1');
    expect(slack.called('chat.postMessage')).toHaveLength(1);
  });

  it('when it goes to a person, then the direct conversation is opened once and has its own id', async () => {
    const { send, slack, ann } = await calling();
    const to = { kind: 'person', externalId: ann.id } as const;
    const first = await send(to);
    await send(to);
    expect(first).toMatchObject({ kind: 'sent', ref: { channel: ann.direct()!.id } });
    expect(slack.messages(ann.direct()!)).toHaveLength(2);
    expect(slack.called('conversations.open')).toHaveLength(1);
  });

  it('when it has a file, then the person alone has it, with its words', async () => {
    const { platform, slack, team, ann, ours } = await calling();
    const data = new TextEncoder().encode('id,score\n1,9\n');
    const sent = await platform.send({
      installation: team.id,
      to: { kind: 'person', externalId: ann.id },
      key: 'export-1',
      view: sentence('All answers'),
      file: { name: 'answers.csv', contentType: 'text/csv', data },
    });
    expect(sent).toMatchObject({ kind: 'sent', ref: { channel: ann.direct()!.id } });
    const [shown] = slack.messages(ann.direct()!);
    expect(shown).toMatchObject({ text: 'All answers', files: [{ name: 'answers.csv' }] });
    expect(ours()).toEqual([]);
    const gone = { kind: 'person', externalId: team.user('gone', { deleted: true }).id } as const;
    const file = { name: 'answers.csv', contentType: 'text/csv', data };
    const refused = await platform.send({
      ...{ installation: team.id, to: gone, key: 'export-2', view: sentence('All answers') },
      file,
    });
    expect(refused).toMatchObject({ kind: 'refused', reason: 'person_gone' });
  });

  it.each([
    ['was deactivated', { deleted: true }],
    ['is a bot', { bot: true }],
  ])('when the person %s, then they are gone', async (_what, options) => {
    const { send, team } = await calling();
    const gone = team.user('gone', options);
    expect(await send({ kind: 'person', externalId: gone.id })).toMatchObject({
      kind: 'refused',
      reason: 'person_gone',
    });
  });

  it('when the channel is archived, then another place may do, and somebody hears of it', async () => {
    const { send, team } = await calling();
    const old = team.channel('old', { archived: true });
    expect(await send({ kind: 'channel', channel: old.id })).toMatchObject({
      kind: 'refused',
      reason: 'no_reachable_channel',
      trouble: { kind: 'channel_gone', subject: old.id },
    });
  });

  it('when the bot is not in the channel, then another place may do, and somebody hears of it', async () => {
    const { send, team } = await calling();
    const closed = team.channel('closed', { bot: false });
    expect(await send({ kind: 'channel', channel: closed.id })).toMatchObject({
      kind: 'refused',
      reason: 'no_reachable_channel',
      trouble: { kind: 'not_in_channel', subject: closed.id },
    });
  });

  it.each([
    [{ kind: 'thread', channel: '', thread: '1700000000.000100' }, 'no_reachable_channel'],
    [{ kind: 'thread', channel: 'C0GENERAL01', thread: 'T-1' }, 'no_reachable_channel'],
    [{ kind: 'person', externalId: 'ann@example.org' }, 'person_gone'],
  ] as const)('when it goes to %o, which Slack cannot have, then Slack is not called', async (to, reason) => {
    const { send, slack } = await calling();
    expect(await send(to)).toMatchObject({ kind: 'refused', reason });
    expect(slack.calls).toEqual([]);
  });

  it('when nobody owns the installation, then Slack is not called', async () => {
    const { platform, slack, thread } = await calling();
    const message = { installation: 'T0STRANGER', to: thread, key: 'k', view: sentence('x') };
    expect(await platform.send(message)).toMatchObject({ reason: 'workspace_uninstalled' });
    expect(slack.calls).toEqual([]);
  });

  it('when the app was removed, then its token is void, and somebody hears of it', async () => {
    const { send, slack, bot, team, thread } = await calling();
    slack.uninstall(bot);
    expect(await send(thread)).toMatchObject({
      kind: 'refused',
      reason: 'workspace_uninstalled',
      trouble: { kind: 'token_void', subject: team.id },
    });
  });

  it('when opening the direct conversation ends in silence, then nothing was sent, and that is known', async () => {
    const { send, slack, ann } = await calling();
    slack.mischief.plan({ method: 'conversations.open', trouble: { kind: 'status', status: 500 } });
    expect(await send({ kind: 'person', externalId: ann.id })).toMatchObject({
      kind: 'refused',
      reason: 'unavailable',
    });
  });
});

describe('given nobody answered', () => {
  it('when Slack shows the message, then it is found; it was sent once', async () => {
    const { send, slack, platform, team, thread, ours, parts } = await calling();
    slack.mischief.next('chat.postMessage', { kind: 'drop_after' });
    expect(await send(thread, sentence('How was it?'), 'prompt-7')).toMatchObject({ kind: 'unknown' });
    const looking = platform.find({ installation: team.id, to: thread, key: 'prompt-7' });
    const ref = { channel: thread.channel, message: ours()[0]!.ts };
    await parts.conversations.noteEcho(team.id, 'prompt-7', ref);
    expect(await looking).toEqual({ kind: 'found', ref });
    expect(slack.called('chat.postMessage')).toHaveLength(1);
  });

  it('when Slack shows nothing, then nobody can tell, and never that it is absent', async () => {
    const { platform, team, thread } = await calling();
    const began = performance.now();
    const found = await platform.find({ installation: team.id, to: thread, key: 'nothing' });
    expect(found).toEqual({ kind: 'cannot_tell' });
    expect(performance.now() - began).toBeLessThan(9_000);
  });
});

describe('given a message that stands there', () => {
  it('when it is replaced, then it says the new', async () => {
    const { send, platform, team, thread, ours } = await calling();
    const sent = await send(thread);
    if (sent.kind !== 'sent') throw new Error('not sent');
    expect(await platform.update(team.id, sent.ref, sentence('Done.'))).toMatchObject({ kind: 'sent' });
    expect(ours()[0]?.text).toBe('Done.');
  });

  it.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
    'when it cannot be replaced (%s), then that is final',
    async (error) => {
      const { send, slack, platform, team, thread } = await calling();
      const sent = await send(thread);
      if (sent.kind !== 'sent') throw new Error('not sent');
      slack.mischief.plan({ method: 'chat.update', trouble: { kind: 'error', error } });
      expect(await platform.update(team.id, sent.ref, sentence('Done.'))).toMatchObject({
        kind: 'refused',
        reason: 'invalid',
        retryAfter: null,
      });
      expect(slack.called('chat.update')).toHaveLength(1);
    },
  );

  it('when somebody wants to read the conversation, then there is a link, asked for once', async () => {
    const { slack, platform, team, thread } = await calling();
    const place = { platform: 'slack', installation: team.id, ...thread };
    const link = await platform.link(place);
    expect(link).toContain(thread.channel);
    expect(await platform.link(place)).toBe(link);
    expect(slack.called('chat.getPermalink')).toHaveLength(1);
  });

  it('when Slack does not say where, then there is none, and quickly', async () => {
    const { slack, platform, team, thread } = await calling();
    slack.mischief.plan({ method: 'chat.getPermalink', trouble: { kind: 'hang_after' } });
    const began = performance.now();
    expect(await platform.link({ platform: 'slack', installation: team.id, ...thread })).toBeNull();
    expect(performance.now() - began).toBeLessThan(8_000);
    const nowhere = { platform: 'slack', installation: team.id, channel: null, thread: null };
    expect(await platform.link(nowhere)).toBeNull();
  });
});

describe('given a code of Slack', () => {
  const meaning = (error: string, at: string | null = 'C1') =>
    outcomeOfCall({ kind: 'refused', error, retryAfter: null, detail: 'chat:write' }, 'T1', at);

  it.each([
    ['not_in_channel', 'no_reachable_channel', { kind: 'not_in_channel', subject: 'C1' }],
    ['channel_not_found', 'no_reachable_channel', { kind: 'channel_gone', subject: 'C1' }],
    ['is_archived', 'no_reachable_channel', { kind: 'channel_gone', subject: 'C1' }],
    ['missing_scope', 'no_reachable_channel', { kind: 'missing_permission', subject: 'chat:write' }],
    ['restricted_action_thread_locked', 'no_reachable_channel', undefined],
    ['token_revoked', 'workspace_uninstalled', { kind: 'token_void', subject: 'T1' }],
    ['account_inactive', 'workspace_uninstalled', { kind: 'token_void', subject: 'T1' }],
    ['user_disabled', 'person_gone', undefined],
    ['cannot_dm_bot', 'person_gone', undefined],
    ['ratelimited', 'rate_limited', undefined],
    ['unreachable', 'unavailable', undefined],
    ['store_away', 'unavailable', undefined],
    ['http_403', 'unavailable', undefined],
    ['invalid_blocks', 'invalid', undefined],
    ['something_new', 'invalid', undefined],
    ['toString', 'invalid', undefined],
  ])('%s: then that is %s', (error, reason, trouble) => {
    const outcome = meaning(error);
    expect(outcome).toMatchObject({ kind: 'refused', reason, detail: expect.stringContaining(error) });
    expect(outcome.kind === 'refused' && outcome.trouble).toEqual(trouble);
  });

  it('when it is about a direct message, then nobody else is bothered with it', () => {
    expect(meaning('channel_not_found', null)).not.toHaveProperty('trouble');
  });
});
