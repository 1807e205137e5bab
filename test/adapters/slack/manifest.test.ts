// The manifest asks for exactly what the program uses, and says why.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SHORTCUT } from '../../../adapters/slack/inbound/shortcut.ts';
import { BOT_SCOPES } from '../../../adapters/slack/scopes.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const manifest = read('deploy/slack/manifest.yaml');

/** The items of a list, with what is said about each. */
function listOf(name: string): readonly { readonly item: string; readonly reason: string }[] {
  const lines = manifest.split('\n');
  const from = lines.findIndex((line) => line.trim() === `${name}:`);
  const items: { item: string; reason: string }[] = [];
  for (const line of lines.slice(from + 1)) {
    const found = /^\s+- (\S+)(?:\s+# (.*))?$/.exec(line);
    if (!found) break;
    items.push({ item: found[1]!, reason: found[2] ?? '' });
  }
  return items;
}

const valuesOf = (name: string) =>
  [...manifest.matchAll(new RegExp(`^\\s*(?:- )?${name}:\\s*(\\S.*?)\\s*$`, 'gm'))].map((found) => found[1]);

describe('given the manifest', () => {
  it('then its scopes are those that an installation by OAuth asks for, each with its reason', () => {
    const scopes = listOf('bot');
    expect(scopes.map(({ item }) => item)).toEqual(BOT_SCOPES);
    for (const { item, reason } of scopes) expect(reason, item).not.toBe('');
  });

  it('then its events are those that are listened to', () => {
    const source = read('adapters/slack/receive/events.ts');
    const heard = new Set([...source.matchAll(/^\s+case '([a-z_]+)'/gm)].map((found) => found[1]!));
    const subscribed = listOf('bot_events').map(({ item }) => item);
    expect(new Set(subscribed.map((event) => event.split('.')[0]))).toEqual(heard);
    expect(subscribed.filter((event) => event.startsWith('message.'))).toEqual([
      'message.channels',
      'message.groups',
      'message.im',
    ]);
  });

  it('then its command and its shortcut are those that are answered', () => {
    expect(valuesOf('command')).toEqual(['/nps']);
    expect(valuesOf('should_escape')).toEqual(['true']);
    expect(valuesOf('callback_id')).toEqual([SHORTCUT]);
    expect(valuesOf('home_tab_enabled')).toEqual(['true']);
    expect(valuesOf('messages_tab_read_only_enabled')).toEqual(['false']);
  });

  it('then everything goes to the one address, and installing comes back to where it is expected', () => {
    const addresses = [...valuesOf('url'), ...valuesOf('request_url')];
    expect(new Set(addresses)).toEqual(new Set(['https://afterword.example.com/slack/events']));
    expect(addresses).toHaveLength(3);
    expect(listOf('redirect_urls').map(({ item }) => item)).toEqual([
      'https://afterword.example.com/slack/oauth_redirect',
    ]);
  });
});
