import type { Hosts } from './hosts.ts';

/** A web address in canonical form: what entries are held against (DESIGN §2). */
export type Address = {
  /** Without credentials and fragment, host in punycode without trailing dots. */
  href: string;
  scheme: 'http' | 'https';
  host: string;
  /** Empty for the scheme's default port. */
  port: string;
  path: string;
  /** Without the question mark. */
  query: string;
  isIp: boolean;
};

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/** True for an IPv4 or IPv6 host in the spelling that `URL` gives every spelling (FIELD E20). */
export const isIpHost = (host: string): boolean => host.startsWith('[') || IPV4.test(host);

/**
 * Reads an address as Chrome would, or gives `null` for what is not a web page's address (`data:`, `chrome:`, text).
 * WebSocket addresses are read as their http counterpart: the same entries are meant for both.
 */
export function parseAddress(text: string): Address | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  const scheme = { 'http:': 'http', 'https:': 'https', 'ws:': 'http', 'wss:': 'https' }[url.protocol];
  if (scheme !== 'http' && scheme !== 'https') return null;
  const host = url.hostname.replace(/\.+$/, '');
  if (!host) return null;
  const port = url.port;
  return {
    href: `${scheme}://${host}${port && `:${port}`}${url.pathname}${url.search}`,
    scheme,
    host,
    port,
    path: url.pathname,
    query: url.search.slice(1),
    isIp: isIpHost(host),
  };
}

/** True if `host` is `domain` or lies below it, on a label boundary. */
export const isWithin = (host: string, domain: string): boolean =>
  host.length > domain.length
    ? host[host.length - domain.length - 1] === '.' && host.endsWith(domain)
    : host === domain;

/** A host and every domain that it lies below, the host first. The last answer is kept: one host is asked of many lists. */
export function hostAndParents(host: string): readonly string[] {
  if (lastWalk.host === host) return lastWalk.domains;
  const domains = [host];
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1))
    domains.push(host.slice(dot + 1));
  lastWalk = { host, domains };
  return domains;
}
let lastWalk: { host: string; domains: readonly string[] } = { host: '', domains: [''] };

/** True if `host`, or a domain that it lies below, is in the set. Costs one look-up a label. */
export function isListed(hosts: Pick<Hosts, 'has' | 'covers'>, host: string): boolean {
  if (hosts.covers) return hosts.covers(host);
  for (const domain of hostAndParents(host)) if (hosts.has(domain)) return true;
  return false;
}

/** An address as a report or request may carry it: whole, but without credentials. Text that is no address stays out. */
export function withoutCredentials(text: string): string | null {
  try {
    const url = new URL(text);
    url.username = '';
    url.password = '';
    return url.href;
  } catch {
    return null;
  }
}
