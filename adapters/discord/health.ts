// Whether Discord is well for us: the gateway, where this process may hold it, and the token. Asked often, so an answer stands for half a minute.
import { type Instant, SECOND } from '../../src/domain/basics.ts';
import { line } from '../../src/domain/words.ts';
import type { Health } from '../../src/ports/health.ts';
import { createMemory } from '../shared/memory.ts';
import type { Called, DiscordApi } from './parts.ts';

export interface HealthParts {
  readonly api: DiscordApi;
  /** Null: this process takes nothing in, it only sends. */
  readonly receiver: () => Health | null;
  readonly now: () => Instant;
}

type Asked = Called<{ readonly username?: unknown } | null>;

export function createHealth({ api, receiver, now }: HealthParts): () => Promise<Health> {
  const answers = createMemory<Asked>({ now, most: 1, keptFor: 30 * SECOND });
  return async () => {
    const receiving = receiver() ?? { ok: true, detail: 'only sends' };
    if (!receiving.ok) return receiving;
    const called = await answers.get('', () => api.call('GET', '/users/@me', { timeout: 5 * SECOND }));
    // A failure is looked at again at once: somebody is putting it right.
    if (called?.kind !== 'ok') answers.forget('');
    return of(called, receiving.detail);
  };
}

function of(called: Asked | null, receiving: string): Health {
  if (called?.kind === 'ok')
    return { ok: true, detail: `${receiving}; bot ${line(String(called.body?.username ?? ''), 80)}` };
  const problem =
    called?.kind === 'refused' && called.status !== 0
      ? `HTTP ${called.status}`
      : (called?.detail ?? 'no answer');
  if (called?.kind === 'refused' && called.status === 401)
    return {
      ok: false,
      detail: 'Discord does not take DISCORD_TOKEN',
      remedy: "reset the token on the Bot page of the application's settings, and copy the new one",
    };
  return {
    ok: false,
    detail: `Discord cannot be asked (${problem})`,
    remedy: 'check the network and DISCORD_API_URL; it comes back by itself when Discord does',
  };
}
