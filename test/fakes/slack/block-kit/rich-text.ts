// Rich text: sections, lists, quotes and preformatted text, made of typed pieces.
import { boolean, type Check, integer, kinds, list, oneOf, shape, string } from './check.ts';
import { url } from './composition.ts';

const style = shape({
  bold: boolean,
  italic: boolean,
  strike: boolean,
  code: boolean,
  underline: boolean,
  highlight: boolean,
  client_highlight: boolean,
  unlink: boolean,
});

const TEXT = shape({ 'text!': string(12_000), style });
const LINK = shape({ 'url!': url, text: string(3000, 0), unsafe: boolean, style });

const PIECES: Readonly<Record<string, Check>> = {
  text: TEXT,
  link: LINK,
  user: shape({ 'user_id!': string(50), style }),
  usergroup: shape({ 'usergroup_id!': string(50), style }),
  channel: shape({ 'channel_id!': string(50), style }),
  team: shape({ 'team_id!': string(50), style }),
  broadcast: shape({ 'range!': oneOf('here', 'channel', 'everyone'), style }),
  emoji: shape({ 'name!': string(100), unicode: string(100), url, style }),
  color: shape({ 'value!': string(20), style }),
  date: shape({ 'timestamp!': integer(0, 1e11), 'format!': string(200), url, fallback: string(200), style }),
};

const border = oneOf(0, 1);
const section = shape({ 'elements!': list(kinds(PIECES), 1000, 0) });

export const richText: Check = shape({
  type: oneOf('rich_text'),
  block_id: string(255),
  'elements!': list(
    kinds({
      rich_text_section: section,
      rich_text_quote: shape({ 'elements!': list(kinds(PIECES), 1000, 0), border }),
      rich_text_preformatted: shape({
        'elements!': list(kinds({ text: TEXT, link: LINK }), 1000, 0),
        border,
        language: string(50),
      }),
      rich_text_list: shape({
        'elements!': list(kinds({ rich_text_section: section }), 1000),
        'style!': oneOf('bullet', 'ordered'),
        indent: integer(0, 8),
        offset: integer(0, 10_000),
        border,
      }),
    }),
    100,
  ),
});
