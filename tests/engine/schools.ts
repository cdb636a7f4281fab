import fc from 'fast-check';
import { type Address, parseAddress } from '../../rules/address.ts';
import type { CategoryId } from '../../rules/categories.ts';
import type { Documents } from '../../rules/documents.ts';
import { Orders } from '../../rules/orders.ts';
import { Policy } from '../../rules/policy.ts';
import type { Situation } from '../../rules/situation.ts';
import { stages } from '../../rules/stages.ts';

/**
 * Random small schools on a small web, so that lists, grants, guards and categories meet on the same hosts. Everything
 * is built from few parts on purpose: what never collides proves nothing.
 */
const now = Date.parse('2026-11-21T10:00:00Z');
const iso = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();

const domains = [
  'alpha.test',
  'beta.test',
  'gamma.example',
  'delta.example',
  'oak.town.sch.uk',
  'xn--mnchen-3ya.de',
];
const hosts = [
  ...domains,
  ...domains.map((domain) => `www.${domain}`),
  `a.b.${domains[0]}`,
  'notalpha.test',
  'alpha.test.evil.test',
];
const odd = [
  '127.0.0.1',
  '[::1]',
  'accounts.google.com',
  'www.childline.org.uk',
  'web.archive.org',
  'x-y.translate.goog',
  'evil.test',
  'www.google.co.uk',
  'google.com',
  'docs.google.com',
  'google.evil.test',
  'www.bing.com',
  'duckduckgo.com',
  'uk.search.yahoo.com',
  'www.ecosia.org',
];
const paths = [
  '/search',
  '/',
  '/a',
  '/a/b',
  '/abc',
  '/A',
  '/watch',
  '/a%20b',
  '/%61/b',
  '/Watch',
  '//a//b',
  '/%73earch',
  '//search',
];
const queries = [
  '?q=a&safe=off',
  '?q=a&safe=active&ssui=on',
  '?s%61fe=off&q=a',
  '?q=a%26b',
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

export const entryText = fc
  .record({
    scheme: fc.constantFrom('', '', '', 'https://', 'http://'),
    dot: fc.constantFrom('', '', '', '.'),
    host: fc.constantFrom(...hosts, ...hosts, '127.0.0.1', 'google.co.uk', 'www.bing.com', 'ecosia.org'),
    port: fc.constantFrom('', '', '', ':8080', ':443', ':80'),
    tail: fc.constantFrom('', '', '', '/a', '/a/b', '/search', '/watch?v=1', '/watch?v=1*', '/watch?v=1&w=2'),
  })
  .map(({ scheme, dot, host, port, tail }) => `${scheme}${dot}${host}${port}${tail}`);
const entry = entryText.map((text) => ({ entry: text }));
const plainHost = fc.constantFrom(...hosts);
/** Of each class some, and few, so that lists, stages and overlays meet on the same ones. */
const lawful = ['adult', 'games', 'proxies', 'social', 'streaming', 'webmail'] as const;
const category = fc.constantFrom<CategoryId>('illegal', ...lawful);
const someHosts = fc.uniqueArray(plainHost, { minLength: 1, maxLength: 4 });
const entries = fc.array(entry, { minLength: 0, maxLength: 4 });

const stageRules = fc
  .record({
    alone: fc.constantFrom('closed', 'approved', 'filtered', 'filtered'),
    supervised: fc.constantFrom('closed', 'approved', 'filtered', 'filtered'),
    always: fc.uniqueArray(category, { maxLength: 3 }),
    alonely: fc.uniqueArray(category, { maxLength: 4 }),
  })
  .map(({ alone, supervised, always, alonely }) => ({
    alone,
    supervised,
    closedAlways: always,
    closedAlone: [...new Set([...always, ...alonely])],
  }));

const list = fc.record({
  id: fc.constantFrom('one', 'two', 'three'),
  title: fc.constant('A list'),
  says: fc.constantFrom('open', 'open', 'closed', 'locked'),
  entries,
});

/** As a policy takes them: wider ones by the network manager, on somebody's request, and nothing illegal. */
const overlay = fc
  .record({
    direction: fc.constantFrom('stricter', 'wider'),
    categories: fc.uniqueArray(fc.constantFrom(...lawful), { maxLength: 3 }),
    entries: fc.array(entry, { minLength: 1, maxLength: 2 }),
    access: fc.constantFrom({}, {}, { alone: 'approved' }, { alone: 'filtered', supervised: 'filtered' }),
    scope: fc.constantFrom({ pupils: ['p'] }, { pupils: ['p'] }, { pupils: ['q'] }, { groups: ['2b'] }),
  })
  .map((fields) => ({
    ...fields,
    reason: 'agreed',
    by: { role: 'network-manager', name: 'IT' },
    requestedBy: 'a teacher',
    reviewBy: '2027-01-15',
  }));

const envelope = { schema: 1, mustUnderstand: [], school: 'school', epoch: 1, issuedAt: iso(-60) };

const policy = fc
  .record({
    rules: stageRules,
    lists: fc.array(list, { maxLength: 4 }),
    bundles: fc.array(
      fc.record({ pages: fc.array(entry, { minLength: 1, maxLength: 2 }), frames: someHosts }),
      { maxLength: 2 },
    ),
    embeds: fc.array(plainHost, { maxLength: 2 }),
    overlays: fc.array(overlay, { maxLength: 2 }),
  })
  .map(({ rules, lists, bundles, embeds, overlays }) =>
    Policy.parse({
      ...envelope,
      kind: 'policy',
      schoolName: 'School',
      timeZone: 'Europe/London',
      stages: Object.fromEntries(stages.map((stage) => [stage, rules])),
      groups: [{ id: '2b', name: '2B', stage: 'KS2' }],
      lists,
      bundles: bundles.map((bundle, at) => ({ id: `bundle-${at}`, title: 'Bundle', ...bundle })),
      platform: bundles.length > 0 ? ['bundle-0'] : [],
      embeds: embeds.map((host) => ({ host, reason: 'a map' })),
      overlays: overlays.map((one, at) => ({ id: `overlay-${at}`, ...one })),
      essential: [],
      contacts: [{ role: 'coordinator', title: 'Coordinator' }],
      help: [],
      reasons: {},
      reports: { to: 'coordinator', lookedAt: { days: [1], from: '08:00', until: '16:00' } },
      retention: { reports: 365, requests: 30 },
      history: [
        {
          at: iso(-60),
          by: 'coordinator',
          what: 'all',
          why: 'test',
          risk: { educational: { by: 'a', text: 'b' }, technical: { by: 'a', text: 'b' } },
          reviewBy: '2027-11-21',
        },
      ],
    }),
  );

const orders = fc
  .record({
    lesson: fc.option(
      fc.record({
        kind: fc.constantFrom('demonstration', 'directly-supervised', 'directed', 'supervised'),
        sites: entries,
      }),
      { freq: 3 },
    ),
    grant: fc.option(fc.array(entry, { minLength: 1, maxLength: 2 }), { freq: 2 }),
    closing: fc.option(entry, { freq: 1 }),
    suspended: fc.boolean(),
    never: fc.nat({ max: 9 }),
  })
  .map(({ lesson, grant, closing, suspended, never }) =>
    Orders.parse({
      ...envelope,
      kind: 'orders',
      expiresAt: iso(600),
      lessons: lesson
        ? [
            {
              id: 'l',
              adult: 'a',
              groups: ['2b'],
              bundles: [],
              startsAt: iso(-5),
              endsAt: iso(30),
              ...lesson,
            },
          ]
        : [],
      grants: grant
        ? [
            {
              id: 'g',
              scope: { groups: ['2b'] },
              entries: grant,
              reason: 'r',
              by: 'b',
              startsAt: iso(-5),
              endsAt: iso(30),
            },
          ]
        : [],
      closings: closing ? [{ ...closing, reason: 'r', by: 'b' }] : [],
      suspensions: suspended && never < 3 ? [{ pupil: 'p', reason: 'r', endsAt: iso(30) }] : [],
    }),
  );

const lists = fc
  .uniqueArray(fc.tuple(category, someHosts), { selector: ([id]) => id, maxLength: 6 })
  .map((all) => new Map<CategoryId, ReadonlySet<string>>(all.map(([id, names]) => [id, new Set(names)])));

/** A school and one pupil of it. */
export const school: fc.Arbitrary<{ documents: Documents; situation: Situation }> = fc
  .record({
    policy: fc.option(policy, { freq: 20 }),
    orders: fc.option(orders, { freq: 4 }),
    lists,
    listsInForce: fc.constantFrom(true, true, true, false),
    stage: fc.constantFrom(...stages, 'KS2' as const, 'KS3' as const, 'unknown' as const),
  })
  .map(({ stage, ...documents }) => ({
    // Lists that are not in force are none: the device hands in what Chrome enforces.
    documents: {
      ...documents,
      lists: documents.listsInForce ? documents.lists : new Map(),
      endpointHost: 'keystage.school.example',
    },
    situation: { stage, groups: ['2b'], pupil: 'p', now },
  }));

const addressText = fc
  .record({
    scheme: fc.constantFrom('http', 'https', 'https'),
    credentials: fc.constantFrom('', '', '', 'user@', 'alpha.test:pw@'),
    host: fc.constantFrom(...hosts, ...hosts, ...odd, 'keystage.school.example'),
    dot: fc.constantFrom('', '', '', '', '.'),
    port: fc.constantFrom('', '', '', ':8080', ':80'),
    path: fc.constantFrom(...paths),
    query: fc.constantFrom(...queries),
    fragment: fc.constantFrom('', '', '#v=1&w=2'),
  })
  .map(({ scheme, credentials, host, dot, port, path, query, fragment }) => {
    const dots = /^[\d[]/.test(host) ? '' : dot;
    return new URL(`${scheme}://${credentials}${host}${dots}${port}${path}${query}${fragment}`).href;
  });

export type Case = {
  url: string;
  address: Address;
  as: 'page' | 'frame' | 'resource';
  top: Address | null;
  topUrl?: string;
};

export const request: fc.Arbitrary<Case> = fc
  .record({ url: addressText, as: fc.constantFrom('page', 'page', 'frame', 'resource'), topUrl: addressText })
  .map(({ url, as, topUrl }) => {
    const address = parseAddress(url);
    const top = as === 'page' ? null : parseAddress(topUrl);
    if (!address) throw new Error(`not an address: ${url}`);
    return { url, address, as: as as Case['as'], top, ...(top ? { topUrl } : {}) };
  });
