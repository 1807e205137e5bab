// Discord's error codes in the product's words: why nothing was done, whether another place may do, and what a person can put right.
import { type Duration, SECOND } from '../../src/domain/basics.ts';
import type { Refusal, SendOutcome, TroubleKind } from '../../src/ports/platform.ts';
import type { Called } from './parts.ts';

interface Meaning {
  readonly reason: Refusal;
  readonly says: string;
  readonly trouble?: TroubleKind;
  /** Where Discord does not say how long to wait. */
  readonly wait?: Duration;
}

const place = (says: string, trouble?: TroubleKind): Meaning => ({
  reason: 'no_reachable_channel',
  says,
  ...(trouble && { trouble }),
});
const person = (says: string): Meaning => ({ reason: 'person_gone', says });
const gone = (says: string): Meaning => ({ reason: 'workspace_uninstalled', says });
const often = (says: string, wait: Duration): Meaning => ({ reason: 'rate_limited', says, wait });
const later = (says: string): Meaning => ({ reason: 'unavailable', says });
const never = (says: string): Meaning => ({ reason: 'invalid', says });

const MEANINGS: ReadonlyMap<number, Meaning> = new Map([
  [50007, place('this person takes no direct messages')],
  [50278, place('this person shares no server with the bot, so that it may not write to them')],

  [10003, place('this channel is gone', 'channel_gone')],
  [50001, place('the bot may not see this channel', 'not_in_channel')],
  [50013, place('a permission is missing', 'missing_permission')],
  [50008, place('this is no place for messages', 'channel_gone')],
  [50024, place('this is no place for messages', 'channel_gone')],
  [50083, place('this conversation is archived')],
  [160005, place('this conversation is locked')],
  [160006, place('there are as many open threads as a server may have')],
  [160007, place('there are as many open threads as a server may have')],
  [30033, place('there are as many people in this thread as there may be')],
  [200000, place("the server's AutoMod does not let this through")],
  [200001, place("the server's AutoMod does not let this through")],

  [10007, person('this person is not in the server any more')],
  [10013, person('there is no such person')],
  [50033, person('this is nobody who can be written to')],

  [10004, gone('the bot is not in this server any more')],
  [50055, gone('the bot is not in this server any more')],

  [40003, often('direct messages were opened too fast', 60 * SECOND)],
  [20016, often('the channel is in slow mode', 30 * SECOND)],
  [20022, often('announcements were changed too often', 60 * SECOND)],
  [20028, often('too much was written in this channel', 30 * SECOND)],
  [20029, often('too much was written in this server', 30 * SECOND)],
  [30046, often('an old message was changed too often', 60 * SECOND)],
  [31002, often('too much was done here', 30 * SECOND)],
  [40062, often('this place is being called too often', 30 * SECOND)],

  [40333, later('something before Discord does not let this through')],
  [110001, later('Discord does not know the application at the moment')],
  [130000, later('Discord is overloaded')],
  [500000, later('Discord could not do it')],

  [10008, never('there is no such message')],
  [50005, never('this is not our message')],
  [50006, never('the message is empty')],
  [50035, never('Discord does not take this content')],
  [50109, never('Discord does not take this content')],
  [40005, never('the message is too large')],
  [50046, never('Discord does not take this file')],
]);

/** What a status says where its code says nothing. */
const BY_STATUS: ReadonlyMap<number, Meaning> = new Map([
  [0, later('Discord could not be reached')],
  [401, { reason: 'workspace_uninstalled', says: "the bot's token is not valid", trouble: 'token_void' }],
  [403, place('Discord does not allow this')],
  [404, place('there is no such place')],
  [413, never('the message is too large')],
  [429, often('too many calls', 5 * SECOND)],
]);

const UNNAMED = never('Discord refused it');

/** Where something was to be done. */
export interface About {
  readonly installation: string;
  /** The channel that a lead knows; null for a direct message, which nobody but its reader can open. */
  readonly channel: string | null;
  readonly thread: boolean;
}

/** What an answer that did not do it means. */
export function outcomeOfCall(
  called: Exclude<Called, { kind: 'ok' }>,
  about: About,
): Exclude<SendOutcome, { kind: 'sent' }> {
  if (called.kind === 'unknown') return called;
  const { status, code, detail, retryAfter } = called;
  const server = status >= 500 ? later('Discord could not do it') : undefined;
  const meaning =
    (status === 401 || status === 429 ? BY_STATUS.get(status) : MEANINGS.get(code)) ??
    server ??
    BY_STATUS.get(status) ??
    UNNAMED;
  const said = [code === 0 ? `HTTP ${status}` : String(code), detail].filter((one) => one !== '').join(', ');
  const wait = retryAfter ?? meaning.wait ?? null;
  return refusal(meaning.reason, `${meaning.says} (${said})`, wait, troubleOf(meaning.trouble, about));
}

type Told = { readonly kind: TroubleKind; readonly subject: string };

function troubleOf(kind: TroubleKind | undefined, { installation, channel, thread }: About): Told | null {
  switch (kind) {
    case undefined:
      return null;
    case 'token_void':
      return { kind, subject: installation };
    case 'missing_permission':
      return channel === null
        ? null
        : { kind, subject: thread ? 'Send Messages in Threads' : 'Send Messages' };
    case 'channel_gone':
      // A thread that was deleted is nothing that anybody has to see to.
      return channel === null || thread ? null : { kind, subject: channel };
    case 'not_in_channel':
      return channel === null ? null : { kind, subject: channel };
  }
}

export function refusal(
  reason: Refusal,
  detail: string,
  retryAfter: Duration | null = null,
  trouble: Told | null = null,
): Extract<SendOutcome, { kind: 'refused' }> {
  return { kind: 'refused', reason, retryAfter, detail, ...(trouble && { trouble }) };
}
