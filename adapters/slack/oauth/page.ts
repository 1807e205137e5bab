// A page around installing, as plain HTML: no script, nothing from elsewhere, and not a word of what the request held.
import { createHash } from 'node:crypto';
import type { OAuthTexts, PageName } from './page-texts.ts';

const STYLE =
  'body{font:1.1rem/1.6 system-ui,sans-serif;margin:4rem auto;max-width:34rem;padding:0 1.5rem;color:#1d1c1d;background:#fff}h1{font-size:1.5rem}a{color:#1264a3}@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}a{color:#70b7ee}}';

const STATUS: Readonly<Record<PageName, number>> = {
  installed: 200,
  declined: 200,
  stale: 400,
  failed: 502,
  away: 503,
  missing: 404,
};

export const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** `links` are addresses that we made ourselves. */
export function page(
  name: PageName,
  texts: OAuthTexts,
  links: readonly { readonly url: string; readonly text: string }[],
  cookie: string | null = null,
): Response {
  const { title, body } = texts.pages[name];
  const shown = links
    .map(({ url, text }) => `<p><a href="${escaped(url)}">${escaped(text)}</a></p>`)
    .join('');
  const html = `<!doctype html><html lang="${texts.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><main><h1>${escaped(title)}</h1><p>${escaped(body)}</p>${shown}</main></body></html>`;
  const headers = {
    ...HEADERS,
    'content-type': 'text/html; charset=utf-8',
    ...(cookie !== null && { 'set-cookie': cookie }),
  };
  return new Response(html, { status: STATUS[name], headers });
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': 'amp',
    '<': 'lt',
    '>': 'gt',
    '"': 'quot',
    "'": '#39',
  };
  return text.replace(/[&<>"']/g, (character) => `&${names[character]};`);
}
