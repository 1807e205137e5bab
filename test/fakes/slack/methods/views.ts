// views.open, push, update and publish.
import { checkedView } from '../block-kit/content.ts';
import { malformed, SlackError } from '../errors.ts';
import type { Json } from '../types.ts';
import { wireView } from '../wire.ts';
import { type Context, installationOf, type Method, method } from './method.ts';

export function contentOf(context: Pick<Context, 'slack'>, value: unknown, type: 'modal' | 'home'): Json {
  const { world, options, ids } = context.slack;
  return checkedView(value, type, (ref) => world.fileShown(ref, options.fileProcessing), ids);
}

function viewArgument(context: Context, type: 'modal' | 'home'): Json {
  const value = context.args.value('view');
  if (value === undefined) throw malformed('invalid_arguments', ['[ERROR] missing required field: view']);
  return contentOf(context, value, type);
}

function byTrigger(context: Context, how: 'open' | 'push'): Json {
  const { slack, args } = context;
  const content = viewArgument(context, 'modal');
  const { teamId, userId } = slack.triggers.use(args.need('trigger_id'));
  const installation = installationOf(context);
  if (slack.installationFor(teamId)?.id !== installation.id) throw new SlackError('invalid_trigger_id');
  return { view: wireView(slack, slack.views[how](teamId, userId, content)) };
}

export const views: readonly Method[] = [
  method('views.open', 4, [], (context) => byTrigger(context, 'open'), { json: true }),
  method('views.push', 4, [], (context) => byTrigger(context, 'push'), { json: true }),
  method(
    'views.update',
    4,
    [],
    (context) => {
      const { slack, args } = context;
      const id = args.string('view_id');
      const external = args.string('external_id');
      if (!id && !external)
        throw malformed('invalid_arguments', ['[ERROR] missing required field: view_id or external_id']);
      const view = slack.views.find(id, external);
      slack.views.update(view, viewArgument(context, view.type), args.string('hash'));
      return { view: wireView(slack, view) };
    },
    { json: true },
  ),
  method(
    'views.publish',
    4,
    [],
    (context) => {
      const { slack, args } = context;
      const content = viewArgument(context, 'home');
      const user = slack.world.users.get(args.need('user_id'));
      if (!user) throw new SlackError('user_not_found');
      const { teamId } = installationOf(context);
      const view = slack.views.publish(teamId ?? user.teamId, user.id, content, args.string('hash'));
      return { view: wireView(slack, view) };
    },
    { json: true },
  ),
];
