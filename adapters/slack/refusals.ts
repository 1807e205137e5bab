// Slack's error codes in the product's words: why nothing was done, whether another place may do, and what a person can put right.
import type { Duration } from '../../src/domain/basics.ts';
import type { Refusal, SendOutcome, TroubleKind } from '../../src/ports/platform.ts';
import type { Called } from './parts.ts';

interface Meaning {
  readonly reason: Refusal;
  readonly says: string;
  readonly trouble?: TroubleKind;
}

const place = (says: string, trouble?: TroubleKind): Meaning => ({
  reason: 'no_reachable_channel',
  says,
  ...(trouble && { trouble }),
});
const person = (says: string): Meaning => ({ reason: 'person_gone', says });
const noToken = (says: string): Meaning => ({ reason: 'workspace_uninstalled', says, trouble: 'token_void' });
const later = (says: string): Meaning => ({ reason: 'unavailable', says });
const never = (says: string): Meaning => ({ reason: 'invalid', says });

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries({
    not_in_channel: place('the bot is not in this channel', 'not_in_channel'),
    channel_not_found: place('this channel is gone, or private and without the bot', 'channel_gone'),
    is_archived: place('this channel is archived', 'channel_gone'),
    is_inactive: place('this channel is no longer in use', 'channel_gone'),
    missing_scope: place('a permission is missing', 'missing_permission'),
    no_permission: place('the bot may not write here'),
    restricted_action: place('a setting of the workspace keeps the bot from writing here', 'channel_gone'),
    restricted_action_read_only_channel: place('only some people may write in this channel', 'channel_gone'),
    restricted_action_thread_only_channel: place('only answers are allowed in this channel'),
    restricted_action_non_threadable_channel: place('no answers are allowed in this channel'),
    restricted_action_thread_locked: place('this conversation is locked'),
    cannot_reply_to_message: place('this message cannot be answered'),
    thread_not_found: place('this conversation is gone'),
    invalid_thread_ts: place('there is no such conversation'),
    ekm_access_denied: place('administrators have stopped messages here'),
    access_denied: place('administrators have closed this place'),
    team_access_not_granted: place('the organisation did not let the app into this workspace'),
    enterprise_is_restricted: place('the organisation does not allow this'),
    accesslimited: place('this network does not allow it'),
    messages_tab_disabled: place("the app's messages are turned off"),
    user_not_visible: place('the bot may not see this person'),
    method_not_supported_for_channel_type: place('this is no place for messages'),
    cant_invite: place('this person cannot be written to'),
    slack_connect_canvas_sharing_blocked: place('the other organisation does not allow this'),
    external_channel_migrating: later('the channel is being moved'),

    user_not_found: person('there is no such person'),
    users_not_found: person('there is no such person'),
    user_disabled: person('this person was deactivated'),
    cannot_dm_bot: person('this is a bot'),
    invalid_users: person('there is no such person'),

    token_expired: noToken('the token has expired and could not be renewed'),
    token_revoked: noToken('the token was revoked'),
    account_inactive: noToken('the app was removed'),
    invalid_auth: noToken('the token is not valid'),
    not_authed: noToken('there is no token'),

    ratelimited: { reason: 'rate_limited', says: 'too many calls' },
    unreachable: later('Slack could not be reached'),
    store_away: later('our own store could not be reached'),
    team_added_to_org: later('the workspace is being moved into an organisation'),
    org_login_required: later('the workspace is being moved into an organisation'),
    request_timeout: later('the request arrived incomplete'),

    message_not_found: never('there is no such message'),
    cant_update_message: never('this is not our message'),
    edit_window_closed: never('this message can no longer be changed'),
    msg_too_long: never('the message is too long'),
    msg_blocks_too_long: never('the message is too long'),
    no_text: never('the message is empty'),
    invalid_blocks: never('Slack does not take this content'),
    invalid_blocks_format: never('Slack does not take this content'),
    not_allowed_token_type: never('this kind of token is not for this'),
  }),
);

/** What an answer that did not do it means. `at`: the channel it was about; null for a direct message, which nobody but its reader can open. */
export function outcomeOfCall(
  called: Exclude<Called, { kind: 'ok' }>,
  installation: string,
  at: string | null,
): Exclude<SendOutcome, { kind: 'sent' }> {
  if (called.kind === 'unknown') return called;
  const { error, detail, retryAfter } = called;
  // Something between us and Slack said no, for which somebody will find the reason.
  const meaning =
    MEANINGS.get(error) ?? (error.startsWith('http_') ? later('it did not get to Slack') : UNNAMED);
  const said = detail === error || detail === '' ? error : `${error}, ${detail}`;
  const trouble = troubleOf(meaning.trouble, { installation, at, detail });
  return refusal(meaning.reason, `${meaning.says} (${said})`, retryAfter, trouble);
}

const UNNAMED = never('Slack refused it');

function troubleOf(
  kind: TroubleKind | undefined,
  about: { readonly installation: string; readonly at: string | null; readonly detail: string },
): { readonly kind: TroubleKind; readonly subject: string } | null {
  switch (kind) {
    case undefined:
      return null;
    case 'missing_permission':
      return { kind, subject: about.detail };
    case 'token_void':
      return { kind, subject: about.installation };
    default:
      return about.at === null ? null : { kind, subject: about.at };
  }
}

export function refusal(
  reason: Refusal,
  detail: string,
  retryAfter: Duration | null = null,
  trouble: { readonly kind: TroubleKind; readonly subject: string } | null = null,
): Extract<SendOutcome, { kind: 'refused' }> {
  return { kind: 'refused', reason, retryAfter, detail, ...(trouble && { trouble }) };
}
