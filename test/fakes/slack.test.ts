// The fake is worth its tests only if the real SDK takes it for Slack, and if it refuses what Slack refuses.
import { HTTPReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOf, type Example, exampleWorld, listening, quiet, refusal } from './slack/example.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

let example: Example;
let { slack, team, bot, ann, ben, support, client } = {} as Example;
const stops: (() => Promise<unknown>)[] = [];

async function world(options: Parameters<typeof exampleWorld>[0] = { rates: false }): Promise<void> {
  example = await exampleWorld(options);
  ({ slack, team, bot, ann, ben, support, client } = example);
}

beforeEach(() => world());

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await slack.close();
});

describe('the web api', () => {
  it('knows who the token is', async () => {
    const who = await client.auth.test();
    expect(who).toMatchObject({ ok: true, user_id: bot.botUserId, bot_id: bot.botId, team_id: team.id });
    expect(who.response_metadata?.scopes).toContain('chat:write');
  });

  it('refuses what has no right', async () => {
    expect(await refusal(clientOf(slack).auth.test())).toBe('not_authed');
    expect(await refusal(clientOf(slack, 'xoxb-nobody').auth.test())).toBe('invalid_auth');
    expect(
      await refusal(clientOf(slack, slack.appToken).chat.postMessage({ channel: support.id, text: 'x' })),
    ).toBe('not_allowed_token_type');
    bot.scopes = ['chat:write'];
    expect(await refusal(client.users.info({ user: ann.id }))).toBe('missing_scope');
    slack.uninstall(bot);
    expect(await refusal(client.auth.test())).toBe('account_inactive');
  });

  it('posts, updates, finds and deletes a message', async () => {
    const posted = await client.chat.postMessage({
      channel: support.id,
      text: 'hello',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'a &lt; b' } }],
      metadata: { event_type: 'asked', event_payload: { key: 'k1' } },
      unfurl_links: false,
    });
    expect(posted.message?.blocks?.[0]?.block_id).toBeTruthy();
    const [message] = slack.messages(support);
    expect(message).toMatchObject({ text: 'hello', bot_id: bot.botId, flags: { unfurl_links: false } });
    expect(slack.readable(message!)).toBe('a < b');
    await client.chat.update({ channel: support.id, ts: posted.ts!, text: 'changed' });
    expect(slack.readable(message!)).toBe('changed');
    expect(message!.versions).toHaveLength(1);
    const { permalink } = await client.chat.getPermalink({ channel: support.id, message_ts: posted.ts! });
    expect(permalink).toBe(`https://acme.slack.com/archives/${support.id}/p${posted.ts!.replace('.', '')}`);
    await client.chat.delete({ channel: support.id, ts: posted.ts! });
    expect(slack.messages(support)).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  it('knows places and people as Slack does', async () => {
    const elsewhere = team.channel('elsewhere', { bot: false });
    const hidden = team.channel('hidden', { private: true, bot: false });
    const old = team.channel('old', { archived: true });
    const gone = team.user('gone', { deleted: true });
    const robot = team.user('robot', { bot: true });
    const zoe = slack.team('Other').user('zoe', { stranger: true });
    team.channel('shared', { members: [ann, zoe] });
    const post = (channel: string): Promise<string> =>
      refusal(client.chat.postMessage({ channel, text: 'x' }));
    expect(await post(elsewhere.id)).toBe('not_in_channel');
    expect(await post(hidden.id)).toBe('channel_not_found');
    expect(await post(old.id)).toBe('is_archived');
    expect(await post(gone.id)).toBe('user_disabled');
    expect(await post(robot.id)).toBe('cannot_dm_bot');
    expect(await post(zoe.id)).toBe('channel_not_found');
    expect(await post(ben.id)).toBe('ok');
    expect(await refusal(client.conversations.open({ users: zoe.id }))).toBe('user_not_visible');
    expect((await client.conversations.open({ users: ben.id })).channel?.id).toBe(ben.direct()?.id);
    expect((await client.users.info({ user: zoe.id })).user).toMatchObject({ is_stranger: true });
    expect((await client.users.info({ user: ben.id, include_locale: true })).user).toMatchObject({
      is_restricted: true,
      is_ultra_restricted: true,
      locale: 'en-US',
    });
    expect(await refusal(client.apiCall('chat.scheduleMessage', {}))).toBe('unknown_method');
    expect(slack.violations.map((each) => each.error)).toEqual(['unknown_method']);
  });

  it('refuses blocks past their limits, says where, and remembers it', async () => {
    const long = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }];
    const answer = await client.chat
      .postMessage({ channel: support.id, text: 'x', blocks: long as never })
      .catch((error: { data: object }) => error.data);
    const where = '[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]';
    expect(answer).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: { messages: [where] },
    });
    expect(slack.violations).toMatchObject([
      { where: 'chat.postMessage', error: 'invalid_blocks', messages: [where] },
    ]);
    expect(slack.messages(support)).toEqual([]);
    expect(await refusal(client.chat.postMessage({ channel: support.id, text: '' }))).toBe('no_text');
    const words = 'x'.repeat(4001);
    expect(await refusal(client.chat.postMessage({ channel: support.id, text: words }))).toBe('ok');
    const { ts } = slack.messages(support)[0]!;
    expect(await refusal(client.chat.update({ channel: support.id, ts, text: words }))).toBe('msg_too_long');
    const metadata = { event_type: 'x' } as never;
    expect(await refusal(client.chat.postMessage({ channel: support.id, text: 'x', metadata }))).toBe(
      'invalid_metadata_schema',
    );
  });

  it('takes an upload in three steps and shows the picture', async () => {
    const uploaded = await client.filesUploadV2({
      channel_id: support.id,
      file: PIXEL,
      filename: 'chart.png',
      initial_comment: 'the week',
    });
    const id = (uploaded.files as unknown as { files: { id: string }[] }[])[0]!.files[0]!.id;
    expect(slack.messages(support)[0]).toMatchObject({ text: 'the week', files: [{ id }] });
    await client.chat.postMessage({
      channel: support.id,
      text: 'again',
      blocks: [{ type: 'image', alt_text: 'a chart', slack_file: { id } }],
    });
    expect(slack.readable(slack.messages(support)[1]!)).toBe('(picture: a chart)');
    expect(slack.violations).toEqual([]);
  });

  it('limits the rate of posts and lets the client go on when time has passed', async () => {
    await slack.close();
    await world({});
    const post = (): Promise<string> => refusal(client.chat.postMessage({ channel: support.id, text: 'x' }));
    const answers = await Promise.all(Array.from({ length: 8 }, post));
    expect(answers.filter((each) => each === 'ok')).toHaveLength(4);
    expect(slack.called('chat.postMessage').at(-1)).toMatchObject({ status: 429, executed: false });
    slack.advance(1100);
    expect(await post()).toBe('ok');
    const patient = new WebClient(bot.token, { slackApiUrl: slack.apiUrl, logger: quiet });
    slack.mischief.next('auth.test', { kind: 'ratelimited', retryAfter: 1 });
    expect((await patient.auth.test()).ok).toBe(true);
    expect(slack.called('auth.test').map((each) => each.status)).toEqual([429, 200]);
  });
});

describe('oauth', () => {
  it('gives rotating tokens to a code, and the next ones to a refresh token, once', async () => {
    await slack.close();
    await world({ rates: false, rotation: true });
    const other = slack.team('Second');
    const owner = other.user('owner');
    slack.grants.set('code', {
      teamId: other.id,
      enterpriseId: null,
      userId: owner.id,
      scopes: ['chat:write'],
      redirectUri: null,
      at: slack.clock.now(),
      used: false,
    });
    const secrets = { client_id: slack.clientId, client_secret: slack.clientSecret };
    const first = await clientOf(slack).oauth.v2.access({ ...secrets, code: 'code' });
    expect(first).toMatchObject({
      expires_in: 43_200,
      team: { id: other.id },
      authed_user: { id: owner.id },
    });
    expect(await refusal(clientOf(slack).oauth.v2.access({ ...secrets, code: 'code' }))).toBe(
      'code_already_used',
    );
    const refresh = {
      ...secrets,
      grant_type: 'refresh_token' as const,
      refresh_token: first.refresh_token!,
    };
    const second = await clientOf(slack).oauth.v2.access(refresh);
    expect(second.access_token).not.toBe(first.access_token);
    expect(await refusal(clientOf(slack).oauth.v2.access(refresh))).toBe('invalid_refresh_token');
    expect((await clientOf(slack, second.access_token).auth.test()).team_id).toBe(other.id);
    slack.advance(13 * 3600 * 1000);
    expect(await refusal(clientOf(slack, second.access_token).auth.test())).toBe('token_expired');
  });

  it('walks through the install page of a real receiver', async () => {
    const kept: unknown[] = [];
    const receiver = new HTTPReceiver({
      signingSecret: slack.signingSecret,
      clientId: slack.clientId,
      clientSecret: slack.clientSecret,
      stateSecret: 'state',
      scopes: ['chat:write', 'commands'],
      logger: quiet,
      installationStore: {
        storeInstallation: async (installation) => {
          kept.push(installation);
        },
        fetchInstallation: async () => {
          throw new Error('not asked');
        },
      },
      installerOptions: {
        authorizationUrl: slack.authorizeUrl,
        clientOptions: { slackApiUrl: slack.apiUrl },
      },
    });
    const origin = await listening(receiver, stops);
    const other = slack.team('Second');
    const owner = other.user('owner');
    const visit = await slack.visitInstall(`${origin}/slack/install`, owner, {});
    expect(visit.status).toBe(200);
    expect(kept).toMatchObject([{ team: { id: other.id }, bot: { scopes: ['chat:write', 'commands'] } }]);
    expect((await slack.visitInstall(`${origin}/slack/install`, owner, { deny: true })).status).toBe(500);
    expect(kept).toHaveLength(1);
  });
});
