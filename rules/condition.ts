import { isIpHost } from './address.ts';
import { defaultPort, type Entry, printToken } from './entry.ts';
import type { Condition } from './rule.ts';

/** An entry's meaning as Chrome's engine takes it; `resourceTypes` is the caller's. */
export type Where = Omit<Condition, 'resourceTypes'>;

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** Credentials may stand before a host in an address; Chrome's patterns see them (CHROME-FACTS 5). */
const CREDENTIALS = '(?:[^/?#@]*@)?';

/** Everything that Chrome calls a web page. The whole address is matched, because `\0` carries it to the block page. */
export const ANY_PAGE = '^https?://.*';

/** True if the entry means a host and all below it, in any scheme, port and path: data in a shared rule. */
export const isPlainHost = (entry: Entry): boolean =>
  entry.below && !entry.scheme && !entry.port && !entry.path && entry.query.length === 0;

/** The pattern of an entry that is more than a plain host. Matches the whole address. */
export function patternOf(entry: Entry): string {
  const below = entry.below ? '(?:[^/?#@:]+\\.)?' : '';
  const dots = isIpHost(entry.host) ? '' : '\\.*';
  const host = `${CREDENTIALS}${below}${literal(entry.host)}${dots}`;
  const wanted = entry.scheme ? [entry.scheme] : (['http', 'https'] as const);
  const starts = wanted.map((scheme) => `${SPELLINGS[scheme]}://${host}${portPattern(entry, scheme)}`);
  return `^(?:${starts.join('|')})${pathPattern(entry)}`;
}

/** A WebSocket is judged as the page's own scheme is. */
const SPELLINGS = { http: '(?:http|ws)', https: '(?:https|wss)' } as const;

/** Chrome drops a scheme's default port from the address, so an entry's port may not be written there. */
function portPattern(entry: Entry, scheme: 'http' | 'https'): string {
  if (!entry.port) return '(?::\\d+)?';
  return entry.port === defaultPort[scheme] ? '' : `:${entry.port}`;
}

function pathPattern(entry: Entry): string {
  const path = entry.path ? literal(entry.path) : '/';
  if (entry.query.length === 0) return `${path}.*`;
  const orders = permutations(entry.query).map((tokens) => tokens.map(tokenPattern).join('(?:[^#]*&)?'));
  return `${path}[^?#]*\\?(?:[^#]*&)?(?:${orders.join('|')}).*`;
}

function tokenPattern(token: Entry['query'][number]): string {
  const text = literal(printToken({ ...token, prefix: false }));
  return token.prefix ? `${text}[^&#]*(?:&|#|$)` : `${text}(?:&|#|$)`;
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  );
}

/** One condition for all plain hosts, and one for each entry that says more. */
export function conditionsOf(entries: readonly Entry[]): Where[] {
  const hosts = [...new Set(entries.filter(isPlainHost).map((entry) => entry.host))].sort();
  const patterns = new Map<string, Where>();
  for (const entry of entries) {
    if (isPlainHost(entry)) continue;
    const regexFilter = patternOf(entry);
    patterns.set(regexFilter, { requestDomains: [entry.host], regexFilter, isUrlFilterCaseSensitive: true });
  }
  return [...(hosts.length > 0 ? [{ requestDomains: hosts }] : []), ...patterns.values()];
}

/** Exact hosts in few patterns: a pattern holds a handful, so that none outgrows what Chrome's engine takes. */
export function exactHostConditions(hosts: readonly string[]): Where[] {
  const sorted = [...new Set(hosts)].sort();
  const out: Where[] = [];
  for (let start = 0; start < sorted.length; start += HOSTS_A_PATTERN) {
    const some = sorted.slice(start, start + HOSTS_A_PATTERN);
    const names = some.map((host) => (isIpHost(host) ? literal(host) : `${literal(host)}\\.*`)).join('|');
    out.push({
      requestDomains: some,
      regexFilter: `^(?:http|ws)s?://${CREDENTIALS}(?:${names})(?::\\d+)?/.*`,
      isUrlFilterCaseSensitive: true,
    });
  }
  return out;
}
const HOSTS_A_PATTERN = 6;
