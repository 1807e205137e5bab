// Discord: the half that calls it and the half that it calls, joined.
import type { HttpMount } from '../../src/ports/http.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { createApi } from './api/index.ts';
import { createHealth } from './health.ts';
import { createMembers } from './members.ts';
import type { DiscordParts } from './parts.ts';
import { createPlatform } from './platform.ts';
import { createReceiver } from './receive/index.ts';

export type { DiscordParts } from './parts.ts';
export { registerCommands } from './register.ts';

export interface Discord {
  readonly platform: Platform;
  readonly mounts: readonly HttpMount[];
}

export function createDiscord(parts: DiscordParts): Discord {
  const api = createApi(parts);
  const members = createMembers(parts, api);
  const receiver = createReceiver(parts, { api, members });
  let started = false;
  const platform = createPlatform({
    ...parts,
    api,
    members,
    health: createHealth({ ...parts, api, receiver: () => (started ? receiver.health() : null) }),
    async start(inbound) {
      started = true;
      await receiver.start(inbound);
    },
    stop: receiver.stop,
  });
  return { platform, mounts: receiver.mounts };
}
