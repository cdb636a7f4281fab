import fc from 'fast-check';
import { type Address, parseAddress } from '../../rules/address.ts';
import type { ResourceType } from '../../rules/rule.ts';
import { sharedFile } from '../fixtures/shared.ts';

/**
 * A small web, so that lists, grants, guards and categories meet on the same hosts, and the addresses that children and
 * sites write on it. Everything is built from few parts on purpose: what never collides proves nothing.
 */
export const ENDPOINT = 'keystage.school.example';

const domains = [
  'alpha.test',
  'beta.test',
  'gamma.example',
  'delta.example',
  'oak.town.sch.uk',
  'xn--mnchen-3ya.de',
] as const;
export const hosts: readonly string[] = [
  ...domains,
  ...domains.slice(0, 4).map((domain) => `www.${domain}`),
  `a.b.${domains[0]}`,
  'notalpha.test',
];
/** Ways round and engines: entries name them, too. */
export const guardedHosts = [
  '127.0.0.1',
  '[::1]',
  'web.archive.org',
  'x-y.translate.goog',
  'translate.google.com',
  'cdn.ampproject.org',
  'www.ecosia.org',
  'startpage.com',
  'r.jina.ai',
] as const;
export const videoHosts = ['www.youtube.com', 'youtubei.googleapis.com'] as const;
export const searchHosts = [
  'google.co.uk',
  'www.google.co.uk',
  'google.com',
  'www.bing.com',
  'duckduckgo.com',
  'uk.search.yahoo.com',
] as const;
export const quietHosts = ['accounts.google.com', 'www.childline.org.uk', ENDPOINT] as const;
/** What looks like one of ours and is none. */
const lookAlikes = [
  'alpha.test.evil.test',
  'xalpha.test',
  'alpha-test.evil.test',
  'alpha.tests',
  'xn--lpha-53d.test',
  'google.evil.test',
  'google.co.uk.evil.test',
  'docs.google.com',
  'web.archive.org.evil.test',
  'www.childline.org.uk.evil.test',
  'evil.test',
] as const;
/** Other spellings that Chrome brings into one: IDN, full-width letters, escapes, IP addresses as numbers. */
const otherSpellings = [
  'münchen.de',
  'MÜNCHEN.de',
  'ALPHA.Test',
  'ａｌｐｈａ.test',
  'alpha。test',
  '%61lpha.test',
  'www.alpha.test.',
  'gamma.example.',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '[::ffff:127.0.0.1]',
  '[0:0:0:0:0:0:0:1]',
] as const;

const paths = [
  '/search',
  '/',
  '/',
  '/a',
  '/a',
  '/a/b',
  '/abc',
  '/A',
  '/watch',
  '/watch',
  '/a%20b',
  '/%61/b',
  '/Watch',
  '//a//b',
  '/a/../a/b',
  '/%73earch',
  '//search',
  '/webhp',
];
const queries = [
  '?q=a&safe=off',
  '?q=a&safe=active&ssui=on',
  '?q=a&adlt=strict',
  '?q=a&kp=1',
  '?p=a&vm=r',
  '?safe=off&q=a&SAFE=images&safe=images',
  '?s%61fe=off&q=a',
  '?q=a%26b',
  '',
  '',
  '',
  '',
  '?v=1',
  '?v=12',
  '?x=0&v=1',
  '?v=1&w=2',
  '?w=2&v=1',
  '?v=1&v=3',
  '?v=3&w=2&v=1',
  '?%76=3&v=1',
  '?v=%31',
  '?v[]=3&v=1',
  '?V=1',
];

const usualHost = fc.constantFrom(...hosts);
const anyHost = fc.oneof(
  { weight: 14, arbitrary: usualHost },
  { weight: 2, arbitrary: fc.constantFrom(...guardedHosts) },
  { weight: 2, arbitrary: fc.constantFrom(...searchHosts) },
  { weight: 1, arbitrary: fc.constantFrom(...quietHosts, ...videoHosts) },
  { weight: 1, arbitrary: fc.constantFrom(...lookAlikes) },
  { weight: 1, arbitrary: fc.constantFrom(...otherSpellings) },
);

/** Long enough that nothing which looks at a part of it gets by. */
const longTail = fc.integer({ min: 200, max: 9_000 }).map((letters) => `${'/long'.repeat(letters / 5)}/a/b`);

const plainAddress = fc
  .record({
    scheme: fc.constantFrom('http', 'https', 'https', 'https'),
    credentials: fc.constantFrom('', '', '', '', '', 'user@', 'alpha.test:pw@', 'alpha.test%2F@'),
    host: anyHost,
    port: fc.constantFrom('', '', '', '', ':8080', ':80', ':443'),
    path: fc.oneof({ weight: 60, arbitrary: fc.constantFrom(...paths) }, { weight: 1, arbitrary: longTail }),
    query: fc.constantFrom(...queries),
    fragment: fc.constantFrom('', '', '', '#v=1&w=2', '#/a/b'),
  })
  .map(
    ({ scheme, credentials, host, port, path, query, fragment }) =>
      new URL(`${scheme}://${credentials}${host}${port}${path}${query}${fragment}`).href,
  );

/** One address inside another: translators, archives, caches, readers, and redirectors, which are let through. */
const carrying = fc
  .tuple(
    plainAddress,
    fc.constantFrom<(inner: string) => string>(
      (inner) => `https://web.archive.org/web/2026/${inner}`,
      (inner) => `https://translate.google.com/translate?u=${encodeURIComponent(inner)}`,
      (inner) => `https://${new URL(inner).hostname.replace(/[^a-z]/g, '-')}.translate.goog/a`,
      (inner) => `https://r.jina.ai/${inner}`,
      (inner) => `https://www.google.co.uk/amp/s/${inner.replace(/^\w+:\/\//, '')}`,
      (inner) => `https://www.google.co.uk/url?q=${encodeURIComponent(inner)}`,
      (inner) => `https://alpha.test/a?to=${inner}`,
      (inner) => `https://evil.test/${inner}`,
      (inner) => `https://${new URL(inner).host.replace(/[:[\]]/g, '')}@evil.test/`,
    ),
  )
  .map(([inner, carrier]) => carrier(inner))
  .filter((text) => parseAddress(text) !== null)
  .map((text) => new URL(text).href);

/** Names that nobody here wrote: some of each shared list, the same in every run. */
export const realNames: readonly string[] = [
  'adult',
  'games',
  'gambling',
  'proxy-bypass',
  'social',
  'malware-phishing',
  'streaming',
].flatMap((list) => {
  const names =
    sharedFile(`lists/${list}.txt`)
      ?.split('\n')
      .filter((line) => /^[a-z]/.test(line)) ?? [];
  return names.filter((_, at) => at % Math.ceil(names.length / 12) === 0);
});

/** Every web address of the conformance cases, as a browser spells it, and the hosts of those on IDN. */
const conformance: readonly string[] = [
  ...cases<{ href?: string }>('urltestdata.json').flatMap(({ href }) => href ?? []),
  ...cases<{ href?: string }>('ada_extra_urltestdata.json').flatMap(({ href }) => href ?? []),
  ...cases<{ output?: string | null }>('toascii.json').flatMap(({ output }) =>
    output ? `https://${output}/` : [],
  ),
  ...cases<{ output?: string | null }>('IdnaTestV2.json').flatMap(({ output }, at) =>
    output && at % 10 === 0 ? `https://${output}/` : [],
  ),
].flatMap((text) => (parseAddress(text) && URL.canParse(text) ? new URL(text).href : []));

function cases<T>(file: string): T[] {
  const all = JSON.parse(sharedFile(`url-conformance/${file}`) ?? '[]') as (T | string)[];
  return all.filter((one): one is T => typeof one === 'object');
}

const foundAddress = fc.oneof(
  ...(realNames.length > 0
    ? [
        fc.constantFrom(...realNames).map((name) => `https://${name}/`),
        fc.constantFrom(...realNames).map((name) => `http://www.${name}/a`),
      ]
    : [plainAddress]),
  ...(conformance.length > 0 ? [fc.constantFrom(...conformance)] : [plainAddress]),
);

const addressText = fc.oneof(
  { weight: 88, arbitrary: plainAddress },
  { weight: 6, arbitrary: carrying },
  { weight: 6, arbitrary: foundAddress },
);

/** One thing that is asked for, as `decide` and as Chrome's engine hear of it. */
export type Case = {
  url: string;
  address: Address;
  as: 'page' | 'frame' | 'resource';
  type: ResourceType;
  /** The page that the tab shows; null where it has no web address, as a `data:` page has none. */
  top: Address | null;
  topUrl?: string;
  /** What asks for it: the page, or a frame in it. */
  initiator?: string;
};

const types: Record<Case['as'], readonly ResourceType[]> = {
  page: ['main_frame'],
  frame: ['sub_frame', 'sub_frame', 'sub_frame', 'object'],
  resource: [
    'image',
    'script',
    'stylesheet',
    'font',
    'xmlhttprequest',
    'media',
    'ping',
    'websocket',
    'other',
  ],
};

export const request: fc.Arbitrary<Case> = fc
  .record({
    url: addressText,
    as: fc.constantFrom<Case['as']>('page', 'page', 'page', 'frame', 'resource'),
    of: fc.nat({ max: 35 }),
    topUrl: fc.oneof({ weight: 12, arbitrary: addressText }, { weight: 1, arbitrary: fc.constant(null) }),
    /** A frame of the page's own asks, or one of another site in it. */
    asker: fc.option(usualHost, { freq: 2 }),
  })
  .map(({ url, as, of, topUrl, asker }) => {
    const type = types[as][of % types[as].length] ?? 'other';
    // Only a WebSocket is asked for by ws:.
    const spelled = type === 'websocket' ? url.replace(/^http/, 'ws') : url.replace(/^ws/, 'http');
    return caseOf(new URL(spelled).href, as, type, topUrl, asker);
  });

/** A case from the words that make it, for the shrinker too. */
export function caseOf(
  url: string,
  as: Case['as'],
  type: ResourceType,
  topUrl: string | null,
  asker: string | null,
): Case {
  const address = parseAddress(url);
  if (!address) throw new Error(`not an address: ${url}`);
  if (as === 'page' || topUrl === null) return { url, address, as, type, top: null };
  const initiator = asker === null ? new URL(topUrl).origin : `https://${asker}`;
  return { url, address, as, type, top: parseAddress(topUrl), topUrl, initiator };
}
