import { expect, test } from 'vitest';
import { policyNotes } from '../../../admin/policy-notes.ts';
import { sayIssue } from '../../../admin/shown-path.ts';
import { type Overlay, Policy } from '../../../rules/policy.ts';
import { examplePolicy } from '../../fixtures/examplePolicy.ts';

const envelope = { schema: 1, mustUnderstand: [], epoch: 0, issuedAt: new Date(0).toISOString() };

const example = async () => (await examplePolicy()) as unknown as { history: object[]; overlays: Overlay[] };

/** What is noted of the example with these lists, at a moment. */
async function notesOf(changed: object, at: string): Promise<string[]> {
  const policy = Policy.parse({ ...envelope, kind: 'policy', ...(await examplePolicy()), ...changed });
  return (await policyNotes(policy, new Date(at))).map(sayIssue);
}

test('an end and a review are noted once they are over, and not before', async () => {
  const lists = [
    {
      id: 'projects',
      title: 'Projects',
      says: 'open',
      entries: [{ entry: 'a.example', endsAt: '2026-12-18T16:00:00Z' }],
    },
  ];
  const { history } = await example();
  const changed = {
    lists,
    bundles: [],
    platform: [],
    overlays: [],
    history: [{ ...history[0], reviewBy: '2027-01-15' }],
  };
  expect(await notesOf(changed, '2026-12-01T10:00:00Z')).toEqual([]);
  expect(await notesOf(changed, '2027-01-16T10:00:00Z')).toEqual([
    'lists[0] (projects).entries[0] "a.example".endsAt: 2026-12-18T16:00:00Z is over: it does nothing any more',
    'history[0].reviewBy: 2027-01-15 is past: was it reviewed?',
  ]);
});

test('an overlay that is over is noted, and its review', async () => {
  const { overlays } = await example();
  const overlay = { ...(overlays[0] as Overlay), endsAt: '2026-12-18T16:00:00Z', reviewBy: '2026-12-18' };
  const said = (await notesOf({ overlays: [overlay] }, '2026-12-19T10:00:00Z')).join('\n');
  expect(said).toContain(`overlays[0] (${overlay.id}).endsAt: `);
  expect(said).toContain(`overlays[0] (${overlay.id}).reviewBy: `);
});

test('an approved site that our own lists call sensitive is noted with list and category, an ordinary one is not', async () => {
  const entries = [{ entry: 'www.pornhub.com/x' }, { entry: 'poki.com' }];
  const list = { id: 'ours', title: 'Ours', entries };
  const noted = async (says: string) =>
    (await notesOf({ lists: [{ ...list, says }] }, '2026-11-01T10:00:00Z')).filter((one) =>
      one.startsWith('lists'),
    );
  expect(await noted('open')).toEqual([
    'lists[0] (ours).entries[0] "www.pornhub.com/x": is opened, and stands in Keystage’s own list “Pornography and adult sites” (sensitive)',
  ]);
  expect(await noted('closed')).toEqual([]);
});
