// Whether Slack is well for us: its connection, where this process holds one, and the token of the configuration. Asked often, so an answer stands
// for half a minute.
import { type Instant, SECOND } from '../../src/domain/basics.ts';
import type { Health } from '../../src/ports/health.ts';
import { createMemory } from '../shared/memory.ts';
import { type Identity, type OwnSlackApi, TOKEN_ERRORS } from './api/index.ts';
import type { Called, SlackOptions } from './parts.ts';

export interface HealthParts {
  readonly options: Pick<SlackOptions, 'botToken' | 'oauth'>;
  readonly api: Pick<OwnSlackApi, 'introduce'>;
  /** Null: this process takes nothing in, it only sends. */
  readonly receiver: () => Health | null;
  readonly now: () => Instant;
}

export function createHealth({ options, api, receiver, now }: HealthParts): () => Promise<Health> {
  const answers = createMemory<Called<Identity>>({ now, most: 1, keptFor: 30 * SECOND });
  return async () => {
    const receiving = receiver() ?? { ok: true, detail: 'only sends' };
    if (!receiving.ok) return receiving;
    if (options.botToken === null)
      return { ok: true, detail: `${receiving.detail}; each workspace with a token of its own` };
    const called = await answers.get('', () => api.introduce());
    // A failure is looked at again at once: somebody is putting it right.
    if (called?.kind !== 'ok') answers.forget('');
    return of(called, receiving.detail);
  };
}

function of(called: Called<Identity> | null, receiving: string): Health {
  if (called?.kind === 'ok') return { ok: true, detail: `${receiving}; workspace ${called.body.name}` };
  const problem = called?.kind === 'refused' ? called.error : (called?.detail ?? 'no answer');
  const detail = `Slack does not take SLACK_BOT_TOKEN (${problem})`;
  if (called?.kind === 'refused' && TOKEN_ERRORS.has(called.error))
    return {
      ok: false,
      detail,
      remedy: "copy the Bot User OAuth Token again, from OAuth & Permissions in the app's settings",
    };
  return {
    ok: false,
    detail: `Slack cannot be asked (${problem})`,
    remedy: 'check the network and SLACK_API_URL; it comes back by itself when Slack does',
  };
}
