// How the server ends: what is in hand is answered, and nobody who merely keeps a connection holds it up.
import { Agent, get } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startHttp } from '../../../adapters/http/index.ts';
import { recordedLog } from '../../support/recorded-log.ts';

const NEVER = 60_000;

function makeGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Asks on a connection that is kept for more. */
function ask(port: number, agent: Agent, begun = () => {}): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/', agent }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
        begun();
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

describe('the end of the HTTP server', () => {
  it('given an answer under way on a connection that is kept, when it closes, then it is finished and closing waits for nothing else', async () => {
    const gate = makeGate();
    const handle = () =>
      new Response(
        new ReadableStream({
          async start(controller) {
            controller.enqueue(new TextEncoder().encode('begun, '));
            await gate.opened;
            controller.enqueue(new TextEncoder().encode('ended'));
            controller.close();
          },
        }),
      );
    const { log } = recordedLog();
    const http = await startHttp({ host: '127.0.0.1', port: 0, mounts: [{ prefix: '/', handle }], log });
    const agent = new Agent({ keepAlive: true });
    const begun = makeGate();
    const answer = ask(http.port, agent, begun.open);
    await begun.opened;
    const closed = http.close(NEVER);
    await expect(ask(http.port, new Agent())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    gate.open();
    expect(await answer).toBe('begun, ended');
    // Within the time of a test, which is less than the grace.
    await closed;
    agent.destroy();
  }, 4_000);

  it('given a request that does not end, when its grace is over, then it is cut off', async () => {
    const arrived = makeGate();
    const handle = async () => {
      arrived.open();
      return await new Promise<Response>(() => undefined);
    };
    const { log } = recordedLog();
    const http = await startHttp({ host: '127.0.0.1', port: 0, mounts: [{ prefix: '/', handle }], log });
    const answer = ask(http.port, new Agent()).catch((error: NodeJS.ErrnoException) => error.code);
    await arrived.opened;
    await http.close(50);
    expect(await answer).toBe('ECONNRESET');
  });
});
