// What the files of this folder hand each other: the outside world as main gives it, and the services that calls to Discord go through.
import type { Duration, Id, Instant } from '../../src/domain/basics.ts';
import type { Profile } from '../../src/domain/trigger/interaction.ts';
import type { ChartRenderer } from '../../src/ports/chart.ts';
import type { Conversations } from '../../src/ports/conversations.ts';
import type { DeskOf } from '../../src/ports/desk.ts';
import type { Log } from '../../src/ports/log.ts';
import type { WorkLedger } from '../../src/ports/store/work.ts';

export interface DiscordOptions {
  /** Ends in `/api`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly applicationId: string;
  /** Verifies interactions that come over HTTP; null: they come through the gateway only. */
  readonly publicKey: string | null;
}

export interface DiscordParts {
  readonly options: DiscordOptions;
  readonly deskOf: DeskOf;
  readonly conversations: Conversations;
  /** Who holds the gateway, among all processes. */
  readonly leases: Pick<WorkLedger, 'own' | 'disown'>;
  readonly holder: Id;
  readonly charts: ChartRenderer;
  readonly now: () => Instant;
  readonly log: Log;
}

/** What came of one call of the REST API. */
export type Called<T = unknown> =
  | { readonly kind: 'ok'; readonly body: T }
  /** Discord proved that it did nothing: its status and its own code (0 where it gives none). */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: number;
      readonly retryAfter: Duration | null;
      readonly detail: string;
    }
  /** No answer, or one that proves nothing: it may have been done. */
  | { readonly kind: 'unknown'; readonly detail: string };

export interface CallOptions {
  readonly body?: unknown;
  readonly files?: readonly {
    readonly name: string;
    readonly data: Uint8Array;
    readonly contentType: string;
  }[];
  readonly query?: Readonly<Record<string, string>>;
  /** Of the call itself; left out: ten seconds. */
  readonly timeout?: Duration;
  /** Interaction callbacks and their follow-ups carry a token of their own and no authorization. */
  readonly auth?: boolean;
  /** Doing it twice is doing it once: then it is tried again, up to three times in all, within the timeout. */
  readonly idempotent?: boolean;
}

/** REST by discord.js's own client, with its buckets; never retried by it where doing it twice would be twice. */
export interface DiscordApi {
  call<T = unknown>(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: `/${string}`,
    options?: CallOptions,
  ): Promise<Called<T>>;
}

/** Somebody in a server. */
export interface Member {
  readonly id: string;
  readonly profile: Profile;
  /** In the role that the workspace names; where none is named, somebody who may manage threads or messages there. */
  readonly team: boolean;
  /** In the role of leads that the workspace names; null: it names none, or that cannot be told. */
  readonly lead: boolean | null;
}

export interface Members {
  /** `nobody`: not in this server. Null: Discord cannot be asked at the moment. */
  find(guild: string, user: string): Promise<Member | 'nobody' | null>;
}
