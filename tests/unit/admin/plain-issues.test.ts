import { expect, test } from 'vitest';
import { checkOrders } from '../../../admin/orders-check.ts';
import { checkPolicy } from '../../../admin/policy-check.ts';
import { examplePolicy } from './school.ts';

const problemsIn = async (change: (policy: Record<string, unknown>) => void): Promise<string[]> => {
  const policy = structuredClone(await examplePolicy());
  change(policy);
  const checked = checkPolicy(policy, 'wrenfield-all-through');
  return checked.ok ? [] : checked.issues.map(({ path, problem }) => `${path}: ${problem}`);
};

test('several mistakes in a policy are told at once: where, what stands there, and what may', async () => {
  expect(
    await problemsIn((policy) => {
      delete policy.contacts;
      policy.schoolName = '';
      policy.lists = [{ id: 'Our List', title: 'x', says: 'opens', entries: [{ entry: 5 }] }];
      Object.assign(policy.stages as object, { KS2: { alone: 'aproved' } });
      Object.assign(policy.reports as { lookedAt: object }, {
        lookedAt: { days: [1], from: 8, until: '4pm' },
      });
      (policy.history as { reviewBy: string }[])[0] = {
        ...(policy.history as { reviewBy: string }[])[0],
        reviewBy: 'next spring',
      };
    }),
  ).toEqual(
    expect.arrayContaining([
      'contacts: is missing: write a list in [ ]',
      'schoolName: is empty: write some text',
      'lists[0].id: is "Our List", but must be small letters, digits and hyphens only, at most 40 of them',
      'lists[0].says: is "opens", but must be one of "open", "closed", "locked"',
      'lists[0].entries[0].entry: is 5, but must be text in "quotes"',
      'stages.KS2.alone: is "aproved", but must be one of "closed", "approved", "filtered"',
      'stages.KS2.closedAlone: is missing: write a list in [ ]',
      'reports.lookedAt.from: is 8, but must be text in "quotes"',
      'reports.lookedAt.until: is "4pm", but must be a time such as "08:30"',
      'history[0].reviewBy: is "next spring", but must be a date such as "2027-01-15"',
    ]),
  );
});

test('nothing is said in the validator’s own words', async () => {
  const said = await problemsIn((policy) => {
    for (const key of Object.keys(policy)) policy[key] = 5;
  });
  expect(said.length).toBeGreaterThan(10);
  expect(said.join('\n')).not.toMatch(/expected|received|invalid|ZodError/i);
});

test('orders: a part that does not exist is named, and a moment says how one is written', () => {
  const checked = checkOrders(
    { lesons: [], suspensions: [{ pupil: 'a@x.example', reason: 'r', endsAt: 'Friday' }] },
    new Date('2026-11-21T10:00:00Z'),
  );
  expect(checked.ok ? [] : checked.issues).toEqual(
    expect.arrayContaining([
      { path: 'lesons', problem: 'is not known here: is it spelled right, and in the right place?' },
      {
        path: 'suspensions[0].endsAt',
        problem: 'is "Friday", but must be a moment such as "2026-11-21T10:15:00Z"',
      },
    ]),
  );
});
