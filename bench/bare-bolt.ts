// The peer: an app of Slack's own framework that verifies each click and acknowledges it, and does nothing else. A process of its own
// that tells how much processor time it took.

import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { SIGNING_SECRET } from './support/clicks.ts';
import { serving } from './support/program.ts';

const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  logLevel: LogLevel.ERROR,
  authorize: async () => ({ botToken: 'xoxb-none', botId: 'B1', botUserId: 'U0' }),
});
app.action(/.*/, async ({ ack }) => {
  await ack();
});
const server = await receiver.start(0);
serving((server.address() as AddressInfo).port, () => process.cpuUsage());
