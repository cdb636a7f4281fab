import { isIpHost } from './address.ts';
import { defaultPort, type Entry, foldedPath, printToken } from './entry.ts';
import type { Condition } from './rule.ts';

/** An entry's meaning as Chrome's engine takes it; `resourceTypes` is the caller's. */
export type Where = Omit<Condition, 'resourceTypes'>;

export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/**
 * Chrome gives a compiled pattern 2 kB, and `.` or `[^/]` cost many times what a letter does, because they stand for all
 * of Unicode. An address as Chrome spells it is printable ASCII, so these classes say the same for less.
 */
export const ANY = '[!-~]*';
/** Host, port and credentials: no slash, question mark or hash. */
export const AUTHORITY = '[!"$-.0->@-~]*';
/** The rest of a path: up to `?` or `#`. */
export const PATH_REST = '[!"$->@-~]*';
/** The rest of a query: up to `#`. */
export const QUERY_REST = '[!"$-~]*';
/** Credentials may stand before a host in an address; Chrome's patterns see them (CHROME-FACTS 5). */
const CREDENTIALS = '(?:[!"$-.0->A-~]*@)?';

/** Everything that Chrome calls a web page. The whole address is matched, because `\0` carries it to the block page. */
export const ANY_PAGE = '^https?://.*';

/** True if the entry means a host and all below it, in any scheme, port and path: data in a shared rule. */
export const isPlainHost = (entry: Entry): boolean =>
  entry.below && !entry.scheme && !entry.port && !entry.path && entry.query.length === 0;

/**
 * The patterns of an entry that is more than a plain host, to stand beside `requestDomains: [host]`, which has already
 * seen to the host and what lies below it. Each matches the whole address. There is one for each scheme whose port is
 * spelled differently, and for each order of query tokens, so that none outgrows what Chrome's engine takes.
 */
export const patternsOf = (entry: Entry, says: Says = 'open'): string[] =>
  spelledApart(entry).flatMap((one) =>
    permutations(one.query).map((tokens) => `^${schemeAndHost(one)}${pathPattern(one, tokens, says)}`),
  );

/** What an entry is for: one that closes must not be got round by letter case or doubled slashes. */
type Says = 'open' | 'closed';

/** A default port is not written in an address, so it stands for its scheme, and must be written in the other. */
const spelledApart = (entry: Entry): Entry[] =>
  entry.port && !entry.scheme && Object.values<string>(defaultPort).includes(entry.port)
    ? [
        { ...entry, scheme: 'http' },
        { ...entry, scheme: 'https' },
      ]
    : [entry];

function schemeAndHost(entry: Entry): string {
  const scheme = entry.scheme ? SPELLINGS[entry.scheme] : '(?:http|ws)s?';
  const written =
    entry.port && (!entry.scheme || defaultPort[entry.scheme] !== entry.port) ? `:${entry.port}` : '';
  return `${scheme}://${hostPattern(entry, entry.port ? written : '(?::[0-9]+)?')}`;
}

/** A WebSocket is judged as the page's own scheme is. */
const SPELLINGS = { http: '(?:http|ws)', https: '(?:https|wss)' } as const;

/** `requestDomains` knows the host: it is spelled out only where sub-domains or ports must be told apart. */
function hostPattern(entry: Entry, port: string): string {
  if (entry.below && !entry.port) return AUTHORITY;
  if (entry.below) return `${CREDENTIALS}[a-z0-9._-]*${port}`;
  return `${CREDENTIALS}${literal(entry.host)}${isIpHost(entry.host) ? '' : '\\.*'}${port}`;
}

function pathPattern(entry: Entry, tokens: Entry['query'], says: Says): string {
  const path =
    says === 'closed'
      ? literal(foldedPath(entry.path ?? '/')).replaceAll('/', '/+')
      : literal(entry.path ?? '/');
  if (tokens.length === 0) return `${path}${ANY}`;
  const inOrder = tokens.map(tokenPattern).join(`&(?:${QUERY_REST}&)?`);
  return `${path}${PATH_REST}\\?(?:${QUERY_REST}&)?${inOrder}(?:&|#|$)`;
}

const tokenPattern = (token: Entry['query'][number]): string =>
  `${literal(printToken({ ...token, prefix: false }))}${token.prefix ? '[!"$%\'-~]*' : ''}`;

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  );
}

/**
 * Entries as few conditions: one for all plain hosts, one for all exact hosts of as many labels, and one for each other
 * pattern. Every pattern costs a change of what is open 0.1 ms, because Chrome compiles all of them anew.
 */
export function conditionsOf(entries: readonly Entry[], says: Says = 'open'): Where[] {
  const hosts = [...new Set(entries.filter(isPlainHost).map((entry) => entry.host))].sort();
  const patterns = new Map<string, { hosts: Set<string>; isUrlFilterCaseSensitive: boolean }>();
  const add = (regexFilter: string, host: string, isUrlFilterCaseSensitive: boolean) => {
    const same = patterns.get(regexFilter) ?? { hosts: new Set(), isUrlFilterCaseSensitive };
    patterns.set(regexFilter, { ...same, hosts: same.hosts.add(host) });
  };
  for (const entry of entries) {
    if (isPlainHost(entry)) continue;
    if (isNamedExactly(entry)) add(asManyLabels(entry.host), entry.host, true);
    else for (const regexFilter of patternsOf(entry, says)) add(regexFilter, entry.host, says === 'open');
  }
  return [
    ...(hosts.length > 0 ? [{ requestDomains: hosts }] : []),
    ...[...patterns].map(([regexFilter, { hosts, isUrlFilterCaseSensitive }]) => ({
      requestDomains: [...hosts].sort(),
      regexFilter,
      isUrlFilterCaseSensitive,
    })),
  ];
}

/** More labels outgrow what Chrome's engine takes; tests/engine measures it. */
const MOST_LABELS = 5;

/** A host without what lies below it, and nothing else said. */
const isNamedExactly = ({ host, below, scheme, port, path, query }: Entry): boolean =>
  !below &&
  !scheme &&
  !port &&
  !path &&
  query.length === 0 &&
  !isIpHost(host) &&
  /^[a-z0-9_.-]+$/.test(host) &&
  host.split('.').length <= MOST_LABELS;

/** `requestDomains` lets through a host and what lies below it: of these, the host itself has as many labels as it. */
function asManyLabels(host: string): string {
  const labels = host.split('.').map(() => '[a-z0-9_-]+');
  return `^(?:http|ws)s?://${CREDENTIALS}${labels.join('\\.')}\\.*(?::[0-9]+)?/${ANY}`;
}

/** Exact hosts: what lies below them is not meant. */
export const exactHostConditions = (hosts: readonly string[]): Where[] =>
  conditionsOf([...new Set(hosts)].sort().map((host) => ({ host, below: false, query: [] })));
