// Who may talk to the page: browsers on this very machine, from this very page. It lets its user act as both sides, so nothing else may.

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Whether a listening address is this machine alone. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
}

/** A page of another site, or a name that was made to point here (DNS rebinding), is refused; null: let it pass. */
export function refuse(request: Request): string | null {
  const { headers, method } = request;
  const host = headers.get('host') ?? '';
  if (!LOOPBACK.test(host)) return 'this page answers on the loopback address only';
  if (method === 'GET' || method === 'HEAD') {
    // Following a link to here is fine; being a picture or a frame of another site's page is not.
    const site = headers.get('sec-fetch-site');
    const foreign = site === 'cross-site' || site === 'same-site';
    return foreign && headers.get('sec-fetch-dest') !== 'document' ? FROM_ANOTHER : null;
  }
  const origin = headers.get('origin');
  if (origin !== null && origin !== `http://${host}`) return FROM_ANOTHER;
  if (!/^application\/json\s*(?:;|$)/i.test(headers.get('content-type') ?? '')) return 'send JSON';
  return null;
}

const FROM_ANOTHER = 'this request came from another page';
