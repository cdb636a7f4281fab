import { expect, test } from 'vitest';
import { parseAddress } from '../../../rules/address.ts';
import { judge } from '../../../rules/decide.ts';
import type { Documents } from '../../../rules/documents.ts';
import { openNow } from '../../../rules/open-now.ts';
import type { LessonKind, Orders } from '../../../rules/orders.ts';
import { standingOf } from '../../../rules/standing.ts';
import { exampleSchool } from './exampleSchool.ts';

const now = Date.parse('2026-09-07T10:00:00Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

/** Orders that open and close nothing. */
const nothingOpen = (school: string): Orders => ({
  schema: 1,
  mustUnderstand: [],
  kind: 'orders',
  school,
  epoch: 1,
  issuedAt: at(-1),
  expiresAt: at(600),
  lessons: [],
  grants: [],
  closings: [],
  suspensions: [],
});

/** A class of KS2 in a lesson of this kind, whose one site is maps.example. */
function inLesson(kind: LessonKind) {
  const school = exampleSchool({ games: ['play.example'] });
  const orders: Orders = {
    ...nothingOpen(school.policy.school),
    lessons: [
      {
        id: 'l',
        adult: 'Ms Reed',
        groups: ['5-oak'],
        kind,
        sites: [{ entry: 'maps.example' }],
        bundles: [],
        startsAt: at(-1),
        endsAt: at(30),
      },
    ],
  };
  const documents: Documents = { ...school, orders };
  const situation = { stage: 'KS2' as const, groups: ['5-oak'], now };
  const standing = standingOf(documents, situation);
  return (href: string) => {
    const address = parseAddress(href);
    if (!address) throw new Error(href);
    return judge(standing, documents, address).open;
  };
}
const anything = 'https://something.example/';
const platform = 'https://classroom.google.com/';

test.each([
  ['demonstration', { site: false }],
  ['directly-supervised', { site: true, platform: false, anything: false }],
  ['directed', { site: true, platform: true, anything: false }],
  ['supervised', { site: true, platform: true, anything: true }],
] as const)('a %s lesson at KS2 opens what it says and no more', (kind, opens) => {
  const isOpen = inLesson(kind);
  const found = {
    site: isOpen('https://maps.example/rivers'),
    platform: isOpen(platform),
    anything: isOpen(anything),
  };
  expect(found).toMatchObject(opens);
});

test('at KS1 an opening for the class waits for the lesson; one for this seat alone does not', () => {
  const school = exampleSchool({});
  const grant = (id: string, scope: Orders['grants'][number]['scope'], entry: string) => ({
    id,
    scope,
    entries: [{ entry }],
    reason: 'counting',
    by: 'Ms Reed',
    startsAt: at(-1),
    endsAt: at(60),
  });
  const lesson = (kind: LessonKind) => ({
    id: 'l',
    adult: 'Ms Reed',
    groups: ['2b'],
    kind,
    sites: [],
    bundles: [],
    startsAt: at(-1),
    endsAt: at(30),
  });
  const openIn = (kind: LessonKind | null, stage: 'KS1' | 'KS2') => {
    const orders: Orders = {
      ...nothingOpen(school.policy.school),
      lessons: kind ? [lesson(kind)] : [],
      grants: [
        grant('class', { groups: ['2b'] }, 'class.example/page'),
        grant('seat', { seats: ['s'] }, 'seat.example/page'),
        grant('yes', { groups: ['2b'], seats: ['s'] }, 'yes.example/page'),
      ],
    };
    const standing = standingOf({ ...school, orders }, { stage, groups: ['2b'], seat: 's', now });
    return standing.granted.map(({ text }) => text.split('.')[0]);
  };
  expect(openIn(null, 'KS1')).toEqual(['seat']);
  expect(openIn('demonstration', 'KS1')).toEqual(['seat']);
  expect(openIn('directly-supervised', 'KS1')).toEqual(['class', 'seat', 'yes']);
  expect(openIn(null, 'KS2')).toEqual(['class', 'seat', 'yes']);
});

test('eyes up in a lesson whose list is all that a seat has covers that seat, in its adult’s name, until it ends', () => {
  const school = exampleSchool({});
  const list = (id: string, changes: object) => ({
    id,
    scope: { seats: ['s'] },
    entries: [{ entry: `${id}.example/page` }],
    reason: 'rivers',
    by: 'Ms Reed',
    startsAt: at(-1),
    endsAt: at(30),
    ...changes,
  });
  const seen = (seat: string, minutes: number, eyes: object) => {
    const orders: Orders = {
      ...nothingOpen(school.policy.school),
      grants: [list('rivers', eyes), list('longer', { endsAt: at(60) })],
    };
    const documents: Documents = { ...school, orders };
    const standing = standingOf(documents, {
      stage: 'KS2',
      groups: ['5-oak'],
      seat,
      now: now + minutes * 60_000,
    });
    const address = parseAddress('https://longer.example/page');
    if (!address) throw new Error('no address');
    return [judge(standing, documents, address), openNow(documents, standing).shut] as const;
  };
  const eyesUp = { code: 'eyes-up', by: 'Ms Reed' };
  const [verdict, shut] = seen('s', 0, { eyesUpSince: at(0) });
  expect(verdict).toMatchObject({ open: false, tier: 'suspended', reason: eyesUp });
  expect(shut).toEqual(eyesUp);
  expect(seen('s', 0, {})[0].open).toBe(true);
  expect(seen('s', 31, { eyesUpSince: at(0) })[0].open).toBe(true);
  expect(seen('other', 0, { eyesUpSince: at(0) })[1]).not.toEqual(eyesUp);
});

test('a KS1 seat that was opened alone shows what the lesson’s pages are made of, and nobody else’s frames', () => {
  const school = exampleSchool();
  const orders: Orders = {
    ...nothingOpen(school.policy.school),
    grants: [
      {
        id: 'l:seat',
        scope: { seats: ['s'] },
        entries: [{ entry: 'bbc.co.uk/bitesize' }, { entry: 'maps.example/rivers' }],
        bundles: ['bbc-bitesize'],
        reason: 'Rivers',
        by: 'Ms Reed',
        startsAt: at(-1),
        endsAt: at(30),
      },
    ],
  };
  const documents: Documents = { ...school, orders };
  const frameIn = (seat: string, frame: string, page: string) => {
    const [address, top] = [parseAddress(frame), parseAddress(page)];
    if (!address || !top) throw new Error(frame);
    const standing = standingOf(documents, { stage: 'KS1', groups: ['2b'], seat, now });
    return judge(standing, documents, address, { as: 'frame', top }).open;
  };
  const bitesize = 'https://www.bbc.co.uk/bitesize/articles/z1';
  const rivers = 'https://maps.example/rivers';
  // A service's own frames, and those that the school lets any approved page show.
  expect(frameIn('s', 'https://static.files.bbci.co.uk/player.html', bitesize)).toBe(true);
  expect(frameIn('s', 'https://www.openstreetmap.org/export/embed.html', rivers)).toBe(true);
  expect(frameIn('s', 'https://elsewhere.example/', rivers)).toBe(false);
  expect(frameIn('other', 'https://static.files.bbci.co.uk/player.html', bitesize)).toBe(false);
});
