// Slack: the half that calls it and the half that it calls, joined.
import { HOUR } from '../../src/domain/basics.ts';
import type { HttpMount } from '../../src/ports/http.ts';
import type { Inbound, Platform } from '../../src/ports/platform.ts';
import { createMemory } from '../shared/memory.ts';
import { announce } from './announce.ts';
import { createApi } from './api/index.ts';
import { createHealth } from './health.ts';
import { createMembers } from './members.ts';
import { oauthMounts } from './oauth/index.ts';
import type { SlackParts } from './parts.ts';
import { createPlatform } from './platform.ts';
import { createReceiver } from './receive/index.ts';
import { createResponder } from './respond.ts';
import { createPictures } from './upload.ts';

export interface Slack {
  readonly platform: Platform;
  readonly mounts: readonly HttpMount[];
}

export function createSlack(parts: SlackParts): Slack {
  const { options } = parts;
  let inbound: Inbound | null = null;
  let started = false;
  let only: string | null = null;
  let announcing: Promise<void> = Promise.resolve();
  const missing = createMemory<true>({ now: parts.now, most: 1_000, keptFor: HOUR });
  const api = createApi({
    ...parts,
    onMissingScope(installation, scope) {
      if (inbound === null || missing.peek(`${installation} ${scope}`) !== null) return;
      void missing.get(`${installation} ${scope}`, async () => {
        const trouble = { kind: 'missing_permission', subject: scope } as const;
        const at = { platform: 'slack', installation };
        const told = await inbound?.({
          kind: 'trouble',
          eventId: null,
          receivedAt: parts.now(),
          at,
          trouble,
        });
        return told?.kind === 'done' || null;
      });
    },
  });
  const members = createMembers(parts, api);
  // What comes in before its workspace has made itself known is not to be taken for a stranger's.
  const deskOf: SlackParts['deskOf'] = async (installation) => {
    const desk = await parts.deskOf(installation);
    if (desk !== null || options.botToken === null) return desk;
    await announcing;
    return await parts.deskOf(installation);
  };
  const introduced =
    (given: Inbound): Inbound =>
    async (event) => {
      if (event.kind === 'installed' && options.oauth === null) only = event.at.installation;
      return await given(event);
    };
  const services = { api, members, responder: createResponder(parts), only: () => only };
  const receiver = createReceiver({ ...parts, deskOf }, services);
  const stopping = new AbortController();

  const platform = createPlatform({
    ...parts,
    api,
    members,
    pictures: createPictures(parts, api),
    health: createHealth({ ...parts, api, receiver: () => (started ? receiver.health() : null) }),
    async start(given) {
      inbound = given;
      started = true;
      if (options.botToken !== null)
        announcing = announce({ ...parts, api }, introduced(given), stopping.signal);
      await receiver.start(given);
    },
    async stop() {
      inbound = null;
      stopping.abort();
      await Promise.all([receiver.stop(), announcing]);
    },
  });
  const oauth = oauthMounts({ ...parts, api, inbound: () => inbound });
  return { platform, mounts: [...receiver.mounts, ...oauth] };
}
