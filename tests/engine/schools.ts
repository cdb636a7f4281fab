import fc from 'fast-check';
import type { CategoryId } from '../../rules/categories.ts';
import type { Documents } from '../../rules/documents.ts';
import { type Hosts, hostsFrom } from '../../rules/hosts.ts';
import { Orders } from '../../rules/orders.ts';
import { Policy } from '../../rules/policy.ts';
import { engineIds } from '../../rules/search-engines.ts';
import type { Situation } from '../../rules/situation.ts';
import { type Access, stages } from '../../rules/stages.ts';
import { ENDPOINT, guardedHosts, hosts, realNames, searchHosts } from './web.ts';

export { type Case, request } from './web.ts';

/** Random small schools on the small web of `web.ts`, in which every two tiers that can meet often do. */
const now = Date.parse('2026-11-21T10:00:00Z');
const iso = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();

const entryHost = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...hosts) },
  { weight: 2, arbitrary: fc.constantFrom(...guardedHosts.filter((host) => host !== '[::1]')) },
  { weight: 1, arbitrary: fc.constantFrom(...searchHosts, 'youtube.com') },
);
export const entryText = fc
  .record({
    scheme: fc.constantFrom('', '', '', '', '', 'https://', 'http://'),
    dot: fc.constantFrom('', '', '', '', '', '.'),
    host: entryHost,
    port: fc.constantFrom('', '', '', '', '', '', ':8080', ':443', ':80'),
    tail: fc.constantFrom(
      '',
      '',
      '',
      '',
      '',
      '/a',
      '/a/b',
      '/search',
      '/watch?v=1',
      '/watch?v=1*',
      '/watch?v=1&w=2',
    ),
  })
  .map(({ scheme, dot, host, port, tail }) => `${scheme}${dot}${host}${port}${tail}`);
const entry = entryText.map((text) => ({ entry: text }));
/** Of those that open, some let every frame load inside. */
const openEntry = fc
  .tuple(entryText, fc.boolean(), fc.boolean())
  .map(([text, one, two]) =>
    one && two ? { entry: text, embeds: { any: true as const, reason: 'a maps lesson' } } : { entry: text },
  );
const plainHost = fc.constantFrom(...hosts);
/** Of each class some, and few, so that lists, stages and overlays meet on the same ones. */
const lawful = ['adult', 'games', 'proxies', 'social', 'streaming', 'webmail'] as const;
const category = fc.constantFrom<CategoryId>('illegal', ...lawful);
const someHosts = fc.uniqueArray(
  fc.oneof({ weight: 1, arbitrary: plainHost }, { weight: 1, arbitrary: entryHost }),
  {
    minLength: 1,
    maxLength: 6,
  },
);
const openEntries = fc.array(openEntry, { minLength: 2, maxLength: 6 });
const entries = fc.array(entry, { minLength: 1, maxLength: 4 });

const stageRules = fc
  .record({
    access: fc.constantFrom<[Access, Access]>(
      ['closed', 'filtered'],
      ['approved', 'approved'],
      ['approved', 'filtered'],
      ['filtered', 'filtered'],
      ['filtered', 'filtered'],
      ['filtered', 'filtered'],
      ['filtered', 'closed'],
    ),
    always: fc.uniqueArray(category, { maxLength: 4 }),
    alonely: fc.uniqueArray(category, { minLength: 2, maxLength: 6 }),
  })
  .map(({ access, always, alonely }) => ({
    alone: access[0],
    supervised: access[1],
    closedAlways: always,
    closedAlone: [...new Set([...always, ...alonely])],
  }));

const list = fc
  .record({
    id: fc.constantFrom('one', 'two', 'three'),
    title: fc.constant('A list'),
    says: fc.constantFrom('open', 'open', 'open', 'open', 'closed', 'closed', 'closed', 'locked'),
    entries,
    openEntries,
  })
  .map(({ openEntries, entries, ...rest }) => ({
    ...rest,
    entries: rest.says === 'open' ? openEntries : entries,
  }));

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

/** An hour that holds now: an adult is there without a tap. */
const timetable = {
  hours: [
    {
      id: 'h',
      title: 'Maths',
      days: [1, 2, 3, 4, 5, 6, 7],
      from: '08:00',
      until: '16:00',
      groups: ['2b'],
      adult: 'a',
      kind: 'lesson',
    },
  ],
  holidays: [],
};

const envelope = { schema: 1, mustUnderstand: [], school: 'school', epoch: 1, issuedAt: iso(-60) };

const policy = fc
  .record({
    rules: stageRules,
    lists: fc.array(list, { minLength: 1, maxLength: 6 }),
    bundles: fc.array(
      fc.record({ pages: fc.array(entry, { minLength: 1, maxLength: 2 }), frames: someHosts }),
      { maxLength: 2 },
    ),
    embeds: fc.array(fc.oneof({ weight: 3, arbitrary: plainHost }, { weight: 1, arbitrary: entryHost }), {
      maxLength: 2,
    }),
    essential: fc.uniqueArray(fc.oneof(plainHost, entryHost), { maxLength: 1 }),
    help: fc.uniqueArray(plainHost, { maxLength: 1 }),
    engines: fc.option(fc.uniqueArray(fc.constantFrom(...engineIds), { maxLength: 4 }), { freq: 3 }),
    timetabled: fc.nat({ max: 9 }),
    overlays: fc.array(overlay, { maxLength: 2 }),
  })
  .map(({ rules, lists, bundles, embeds, overlays, essential, help, engines, timetabled }) =>
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
      essential: essential.map((host) => ({ host, reason: 'the school’s own sign-on' })),
      ...(engines ? { search: Object.fromEntries(stages.map((stage) => [stage, engines])) } : {}),
      ...(timetabled < 2 ? { timetable } : {}),
      contacts: [{ role: 'coordinator', title: 'Coordinator' }],
      help: help.map((host) => ({ title: 'Our own', host })),
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
        kind: fc.constantFrom('demonstration', 'directly-supervised', 'directed', 'directed', 'supervised'),
        sites: openEntries,
        bundles: fc.constantFrom([], ['bundle-0']),
        eyesUp: fc.nat({ max: 9 }),
      }),
      { freq: 2 },
    ),
    grant: fc.option(fc.array(openEntry, { minLength: 6, maxLength: 12 }), { freq: 4 }),
    homework: fc.constantFrom(null, null, null, 'list', 'supervised'),
    aloneEyesUp: fc.nat({ max: 24 }),
    aloneBundles: fc.constantFrom(undefined, undefined, ['bundle-0']),
    closing: fc.constantFrom(true, false, false, false).chain((one) => (one ? entry : fc.constant(null))),
    suspended: fc.nat({ max: 14 }),
  })
  .map(({ lesson, grant, homework, aloneEyesUp, aloneBundles, closing, suspended }) =>
    Orders.parse({
      ...envelope,
      kind: 'orders',
      expiresAt: iso(600),
      lessons: lesson ? [liveLesson(lesson)] : [],
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
              ...(homework ? { homework: { task: 't', opens: homework } } : {}),
              ...(aloneBundles ? { bundles: aloneBundles } : {}),
              ...(aloneEyesUp === 0 ? { eyesUpSince: iso(-1) } : {}),
            },
          ]
        : [],
      closings: closing ? [{ ...closing, reason: 'r', by: 'b' }] : [],
      suspensions: suspended === 0 ? [{ pupil: 'p', reason: 'r', endsAt: iso(30) }] : [],
    }),
  );

const liveLesson = ({ eyesUp, ...lesson }: { eyesUp: number }) => ({
  id: 'l',
  adult: 'a',
  groups: ['2b'],
  startsAt: iso(-5),
  endsAt: iso(30),
  ...(eyesUp === 0 ? { eyesUpSince: iso(-1) } : {}),
  ...lesson,
});

/** Names of the small web, and in some a few dozen of the real lists, packed as they travel or plain. */
const categoryList = fc
  .record({ names: someHosts, real: fc.nat({ max: 3 }), packed: fc.boolean() })
  .map(({ names, real, packed }): Hosts => {
    const all = real === 0 ? [...names, ...realNames] : names;
    return packed ? hostsFrom(all) : new Set(all);
  });
const lists = fc
  .uniqueArray(
    fc.tuple(
      fc.oneof({ weight: 1, arbitrary: category }, { weight: 2, arbitrary: fc.constantFrom(...lawful) }),
      categoryList,
    ),
    { selector: ([id]) => id, minLength: 2, maxLength: 7 },
  )
  .map((all) => new Map<CategoryId, Hosts>(all));

export type School = { documents: Documents; situation: Situation };

/** A school and one pupil of it. */
export const school: fc.Arbitrary<School> = fc
  .record({
    policy: fc.option(policy, { freq: 25 }),
    orders: fc.option(orders, { freq: 6 }),
    lists,
    listsInForce: fc.constantFrom(true, true, true, true, true, true, false),
    endpointHost: fc.constantFrom(ENDPOINT, ENDPOINT, ENDPOINT, '127.0.0.1'),
    stage: fc.constantFrom(
      ...stages,
      ...stages.filter((stage) => stage.startsWith('KS') && stage !== 'KS1'),
      ...stages.filter((stage) => stage.startsWith('KS') && stage !== 'KS1'),
      'unknown' as const,
    ),
  })
  .map(({ stage, ...documents }) => ({
    // Lists that are not in force are none: the device hands in what Chrome enforces.
    documents: { ...documents, lists: documents.listsInForce ? documents.lists : new Map() },
    situation: { stage, groups: ['2b'], pupil: 'p', now },
  }));
