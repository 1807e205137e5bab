// The web page: a platform whose two sides anybody can try on one machine, with no account. Served on loopback only.
import type { ChartRenderer } from '../../src/ports/chart.ts';
import type { HttpMount } from '../../src/ports/http.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Mailbox } from '../../src/ports/mailbox.ts';
import { createLive, type Live } from './live.ts';
import { createPlatform, type WebParts, type WebPlatform } from './platform.ts';
import { webRoutes } from './routes.ts';

export { isLoopback } from './guard.ts';

export interface Web {
  readonly platform: WebPlatform;
  readonly mounts: readonly HttpMount[];
}

export function createWeb(parts: WebParts & { readonly charts: ChartRenderer; readonly log: Log }): Web {
  const live = createLive(parts.mailbox, parts.log);
  const own = { ...parts, mailbox: telling(parts.mailbox, live) };
  const platform = createPlatform(own, live.followers);
  return {
    platform: {
      ...platform,
      async stop() {
        live.close();
        await platform.stop();
      },
    },
    mounts: webRoutes({ ...own, platform, live }),
  };
}

/** The mailbox; whoever looks on is told at once of what is written through it. */
function telling(mailbox: Mailbox, live: Live): Mailbox {
  return {
    ...mailbox,
    async post(workspaceId, message, now) {
      const posted = await mailbox.post(workspaceId, message, now);
      live.nudge(workspaceId);
      return posted;
    },
    async replace(workspaceId, messageId, body) {
      const replaced = await mailbox.replace(workspaceId, messageId, body);
      live.nudge(workspaceId);
      return replaced;
    },
  };
}
