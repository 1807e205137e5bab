// Bolt sorts what Slack delivers, by a receiver of ours: what is acknowledged when is no business of Bolt's.
//
// Bolt calls `ack` for every event of the Events API before it calls a listener. The `ack` that it gets here does nothing: the answer is what the
// listener left on the receipt, given when `processEvent` has ended, and that waits for all listeners.
import { App, type Receiver } from '@slack/bolt';
import type { Log } from '../../../src/ports/log.ts';
import { AGAIN, type Answer, type Delivery, TAKEN, type Take } from './delivery.ts';
import type { Interactions } from './interactions.ts';
import { quietLogger } from './quiet.ts';

interface Receipt {
  readonly delivery: Delivery;
  answer: Answer | null;
}

const ANY = /^/u;

export function createBolt(routes: Interactions & { readonly event: Take }, log: Log): Take {
  const receiver: Receiver = {
    init: () => undefined,
    start: async () => undefined,
    stop: async () => undefined,
  };
  const app = new App({
    receiver,
    // Whose delivery it is, and with which token it is answered, is found out elsewhere: Bolt itself calls nobody.
    authorize: async () => ({}),
    // Our own messages are how one is found whose sending nobody answered.
    ignoreSelf: false,
    convoStore: false,
    logger: quietLogger(log),
  });

  const listener =
    (take: Take) =>
    async ({ context }: { readonly context: { readonly receipt?: Receipt } }) => {
      const { receipt } = context;
      if (receipt) receipt.answer = await guarded(take, receipt.delivery, log);
    };
  app.event(ANY, listener(routes.event));
  app.action({ type: 'block_actions' }, listener(routes.action));
  app.view({ type: 'view_submission' }, listener(routes.submission));
  app.command(ANY, listener(routes.command));
  app.shortcut({ type: 'message_action' }, listener(routes.shortcut));

  return async (delivery) => {
    const receipt: Receipt = { delivery, answer: null };
    try {
      await app.processEvent({
        body: delivery.body,
        retryNum: delivery.retry,
        customProperties: { receipt },
        ack: async () => undefined,
      });
    } catch (error) {
      // Nothing that Slack sends, but signed: it would fail in the same way again.
      log.warn({ error: String(error).slice(0, 300) }, 'a delivery cannot be read');
    }
    return receipt.answer ?? TAKEN;
  };
}

async function guarded(take: Take, delivery: Delivery, log: Log): Promise<Answer> {
  try {
    return await take(delivery);
  } catch (error) {
    log.error({ error: String(error).slice(0, 300) }, 'a delivery could not be taken');
    return AGAIN;
  }
}
