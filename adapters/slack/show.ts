// What came of something that somebody did, put where they did it.
import { SECOND } from '../../src/domain/basics.ts';
import type { InboundOutcome } from '../../src/ports/platform.ts';
import type { Block, View } from '../../src/views/view.ts';
import { isDirect } from './inbound/fields.ts';
import { type Origin, writeOrigin } from './inbound/origin.ts';
import type { Responder, SlackApi, SlackParts } from './parts.ts';
import { renderHome, renderMessage, renderModal } from './render/index.ts';

export type Step =
  /** In the place of what was acted on. */
  | { readonly kind: 'replace'; readonly view: View }
  /** For whoever acted, and nobody else. */
  | { readonly kind: 'tell'; readonly view: View }
  | { readonly kind: 'form'; readonly view: View }
  /** The home tab, anew. */
  | { readonly kind: 'home' };

/** Pure: `mayOpen` says whether a form can still be opened on what was done. */
export function stepsOf(outcome: InboundOutcome, origin: Origin, mayOpen: boolean): readonly Step[] {
  if (outcome.kind === 'ignored') return [];
  if (outcome.kind !== 'done') {
    // The home tab has nobody to tell anything but a form.
    if (origin.home) return mayOpen ? [{ kind: 'form', view: outcome.reply }] : [];
    return [{ kind: 'tell', view: outcome.reply }];
  }
  const { shared, reply } = outcome;
  if (reply && mayOpen && formOf(reply)) {
    const others = origin.ephemeral || origin.home || !shared ? [] : [replace(shared)];
    return [{ kind: 'form', view: reply }, ...others];
  }
  if (origin.home) {
    const told = reply && !shared && mayOpen ? [{ kind: 'form', view: reply } as const] : [];
    return [{ kind: 'home' }, ...told];
  }
  if (origin.ephemeral) return reply ? [replace(reply)] : [];
  if (origin.channel !== null && isDirect(origin.channel)) {
    const view = reply ?? shared;
    return view ? [replace(view)] : [];
  }
  const told = reply && !(shared && isSame(shared, reply)) ? [{ kind: 'tell', view: reply } as const] : [];
  return [...(shared ? [replace(shared)] : []), ...told];
}

export interface Act {
  readonly installation: string;
  readonly user: string;
  readonly trigger: string | null;
  readonly origin: Origin;
}

export interface Show {
  /** Never throws: what cannot be shown is logged. */
  step(act: Act, step: Step): Promise<void>;
  publishHome(installation: string, user: string, view: View): Promise<void>;
  /** For whoever typed something, where they typed it, and for nobody else. */
  answer(installation: string, typed: Typed, view: View): Promise<void>;
}

export interface Typed {
  readonly channel: string;
  readonly direct: boolean;
  readonly thread: string;
  readonly message: string;
  readonly user: string;
}

/** A trigger lives for three seconds and serves once. */
const OPENING = { patience: 0.5 * SECOND, timeout: 2.5 * SECOND } as const;

export function createShow(
  parts: Pick<SlackParts, 'log'>,
  api: SlackApi,
  responder: Responder,
  homeOf: (installation: string, user: string) => Promise<View | null>,
): Show {
  const { log } = parts;

  const put = async ({ installation, origin }: Act, view: View) => {
    const { responseUrl, channel, message } = origin;
    if (responseUrl !== null && (await responder.replace(responseUrl, view))) return;
    if (origin.ephemeral || channel === null || message === null) {
      log.debug({ installation, channel }, 'what came of an act has no place to be shown');
      return;
    }
    const args = { channel, ts: message, ...renderMessage(view) };
    const called = await api.call(installation, 'chat.update', args, { channel, idempotent: true });
    if (called.kind !== 'ok')
      log.warn({ installation, channel, outcome: called }, 'a message stays as it was');
  };
  const tell = async ({ installation, user, origin }: Act, view: View) => {
    const { responseUrl, channel, thread } = origin;
    if (responseUrl !== null && (await responder.tell(responseUrl, view, thread))) return;
    const inThread = thread === null ? {} : { thread_ts: thread };
    const args = { channel, user, ...inThread, ...renderMessage(view) };
    const told =
      channel === null ? null : await api.call(installation, 'chat.postEphemeral', args, { channel });
    if (told?.kind !== 'ok')
      log.debug(
        { installation, channel, outcome: told },
        'somebody could not be told what came of their act',
      );
  };
  const open = async (act: Act, view: View) => {
    const { installation, trigger, origin } = act;
    const modal = renderModal(view, { privateMetadata: writeOrigin({ ...origin, installation }) });
    const opened =
      trigger === null
        ? null
        : await api.call(installation, 'views.open', { trigger_id: trigger, view: modal }, OPENING);
    if (opened?.kind === 'ok') return;
    log.debug({ installation, outcome: opened }, 'a form could not be opened');
    // Not known is left alone: it may stand open before them.
    const form = formOf(view);
    if (form && !origin.home && opened?.kind !== 'unknown') await tell(act, buttonTo(view, form));
  };
  const publishHome: Show['publishHome'] = async (installation, user, view) => {
    const args = { user_id: user, view: renderHome(view) };
    const called = await api.call(installation, 'views.publish', args, { idempotent: true });
    if (called.kind !== 'ok') log.warn({ installation, outcome: called }, 'a home tab could not be shown');
  };

  const answer: Show['answer'] = async (installation, { channel, direct, thread, message, user }, view) => {
    const inThread = thread === message ? {} : { thread_ts: thread };
    const shown = { channel, ...inThread, ...renderMessage(view) };
    const called = direct
      ? await api.call(installation, 'chat.postMessage', shown, { channel })
      : await api.call(installation, 'chat.postEphemeral', { ...shown, user }, { channel });
    if (called.kind !== 'ok')
      log.debug(
        { installation, channel, outcome: called },
        'somebody could not be told what came of their words',
      );
  };

  return {
    publishHome,
    answer,

    async step(act, step) {
      switch (step.kind) {
        case 'replace':
          return await put(act, step.view);
        case 'tell':
          return await tell(act, step.view);
        case 'form':
          return await open(act, step.view);
        case 'home': {
          const view = await homeOf(act.installation, act.user);
          if (view) await publishHome(act.installation, act.user, view);
        }
      }
    },
  };
}

type Form = Extract<Block, { kind: 'inputs' }>;

function formOf(view: View): Form | undefined {
  return view.blocks.find((block): block is Form => block.kind === 'inputs');
}

/** The way to a form that did not open in time, in its own words: pressed, it opens. */
function buttonTo(view: View, { title, action }: Form): View {
  return {
    summary: view.summary,
    locale: view.locale,
    blocks: [
      { kind: 'text', text: [view.summary], tone: 'plain' },
      { kind: 'buttons', buttons: [{ label: title, action, style: 'primary' }] },
    ],
  };
}

function replace(view: View): Step {
  return { kind: 'replace', view };
}

function isSame(one: View, other: View): boolean {
  return one.summary === other.summary && JSON.stringify(one) === JSON.stringify(other);
}
