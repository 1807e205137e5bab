// A larger model behind any endpoint that speaks OpenAI's protocol, one on the same machine included. Every way in which it can fail is an outcome; what
// it was asked and what it answered are never logged.
import type { OpenAI } from 'openai';
import { type Duration, SECOND } from '../../src/domain/basics.ts';
import { nameOfModel } from '../../src/domain/classification/reconsider.ts';
import type { Health } from '../../src/ports/health.ts';
import type { LargerModel, Silence } from '../../src/ports/larger-model.ts';
import { labelsFrom, pointsFrom } from './answer.ts';
import { type Messages, toLabel, toSummarise } from './task.ts';

export interface LargerModelOptions {
  /** Such as `http://127.0.0.1:11434/v1`. */
  readonly apiUrl: string;
  readonly apiKey: string | null;
  readonly name: string;
  readonly callsADay: number;
  readonly timeout?: Duration;
}

const TIMEOUT: Duration = 15 * SECOND;
/** Sentences, and labels of so many, take longer than one label; nobody waits for them. */
const SUMMARY_TAKES = 3;
const MANY_LABELS = 10;

/** What not every endpoint takes: one that refuses it is asked without. */
const WISHES = { temperature: 0, response_format: { type: 'json_object' as const } };

export function createLargerModel(options: LargerModelOptions): LargerModel {
  const { timeout = TIMEOUT } = options;
  let connected: Promise<Connected> | null = null;
  let wishes: Partial<typeof WISHES> = WISHES;

  /** Tried anew where the SDK could not be loaded. */
  async function connection(): Promise<Connected | null> {
    connected ??= connect(options);
    try {
      return await connected;
    } catch {
      connected = null;
      return null;
    }
  }

  /** The SDK's own time limit ends with the headers of an answer; `signal` ends the whole. */
  async function complete({ client, sdk }: Connected, messages: Messages, signal: AbortSignal) {
    const ask = (more: typeof wishes) =>
      client.chat.completions.create({ model: options.name, messages, ...more }, { signal });
    try {
      return await ask(wishes);
    } catch (error) {
      if (!(error instanceof sdk.BadRequestError) || wishes !== WISHES) throw error;
      const answer = await ask({});
      wishes = {};
      return answer;
    }
  }

  /** What `read` makes of the answer; silence where it makes nothing of it. */
  async function said<A extends readonly unknown[]>(
    messages: Messages,
    patience: Duration,
    read: (text: string) => A | null,
  ): Promise<A | Silence> {
    const found = await connection();
    if (found === null) return UNLOADED;
    const signal = AbortSignal.timeout(patience);
    try {
      const completion = await complete(found, messages, signal);
      const text: unknown = completion?.choices?.[0]?.message?.content;
      const answer = typeof text === 'string' ? read(text) : null;
      return answer ?? { kind: 'nonsense', detail: 'it did not answer as it was asked to' };
    } catch (error) {
      return signal.aborted ? TOO_LATE : failed(found.sdk, error);
    }
  }

  return {
    name: options.name,
    classifier: nameOfModel(options.name),
    callsADay: options.callsADay,

    async label(comments) {
      const patience = timeout * (1 + comments.length / MANY_LABELS);
      const labels = await said(toLabel(comments), patience, (text) => labelsFrom(text, comments.length));
      return 'kind' in labels ? labels : { kind: 'said', labels };
    },

    async summarise(comments, locale) {
      const patience = timeout * SUMMARY_TAKES;
      const points = await said(toSummarise(comments, locale), patience, (text) => {
        return pointsFrom(text, comments.length);
      });
      return 'kind' in points ? points : { kind: 'said', points };
    },

    async health(): Promise<Health> {
      const found = await connection();
      if (found === null) return { ok: false, detail: UNLOADED.detail, remedy: 'run npm ci' };
      const { client, sdk } = found;
      try {
        await client.models.list({ timeout: 5 * SECOND });
        return { ok: true, detail: `${options.name} at ${options.apiUrl}` };
      } catch (error) {
        const remedy =
          'see whether it runs, and MODEL_API_URL, MODEL_API_KEY and MODEL_NAME; until then the built-in classifier judges alone';
        return { ok: false, detail: failed(sdk, error).detail, remedy };
      }
    },
  };
}

const UNLOADED: Silence = { kind: 'away', retryAfter: null, detail: 'its SDK cannot be loaded' };
const TOO_LATE: Silence = { kind: 'away', retryAfter: null, detail: 'it did not answer in time' };

interface Connected {
  readonly sdk: typeof OpenAI;
  readonly client: OpenAI;
}

/** At the first call: most processes never need the SDK. Nothing is taken from the environment. */
async function connect({ apiUrl, apiKey }: LargerModelOptions): Promise<Connected> {
  const { OpenAI: sdk } = await import('openai');
  const client = new sdk({
    baseURL: apiUrl,
    apiKey: apiKey ?? 'none',
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    fetch: plainly(apiKey),
    logLevel: 'off',
  });
  return { sdk, client };
}

/** The SDK would also send headers that its environment names, which are meant for another endpoint. */
const OURS = /^(?:accept|content-type|user-agent|x-stainless-.*)$/;

/** `fetch` with our own headers alone. */
function plainly(apiKey: string | null): typeof fetch {
  return (url, init) => {
    const headers = new Headers([...new Headers(init?.headers)].filter(([name]) => OURS.test(name)));
    if (apiKey !== null) headers.set('authorization', `Bearer ${apiKey}`);
    return fetch(url, { ...init, headers });
  };
}

function failed(sdk: typeof OpenAI, error: unknown): Silence {
  if (error instanceof sdk.APIConnectionTimeoutError) return TOO_LATE;
  if (error instanceof sdk.APIConnectionError)
    return { kind: 'away', retryAfter: null, detail: 'it cannot be reached' };
  if (error instanceof sdk.APIError && typeof error.status === 'number')
    return {
      kind: 'away',
      retryAfter: retryAfter(error.headers),
      detail: `it answered with status ${error.status}`,
    };
  return { kind: 'nonsense', detail: 'it answered with something else than JSON' };
}

/** In seconds, or a date. */
function retryAfter(headers: Headers | undefined): Duration | null {
  const text = headers?.get('retry-after') ?? null;
  if (text === null) return null;
  const wait = /^\d+(\.\d+)?$/.test(text) ? Number(text) * SECOND : Date.parse(text) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
