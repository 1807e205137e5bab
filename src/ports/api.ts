// What the HTTP surface may ask of the product: the same acts that people do on platforms, for other programs.
import type { Duration, Id, Instant } from '../domain/basics.ts';
import type { SurveyKind } from '../domain/survey/kind.ts';
import type { Health } from './health.ts';

/** An interaction as the API takes it, parsed; what was left out is undefined. */
export interface ApiInteraction {
  readonly source: string;
  readonly externalId: string;
  readonly platform?: string | undefined;
  /** The installation's outside id. */
  readonly workspace?: string | undefined;
  readonly person: string;
  readonly customer?: string | undefined;
  readonly channel?: string | undefined;
  readonly thread?: string | undefined;
  readonly agent?: string | undefined;
  readonly closedAt?: Instant | undefined;
  readonly closedBy?: 'person' | 'inactivity' | undefined;
  readonly subject?: string | undefined;
  readonly account?: string | undefined;
  readonly locale?: string | undefined;
  readonly survey?: SurveyKind | undefined;
}

export interface ApiPrompt {
  readonly id: Id;
  readonly state: string;
  readonly reason: string | null;
  readonly dueAt: Instant | null;
}

export interface ApiPromptDetail extends ApiPrompt {
  readonly interactionId: Id;
  readonly survey: SurveyKind;
  readonly sentAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly response: {
    readonly score: number;
    readonly verbatim: string | null;
    readonly revision: number;
    readonly late: boolean;
  } | null;
  /** Lets whoever holds it answer this one prompt; null while there is nothing to answer. */
  readonly answerToken: string | null;
}

/** A refusal that the caller can understand: it becomes problem+json. */
export interface ApiProblem {
  readonly problem: 'invalid' | 'forbidden' | 'not_found' | 'conflict';
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

export interface ApiAnswer {
  readonly score?: unknown;
  readonly verbatim?: string | null | undefined;
  readonly decline?: boolean | undefined;
}

export interface Api {
  /** The workspace that a bearer key belongs to; null for a key that is unknown or revoked. */
  authenticate(key: string): Promise<Id | null>;
  trigger(
    workspaceId: Id,
    interactions: readonly ApiInteraction[],
  ): Promise<readonly ({ readonly interactionId: Id; readonly prompt: ApiPrompt } | ApiProblem)[]>;
  prompt(workspaceId: Id, promptId: Id): Promise<ApiPromptDetail | null>;
  reopen(
    workspaceId: Id,
    interactionId: Id,
  ): Promise<{
    readonly interactionId: Id;
    readonly prompt: ApiPrompt | null;
    readonly cancelled: boolean;
  } | null>;
  /** With the prompt's own token; the token says which workspace. */
  answer(promptId: Id, token: string, answer: ApiAnswer): Promise<ApiPromptDetail | ApiProblem>;
  /** Everything that is kept about somebody, as the text of one JSON document; `person` as in `Archive.findPerson`. */
  exportPerson(workspaceId: Id, person: string): Promise<AsyncIterable<string> | ApiProblem>;
  /** Erases somebody; `erased` is false where nobody is called that (any more). */
  forgetPerson(
    workspaceId: Id,
    person: string,
  ): Promise<
    { readonly erased: boolean; readonly identities: number; readonly responses: number } | ApiProblem
  >;
  /** Everything that must answer for the service to be ready, by name. */
  readiness(deadline: Duration): Promise<Readonly<Record<string, Health>>>;
}
