import { z } from 'zod';
import { type Address, isListed } from './address.ts';
import type { Where } from './condition.ts';
import { ESCAPED } from './dodges.ts';

/**
 * Search engines that can be made safe by what stands in the address (FIELD SE1, SE2). The values are the strictest
 * that the engine knows; engines that take it only by cookie or by a name in the DNS are closed, because a filter in
 * the browser cannot hold them to it.
 */
type Engine = {
  title: string;
  /** Registrable domains, or the host that its searches stand under. */
  domains: readonly string[];
  /** Exact hosts, as the start of a pattern; beside `requestDomains`, so it need not name every country. */
  host: string;
  /** Paths that search, or that searches start from; a pattern. */
  paths: string;
  force: readonly { key: string; value: string }[];
};

/** Countries in which Google answers under its own name; `google.<country>`. */
const googleCountries =
  'ad ae al am as at az ba be bf bg bi bj bs bt by ca cat cd cf cg ch ci cl cm cn co.ao co.bw co.ck co.cr co.id co.il co.in co.jp co.ke co.kr co.ls co.ma co.mz co.nz co.th co.tz co.ug co.uk co.uz co.ve co.vi co.za co.zm co.zw com com.af com.ag com.ai com.ar com.au com.bd com.bh com.bn com.bo com.br com.bz com.co com.cu com.cy com.do com.ec com.eg com.et com.fj com.gh com.gi com.gt com.hk com.jm com.kh com.kw com.lb com.ly com.mm com.mt com.mx com.my com.na com.ng com.ni com.np com.om com.pa com.pe com.pg com.ph com.pk com.pr com.py com.qa com.sa com.sb com.sg com.sl com.sv com.tj com.tr com.tw com.ua com.uy com.vc com.vn cv cz de dj dk dm dz ee es fi fm fr ga ge gg gl gm gr gy hn hr ht hu ie im iq is it je jo kg ki kz la li lk lt lu lv md me mg mk ml mn ms mu mv mw ne nl no nr nu pl pn ps pt ro rs ru rw sc se sh si sk sm sn so sr st td tg tl tm tn to tt vg vu ws';

export const engines = {
  google: {
    title: 'Google',
    domains: googleCountries.split(' ').map((country) => `google.${country}`),
    host: '(?:www\\.)?google\\.[a-z.]+',
    paths: '(?:search|webhp|imghp|videohp|advanced_[a-z_]+)?',
    force: [
      { key: 'safe', value: 'active' },
      { key: 'ssui', value: 'on' },
    ],
  },
  bing: {
    title: 'Bing',
    domains: ['bing.com'],
    host: '(?:www\\.)?bing\\.com',
    paths: '[!"$->@-~]*',
    force: [{ key: 'adlt', value: 'strict' }],
  },
  duckduckgo: {
    title: 'DuckDuckGo',
    domains: ['duckduckgo.com'],
    host: '(?:www\\.|start\\.|html\\.|lite\\.)?duckduckgo\\.com',
    paths: '[!"$->@-~]*',
    force: [{ key: 'kp', value: '1' }],
  },
  yahoo: {
    title: 'Yahoo',
    domains: ['search.yahoo.com'],
    host: '[a-z0-9.]*search\\.yahoo\\.com',
    paths: '(?:search|mobile/s|video/search|images)?[!"$->@-~]*',
    force: [{ key: 'vm', value: 'r' }],
  },
} as const satisfies Record<string, Engine>;

export type EngineId = keyof typeof engines;
export const engineIds = Object.keys(engines) as [EngineId, ...EngineId[]];
export const EngineId = z.enum(engineIds);

/** Well-known engines that an address cannot make safe: closed for pupils, whatever else is open. */
export const unsafeEngines: readonly string[] = [
  // Other doors of engines that are held to safe search at their own.
  'cn.bing.com',
  'cse.google.com',
  'encrypted.google.com',
  'images.google.com',
  'ipv4.google.com',
  'ipv6.google.com',
  'noai.duckduckgo.com',
  'ask.com',
  'baidu.com',
  'dogpile.com',
  'ecosia.org',
  'excite.com',
  'gibiru.com',
  'info.com',
  'kagi.com',
  'lycos.com',
  'metager.de',
  'metager.org',
  'mojeek.com',
  'naver.com',
  'presearch.com',
  'qwant.com',
  'search.aol.com',
  'search.aol.co.uk',
  'search.brave.com',
  'search.marginalia.nu',
  'searx.be',
  'searx.space',
  'seznam.cz',
  'sogou.com',
  'startpage.com',
  'swisscows.com',
  'webcrawler.com',
  'ya.ru',
  'yandex.com',
  'yandex.ru',
  'yep.com',
  'you.com',
];

/** Every spelling by case of a parameter's name: engines differ in whether they tell them apart. */
const spellings = (key: string): string[] =>
  [...key].reduce<string[]>(
    (starts, letter) => starts.flatMap((start) => [start + letter, start + letter.toUpperCase()]),
    [''],
  );

/**
 * What makes an engine's address safe. Chrome replaces the first of several values and leaves the rest
 * (CHROME-FACTS 7), so every earlier one, in any case, is taken out and ours put at the end.
 */
export const forced = (engine: EngineId) => ({
  removeParams: engines[engine].force.flatMap(({ key }) => spellings(key)),
  addOrReplaceParams: engines[engine].force.map(({ key, value }) => ({ key, value })),
});

/** Everything of an engine, or what begins with a path; a path is a pattern. */
export const hostPattern = (engine: EngineId, path = '/'): string =>
  `^(?:http|ws)s?://(?:[!"$-.0->A-~]*@)?${engines[engine].host}\\.*(?::[0-9]+)?${path}[!-~]*`;

/** Where a pattern holds of an engine’s domains. */
export const onEngine = (engine: EngineId, regexFilter: string): Where => ({
  requestDomains: engines[engine].domains,
  regexFilter,
  isUrlFilterCaseSensitive: true,
});

/**
 * A parameter whose name is spelled with `%`: no engine writes one, and Chrome would not know it for ours
 * (`s%61fe=off`). Such an address is closed instead of guessed at.
 */
export const ODD_NAME = '\\?(?:[!"$-~]*&)?[!"$%\'-<>-~]*%[!"$%\'-<>-~]*=';
/** A path that hides the word `search`: a letter written with `%`, or a doubled slash before it. */
const ODD_PATH = `/(?:/|[!"$->@-~]*${ESCAPED})`;
const odd = new RegExp(`^(?:${ODD_PATH}|/[!"$->@-~]*${ODD_NAME})`);

/** One pattern for each: together they outgrow what Chrome's engine takes. */
export const oddPatterns = (engine: EngineId): string[] =>
  [ODD_PATH, `/[!"$->@-~]*${ODD_NAME}`].map((path) => hostPattern(engine, path));

/** The engine whose address this is. */
export const engineOf = (address: Address): EngineId | undefined =>
  engineIds.find((id) => isListed(domainsOf[id], address.host) && hostsOf[id].test(address.host));
const perEngine = <T>(make: (id: EngineId) => T) =>
  Object.fromEntries(engineIds.map((id) => [id, make(id)])) as Record<EngineId, T>;
const domainsOf = perEngine((id): ReadonlySet<string> => new Set(engines[id].domains));
const hostsOf = perEngine((id) => new RegExp(`^${engines[id].host}$`));

/** True if an engine's address hides a path or a parameter behind an odd spelling. */
export const isOddlySpelled = (address: Address): boolean => odd.test(`${address.path}?${address.query}`);
