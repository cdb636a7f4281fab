import type { Address } from '../address.ts';
import { hostIn } from './host.ts';

/**
 * What a list says of less than a host: `host/path`, and all below it. Chrome holds them as `||host/path^` up to a
 * budget; the rest is judged by `watch` when a page is there. Both forms mean the same: letters in any case, the port of
 * the scheme, and after the path a letter that cannot go on the same word (Chrome's `^`).
 */
export type Paths = {
  readonly size: number;
  /** Those that stand in Chrome's rules. */
  readonly inRules: readonly string[];
  /** True if an entry names the address; `inRulesOnly` asks only what Chrome would say. */
  names(address: Address, inRulesOnly: boolean): boolean;
  /** The first entries of a host, and of those below it if asked. */
  within(host: string, andBelow: boolean, atMost: number): string[];
};

/** Longer ones name a search or a session, not a page. */
const AT_MOST = 500;
/** `*`, `^` and `|` mean something in Chrome's filters; all else that an address is spelled with is itself. */
const PLAIN = /^[!-)+-\]_-{}~]+$/;
const WORD = /[a-z0-9_.%-]/;

/** An entry as both forms hold it, or null for what is no web address, or says more than host, path and query. */
export function pathIn(text: string): string | null {
  const bare = text.replace(/^https?:\/\//i, '');
  if (!URL.canParse(`http://${bare}`)) return null;
  const { hostname, port, pathname, search, hash, username } = new URL(`http://${bare}`);
  const host = hostIn(hostname);
  if (!host.includes('.') || port || hash || username) return null;
  const rest = `${pathname}${search}`.toLowerCase().replace(/\/+$/, '');
  const path = `${host}${rest}`;
  return rest !== '' && path.length <= AT_MOST && PLAIN.test(path) ? path : null;
}

export const hostOfPath = (path: string): string => path.slice(0, path.indexOf('/'));

/** As Chrome's rules say it. */
export const filterOf = (path: string): string => `||${path}^`;

/** Reads the text of a list of paths, one a line; the first `room` of them stand in Chrome's rules. */
export function pathsIn(text: string, room: number): Paths {
  const all = text.split('\n').filter(Boolean);
  const byHost = new Map<string, { rest: string; inRules: boolean }[]>();
  for (const [index, path] of all.entries()) {
    const host = hostOfPath(path);
    const one = { rest: path.slice(host.length), inRules: index < room };
    const same = byHost.get(host);
    if (same) same.push(one);
    else byHost.set(host, [one]);
  }
  return {
    size: all.length,
    inRules: all.slice(0, Math.max(0, room)),
    within(host, andBelow, atMost) {
      const own = (byHost.get(host) ?? []).map(({ rest }) => `${host}${rest}`);
      const others = andBelow ? [...byHost.keys()].filter((other) => other.endsWith(`.${host}`)) : [];
      const below = others.flatMap((other) => (byHost.get(other) ?? []).map(({ rest }) => `${other}${rest}`));
      return [...own, ...below].slice(0, atMost);
    },
    names(address, inRulesOnly) {
      if (address.port !== '' || all.length === 0) return false;
      let rest: string | null = null;
      for (let host = address.host; ; host = host.slice(host.indexOf('.') + 1)) {
        for (const one of byHost.get(host) ?? []) {
          rest ??= `${address.path}${address.query ? `?${address.query}` : ''}`.toLowerCase();
          if ((one.inRules || !inRulesOnly) && begins(rest, one.rest)) return true;
        }
        if (!host.includes('.')) return false;
      }
    },
  };
}

function begins(text: string, path: string): boolean {
  if (!text.startsWith(path)) return false;
  const next = text[path.length];
  return next === undefined || !WORD.test(next);
}
