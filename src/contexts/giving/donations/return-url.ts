const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether the provider may send a donor to `url`: pages of this application only, so that a checkout cannot be
 * made into a trap; on a developer's machine any port of it.
 */
export function isReturnUrl(url: string, { appOrigin, production }: { appOrigin: string; production: boolean }): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, origin, hostname, username, password } = new URL(url);
  if (!['http:', 'https:'].includes(protocol) || username || password) return false;
  return origin === new URL(appOrigin).origin || (!production && protocol === 'http:' && LOOPBACK.has(hostname));
}
