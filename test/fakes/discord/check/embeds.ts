// Embeds: each within its limits, and all of a message together within 6,000 characters.
import { type Field, lengthOf } from './form.ts';

const MOST = 6000;
const LINKS = ['http', 'https'];
const PICTURES = ['http', 'https', 'attachment'];
const KNOWN = [
  'title',
  'type',
  'description',
  'url',
  'timestamp',
  'color',
  'footer',
  'image',
  'thumbnail',
  'video',
  'provider',
  'author',
  'fields',
];

function picture(field: Field, files: readonly string[], optional = true): void {
  if (!field.object(null, optional)) return;
  const url = field.key('url').url(PICTURES);
  field.key('description').string({ max: 4096, optional: true });
  const name = url?.startsWith('attachment://') ? url.slice('attachment://'.length) : null;
  if (name !== null && !files.includes(name))
    field.key('url').wrong('UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', 'No such attachment.');
}

function checkEmbed(embed: Field, files: readonly string[]): number {
  if (!embed.object(KNOWN)) return 0;
  const texts = [
    embed.key('title').string({ max: 256, optional: true }),
    embed.key('description').string({ max: 4096, optional: true }),
  ];
  embed.key('url').url(LINKS, 2048, true);
  embed.key('color').integer({ min: 0, max: 0xffffff, optional: true });
  const timestamp = embed.key('timestamp').string({ optional: true });
  if (timestamp !== null && Number.isNaN(Date.parse(timestamp)))
    embed.key('timestamp').wrong('DATE_TIME_TYPE_PARSE', `Could not parse ${timestamp}. Should be ISO8601.`);
  const footer = embed.key('footer');
  if (footer.object(['text', 'icon_url', 'proxy_icon_url'], true))
    texts.push(footer.key('text').string({ max: 2048 }));
  const author = embed.key('author');
  if (author.object(['name', 'url', 'icon_url', 'proxy_icon_url'], true)) {
    texts.push(author.key('name').string({ max: 256 }));
    author.key('url').url(LINKS, 2048, true);
  }
  for (const field of embed.key('fields').list({ max: 25, optional: true })) {
    if (!field.object(['name', 'value', 'inline'])) continue;
    texts.push(field.key('name').string({ max: 256 }), field.key('value').string({ max: 1024 }));
    field.key('inline').boolean();
  }
  picture(embed.key('image'), files);
  picture(embed.key('thumbnail'), files);
  const sum = texts.reduce((all, each) => all + lengthOf(each ?? ''), 0);
  if (sum === 0 && embed.key('image').absent && embed.key('thumbnail').absent)
    embed.key('description').required();
  return sum;
}

export function checkEmbeds(embeds: Field, files: readonly string[]): void {
  let sum = 0;
  for (const each of embeds.list({ max: 10, optional: true })) sum += checkEmbed(each, files);
  if (sum > MOST) embeds.wrong('MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${MOST}`);
}
