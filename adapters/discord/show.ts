// What came of something that somebody did, put where they did it: the one answer of the interaction first, and what is left by its token.
import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, SECOND } from '../../src/domain/basics.ts';
import type { InboundOutcome } from '../../src/ports/platform.ts';
import type { View } from '../../src/views/view.ts';
import type { Origin } from './inbound/interaction.ts';
import type { DiscordApi, DiscordParts } from './parts.ts';
import { formOf, renderMessage, renderModal } from './render/index.ts';

export type Step =
  /** In the place of what was acted on. */
  | { readonly kind: 'replace'; readonly view: View }
  /** For whoever acted, and nobody else. */
  | { readonly kind: 'tell'; readonly view: View }
  | { readonly kind: 'form'; readonly view: View };

/** Pure: what comes first can be the answer itself. `mayOpen` says whether a form can still be opened. */
export function stepsOf(outcome: InboundOutcome, origin: Origin, mayOpen: boolean): readonly Step[] {
  if (outcome.kind === 'ignored') return [];
  if (outcome.kind !== 'done') return [{ kind: 'tell', view: outcome.reply }];
  const { shared, reply } = outcome;
  const place = origin.message !== null;
  if (reply && formOf(reply)) {
    const others = origin.ephemeral || !place || !shared ? [] : [replace(shared)];
    return [mayOpen ? { kind: 'form', view: reply } : { kind: 'tell', view: buttonTo(reply) }, ...others];
  }
  if (!place) return reply ? [{ kind: 'tell', view: reply }] : [];
  if (origin.ephemeral) return reply ? [replace(reply)] : [];
  if (origin.direct) {
    const view = reply ?? shared;
    return view ? [replace(view)] : [];
  }
  const told = reply && !(shared && isSame(shared, reply)) ? [{ kind: 'tell', view: reply } as const] : [];
  return [...(shared ? [replace(shared)] : []), ...told];
}

export interface Callback {
  readonly type: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The kinds of answers that an interaction takes. */
export const PONG: Callback = { type: 1 };
/** Taken; a component's message stays as it is until it is edited. */
export const LATER_UPDATE: Callback = { type: 6 };
const MESSAGE = 4;
const LATER_MESSAGE = 5;
const UPDATE = 7;
const CHOICES = 8;
const MODAL = 9;
const EPHEMERAL = 1 << 6;

export const LATER_TOLD: Callback = { type: LATER_MESSAGE, data: { flags: EPHEMERAL } };

export function choicesOf(choices: readonly { readonly name: string; readonly value: string }[]): Callback {
  return { type: CHOICES, data: { choices } };
}

export function callbackOf(step: Step, guild: string): Callback {
  if (step.kind === 'replace') return { type: UPDATE, data: contentOf(step.view, guild) };
  const modal = step.kind === 'form' ? renderModal(step.view, { guild }) : null;
  if (modal !== null) return { type: MODAL, data: { ...modal } };
  return { type: MESSAGE, data: toldOf(step.view, guild) };
}

export interface Act {
  readonly guild: string;
  readonly origin: Origin;
}

export interface Show {
  /** What is left after the answer, by the interaction's token. Never throws: what cannot be shown is logged. */
  step(act: Act, step: Step): Promise<void>;
  /** In the place of "is thinking"; null takes that away. */
  resolve(act: Act, view: View | null): Promise<void>;
  /** Where the interaction took no answer any more: the message that everybody sees says what came of it all the same. */
  put(act: Act, view: View): Promise<void>;
  /** To somebody in their direct conversation. */
  say(guild: string, channel: string, view: View, nonce: string): Promise<void>;
}

const TIMEOUT: Duration = 5 * SECOND;
/** An answer that is given over HTTP reaches Discord a moment before or after what follows it. */
const TRIES = 4;
const PAUSE: Duration = 300;
const LONGEST_WAIT: Duration = 10 * SECOND;

export function createShow({ options, log }: Pick<DiscordParts, 'options' | 'log'>, api: DiscordApi): Show {
  const hook = ({ origin }: Act): `/${string}` => `/webhooks/${options.applicationId}/${origin.token}`;
  type Request = Parameters<DiscordApi['call']>;

  /** Tried again only where Discord proved that it did nothing. */
  const call = async (what: string, ...[method, path, request]: Request) => {
    for (let tries = 1; ; tries += 1) {
      const called = await api.call(method, path, { timeout: TIMEOUT, ...request });
      if (called.kind === 'ok') return true;
      const later = called.kind === 'refused' && (called.status === 429 || called.status === 404);
      if (!later || tries === TRIES) {
        // The path has a token in it.
        const { kind, detail } = called;
        log.warn(
          { what, kind, ...(kind === 'refused' && { code: called.code, status: called.status }), detail },
          'not shown',
        );
        return false;
      }
      await delay(Math.min(called.retryAfter ?? PAUSE * tries, LONGEST_WAIT));
    }
  };
  const change = async (act: Act, view: View) =>
    await call('what came of an act', 'PATCH', `${hook(act)}/messages/@original`, {
      body: contentOf(view, act.guild),
      auth: false,
      idempotent: true,
    });
  const put: Show['put'] = async ({ guild, origin }, view) => {
    const { channel, message, ephemeral } = origin;
    if (channel === null || message === null || ephemeral) return;
    const body = contentOf(view, guild);
    await call('a message', 'PATCH', `/channels/${channel}/messages/${message}`, { body, idempotent: true });
  };

  return {
    put,

    async step(act, step) {
      if (step.kind === 'replace')
        await (act.origin.ephemeral ? change(act, step.view) : put(act, step.view));
      else {
        const view = step.kind === 'form' ? buttonTo(step.view) : step.view;
        await call('a reply', 'POST', hook(act), { body: toldOf(view, act.guild), auth: false });
      }
    },

    async resolve(act, view) {
      if (view) await change(act, view);
      else
        await call('nothing', 'DELETE', `${hook(act)}/messages/@original`, { auth: false, idempotent: true });
    },

    async say(guild, channel, view, nonce) {
      const body = { ...renderMessage(view, { guild }), nonce, enforce_nonce: true };
      await call('a direct reply', 'POST', `/channels/${channel}/messages`, { body, idempotent: true });
    },
  };
}

function contentOf(view: View, guild: string): Readonly<Record<string, unknown>> {
  return { ...renderMessage(view, { guild }) };
}

function toldOf(view: View, guild: string): Readonly<Record<string, unknown>> {
  const message = renderMessage(view, { guild });
  return { ...message, flags: message.flags | EPHEMERAL };
}

/** The way to a form that can no longer be opened by itself, in its own words: pressed, it opens. */
function buttonTo(view: View): View {
  const form = formOf(view);
  if (form === undefined) return view;
  return {
    summary: view.summary,
    locale: view.locale,
    blocks: [
      { kind: 'text', text: [view.summary], tone: 'plain' },
      { kind: 'buttons', buttons: [{ label: form.title, action: form.action, style: 'primary' }] },
    ],
  };
}

function replace(view: View): Step {
  return { kind: 'replace', view };
}

function isSame(one: View, other: View): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
