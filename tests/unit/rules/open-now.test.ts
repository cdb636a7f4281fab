import { expect, test } from 'vitest';
import type { Documents } from '../../../rules/documents.ts';
import { openNow } from '../../../rules/open-now.ts';
import type { Grant, Lesson, Orders, Suspension } from '../../../rules/orders.ts';
import type { Stage } from '../../../rules/stages.ts';
import { standingOf } from '../../../rules/standing.ts';
import { exampleSchool } from './exampleSchool.ts';

const now = Date.parse('2026-09-07T10:00:00Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

const lesson = (kind: Lesson['kind'], more: Partial<Lesson> = {}): Lesson => ({
  id: 'l',
  adult: 'Ms Reed',
  groups: ['2b', '5-oak', '8a'],
  kind,
  sites: [{ entry: 'phonicsplay.co.uk', title: 'Phonics Play' }, { entry: 'maps.example/uk' }],
  bundles: ['purple-mash'],
  startsAt: at(-1),
  endsAt: at(30),
  ...more,
});

type Said = {
  lessons?: Lesson[];
  grants?: Grant[];
  suspensions?: Suspension[];
  closings?: Orders['closings'];
};

/** What a pupil of this stage and group sees, at the all-through example school. */
function seen(
  stage: Stage,
  group: string,
  said: Said = {},
  change: (documents: Documents) => Documents = (d) => d,
) {
  const school = exampleSchool();
  const orders: Orders = {
    schema: 1,
    mustUnderstand: [],
    kind: 'orders',
    school: school.policy.school,
    epoch: 1,
    issuedAt: at(-1),
    expiresAt: at(600),
    lessons: [],
    grants: [],
    closings: [],
    suspensions: [],
    ...said,
  };
  const documents = change({ ...school, orders });
  return openNow(
    documents,
    standingOf(documents, { stage, groups: [group], pupil: 'a@b.example', seat: 's', now }),
  );
}
const names = ({ shelves }: ReturnType<typeof openNow>) =>
  shelves.map((shelf) => (shelf.what === 'list' ? shelf.title : shelf.what));
const titles = (open: ReturnType<typeof openNow>, at = 0) =>
  open.shelves[at]?.tiles.map(({ title }) => title) ?? [];

test('KS1 waits for its teacher, watches the board in a demonstration, and has the lesson’s pages as tiles', () => {
  expect(seen('KS1', '2b')).toMatchObject({ shut: { code: 'no-adult-yet' }, shelves: [], search: null });
  expect(seen('KS1', '2b', { lessons: [lesson('demonstration')] })).toMatchObject({
    shut: { code: 'watch-the-board' },
    led: null,
    shelves: [],
  });
  const open = seen('KS1', '2b', { lessons: [lesson('directly-supervised')] });
  expect(open).toMatchObject({ shut: null, led: { by: 'Ms Reed', until: now + 30 * 60_000 }, isWide: false });
  expect(open.shelves).toEqual([
    {
      what: 'lesson',
      tiles: [
        { title: 'Phonics Play', address: 'https://phonicsplay.co.uk/' },
        { title: 'maps.example', address: 'https://maps.example/uk' },
        { title: 'Purple Mash', address: 'https://purplemash.com/' },
      ],
    },
  ]);
  expect(open.search).toBeNull();
});

test('in a demonstration the board comes before what else is open', () => {
  const grants: Grant[] = [
    {
      id: 'g',
      scope: { seats: ['s'] },
      entries: [{ entry: 'asked.example' }],
      reason: 'r',
      by: 'Ms Reed',
      startsAt: at(-1),
      endsAt: at(60),
    },
  ];
  expect(titles(seen('KS1', '2b', { grants }))).toEqual(['asked.example']);
  expect(seen('KS1', '2b', { grants, lessons: [lesson('demonstration')] })).toMatchObject({
    shut: { code: 'watch-the-board' },
    shelves: [],
  });
});

test('what stands on the lesson’s shelf stands on no other', () => {
  const sites = [{ entry: 'scratch.mit.edu' }, { entry: 'https://scratch.mit.edu', title: 'Again' }];
  const open = seen('KS2', '5-oak', { lessons: [lesson('supervised', { sites, bundles: [] })] });
  const all = open.shelves.flatMap(({ tiles }) => tiles.map(({ address }) => address));
  expect(titles(open)).toEqual(['scratch.mit.edu']);
  expect(all.filter((address) => address === 'https://scratch.mit.edu/')).toHaveLength(1);
});

test('another class’s lesson, one that is over, and one for an unknown pupil show nothing', () => {
  const lessons = [lesson('directly-supervised')];
  expect(seen('KS1', '1a', { lessons }).shut).toEqual({ code: 'no-adult-yet' });
  expect(seen('KS1', '2b', { lessons: [lesson('directly-supervised', { endsAt: at(0) })] }).shut).toEqual({
    code: 'no-adult-yet',
  });
  expect(seen('KS1', '2b', { lessons }, (documents) => ({ ...documents, policy: null })).shut).toEqual({
    code: 'not-known-yet',
  });
});

test('eyes up and a suspension leave no tile', () => {
  expect(seen('KS2', '5-oak', { lessons: [lesson('directed', { eyesUpSince: at(-1) })] })).toMatchObject({
    shut: { code: 'eyes-up' },
    shelves: [],
    search: null,
    isWide: false,
  });
  const suspensions = [{ pupil: 'A@b.example', reason: 'x', endsAt: at(60) }];
  expect(seen('KS3', '8a', { suspensions })).toMatchObject({
    shut: { code: 'suspended-until', until: now + 3_600_000 },
    shelves: [],
    search: null,
  });
});

test('a directed lesson shows its sites and the platform, and nothing that waits', () => {
  const open = seen('KS3', '8a', { lessons: [lesson('directed')] });
  expect(names(open)).toEqual(['lesson', 'services']);
  expect(titles(open, 1)).toEqual(['Google Classroom', 'Google Drive', 'School e-mail and calendar']);
  expect(open).toMatchObject({ isWide: false, search: null });
});

test('alone, KS2 sees the school’s lists in groups, and what a list names twice only once', () => {
  const open = seen('KS2', '5-oak');
  expect(open).toMatchObject({ shut: null, led: null, isWide: false, search: null });
  expect(names(open)).toEqual(['KS2 approved sites', 'Staying safe', 'Our own pages', 'services']);
  expect(titles(open)).toContain('BBC Bitesize');
  const all = open.shelves.flatMap(({ tiles }) => tiles.map(({ address }) => address));
  expect(new Set(all).size).toBe(all.length);
  expect(all.every((address) => address.startsWith('https://'))).toBe(true);
});

test('KS3 searches with an engine that is open; without its lists it does not', () => {
  expect(seen('KS3', '8a')).toMatchObject({ isWide: true, search: { title: 'Google' } });
  expect(seen('KS3', '8a', {}, (documents) => ({ ...documents, listsInForce: false }))).toMatchObject({
    isWide: false,
    search: null,
  });
});

test('homework has its task, its end and its teacher; a yes to a request stands beside', () => {
  const grant = (id: string, entry: string, more: Partial<Grant> = {}): Grant => ({
    id,
    scope: { groups: ['5-oak'] },
    entries: [{ entry }],
    reason: 'r',
    by: 'Ms Reed',
    startsAt: at(-1),
    endsAt: at(600),
    ...more,
  });
  const homework = { task: 'Roman roads', opens: 'list' as const };
  const open = seen('KS2', '5-oak', {
    grants: [grant('request-1', 'asked.example'), grant('h', 'roads.example', { homework })],
  });
  expect(open.shelves.slice(0, 2)).toEqual([
    {
      what: 'homework',
      task: 'Roman roads',
      by: 'Ms Reed',
      due: now + 600 * 60_000,
      tiles: [{ title: 'roads.example', address: 'https://roads.example/' }],
    },
    { what: 'granted', tiles: [{ title: 'asked.example', address: 'https://asked.example/' }] },
  ]);
});

test('no tile leads to a page that something higher closes', () => {
  const closings = [{ entry: 'phonicsplay.co.uk', reason: 'hacked', by: 'IT' }];
  const open = seen('KS1', '2b', { lessons: [lesson('directly-supervised')], closings });
  expect(titles(open)).toEqual(['maps.example', 'Purple Mash']);
  const all = seen('KS1', '2b', {
    lessons: [lesson('directly-supervised', { sites: [{ entry: 'phonicsplay.co.uk' }], bundles: [] })],
    closings,
  });
  expect(all.shut).toEqual({ code: 'no-adult-yet' });
});

test('an hour of the timetable says who is there and what it is', () => {
  const open = seen('KS3', '8a', {}, (documents) => ({
    ...documents,
    policy: documents.policy && {
      ...documents.policy,
      timetable: {
        holidays: [],
        hours: [
          {
            id: 'm',
            title: 'Maths',
            days: [1],
            from: '10:30',
            until: '11:30',
            groups: ['8a'],
            adult: 'Mr Okafor',
            kind: 'lesson' as const,
          },
        ],
      },
    },
  }));
  expect(open.led).toEqual({ by: 'Mr Okafor', until: Date.parse('2026-09-07T10:30:00Z'), title: 'Maths' });
});
