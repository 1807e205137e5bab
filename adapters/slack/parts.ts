// What the files of this folder hand each other: the outside world as main gives it, and the three services that calls to Slack go through.
import type { Duration, Instant } from '../../src/domain/basics.ts';
import type { MessageRef } from '../../src/domain/prompt/prompt.ts';
import type { Profile } from '../../src/domain/trigger/interaction.ts';
import type { Budget } from '../../src/ports/budget.ts';
import type { ChartRenderer } from '../../src/ports/chart.ts';
import type { Conversations } from '../../src/ports/conversations.ts';
import type { Credentials } from '../../src/ports/credentials.ts';
import type { DeskOf } from '../../src/ports/desk.ts';
import type { Log } from '../../src/ports/log.ts';
import type { View } from '../../src/views/view.ts';

export interface SlackOptions {
  /** Ends in `/api/`. */
  readonly apiUrl: string;
  readonly transport:
    | { readonly kind: 'http'; readonly signingSecret: string }
    | { readonly kind: 'socket'; readonly appToken: string };
  /** The token of the one workspace; null where every workspace installs by OAuth. */
  readonly botToken: string | null;
  readonly oauth: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly stateSecret: string;
  } | null;
  /** Where others reach us; no slash at its end. */
  readonly publicUrl: string;
}

export interface SlackParts {
  readonly options: SlackOptions;
  readonly deskOf: DeskOf;
  readonly conversations: Conversations;
  readonly credentials: Credentials;
  readonly budget: Budget;
  readonly charts: ChartRenderer;
  readonly now: () => Instant;
  readonly log: Log;
}

/** What came of one call of a Web API method. */
export type Called<T = Readonly<Record<string, unknown>>> =
  | { readonly kind: 'ok'; readonly body: T }
  /** Slack proved that it did nothing. `error` is its own code; `ratelimited`, also where our own budget said so before calling. */
  | {
      readonly kind: 'refused';
      readonly error: string;
      readonly retryAfter: Duration | null;
      /** Such as the scope that is missing. */
      readonly detail: string;
    }
  /** No answer, or one that proves nothing: it may have been done. */
  | { readonly kind: 'unknown'; readonly detail: string };

export interface CallOptions {
  /** How long the budget may make it wait before it is refused as `ratelimited`; left out: two seconds. */
  readonly patience?: Duration;
  /** Of the call itself; left out: ten seconds. */
  readonly timeout?: Duration;
  /** The channel, where the method has a budget per channel. */
  readonly channel?: string;
  /** Doing it twice is doing it once (reads, updates): then it is tried again, up to three times in all, within the timeout. */
  readonly idempotent?: boolean;
}

/** The Web API with an installation's own token, within the budgets, never retried where doing it twice would be twice. */
export interface SlackApi {
  call<T = Readonly<Record<string, unknown>>>(
    installation: string,
    method: string,
    args: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): Promise<Called<T>>;
  /** Whether this installation can be called at all: it has a token. */
  knows(installation: string): Promise<boolean>;
  /** Our own ids there, for knowing our own messages. Null where Slack cannot be asked at the moment. */
  self(installation: string): Promise<{ readonly botId: string; readonly userId: string } | null>;
}

/** Who somebody is, in Slack's terms. */
export interface Member {
  readonly id: string;
  readonly profile: Profile;
  /** Belongs to the installation's own team or enterprise and is no guest, no bot, not deactivated. */
  readonly full: boolean;
  readonly deactivated: boolean;
}

/** People of an installation, from users.info and group or channel membership; remembered for some minutes. */
export interface Members {
  /** `nobody`: there is none of that id. Null: Slack cannot be asked at the moment. */
  find(installation: string, userId: string): Promise<Member | 'nobody' | null>;
  /** Whether somebody is in the team that the workspace names; null where it names none, or that cannot be told at the moment. */
  inNamedTeam(installation: string, userId: string): Promise<boolean | null>;
  /** The like for the leads. */
  inNamedLeads(installation: string, userId: string): Promise<boolean | null>;
}

/** Answers through a `response_url`: five uses in half an hour, no budget, no token. */
export interface Responder {
  /** Puts a view in the place of the message that was acted on; tried again until Slack has it, a few times. */
  replace(responseUrl: string, view: View): Promise<boolean>;
  /** A line that only whoever acted sees; never sent twice. `thread`: where it belongs. False: it is certain that it was not told. */
  tell(responseUrl: string, view: View, thread: string | null): Promise<boolean>;
}

/** A message of ours in the words of Slack. */
export interface SlackRef extends MessageRef {
  /** The channel's id. */
  readonly channel: string;
  /** Its `ts`. */
  readonly message: string;
}
