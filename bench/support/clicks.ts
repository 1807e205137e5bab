// Clicks on a score as Slack delivers them, signed: with the whole message that was clicked on.
import { createHmac } from 'node:crypto';
import { renderMessage } from '../../adapters/slack/render/index.ts';
import { MESSAGES } from '../../src/locales/index.ts';
import { promptView } from '../../src/views/prompt.ts';
import { createTexts } from '../../src/views/text.ts';

export const SIGNING_SECRET = 'a secret of the benchmark';

export interface Click {
  readonly promptId: string;
  readonly score: number;
  readonly team: string;
  readonly user: string;
  readonly responseUrl: string;
}

const english = createTexts(MESSAGES, 'en')('en');
const TS = '1700000000.000100';
const CHANNEL = 'C0BENCH';

/** The whole HTTP request. */
export function clickRequest(path: string, click: Click, now: number): Buffer {
  const { promptId, score, team, user, responseUrl } = click;
  const asking = { promptId, survey: 'nps', question: null, subject: null } as const;
  const payload = {
    type: 'block_actions',
    user: { id: user, username: 'ann', name: 'ann', team_id: team },
    api_app_id: 'A1',
    token: 'none',
    container: {
      type: 'message',
      message_ts: TS,
      channel_id: CHANNEL,
      is_ephemeral: false,
      thread_ts: '1699999999.000100',
    },
    trigger_id: '1.2.3',
    team: { id: team, domain: 'bench' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: CHANNEL, name: 'help' },
    message: {
      type: 'message',
      user: 'U0BENCH',
      ts: TS,
      thread_ts: '1699999999.000100',
      bot_id: 'B0BENCH',
      app_id: 'A1',
      team,
      ...renderMessage(promptView(english, asking), { key: promptId }),
    },
    state: { values: {} },
    response_url: responseUrl,
    actions: [
      {
        action_id: `score:${promptId}:${score}`,
        block_id: 'scale',
        text: { type: 'plain_text', text: String(score), emoji: true },
        value: String(score),
        type: 'button',
        action_ts: String(now / 1000),
      },
    ],
  };
  const body = `payload=${encodeURIComponent(JSON.stringify(payload))}`;
  const time = Math.floor(now / 1000);
  const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${time}:${body}`).digest('hex');
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\nx-slack-request-timestamp: ${time}\r\n` +
      `x-slack-signature: v0=${signature}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
}
