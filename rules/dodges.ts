import { type Address, hostAndParents } from './address.ts';
import { ANY, AUTHORITY, literal, PATH_REST, QUERY_REST, type Where } from './condition.ts';
import type { Entry } from './entry.ts';
import type { Named } from './read-lines.ts';

/** A letter, a digit, `-`, `.` or `_` written with `%`: a site reads it as the letter, Chrome's engine does not. */
export const ESCAPED = '%(?:2[DdEe]|3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff])';
const START = `^(?:http|ws)s?://${AUTHORITY}`;
const IN_KEY = `[!"$%'-<>-~]*`;

/** Letters of a path and of a key twice that Chrome's engine holds in one pattern; tests/engine measures it. */
const MOST_LETTERS = 40;

const at = (host: string, regexFilter: string): Where => ({
  requestDomains: [host],
  regexFilter,
  isUrlFilterCaseSensitive: true,
});

/**
 * What an entry with a query would open and that may show something else: the key of one of its tokens stands there
 * twice (`?v=approved&v=other`: which of them counts is the site's choice), or a key is written with `%`. Values play
 * no part, so that a thousand approved videos of one site are two patterns.
 */
export const repeatedKeys = (entries: readonly Entry[]): Where[] => unique(entries.flatMap(repeatsOf));

function repeatsOf({ host, path = '/', query }: Entry): Where[] {
  // A key that is itself a prefix (`utm*`) is meant to stand there several times.
  const keys = query.filter(({ value, prefix }) => value !== undefined || !prefix).map(({ key }) => key);
  return keys.flatMap((key) => {
    const letters = Math.min(MOST_LETTERS / 2, MOST_LETTERS - 2 * key.length);
    const start = `${START}${literal(path.slice(0, letters))}${PATH_REST}\\?(?:${QUERY_REST}[&;])?`;
    const name = literal(key);
    return [
      `${name}(?:[=[&;]${QUERY_REST})?[&;]${name}(?:[=[&;#]|$)`,
      `(?:${IN_KEY}${ESCAPED}${IN_KEY}=|${name}%5[Bb])`,
    ].map((rest) => at(host, `${start}${rest}${ANY}`));
  });
}

/**
 * What an entry that closes a path or a query would not see: the same letters written with `%`. Such an address of the
 * same host is closed with it, instead of guessed at; no site's own links are written so.
 */
export const escapedLetters = (entries: readonly Entry[]): Where[] => unique(entries.flatMap(escapesOf));

function escapesOf({ host, path, query }: Entry): Where[] {
  if (query.length > 0) return [at(host, `${START}/${QUERY_REST}${ESCAPED}${ANY}`)];
  return path ? [at(host, `${START}/${PATH_REST}${ESCAPED}${ANY}`)] : [];
}

/** Each pattern once, for all hosts that it is for. */
function unique(wheres: readonly Where[]): Where[] {
  const patterns = new Map<string | undefined, Where>();
  for (const where of wheres) {
    const hosts = [
      ...(patterns.get(where.regexFilter)?.requestDomains ?? []),
      ...(where.requestDomains ?? []),
    ];
    patterns.set(where.regexFilter, { ...where, requestDomains: [...new Set(hosts)].sort() });
  }
  return [...patterns.values()];
}

type Dodges = Map<string, { pattern: RegExp; named: Named }[]>;
const remembered = {
  opens: new WeakMap<readonly Named[], Dodges>(),
  closes: new WeakMap<readonly Named[], Dodges>(),
};

/** The entry past which an address may be trying to get: of those that open, or of those that close. */
export function dodged(
  named: readonly Named[],
  says: 'opens' | 'closes',
  address: Address,
): Named | undefined {
  if (named.length === 0) return undefined;
  const dodges = remembered[says].get(named) ?? remember(named, says);
  if (dodges.size === 0) return undefined;
  for (const host of hostAndParents(address.host)) {
    const found = dodges.get(host)?.find(({ pattern }) => pattern.test(address.href));
    if (found) return found.named;
  }
  return undefined;
}

function remember(named: readonly Named[], says: 'opens' | 'closes'): Dodges {
  const dodges: Dodges = new Map();
  const known = new Set<string>();
  for (const one of named)
    for (const { regexFilter = '' } of says === 'opens' ? repeatsOf(one.entry) : escapesOf(one.entry)) {
      const { host } = one.entry;
      if (known.has(`${host} ${regexFilter}`)) continue;
      known.add(`${host} ${regexFilter}`);
      const same = dodges.get(host) ?? [];
      dodges.set(host, [...same, { pattern: new RegExp(regexFilter), named: one }]);
    }
  remembered[says].set(named, dodges);
  return dodges;
}
