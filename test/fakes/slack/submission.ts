// What an acknowledgement may say: to a submitted modal a response action, to a command a message.
import type { Ack } from './delivery.ts';
import { malformed, SlackError } from './errors.ts';
import { contentOf } from './methods/views.ts';
import type { Slack } from './slack.ts';
import type { Channel, Json, User, View } from './types.ts';

const TROUBLE = 'We had some trouble connecting. Try again?';

function showErrors(view: View, errors: unknown): void {
  if (typeof errors !== 'object' || errors === null || Object.keys(errors).length === 0)
    throw malformed('invalid_ack_body', ['[ERROR] missing required field: errors']);
  const inputs = new Set(view.blocks.filter((each) => each.type === 'input').map((each) => each.block_id));
  for (const [block, text] of Object.entries(errors)) {
    if (!inputs.has(block)) throw malformed('invalid_ack_body', [`[ERROR] no input block ${block}`]);
    if (typeof text !== 'string' || text === '')
      throw malformed('invalid_ack_body', [`[ERROR] empty error of ${block}`]);
  }
  view.errors = { ...(errors as Record<string, string>) };
}

function respond(slack: Slack, view: View, body: Json): void {
  const action = body['response_action'];
  if (action === 'clear') slack.views.close(view, true);
  else if (action === 'errors') showErrors(view, body['errors']);
  else if (action === 'update') slack.views.update(view, contentOf({ slack }, body['view'], 'modal'), null);
  else if (action === 'push')
    slack.views.push(view.teamId, view.userId, contentOf({ slack }, body['view'], 'modal'));
  else throw malformed('invalid_response_action', [`[ERROR] ${String(action)}`]);
}

/** Does what the acknowledgement says; the line that the person sees when it says nonsense. */
export function answerSubmission(slack: Slack, view: View, ack: Ack): string | null {
  try {
    if (ack.text === '') slack.views.close(view, false);
    else if (ack.json === null) throw malformed('invalid_ack_body', ['[ERROR] neither empty nor JSON']);
    else respond(slack, view, ack.json);
    return null;
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    slack.violated('view_submission', error);
    return TROUBLE;
  }
}

export function answerCommand(slack: Slack, channel: Channel, user: User, ack: Ack): string | null {
  if (ack.text === '') return null;
  const hook = { teamId: channel.teamId, channelId: channel.id, userId: user.id, message: null };
  try {
    slack.hooks.respond(hook, ack.json ?? { text: ack.text });
    return null;
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    slack.violated('command', error);
    return 'the app answered something that Slack cannot show';
  }
}
