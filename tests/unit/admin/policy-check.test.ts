import { expect, test } from 'vitest';
import { checkOrders } from '../../../admin/orders-check.ts';
import { checkPolicy } from '../../../admin/policy-check.ts';
import { sayIssue } from '../../../admin/shown-path.ts';
import { examplePolicy } from './school.ts';

type Written = Awaited<ReturnType<typeof examplePolicy>> & Record<string, unknown>;

/** What is said of the all-through example once it is changed, as `place: problem`. */
async function saidOf(change: (policy: Written) => void): Promise<string[]> {
  const policy = structuredClone(await examplePolicy()) as Written;
  change(policy);
  const checked = checkPolicy(policy, 'wrenfield-all-through');
  return checked.ok ? [] : checked.issues.map(({ path, problem }) => `${path}: ${problem}`);
}

const notKnown = 'is not known here: is it spelled right, and in the right place?';

test('a misspelled field is named, also one that would only have made the policy stricter', async () => {
  expect(
    await saidOf((policy) => {
      policy.overlay = policy.overlays;
      delete policy.overlays;
    }),
  ).toEqual([`overlay: ${notKnown}`]);
});

test('so is one inside a list, an entry or a stage, with its place', async () => {
  expect(
    await saidOf((policy) => {
      Object.assign(policy.lists[0] as object, { stage: ['KS2'] });
      Object.assign(policy.lists[0]?.entries[0] as object, { ends: '2026-12-01T00:00:00Z' });
      Object.assign(policy.stages.KS2, { closedAllways: ['games'] });
      Object.assign(policy.reports.lookedAt, { holidays: [] });
    }),
  ).toEqual([
    `stages.KS2.closedAllways: ${notKnown}`,
    `lists[0].entries[0].ends: ${notKnown}`,
    `lists[0].stage: ${notKnown}`,
    `reports.lookedAt.holidays: ${notKnown}`,
  ]);
});

test('a field that is spelled wrong and therefore missing is both, at once', async () => {
  expect(
    await saidOf((policy) => {
      policy.contact = policy.contacts;
      delete (policy as Partial<Written>).contacts;
    }),
  ).toEqual([`contact: ${notKnown}`, 'contacts: is missing: write a list in [ ]']);
});

test('where the shape itself is wrong, all else that can be known is said in the same go', async () => {
  const said = await saidOf((policy) => {
    policy.school = 'elsewhere';
    policy.lists.push({ ...(policy.lists[0] as (typeof policy.lists)[0]) });
    Object.assign(policy.lists[0] as object, { says: 'opn', stage: ['KS2'] });
    Object.assign(policy.lists[1]?.entries[0] as object, { entry: 'co.uk', ends: 'soon' });
    Object.assign(policy.lists[2] as object, { groups: ['9-nowhere'] });
    Object.assign(policy.groups[0] as object, { stage: 'KS9' });
  });
  const wanted = [
    /^groups\[0\]\.stage: is "KS9", but must be /,
    /^lists\[0\]\.says: is "opn", but must be /,
    /^lists\[0\]\.stage: is not known here/,
    /^lists\[10\]\.id: "locked" stands there twice$/,
    /^lists\[1\]\.entries\[0\]\.ends: is not known here/,
    /^lists\[1\]\.entries\[0\]\.entry: public-suffix: /,
    /^lists\[2\]\.groups: there is no group "9-nowhere"/,
    /^school: is "elsewhere"/,
  ];
  expect(said.sort()).toEqual(wanted.map((one) => expect.stringMatching(one)));
});

test('a group that cannot be read is no reason to call its lists wrong', async () => {
  expect(
    await saidOf((policy) => {
      const id = policy.lists.flatMap(({ groups = [] }) => groups)[0] ?? policy.groups[0]?.id;
      Object.assign(policy.lists[0] as object, { groups: [id] });
      Object.assign((policy.groups as { id: string }[]).find((group) => group.id === id) as object, {
        id: 7,
      });
      policy.overlays = [];
      delete (policy as Partial<Written>).timetable;
    }),
  ).toEqual([expect.stringMatching(/^groups\[\d+\]\.id: is 7/)]);
});

test('what only a newer Keystage could mean is refused before every device would', async () => {
  expect(
    await saidOf((policy) => {
      policy.schema = 2;
      policy.mustUnderstand = ['lists', 'curfew'];
    }),
  ).toEqual([
    'schema: is 2, but this Keystage writes 1: leave it out',
    'mustUnderstand[1]: a policy has no field "curfew"',
  ]);
});

test('two lists, groups or bundles of one id are named', async () => {
  expect(
    await saidOf((policy) => {
      for (const part of [policy.lists, policy.groups, policy.bundles] as { id: string }[][])
        part.splice(1, 0, { ...(part[0] as { id: string }) });
    }),
  ).toEqual(
    (['lists', 'groups', 'bundles'] as const).map((part) =>
      expect.stringMatching(new RegExp(`^${part}\\[1\\]\\.id: ".+" stands there twice$`)),
    ),
  );
});

test('a report goes to somebody who may read it: the child is told so', async () => {
  expect(
    await saidOf((policy) => {
      policy.reports.to = 'teacher';
      policy.contacts.push({ role: 'teacher', title: 'Your teacher' });
    }),
  ).toEqual(['reports.to: is "teacher", who reads no reports: write "coordinator" or "dsl"']);
});

test('a place is shown with the names of what stands there, and its path stays as machines read it', async () => {
  const policy = structuredClone(await examplePolicy()) as Written;
  Object.assign(policy.lists[1]?.entries[0] as object, { entry: 'co.uk' });
  policy.lists[2] = { ...policy.lists[2], stage: 'KS2' } as never;
  const checked = checkPolicy(policy, 'wrenfield-all-through');
  const issues = checked.ok ? [] : checked.issues;
  expect(issues.map(({ path }) => path).sort()).toEqual(['lists[1].entries[0].entry', 'lists[2].stage']);
  const said = issues.map(sayIssue).join('\n');
  expect(said).toContain(`lists[1] (${policy.lists[1]?.id}).entries[0] "co.uk": public-suffix: `);
  expect(said).toContain(`lists[2] (${policy.lists[2]?.id}).stage: `);
});

test('the example itself says nothing', async () => {
  expect(await saidOf(() => {})).toEqual([]);
});

test('orders: a misspelled field inside a lesson is named too', () => {
  const checked = checkOrders(
    {
      lessons: [
        {
          kind: 'directed',
          adult: 'Ms Okafor',
          groups: ['2b'],
          site: ['example.org'],
          sites: ['example.org'],
          endsAt: '2026-11-21T10:45:00Z',
        },
      ],
    },
    new Date('2026-11-21T10:00:00Z'),
  );
  expect(checked.ok ? [] : checked.issues).toEqual([{ path: 'lessons[0].site', problem: notKnown }]);
});
