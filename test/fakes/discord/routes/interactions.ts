// The answer to an interaction, and what its token is good for afterwards.
import { Flag } from '../check/message.ts';
import type { Discord } from '../discord.ts';
import { refusal } from '../errors.ts';
import { Answered, type Interaction } from '../interaction.ts';
import { changeMessage, removeMessage } from '../messages.ts';
import { checkedContent, refuseEmpty } from '../sending.ts';
import { messageShape } from '../shapes.ts';
import type { Json, Message } from '../types.ts';
import { nothing, ok, type Request, route } from './route.ts';

const CALLBACK = '/interactions/{interaction_id}/{interaction_token}/callback';
const HOOK = '/webhooks/{webhook_id}/{webhook_token}';

function callback(request: Request) {
  const { discord, params, query } = request;
  const interaction = discord.interactions.find(params['interaction_id'], params['interaction_token']);
  discord.interactions.answer(interaction, request.body, request.files, `POST ${CALLBACK}`);
  if (query.get('with_response') !== 'true') return nothing;
  const { original } = interaction;
  const shown = interaction.answered === Answered.message || interaction.answered === Answered.update;
  return ok({
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(original ? { response_message_id: original.id } : {}),
      response_message_loading: interaction.loading !== null,
      response_message_ephemeral: original?.ephemeralTo !== null || interaction.loading?.ephemeral === true,
    },
    ...(shown && original
      ? { resource: { type: interaction.answered, message: messageShape(discord, original) } }
      : {}),
  });
}

function hookOf({ discord, params }: Request): Interaction {
  if (params['webhook_id'] !== discord.applicationId) throw refusal(10015);
  return discord.interactions.byToken(params['webhook_token']);
}

/** What fills the "thinking" is the answer itself, seen by those who saw the thinking. */
function fill(discord: Discord, interaction: Interaction, request: Request, where: string): Message {
  const change = checkedContent(discord, where, request.body, request.files, 'webhook');
  refuseEmpty(change);
  const message = discord.interactions.post(interaction, change, interaction.loading?.ephemeral === true);
  interaction.loading = null;
  interaction.original = message;
  return message;
}

function follow(request: Request) {
  const { discord } = request;
  const where = `POST ${HOOK}`;
  const interaction = hookOf(request);
  discord.interactions.refuseLocked(interaction);
  if (interaction.loading) return ok(messageShape(discord, fill(discord, interaction, request, where)));
  const change = checkedContent(discord, where, request.body, request.files, 'webhook');
  refuseEmpty(change);
  const message = discord.interactions.post(
    interaction,
    change,
    ((change.flags ?? 0) & Flag.ephemeral) !== 0,
  );
  interaction.followups.push(message);
  return ok(messageShape(discord, message));
}

function messageOf(interaction: Interaction, id: string | undefined): Message {
  const mine = [...(interaction.original ? [interaction.original] : []), ...interaction.followups];
  const message = id === undefined ? interaction.original : mine.find((each) => each.id === id);
  if (!message || message.deleted) throw refusal(10008);
  return message;
}

function edit(request: Request) {
  const { discord, params } = request;
  const id = params['message_id'];
  const where = `PATCH ${HOOK}/messages/${id === undefined ? '@original' : '{message_id}'}`;
  const interaction = hookOf(request);
  discord.interactions.refuseLocked(interaction);
  if (id === undefined && interaction.loading)
    return ok(messageShape(discord, fill(discord, interaction, request, where)));
  const message = messageOf(interaction, id);
  const change = checkedContent(discord, where, request.body as Json, request.files, 'webhook', message);
  refuseEmpty(change, message);
  changeMessage(discord, message, change);
  return ok(messageShape(discord, message));
}

function remove(request: Request) {
  const { discord, params } = request;
  const interaction = hookOf(request);
  if (params['message_id'] === undefined && interaction.loading) interaction.loading = null;
  else removeMessage(discord, messageOf(interaction, params['message_id']));
  return nothing;
}

const get = (request: Request) =>
  ok(messageShape(request.discord, messageOf(hookOf(request), request.params['message_id'])));

export const INTERACTIONS = [
  route('POST', CALLBACK, callback, 'token'),
  route('POST', HOOK, follow, 'token'),
  ...['@original', '{message_id}'].flatMap((which) => [
    route('GET', `${HOOK}/messages/${which}`, get, 'token'),
    route('PATCH', `${HOOK}/messages/${which}`, edit, 'token'),
    route('DELETE', `${HOOK}/messages/${which}`, remove, 'token'),
  ]),
];
