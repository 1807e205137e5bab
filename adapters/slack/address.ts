// Whether an address that came out of a payload or an answer is Slack's own, or that of the server that stands for it: no other is ever called.

/** `own`: whether a host of Slack's, reached over TLS, is one of those that addresses like this are on. */
export function isSlacks(url: URL, apiUrl: string, own: (host: string) => boolean): boolean {
  if (url.username !== '' || url.password !== '') return false;
  const api = new URL(apiUrl);
  // A server that stands for Slack may listen on other ports too, and on its own machine it goes by several names.
  if (url.hostname === api.hostname || (isLoopback(url) && isLoopback(api)))
    return url.protocol === 'https:' || url.protocol === api.protocol;
  return url.protocol === 'https:' && own(url.host);
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}
