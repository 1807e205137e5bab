// Answers through a `response_url`. It is an address out of a payload: only Slack's own, or that of the server that stands for it, is ever called.
import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, SECOND } from '../../src/domain/basics.ts';
import type { View } from '../../src/views/view.ts';
import { isSlacks } from './address.ts';
import type { Responder, SlackParts } from './parts.ts';
import { postJson } from './post.ts';
import { renderMessage } from './render/index.ts';

const TIMEOUT = 5 * SECOND;
/** Of the five uses that an address has; the others are for what the same act may still have to say. */
const TRIES = 3;
/** "Come again in so many seconds" uses nothing up. */
const PUT_OFF = 5;

export function createResponder({ options, log }: Pick<SlackParts, 'options' | 'log'>): Responder {
  const post = async (
    responseUrl: string,
    body: object,
    again: (answer: Answer) => boolean,
  ): Promise<Answer['kind']> => {
    const url = parsed(responseUrl);
    if (url === null || !isSlacks(url, options.apiUrl, (host) => host === 'hooks.slack.com')) {
      log.warn(
        { host: url?.host.slice(0, 200) ?? 'none' },
        'an answer was not sent: this is no address of Slack',
      );
      return 'refused';
    }
    const text = JSON.stringify(body);
    for (let tries = 1, putOff = 0; ; ) {
      const answer = await postOnce(url, text);
      if (answer.kind === 'taken') return 'taken';
      const isPutOff = answer.wait !== null && putOff < PUT_OFF;
      if ((tries >= TRIES && !isPutOff) || !again(answer)) {
        log.warn({ answer: answer.kind, detail: answer.detail }, 'an answer did not get to Slack');
        return answer.kind;
      }
      await delay(Math.min(answer.wait ?? 200 * 2 ** tries, 3 * SECOND));
      if (isPutOff) putOff += 1;
      else tries += 1;
    }
  };

  return {
    async replace(responseUrl, view) {
      const body = { replace_original: true, ...contentOf(view) };
      return (await post(responseUrl, body, ({ kind }) => kind !== 'refused')) === 'taken';
    },
    async tell(responseUrl, view, thread) {
      const body = {
        response_type: 'ephemeral',
        replace_original: false,
        ...contentOf(view),
        ...(thread !== null && { thread_ts: thread }),
      };
      const outcome = await post(responseUrl, body, ({ kind }) => kind === 'not now');
      return outcome === 'taken' || outcome === 'unknown';
    },
  };
}

type Answer =
  | { readonly kind: 'taken'; readonly detail: ''; readonly wait: null }
  /** It proved that it did nothing, and may do it later. */
  | { readonly kind: 'not now'; readonly detail: string; readonly wait: Duration | null }
  | { readonly kind: 'refused'; readonly detail: string; readonly wait: null }
  | { readonly kind: 'unknown'; readonly detail: string; readonly wait: null };

async function postOnce(url: URL, body: string): Promise<Answer> {
  try {
    const { status, text, retryAfter } = await postJson(url, body, TIMEOUT);
    if (status >= 200 && status < 300 && !text.includes('"ok":false'))
      return { kind: 'taken', detail: '', wait: null };
    const detail = `HTTP ${status}${errorIn(text)}`;
    if (status === 429) return { kind: 'not now', detail, wait: waitIn(retryAfter) };
    return { kind: status >= 500 ? 'unknown' : 'refused', detail, wait: null };
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') return { kind: 'not now', detail: code, wait: null };
    return { kind: 'unknown', detail: code ?? name, wait: null };
  }
}

/** Never the whole text: it may repeat what somebody wrote. */
function errorIn(text: string): string {
  const code = /"error"\s*:\s*"([a-z_]{1,60})"/.exec(text)?.[1];
  return code ? `, ${code}` : '';
}

function waitIn(retryAfter: string | null): Duration | null {
  const seconds = Number.parseInt(retryAfter ?? '', 10);
  return Number.isNaN(seconds) ? null : seconds * SECOND;
}

function contentOf(view: View) {
  const { text, blocks } = renderMessage(view);
  return { text, blocks };
}

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
