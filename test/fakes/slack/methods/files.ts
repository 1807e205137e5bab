// Uploading: an address to upload to, the upload itself elsewhere, and its completion, which may share it.
import { checkedMessageBlocks } from '../block-kit/content.ts';
import { malformed, SlackError } from '../errors.ts';
import { addMessage, asBot } from '../messages.ts';
import { wireFile } from '../wire.ts';
import { botOf, type Context, installationOf, type Method, method, seenBy } from './method.ts';

const BIGGEST = 1_000_000_000;

interface Completing {
  readonly id: string;
  readonly title?: string;
}

function completing(context: Context): Completing[] {
  const value = context.args.value('files');
  const isFile = (each: unknown): each is Completing =>
    typeof each === 'object' && each !== null && typeof (each as Completing).id === 'string';
  if (!Array.isArray(value) || value.length === 0 || !value.every(isFile))
    throw malformed('invalid_arguments', ['[ERROR] must be a list of files [json-pointer:/files]']);
  return value;
}

export const files: readonly Method[] = [
  method('files.getUploadURLExternal', 4, ['files:write'], (context) => {
    const { slack, args } = context;
    const name = args.need('filename');
    const length = args.integer('length', -1);
    if (length <= 0)
      throw malformed('invalid_arguments', ['[ERROR] must be greater than 0 [json-pointer:/length]']);
    if (length > BIGGEST) throw new SlackError('file_upload_size_restricted');
    const { teamId } = installationOf(context);
    const id = slack.ids.next('F');
    const ticket = slack.ids.secret(24);
    slack.world.files.set(id, {
      id,
      teamId: teamId ?? context.teamId ?? '',
      name,
      length,
      ticket,
      altText: args.string('alt_txt') ?? args.string('alt_text') ?? '',
      bytes: null,
      title: name,
      completedAt: null,
      channels: [],
      user: botOf(context).id,
    });
    return { upload_url: `${slack.origin}/upload/v1/${ticket}`, file_id: id };
  }),
  method(
    'files.completeUploadExternal',
    4,
    ['files:write'],
    (context) => {
      const { slack, args } = context;
      const { world } = slack;
      const wanted = completing(context);
      const records = wanted.map((each) => {
        const file = world.files.get(each.id);
        if (!file || file.bytes === null) throw new SlackError('file_not_found');
        if (file.completedAt !== null) throw new SlackError('file_already_completed');
        return file;
      });
      const id = args.string('channel_id');
      const channel = id ? world.visibleChannel(id, seenBy(context)) : null;
      if (channel?.archived) throw new SlackError('is_archived');
      if (channel && !channel.members.has(botOf(context).id)) throw new SlackError('not_in_channel');
      const blocks = checkedMessageBlocks(
        args.value('blocks', 'invalid_blocks_format'),
        () => true,
        slack.ids,
      );
      for (const [index, file] of records.entries()) {
        file.completedAt = slack.clock.now();
        file.title = wanted[index]?.title ?? file.title;
        if (channel) file.channels.push(channel.id);
      }
      const thread = args.string('thread_ts');
      if (channel)
        addMessage(slack, channel, {
          ...asBot(slack, botOf(context), channel.teamId),
          subtype: 'file_share',
          text: args.string('initial_comment') ?? '',
          files: records.map((file) => wireFile(slack, file)),
          ...(blocks ? { blocks } : {}),
          ...(thread ? { thread_ts: thread } : {}),
        });
      return { files: records.map((file) => wireFile(slack, file)) };
    },
    { json: true },
  ),
  method('files.info', 4, ['files:read'], (context) => {
    const file = context.slack.world.files.get(context.args.need('file'));
    if (!file || file.completedAt === null) throw new SlackError('file_not_found');
    return { file: wireFile(context.slack, file), comments: [] };
  }),
];
