// The REST API: cautious with refusals, never waiting long, tried again only where doing it twice is doing it once.
import { setTimeout as delay } from 'node:timers/promises';
import { SECOND } from '../../../src/domain/basics.ts';
import type { Called, CallOptions, DiscordApi, DiscordParts } from '../parts.ts';
import { createCaution } from './caution.ts';
import { createWire } from './wire.ts';

const TIMEOUT = 10 * SECOND;
const TRIES = 3;
const PAUSES = [0.2 * SECOND, 0.6 * SECOND];

export function createApi({ options, now }: Pick<DiscordParts, 'options' | 'now'>): DiscordApi {
  const wire = createWire(options.apiUrl, options.token);
  const caution = createCaution(now);

  const once = async (
    method: string,
    path: `/${string}`,
    given: CallOptions,
    timeout: number,
  ): Promise<Called> => {
    // What answers an interaction has a token of its own, which says nothing about ours.
    if (given.auth === false) return (await wire.call(method, path, { ...given, timeout })).called;
    const name = `${method} ${path}`;
    const no = caution.before(name);
    if (no) return no;
    const { called, trace } = await wire.call(method, path, { ...given, timeout });
    caution.after(name, trace.status, trace.shared, called);
    return called;
  };

  return {
    async call<T>(method: string, path: `/${string}`, given: CallOptions = {}): Promise<Called<T>> {
      const { timeout = TIMEOUT, idempotent = false } = given;
      const until = performance.now() + timeout;
      for (let tried = 1; ; tried += 1) {
        // Time is left for another try where one of them is not answered.
        const left = until - performance.now();
        const called = await once(method, path, given, idempotent && tried < TRIES ? left / 2 : left);
        const pause = PAUSES[tried - 1];
        const again = called.kind === 'unknown' || (called.kind === 'refused' && called.status === 0);
        if (!idempotent || !again || pause === undefined || performance.now() + pause >= until)
          return called as Called<T>;
        await delay(pause);
      }
    },
  };
}
