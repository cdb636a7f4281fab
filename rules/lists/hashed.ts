import { parseAddress } from '../address.ts';
import { hostIn } from './host.ts';

/**
 * A licensed list of illegal addresses (IWF, CTIRU) as salted hashes: what it names can be recognised and not read.
 * The text that travels is one header and then the hashes, sorted: `#keystage-hashed-1 <salt>`, then 20 hex digits
 * (80 bits of SHA-256) a line. The salt is the list's own, so that no table made for one school serves another.
 */
const HEADER = /^#keystage-hashed-1 ([0-9a-f]{32})\n/;
const DIGITS = 20;
/** Longer paths are looked at only this deep, and whole. */
const FOLDERS_AT_MOST = 16;
const PARAMETERS_AT_MOST = 8;

export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>;
export type HashedList = { salt: string; hashes: ReadonlySet<string> };

/**
 * An address as such a list names it: `host`, or `host/path` without the last slash. Scheme, port, `www.` and fragment
 * say nothing about what is shown; nor do escapes, doubled slashes and upper case, by which most servers are not
 * told anything either, and a list would be dodged. Null for what is no address.
 */
export function hashable(text: string): string | null {
  const bare = text.trim();
  if (bare === '' || bare.startsWith('#')) return null;
  const address = parseAddress(/^[a-z][a-z0-9+.-]*:\/\//i.test(bare) ? bare : `http://${bare}`);
  if (!address || !(address.isIp || hostIn(address.host).includes('.'))) return null;
  const query = address.query ? `?${folded(address.query)}` : '';
  return `${bareHost(address.host)}${withoutSlash(foldedPath(address.path))}${query}`;
}

/** Everything that a list might say to name this address: it, the folders above it, its host and the hosts above. */
export function namesOf(url: string): string[] {
  const address = parseAddress(url);
  if (!address) return [];
  const host = bareHost(address.host);
  const names = address.isIp ? [host] : hostsAbove(host);
  // As it stands, too: lists made before letters were folded name it so.
  const spellings = [
    { path: foldedPath(address.path), query: folded(address.query) },
    { path: address.path, query: address.query },
  ];
  for (const { path, query } of spellings) {
    const steps = path.split('/').filter(Boolean);
    for (let depth = 1; depth <= Math.min(steps.length, FOLDERS_AT_MOST); depth++)
      names.push(`${host}/${steps.slice(0, depth).join('/')}`);
    const page = `${host}${withoutSlash(path)}`;
    names.push(page, ...queriesIn(query).map((asked) => `${page}?${asked}`));
  }
  return [...new Set(names)];
}

/** Upper case and escaped letters say the same as their plain forms (`%4A` is `j`). */
const folded = (text: string): string =>
  text
    .replace(/%[2-7][0-9a-f]/gi, (escaped) => String.fromCharCode(Number.parseInt(escaped.slice(1), 16)))
    .toLowerCase();
const foldedPath = (path: string): string => folded(path).replace(/\/{2,}/g, '/');

/** The whole query, and what is left of it when parameters are put behind or around the one that counts. */
function queriesIn(query: string): string[] {
  if (!query) return [];
  const parameters = query.split('&').slice(0, PARAMETERS_AT_MOST);
  const upTo = parameters.map((_, at) => parameters.slice(0, at + 1).join('&'));
  return [query, ...upTo, ...parameters];
}

const bareHost = (host: string): string => host.replace(/^www\./, '');
const withoutSlash = (path: string): string => path.replace(/\/+$/, '');

function hostsAbove(host: string): string[] {
  const labels = host.split('.');
  return labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
}

/** One name as it stands in the list. */
export async function hashOf(name: string, salt: string, digest: Digest): Promise<string> {
  const hash = await digest(new TextEncoder().encode(`${salt}\n${name}`));
  return [...new Uint8Array(hash, 0, DIGITS / 2)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The text of a list. `salt` is 32 hex digits, the same for every version, so that a change stays a small delta. */
export const printHashed = (salt: string, hashes: Iterable<string>): string =>
  `#keystage-hashed-1 ${salt}\n${[...new Set(hashes)]
    .sort()
    .map((hash) => `${hash}\n`)
    .join('')}`;

/** Null when the text is no such list. */
export function readHashed(text: string): HashedList | null {
  const salt = HEADER.exec(text)?.[1];
  if (salt === undefined) return null;
  const hashes = text.split('\n').slice(1).filter(Boolean);
  return hashes.every((hash) => hash.length === DIGITS) ? { salt, hashes: new Set(hashes) } : null;
}

/** True if the list names the address, a folder above it, its host or a host above. Some dozen hashes, under a millisecond or two. */
export async function isHashed({ salt, hashes }: HashedList, url: string, digest: Digest): Promise<boolean> {
  if (hashes.size === 0) return false;
  const found = await Promise.all(namesOf(url).map((name) => hashOf(name, salt, digest)));
  return found.some((hash) => hashes.has(hash));
}
