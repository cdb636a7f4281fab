import { type Address, hostAndParents } from './address.ts';
import {
  type EngineId,
  engineOf,
  engines,
  hostPattern,
  isOddlySpelled,
  unsafeEngines,
} from './search-engines.ts';

/** A way round the filter that the guard tier closes for pupils (DESIGN §6; FIELD B1, E20, E24). */
export type WayRound = { way: 'ip' } | { way: 'search' } | { way: 'carrier'; carried?: string };

/**
 * Hosts that show another site's page under their own name: translators, archives, caches, reader proxies. For each,
 * where the carried address stands, so that an adult sees what the child wanted.
 */
type Carrier = { host: string; below?: true; carried?: (address: Address) => string | undefined };
const carriers: readonly Carrier[] = [
  { host: 'translate.goog', below: true, carried: (address) => fromTranslateHost(address) },
  { host: 'translate.google.com', carried: (address) => parameter(address, 'u') },
  inParameter('translate.yandex.com', 'url'),
  { host: 'web.archive.org', carried: (address) => afterInPath(address, /^\/web\/[^/]*\//) },
  // The same archive under seven names.
  ...[
    'archive.ph',
    'archive.today',
    'archive.md',
    'archive.li',
    'archive.fo',
    'archive.vn',
    'archive.is',
  ].map((host) => ({
    host,
    carried: (address: Address) => afterInPath(address, /^\/(?:newest\/|o\/[^/]*\/)?/),
  })),
  {
    host: 'webcache.googleusercontent.com',
    carried: (address) => parameter(address, 'q')?.replace(/^cache:[^:]*:/, ''),
  },
  { host: 'cc.bingj.com', carried: (address) => parameter(address, 'u') },
  inPath('cdn.ampproject.org', /^\/[a-z]\/(?:s\/)?/),
  inPath('12ft.io', /^\//),
  { host: 'r.jina.ai', carried: (address) => afterInPath(address, /^\//) },
  { host: 'txtify.it', carried: (address) => afterInPath(address, /^\//) },
  // Translators of whole pages under other names: Google's in every country, its older one, Microsoft's, Naver's, Yandex'.
  ...engines.google.domains
    .filter((domain) => domain !== 'google.com')
    .map((domain) => inParameter(`translate.${domain}`, 'u')),
  inParameter('translate.googleusercontent.com', 'u'),
  inParameter('translatetheweb.com', 'a'),
  inParameter('microsofttranslator.com', 'a'),
  inParameter('papago.naver.net', 'url'),
  inPath('turbopages.org', /^\/proxy_u\/[^/]*\/https?\//),
  inParameter('googleweblight.com', 'lite_url'),
  // Archives and caches of any site. Government archives that hold their own sites alone are none.
  inPath('wayback.archive.org', /^\/web\/[^/]*\//),
  inPath('wayback.archive-it.org', /^\/[^/]*\/[^/]*\//),
  inPath('arquivo.pt', /^\/wayback\/[^/]*\//),
  inPath('webarchive.org.uk', /^\/(?:[a-z]{2}\/)?wayback\/[^/]*\/[^/]*\//),
  inPath('webarchive.loc.gov', /^\/[^/]*\/[^/]*\//),
  inPath('webarchive.nla.gov.au', /^\/awa\/[^/]*\//),
  inPath('timetravel.mementoweb.org', /^\/[a-z]*\/[^/]*\//),
  inPath('megalodon.jp', /^\/[^/]*\//),
  inParameter('cachedview.com', 'url'),
  inParameter('yandexwebcache.net', 'url'),
  inPath('bing-amp.com', /^\/[a-z]\/(?:s\/)?/),
  { host: 'ghostarchive.org', below: true },
  { host: 'perma.cc', below: true },
  // Readers, and services that fetch any address for a page: in the address bar they are proxies.
  ...[
    '1ft.io',
    'outline.com',
    'smry.ai',
    'freedium.cfd',
    'pure.md',
    'removepaywall.com',
    'cors.sh',
    'cors-anywhere.herokuapp.com',
    'crossorigin.me',
  ].map((host) => inPath(host, /^\//)),
  inPath('thingproxy.freeboard.io', /^\/fetch\//),
  ...['allorigins.win', 'whateverorigin.org', 'jsonp.afeld.me', 'printfriendly.com'].map((host) =>
    inParameter(host, 'url'),
  ),
  inParameter('api.codetabs.com', 'quest'),
  { host: 'corsproxy.io', below: true, carried: ({ query }) => decoded(query.replace(/^url=/, '')) },
  { host: 'htmlpreview.github.io', below: true, carried: ({ query }) => decoded(query) },
];

function inPath(host: string, start: RegExp): Carrier {
  return { host, below: true, carried: (address) => afterInPath(address, start) };
}

function inParameter(host: string, name: string): Carrier {
  return { host, below: true, carried: (address) => parameter(address, name) };
}

/** Google shows AMP pages of other sites below its own host, on that of its search engine. */
const AMP_VIEWER = '/amp/';
const ampViewer = new RegExp(`^${AMP_VIEWER}(?:s/)?`);
export const ampViewerPattern = hostPattern('google', AMP_VIEWER);

/** All hosts of the guard, for `compile`. Those with `below` take their sub-domains along. */
export const guardHosts = {
  exact: carriers.filter(({ below }) => !below).map(({ host }) => host),
  below: carriers.filter(({ below }) => below).map(({ host }) => host),
} as const;

/** IPv4 and IPv6 hosts: Chrome has already brought every spelling into this one (CHROME-FACTS 5). */
export const IP_HOST_PATTERN =
  '^(?:http|ws)s?://(?:[!"$-.0->A-~]*@)?(?:[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+|\\[[0-9a-f:.]+\\])(?::[0-9]+)?/.*';

/** What the guard knows of a domain, so that an address which it does not know costs one look-up a label. */
const known = new Map<string, { unsafe?: true; engine?: true; carrier?: Carrier }>();
const learn = (domain: string, more: { unsafe?: true; engine?: true; carrier?: Carrier }) =>
  known.set(domain, { ...known.get(domain), ...more });
for (const domain of unsafeEngines) learn(domain, { unsafe: true });
for (const { domains } of Object.values(engines))
  for (const domain of domains) learn(domain, { engine: true });
for (const carrier of carriers) learn(carrier.host, { carrier });

/**
 * The way round that an address is, or null. `allowed` are the search engines of the stage: another, or one whose
 * address hides its settings, shows what safe search would not (FIELD SE1, SE2).
 */
export function wayRound(address: Address, allowed: readonly EngineId[]): WayRound | null {
  if (address.isIp) return { way: 'ip' };
  const { isEngine, isUnsafe, carrier } = whatIsKnownOf(address);
  if (isUnsafe) return { way: 'search' };
  const engine = isEngine ? engineOf(address) : undefined;
  if (engine && (!allowed.includes(engine) || isOddlySpelled(address))) return { way: 'search' };
  const isViewer = engine === 'google' && address.path.startsWith(AMP_VIEWER);
  if (!carrier && !isViewer) return null;
  const carried = isViewer ? afterInPath(address, ampViewer) : carrier?.carried?.(address);
  return carried ? { way: 'carrier', carried: asAddress(carried) } : { way: 'carrier' };
}

/** True for an engine's address whose settings are spelled so that nobody can hold them: not even a grant opens it. */
export const hidesSettings = (address: Address): boolean =>
  whatIsKnownOf(address).isEngine && engineOf(address) !== undefined && isOddlySpelled(address);

function whatIsKnownOf({ host }: Address): { isEngine: boolean; isUnsafe: boolean; carrier?: Carrier } {
  let [isEngine, isUnsafe] = [false, false];
  let carrier: Carrier | undefined;
  for (const domain of hostAndParents(host)) {
    const here = known.get(domain);
    if (here === undefined) continue;
    if (here.unsafe) isUnsafe = true;
    if (here.engine) isEngine = true;
    if (here.carrier && (here.carrier.below || domain === host)) carrier ??= here.carrier;
  }
  return { isEngine, isUnsafe, ...(carrier ? { carrier } : {}) };
}

const asAddress = (text: string): string => (/^https?:\/\//.test(text) ? text : `https://${text}`);

const parameter = (address: Address, name: string): string | undefined =>
  new URLSearchParams(address.query).get(name) ?? undefined;

/** A query that is an address as it stands, or written with `%`. */
const decoded = (query: string): string | undefined =>
  query.includes('.') ? query.replace(/%3a/gi, ':').replace(/%2f/gi, '/') : undefined;

function afterInPath(address: Address, start: RegExp): string | undefined {
  const found = start.exec(address.path);
  const rest = found ? address.path.slice(found[0].length) : '';
  return rest.includes('.') ? rest : undefined;
}

/** `www-example-com.translate.goog`: one hyphen is a dot, two are a hyphen. */
function fromTranslateHost(address: Address): string | undefined {
  const label = address.host.slice(0, -'.translate.goog'.length);
  if (!label || label === 'translate') return undefined;
  return label.replaceAll('--', '\0').replaceAll('-', '.').replaceAll('\0', '-') + address.path;
}
