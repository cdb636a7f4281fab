import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Approvals } from '../../../../admin/approvals/wire.ts';
import { parseAddress } from '../../../../rules/address.ts';
import { decide } from '../../../../rules/decide.ts';
import { Policy } from '../../../../rules/policy.ts';
import { payloadOf } from '../../../fixtures/payload.ts';
import { atDesk, examplePolicy, openSchool, type School } from '../school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool();
  const published = await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  if (!published.ok) throw new Error(JSON.stringify(published.issues));
});
afterEach(() => school.close());

type Desk = Awaited<ReturnType<typeof atDesk>>;
const say = async (desk: Desk, path: string, body: object = {}) => {
  const answer = await desk.ask(`/console/api/approvals${path}`, body);
  return { status: answer.status, ...(await answer.json()) };
};
const site = (more: object = {}) => ({
  entry: 'rivers.example',
  title: 'Rivers of the world',
  reason: 'Year 5 geography.',
  stages: ['KS2'],
  says: { kind: 'site' },
  ...more,
});
const policyNow = async (): Promise<Policy> => {
  const seat = await school.enrol();
  const jws = await (await seat.get('/v1/policy')).text();
  return Policy.parse(payloadOf(jws));
};
const isOpen = async (text: string, stage: 'KS1' | 'KS2' | 'KS3' = 'KS2') => {
  const address = parseAddress(text);
  if (!address) throw new Error(text);
  const documents = { policy: await policyNow(), orders: null, lists: new Map(), listsInForce: true };
  return decide(documents, { stage, groups: [], now: school.clock.now }, address).open;
};

describe('approving well', () => {
  test('a site with a reason is on the list at once, in the policy’s history, and comes off again', async () => {
    const teacher = await atDesk(school, 'teacher');
    expect(await isOpen('https://rivers.example/nile')).toBe(false);
    const { id } = await say(teacher, '', site());
    expect(await isOpen('https://rivers.example/nile')).toBe(true);
    expect((await policyNow()).history.at(-1)).toMatchObject({
      by: 'The teacher',
      what: 'Approved: Rivers of the world.',
      why: 'Year 5 geography.',
    });
    expect((await say(teacher, `/${id}/end`)).status).toBe(200);
    expect(await isOpen('https://rivers.example/nile')).toBe(false);
  });

  test('one video means one video, everywhere that it plays, and needs “I watched it all”', async () => {
    const teacher = await atDesk(school, 'teacher');
    const video = site({
      entry: 'https://www.youtube.com/watch?v=abcdefghijk',
      says: { kind: 'video', watchedAll: true, lesson: 'Rivers, lesson 3' },
    });
    expect((await say(teacher, '', { ...video, says: { kind: 'video', lesson: 'Rivers' } })).code).toBe(
      'malformed',
    );
    expect((await say(teacher, '', { ...video, entry: 'https://www.youtube.com/' })).code).toBe(
      'not-a-video',
    );
    expect((await say(teacher, '', video)).status).toBe(200);
    expect(await isOpen('https://www.youtube.com/watch?v=abcdefghijk')).toBe(true);
    expect(await isOpen('https://www.youtube.com/embed/abcdefghijk')).toBe(true);
    expect(await isOpen('https://www.youtube.com/watch?v=bbbbbbbbbbb')).toBe(false);
    expect(await isOpen('https://www.youtube.com/watch?v=abcdefghijk&v=bbbbbbbbbbb')).toBe(false);
  });

  test('games ask for a learning purpose', async () => {
    const teacher = await atDesk(school, 'teacher');
    expect((await say(teacher, '', site({ says: { kind: 'game' } }))).code).toBe('malformed');
    const says = { kind: 'game', learningPurpose: 'Practises the times tables up to twelve.' };
    expect((await say(teacher, '', site({ says }))).status).toBe(200);
  });

  test('social media and new technology open only when somebody else of the leadership consents', async () => {
    const [teacher, principal] = [await atDesk(school, 'teacher'), await atDesk(school, 'principal')];
    const says = { kind: 'social', risk: 'Moderated, class account only, no direct messages.', leastAge: 13 };
    const entry = 'class-pages.example';
    const { id } = await say(teacher, '', site({ entry, stages: ['KS3'], says }));
    expect((await policyNow()).lists.flatMap(({ entries }) => entries.map((one) => one.entry))).not.toContain(
      entry,
    );
    expect((await say(teacher, `/${id}/consent`, { yes: true, why: 'I like it.' })).status).toBe(403);
    expect((await say(principal, `/${id}/consent`, { yes: true, why: 'Agreed at SLT.' })).status).toBe(200);
    expect((await policyNow()).lists.flatMap(({ entries }) => entries.map((one) => one.entry))).toContain(
      entry,
    );

    const own = await say(principal, '', site({ entry: 'own.example', stages: ['KS3'], says }));
    expect((await say(principal, `/${own.id}/consent`, { yes: true, why: 'Mine.' })).code).toBe(
      'own-approval',
    );
    const { approvals } = Approvals.parse(await (await principal.ask('/console/api/approvals')).json());
    expect(approvals.map(({ state }) => state).sort()).toEqual(['in-force', 'waits-for-consent']);
  });

  test('for EYFS and KS1 a page or a path is approved, never a whole host, whatever kind it is', async () => {
    const teacher = await atDesk(school, 'teacher');
    const before = (await policyNow()).history.length;
    const game = { kind: 'game', learningPurpose: 'Practises the times tables up to twelve.' };
    for (const entry of [
      'rivers.example',
      'rivers.example/',
      'https://rivers.example',
      'rivers.example?*',
      '.rivers.example',
    ])
      for (const more of [
        { stages: ['KS1'] },
        { stages: ['KS2', 'EYFS'] },
        { groups: ['2b'] },
        { stages: ['KS1'], says: game },
      ]) {
        const said = await say(teacher, '', site({ entry, ...more }));
        expect(said, JSON.stringify({ entry, ...more })).toMatchObject({ status: 422, code: 'whole-host' });
        expect(said.message).toMatch(/page or the path.*school’s policy/);
      }
    expect((await policyNow()).history).toHaveLength(before);
    expect((await say(teacher, '', site({ entry: 'rivers.example/nile', stages: ['KS1'] }))).status).toBe(
      200,
    );
  });

  test.each([
    [{ entry: 'co.uk' }, 'unreadable-site'],
    [{ stages: [] }, 'for-nobody'],
    [{ groups: ['nowhere'] }, 'no-group'],
    [{ endsAt: '2026-01-01T00:00:00.000Z' }, 'ends-in-past'],
    [{ reason: '' }, 'malformed'],
    [{ entry: 'translate.google.com' }, 'ask-network-manager'],
  ])('%j is refused: %s', async (more, code) => {
    const before = (await policyNow()).lists.length;
    expect((await say(await atDesk(school, 'teacher'), '', site(more))).code).toBe(code);
    expect((await policyNow()).lists).toHaveLength(before);
  });

  test('for a class that only the class lists know', async () => {
    const teacher = await atDesk(school, 'teacher');
    await school.endpoint.store
      .insertInto('groups')
      .values({ id: '5-willow', name: '5 Willow', stage: 'KS2', source: 'import', endedAt: null })
      .execute();
    expect((await say(teacher, '', site({ stages: [], groups: ['5-willow'] }))).status).toBe(200);
    expect((await policyNow()).groups.map(({ id }) => id)).toContain('5-willow');
  });
});
