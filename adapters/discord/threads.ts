// Threads, which close by themselves: writing opens an archived one, and nothing in it can be changed while it is archived.
import { SECOND } from '../../src/domain/basics.ts';
import type { Called, DiscordApi, DiscordParts } from './parts.ts';

export interface ThreadState {
  readonly archived: boolean;
  readonly locked: boolean;
  /** The channel that it belongs to. */
  readonly parent: string | null;
  readonly guild: string | null;
}

const QUICK = { idempotent: true, timeout: 4 * SECOND } as const;

export async function threadState(api: DiscordApi, thread: string): Promise<Called<ThreadState>> {
  const called = await api.call<Record<string, unknown> | null>('GET', `/channels/${thread}`, QUICK);
  if (called.kind !== 'ok') return called;
  const { thread_metadata: metadata, parent_id: parent, guild_id: guild } = called.body ?? {};
  const { archived, locked } = (metadata ?? {}) as { archived?: unknown; locked?: unknown };
  return {
    kind: 'ok',
    body: {
      archived: archived === true,
      locked: locked === true,
      parent: metadata !== undefined && typeof parent === 'string' ? parent : null,
      guild: typeof guild === 'string' ? guild : null,
    },
  };
}

export async function setArchived(api: DiscordApi, thread: string, archived: boolean): Promise<Called> {
  return await api.call('PATCH', `/channels/${thread}`, { ...QUICK, body: { archived } });
}

/** The conversation was over before we wrote in it, and is again. Never fails: an open thread archives itself some day. */
export async function archiveAgain(
  { log }: Pick<DiscordParts, 'log'>,
  api: DiscordApi,
  thread: string,
): Promise<void> {
  const called = await setArchived(api, thread, true);
  if (called.kind !== 'ok') log.debug({ thread, outcome: called }, 'a thread that we opened stays open');
}
