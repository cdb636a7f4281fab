import { parse } from 'tldts';
import { type Address, isIpHost, isWithin } from './address.ts';

/**
 * One pattern of a list, in the syntax of Google Admin's URL blocklist (FIELD F, [fmt]), so that lists paste both ways:
 * `example.com` host and below · `.example.com` that host alone · `example.com/path` path prefix ·
 * `example.com/watch?v=ID` query tokens in any order, `v=I*` by prefix · `https://…` · `example.com:8080`.
 */
export type Entry = {
  scheme?: 'http' | 'https';
  host: string;
  /** False for `.example.com`, for IP addresses and for single names of an intranet. */
  below: boolean;
  port?: string;
  /** A prefix, as Chrome's own blocklist reads it; absent for the whole host. */
  path?: string;
  query: { key: string; value?: string; prefix?: boolean }[];
};

export type EntryRefused = {
  ok: false;
  code:
    | 'empty'
    | 'too-long'
    | 'wildcard'
    | 'scheme'
    | 'credentials'
    | 'fragment'
    | 'not-a-host'
    | 'public-suffix'
    | 'port'
    | 'query';
  reason: string;
};
export type EntryRead = { ok: true; entry: Entry } | EntryRefused;

const MAX_LENGTH = 2_048;
/** More tokens in any order would need more alternatives than one rule can hold. */
const MAX_TOKENS = 3;
/** Letters of path, query and exact host that Chrome's engine can hold in one pattern; tests/engine measures it. */
const MAX_LETTERS = 70;

const refuse = (code: EntryRefused['code'], reason: string): EntryRefused => ({ ok: false, code, reason });

/** Reads one entry, or says why it is refused. */
export function parseEntry(text: string): EntryRead {
  const line = text.trim();
  if (!line) return refuse('empty', 'the entry is empty');
  if (line.length > MAX_LENGTH)
    return refuse('too-long', `the entry has ${line.length} characters, at most ${MAX_LENGTH}`);
  const shape = /^(?:([a-z][a-z0-9+.-]*|\*):\/\/)?([^/?#]*)(\/[^?#]*)?(?:\?([^#]*))?(#.*)?$/i.exec(line);
  if (!shape) return refuse('not-a-host', 'there is no host in it');
  const [, scheme, authority = '', path, query, fragment] = shape;
  if (scheme && scheme !== '*' && !/^https?$/i.test(scheme))
    return refuse('scheme', `"${scheme}" is not http or https`);
  if (fragment) return refuse('fragment', 'what follows # never reaches a site, so it cannot be told apart');
  if (authority.includes('@')) return refuse('credentials', 'an entry cannot hold a user name');
  if (authority.includes('*'))
    return refuse('wildcard', 'hosts take no *: write example.com for the host and all below it');

  const exact = authority.startsWith('.');
  const withPort = exact ? authority.slice(1) : authority;
  const port = /:(\d*|\*)$/.exec(withPort);
  const name = port ? withPort.slice(0, port.index) : withPort;
  if (port && port[1] !== '*' && !(Number(port[1]) >= 1 && Number(port[1]) <= 65_535))
    return refuse('port', `":${port[1]}" is not a port`);

  const host = canonicalHost(name);
  if (!host.ok) return host;
  const tokens = readQuery(query);
  if (!tokens)
    return refuse('query', `the part after ? must be at most ${MAX_TOKENS} of key=value, joined by &`);

  const lowered = scheme?.toLowerCase();
  const canonicalPath = path ? canonical(path) : '/';
  const entry: Entry = {
    ...(lowered === 'http' || lowered === 'https' ? { scheme: lowered } : {}),
    host: host.name,
    below: !exact && host.mayHaveBelow,
    ...(port && port[1] !== '*' ? { port: String(Number(port[1])) } : {}),
    ...(canonicalPath === '/' ? {} : { path: canonicalPath }),
    query: tokens,
  };
  const letters = lettersOf(entry);
  if (letters > MAX_LETTERS)
    return refuse(
      'too-long',
      `what it names has ${letters} letters, and Chrome can hold ${MAX_LETTERS}: name a shorter path`,
    );
  return { ok: true, entry };
}

/** What a pattern must spell out: the path, the query, and the host where sub-domains do not count. */
const lettersOf = (entry: Entry): number =>
  (entry.path?.length ?? 0) +
  // One that closes takes every slash for several: a few cost nothing that counts.
  Math.max(0, (entry.path?.split('/').length ?? 0) - 8) +
  // A key stands twice in the pattern that says it may stand there once (`rules/dodges.ts`).
  entry.query.reduce((sum, token) => sum + 2 * token.key.length + printToken(token).length + 8, 0) +
  (entry.below ? 0 : entry.host.length);

function canonicalHost(name: string): { ok: true; name: string; mayHaveBelow: boolean } | EntryRefused {
  if (!name) return refuse('not-a-host', 'there is no host in it');
  let host: string;
  try {
    host = new URL(`http://${name}/`).hostname.replace(/\.+$/, '');
  } catch {
    return refuse('not-a-host', `"${name.slice(0, 80)}" is not a host`);
  }
  if (isIpHost(host)) return { ok: true, name: host, mayHaveBelow: false };
  if (!/^(?!-)[a-z0-9_-]{1,63}(\.(?!-)[a-z0-9_-]{1,63})*$/.test(host) || host.length > 253)
    return refuse('not-a-host', `"${name.slice(0, 80)}" is not a host`);
  const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  if (publicSuffix === host && (isIcann || isPrivate))
    return refuse('public-suffix', `"${host}" is where many unrelated sites live, not one site`);
  return { ok: true, name: host, mayHaveBelow: host.includes('.') };
}

/** The path as Chrome spells it, so that prefixes compare letter by letter. Alone, `//x` would be read as a host. */
const canonical = (path: string): string => new URL(`http://a.invalid${path}`).pathname;

function readQuery(text: string | undefined): Entry['query'] | null {
  if (!text) return [];
  const parts = text.split('&').filter(Boolean);
  if (parts.length > MAX_TOKENS) return null;
  return parts.map((part) => {
    const spelled = new URL(`http://a.invalid/?${part}`).search.slice(1);
    const equals = spelled.indexOf('=');
    if (equals < 0)
      return spelled.endsWith('*') ? { key: spelled.slice(0, -1), prefix: true } : { key: spelled };
    const value = spelled.slice(equals + 1);
    const key = spelled.slice(0, equals);
    return value.endsWith('*') ? { key, value: value.slice(0, -1), prefix: true } : { key, value };
  });
}

/** Writes an entry in the syntax that `parseEntry` reads. */
export function printEntry(entry: Entry): string {
  const query = entry.query.map(printToken).join('&');
  return [
    entry.scheme ? `${entry.scheme}://` : '',
    entry.below || !mayHaveBelow(entry.host) ? '' : '.',
    entry.host,
    entry.port ? `:${entry.port}` : '',
    entry.path ?? '',
    query ? `${entry.path ? '' : '/'}?${query}` : '',
  ].join('');
}

const mayHaveBelow = (host: string): boolean => host.includes('.') && !isIpHost(host);

/** One query token, as it stands in an address up to where a prefix ends. */
export const printToken = ({ key, value, prefix }: Entry['query'][number]): string =>
  `${key}${value === undefined ? '' : `=${value}`}${prefix ? '*' : ''}`;

/** True if the entry means the address. `compile` says the same to Chrome through `rules/condition.ts`. */
export function matches(entry: Entry, address: Address): boolean {
  if (entry.scheme && entry.scheme !== address.scheme) return false;
  if (entry.below ? !isWithin(address.host, entry.host) : address.host !== entry.host) return false;
  if (entry.port && entry.port !== (address.port || defaultPort[address.scheme])) return false;
  if (entry.path && !address.path.startsWith(entry.path)) return false;
  if (entry.query.length === 0) return true;
  const tokens = address.query.split('&');
  return entry.query.every((wanted) => {
    const text = printToken({ ...wanted, prefix: false });
    return tokens.some((token) => (wanted.prefix ? token.startsWith(text) : token === text));
  });
}

/** Letter case and doubled slashes are no way past an entry that closes; both sides in one spelling. */
const folded = <T extends { path?: string }>(one: T): T =>
  one.path === undefined ? one : { ...one, path: foldedPath(one.path) };
export const foldedPath = (path: string): string => path.toLowerCase().replace(/\/{2,}/g, '/');
const foldedEntries = new WeakMap<Entry, Entry>();

function foldedEntry(entry: Entry): Entry {
  const before = foldedEntries.get(entry);
  if (before) return before;
  const query = entry.query.map(({ key, value, ...rest }) => ({
    key: key.toLowerCase(),
    ...(value === undefined ? {} : { value: value.toLowerCase() }),
    ...rest,
  }));
  const made = { ...folded(entry), query };
  foldedEntries.set(entry, made);
  return made;
}

/** The same for an entry that closes: neither letter case nor a doubled slash is a way past it. */
export const closes = (entry: Entry, address: Address): boolean =>
  entry.path || entry.query.length > 0
    ? matches(foldedEntry(entry), { ...folded(address), query: address.query.toLowerCase() })
    : matches(entry, address);

export const defaultPort = { http: '80', https: '443' } as const;
