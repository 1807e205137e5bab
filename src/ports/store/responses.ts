// Responses are facts: the newest version and every earlier one.
import type { Id, Instant } from '../../domain/basics.ts';
import type { Classification, Polarity, ThemeMention } from '../../domain/classification/classification.ts';
import type { Response } from '../../domain/response/response.ts';
import type { SurveyKind } from '../../domain/survey/kind.ts';

/** What a response says from `revisedAt` on. */
export interface ResponseVersion {
  readonly response: Response;
  readonly classification: Classification;
}

/** A response with words as a classifier left it, and who is in it. */
export interface ReadResponse {
  readonly responseId: Id;
  readonly revision: number;
  readonly survey: SurveyKind;
  readonly score: number;
  readonly text: string;
  readonly locale: string | null;
  readonly revisedAt: Instant;
  readonly sentiment: Polarity | null;
  readonly confidence: number | null;
  readonly conflict: boolean;
  readonly themes: readonly ThemeMention[];
  readonly classifier: string;
  /** Of its giver: names, outside ids, customer id. */
  readonly names: readonly string[];
  readonly followUpId: Id | null;
}

/** What another classifier says of a response, if it still is what it read. */
export interface ReadAnew {
  readonly of: ReadResponse;
  readonly classification: Classification;
}

export interface ResponseTx {
  /** The response of a prompt that this transaction has locked. */
  ofPrompt(promptId: Id): Promise<Response | null>;
  /** By prompt. */
  ofPrompts(promptIds: readonly Id[]): Promise<ReadonlyMap<Id, Response>>;
  /** Writes new responses or new revisions of them, and the revisions' own rows. Of one response there may be several, in their order. */
  save(...versions: readonly ResponseVersion[]): Promise<void>;
  /** Those of them that have words and were read. */
  withWords(responseIds: readonly Id[]): Promise<readonly ReadResponse[]>;
  /** Those of them that have words; these stay until this transaction ends. */
  holdWords(responseIds: readonly Id[]): Promise<ReadonlySet<Id>>;
  /** Replaces what is said of them, and keeps what was; leaves out those that were edited or read anew meanwhile. Answers with those it replaced. */
  saveReadings(readings: readonly ReadAnew[], now: Instant): Promise<readonly Id[]>;
  revisions(
    responseId: Id,
  ): Promise<readonly { revision: number; score: number; verbatim: string | null; at: Instant }[]>;
}
