import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readList } from '../../../admin/subscriptions/read-list.ts';
import { parseAddress } from '../../../rules/address.ts';
import { decide } from '../../../rules/decide.ts';
import {
  clashesOf,
  type Site,
  sitesOf,
  staysOpen,
  withoutExceptions,
} from '../../../rules/lists/exceptions.ts';
import { hostIn } from '../../../rules/lists/host.ts';
import { schoolSites } from '../../../rules/lists/school-sites.ts';
import { Orders } from '../../../rules/orders.ts';
import { Policy } from '../../../rules/policy.ts';

const data = resolve(import.meta.dirname, '../../../../shared/data');
const isHere = existsSync(data);
if (!isHere) console.warn(`SKIPPED: real lists are not here (${data})`);

const policy = Policy.parse(
  JSON.parse(readFileSync(new URL('../../../admin/examples/all-through.json', import.meta.url), 'utf8')),
);
const now = Date.parse('2026-09-07T10:00:00.000Z');

test('the built-in school sites are hosts, each once', () => {
  expect(schoolSites.length).toBeGreaterThanOrEqual(120);
  expect(new Set(schoolSites).size).toBe(schoolSites.length);
  for (const host of schoolSites) expect(hostIn(host)).toBe(host);
});

test.skipIf(!isHere)(
  'with UT1 games subscribed, the school sites stay open at KS2 with an adult',
  async () => {
    const read = await readList(resolve(data, 'lists/games.txt'), 'auto');
    if (!read.ok) throw new Error(read.code);
    const clashes = clashesOf(read.names, 'games', sitesOf(policy));
    const excepted = clashes.filter(({ excepted }) => excepted).map(({ host }) => host);
    // What the data's own README says that UT1 closes.
    for (const host of [
      'ttrockstars.com',
      'brainpop.com',
      'tynker.com',
      'adaptedmind.com',
      'internetmatters.org',
      'nationalgeographic.com',
    ])
      expect(excepted).toContain(host);

    const KS2 = policy.groups.find(({ stage }) => stage === 'KS2');
    const orders = Orders.parse({
      schema: 1,
      mustUnderstand: [],
      kind: 'orders',
      school: policy.school,
      epoch: 1,
      issuedAt: '2026-09-07T09:00:00.000Z',
      expiresAt: '2026-09-08T09:00:00.000Z',
      lessons: [
        {
          id: 'lesson',
          adult: 'A teacher',
          groups: [KS2?.id],
          kind: 'supervised',
          sites: [],
          bundles: [],
          startsAt: '2026-09-07T09:30:00.000Z',
          endsAt: '2026-09-07T10:30:00.000Z',
        },
      ],
      grants: [],
      closings: [],
      suspensions: [],
    });
    const games = [...policy.stages.KS2.closedAlways, 'games' as const];
    const closing = Policy.parse({
      ...policy,
      // Nothing but the list decides: the school has approved no site itself.
      lists: [],
      bundles: [],
      platform: [],
      stages: {
        ...policy.stages,
        KS2: { ...policy.stages.KS2, supervised: 'filtered', closedAlways: games, closedAlone: games },
      },
    });
    const verdictOn = (names: readonly string[], host: string) => {
      const address = parseAddress(`https://${host}/`);
      if (!address) throw new Error(host);
      return decide(
        { policy: closing, orders, lists: new Map([['games', new Set(names)]]), listsInForce: true },
        { stage: 'KS2', groups: [KS2?.id ?? ''], now },
        address,
      );
    };
    const live = withoutExceptions(read.names, new Set(excepted));
    const closed = schoolSites.filter((host) => !verdictOn(live, host).open);
    expect(closed).toEqual([]);
    // Without the exceptions they would be closed: the test can fail.
    expect(verdictOn(read.names, 'ttrockstars.com')).toMatchObject({ open: false, tier: 'closedAlways' });
    // And the list still closes games.
    expect(verdictOn(live, read.names.find((name) => staysOpen(name, excepted)) ?? '')).toMatchObject({
      open: false,
    });
  },
);

const sites: Site[] = [
  { host: 'maths.example', from: 'school-sites', for: 'everybody', pageOnly: false },
  { host: 'video.example', from: 'approved', for: 'everybody', pageOnly: true },
  { host: 'club.example', from: 'club', for: 'groups', pageOnly: false },
  { host: 'older.example', from: 'ks4', for: 'stages', pageOnly: false },
];
const names = [
  'club.example',
  'maths.example',
  'older.example',
  'play.maths.example',
  'unrelated.example',
  'video.example',
];
const exceptedIn = (category: Parameters<typeof clashesOf>[1]) =>
  clashesOf(names, category, sites)
    .filter(({ excepted }) => excepted)
    .map(({ host }) => host);

test('a page, or one group’s site, does not open its whole host to everybody', () => {
  expect(exceptedIn('games')).toEqual(['maths.example', 'older.example', 'play.maths.example']);
});

test('in a sensitive category only the whole of a site for everybody is left out', () => {
  expect(exceptedIn('adult')).toEqual(['maths.example']);
});

test('nothing is left out of an illegal list', () => {
  expect(exceptedIn('illegal')).toEqual([]);
});

test('what was closed before is no news', () => {
  expect(clashesOf(names, 'games', sites, new Set(names))).toEqual([]);
});

test('a name above a site closes it', () => {
  expect(
    clashesOf(['example.org'], 'games', [
      { host: 'kids.example.org', from: 'x', for: 'everybody', pageOnly: false },
    ]),
  ).toEqual([{ host: 'example.org', site: 'kids.example.org', from: 'x', closes: 'site', excepted: true }]);
});

test('the school’s own entries are read as sites', () => {
  const line = (entry: string) => ({ entry });
  const found = sitesOf({
    lists: [
      {
        id: 'open',
        title: 'Open',
        says: 'open',
        entries: [line('https://A.example'), line('b.example/page')],
      },
      { id: 'shut', title: 'Shut', says: 'closed', entries: [line('c.example')] },
    ],
    bundles: [],
  } as unknown as Policy).filter(({ from }) => from !== 'school-sites');
  expect(found).toEqual([
    { host: 'a.example', from: 'open', for: 'everybody', pageOnly: false },
    { host: 'b.example', from: 'open', for: 'everybody', pageOnly: true },
  ]);
});
