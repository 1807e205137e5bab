// Text objects, options, confirmation dialogs, images: the parts that blocks and elements share.
import { boolean, type Check, integer, isObject, list, oneOf, shape, string, wrong } from './check.ts';

export function plain(most: number, least = 1): Check {
  return shape({ 'type!': oneOf('plain_text'), 'text!': string(most, least), emoji: boolean });
}

export function anyText(most: number): Check {
  const mrkdwn = shape({ 'type!': oneOf('mrkdwn'), 'text!': string(most), verbatim: boolean });
  return (value, at) => {
    if (isObject(value) && value['type'] === 'mrkdwn') return mrkdwn(value, at);
    if (isObject(value) && value['type'] === 'plain_text') return plain(most)(value, at);
    wrong(at, isObject(value) ? `unsupported type: ${String(value['type'])}` : 'must be a text object');
  };
}

export const url: Check = (value, at) => {
  string(3000)(value, at);
  if (typeof value === 'string' && !/^[a-z][a-z0-9+.-]*:/i.test(value)) wrong(at, 'invalid url');
};

/** Slack fetches it: an address of one's own machine or of no web server cannot be. */
const imageUrl: Check = (value, at) => {
  string(3000)(value, at);
  if (typeof value !== 'string') return;
  if (!/^https?:\/\//i.test(value)) wrong(at, 'invalid url');
  else if (/^https?:\/\/(localhost|127\.|10\.|192\.168\.|\[::1\])/i.test(value))
    wrong(at, 'downloading image failed');
};

const slackFile: Check = (value, at) => {
  shape({ id: string(100), url: string(3000) })(value, at);
  if (!isObject(value)) return;
  const { id, url: address } = value;
  if ((id === undefined) === (address === undefined)) return wrong(at, 'must have either id or url');
  const ref = typeof id === 'string' ? { id } : { url: String(address) };
  if (!at.fileShown(ref)) wrong(at, 'invalid slack file');
};

const IMAGE_FIELDS = {
  'type!': oneOf('image'),
  'alt_text!': string(2000),
  image_url: imageUrl,
  slack_file: slackFile,
};

function oneSource(value: Record<string, unknown>, at: Parameters<Check>[1]): void {
  if ((value['image_url'] === undefined) === (value['slack_file'] === undefined))
    wrong(at, 'must have either image_url or slack_file');
}

export const imageElement = shape(IMAGE_FIELDS, oneSource);
export const imageBlock = shape({ ...IMAGE_FIELDS, title: plain(2000), block_id: string(255) }, oneSource);

export const confirm = shape({
  title: plain(100),
  'text!': anyText(300),
  confirm: plain(30),
  deny: plain(30),
  style: oneOf('primary', 'danger'),
});

export function option(text: Check, withUrl = false): Check {
  return shape({
    'text!': text,
    'value!': string(150),
    description: anyText(75),
    ...(withUrl ? { url } : {}),
  });
}

export function optionGroup(item: Check): Check {
  return shape({ 'label!': plain(75), 'options!': list(item, 100) });
}

export const conversationFilter = shape({
  include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
  exclude_external_shared_channels: boolean,
  exclude_bot_users: boolean,
});

export const dispatchConfig = shape({
  trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2),
});

export const lines = integer(1, 100);
