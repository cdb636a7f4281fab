import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockPageOf } from '../../../rules/closed.ts';
import { compile } from '../../../rules/compile.ts';
import { judge } from '../../../rules/decide.ts';
import type { Documents } from '../../../rules/documents.ts';
import { parseEntry } from '../../../rules/entry.ts';
import type { Orders } from '../../../rules/orders.ts';
import type { SchoolList } from '../../../rules/policy.ts';
import type { Situation } from '../../../rules/situation.ts';
import { type Access, stages } from '../../../rules/stages.ts';
import { standingOf } from '../../../rules/standing.ts';
import { budgets, sentinelIds, tierNames, tiers } from '../../../rules/tiers.ts';
import { type Case, entryText, request, school } from '../../engine/schools.ts';

const runs = { numRuns: 150 };
/** Lessons that take away what a pupil has without them. */
const closesMore = ({ kind }: Orders['lessons'][number]) => kind !== 'supervised';
const accesses: readonly Access[] = ['closed', 'approved', 'filtered'];
const isWider = (one: Access, other: Access) => accesses.indexOf(one) >= accesses.indexOf(other);
const requests = fc.array(request, { minLength: 60, maxLength: 60 });

const verdicts = (documents: Documents, situation: Situation, asked: readonly Case[]) => {
  const standing = standingOf(documents, situation);
  return asked.map(({ address, as, top }) =>
    judge(standing, documents, address, as === 'page' ? { as } : { as, top }),
  );
};
const withList = (documents: Documents, list: SchoolList): Documents => ({
  ...documents,
  policy: documents.policy && { ...documents.policy, lists: [...documents.policy.lists, list] },
});

test('adding a block entry never opens anything', () => {
  fc.assert(
    fc.property(school, entryText, requests, ({ documents, situation }, entry, asked) => {
      const before = verdicts(documents, situation, asked);
      const after = verdicts(
        withList(documents, { id: 'more', title: 'More', says: 'closed', entries: [{ entry }] }),
        situation,
        asked,
      );
      after.forEach((verdict, at) => {
        if (verdict.open) expect(before[at]?.open, asked[at]?.url).toBe(true);
      });
    }),
    runs,
  );
});

test('adding an allow entry never opens what is locked, suspended, in focus, guarded or blocked', () => {
  fc.assert(
    fc.property(school, entryText, requests, ({ documents, situation }, entry, asked) => {
      const before = verdicts(documents, situation, asked);
      const after = verdicts(
        withList(documents, { id: 'more', title: 'More', says: 'open', entries: [{ entry }] }),
        situation,
        asked,
      );
      after.forEach((verdict, at) => {
        const was = before[at];
        if (verdict.open && was && !was.open) expect(tiers[was.tier].rank).toBeLessThan(tiers.allow.rank);
      });
    }),
    runs,
  );
});

test('shortening a lesson never opens anything, at any moment', () => {
  fc.assert(
    fc.property(
      school,
      requests,
      fc.integer({ min: -5, max: 30 }),
      fc.integer({ min: -5, max: 35 }),
      ({ documents, situation }, asked, endsAfter, minutes) => {
        const { orders } = documents;
        const lesson = orders?.lessons[0];
        // Who closes the class for a demonstration, or sends it to a few sites, opens the rest by ending it: that is
        // no shortening of an opening. Eyes up likewise covers pages for as long as the lesson lasts.
        if (!orders || !lesson || lesson.eyesUpSince || closesMore(lesson)) return;
        const later = { ...situation, now: situation.now + minutes * 60_000 };
        const endsAt = new Date(situation.now + endsAfter * 60_000).toISOString();
        const shorter: Orders = { ...orders, lessons: [{ ...lesson, endsAt }] };
        const rules = documents.policy?.stages[situation.stage === 'unknown' ? 'KS2' : situation.stage];
        if (rules && !isWider(rules.supervised, rules.alone)) return;
        const before = verdicts(documents, later, asked);
        verdicts({ ...documents, orders: shorter }, later, asked).forEach((verdict, at) => {
          // What would misuse one of the lesson's sites is closed with that site and no longer.
          if (verdict.open && before[at]?.tier !== 'guard')
            expect(before[at]?.open, asked[at]?.url).toBe(true);
        });
      },
    ),
    { numRuns: 400 },
  );
});

test('closed closes every page of the web but the essential ones and those that an adult opened', () => {
  fc.assert(
    fc.property(school, requests, ({ documents, situation }, asked) => {
      const { policy } = documents;
      if (!policy) return;
      const shut = { alone: 'closed', supervised: 'closed', closedAlways: [], closedAlone: [] } as const;
      const closed = {
        ...policy,
        overlays: [],
        stages: Object.fromEntries(stages.map((stage) => [stage, shut])) as unknown as typeof policy.stages,
      };
      const pages = asked.filter(({ as }) => as === 'page');
      for (const verdict of verdicts({ ...documents, policy: closed, orders: null }, situation, pages))
        if (verdict.open) expect(verdict.tier).toBe('essential');
      for (const verdict of verdicts({ ...documents, policy: closed }, situation, pages))
        if (verdict.open) expect(['essential', 'grant']).toContain(verdict.tier);
    }),
    runs,
  );
});

test('a list that locks closes whatever else says open', () => {
  fc.assert(
    fc.property(school, requests, ({ documents, situation }, asked) => {
      if (!documents.policy) return;
      // A host that no entry can name (`a..b`) is refused where the list is written.
      const named = asked.filter(({ address }) => {
        const read = parseEntry(address.host);
        return read.ok && read.entry.host === address.host;
      });
      const entries = [...new Set(named.map(({ address }) => address.host))].map((entry) => ({ entry }));
      const locked = withList(documents, { id: 'locked', title: 'Locked', says: 'locked', entries });
      verdicts(locked, situation, named).forEach((verdict, at) => {
        expect(verdict, named[at]?.url).toMatchObject({ open: false, tier: 'locked' });
      });
    }),
    runs,
  );
});

test('an unknown stage opens nothing but what is essential', () => {
  fc.assert(
    fc.property(school, requests, ({ documents, situation }, asked) => {
      for (const verdict of verdicts(
        documents,
        { ...situation, stage: 'unknown', groups: [] },
        asked.filter(({ as }) => as === 'page'),
      ))
        if (verdict.open) expect(verdict.tier).toBe('essential');
    }),
    runs,
  );
});

test('every opening ends: after the last end nothing of a lesson or grant opens', () => {
  fc.assert(
    fc.property(school, requests, ({ documents, situation }, asked) => {
      const later = { ...situation, now: situation.now + 24 * 3_600_000 };
      for (const verdict of verdicts(documents, later, asked)) expect(verdict.tier).not.toBe('grant');
    }),
    runs,
  );
});

test('what holds does not change before it says it will', () => {
  fc.assert(
    fc.property(school, fc.nat({ max: 60 }), requests, ({ documents, situation }, minutes, asked) => {
      const { holdsUntil } = standingOf(documents, situation);
      const later = situation.now + minutes * 60_000;
      if (holdsUntil !== null && later >= holdsUntil) return;
      expect(verdicts(documents, { ...situation, now: later }, asked)).toEqual(
        verdicts(documents, situation, asked),
      );
    }),
    runs,
  );
});

test('compile is deterministic, within every budget of Chrome, and each rule names its types and keeps to its tier', () => {
  fc.assert(
    fc.property(school, ({ documents, situation }) => {
      const page = blockPageOf('a'.repeat(32));
      const compiled = compile(documents, situation, page);
      expect(compile(documents, situation, page)).toEqual(compiled);
      expect(compiled.notFitted).toEqual([]);
      expect(compiled.session.length).toBeLessThan(budgets.session);
      expect(compiled.session.filter(({ condition }) => condition.regexFilter).length).toBeLessThanOrEqual(
        budgets.regex,
      );
      for (const rules of [compiled.session, compiled.dynamic, compiled.pupils]) {
        expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
        for (const rule of rules) {
          if (rule.action.type === 'modifyHeaders') continue;
          expect(rule.condition.resourceTypes.length).toBeGreaterThan(0);
          const tier = tierNames.find(
            (name) => rule.id >= tiers[name].ids[0] && rule.id <= tiers[name].ids[1],
          );
          expect(Math.floor(rule.priority / 10)).toBe(tier && tiers[tier].rank);
          expect(Object.values<number>(sentinelIds)).not.toContain(rule.id);
        }
      }
      // Promise 2: dynamic rules only close.
      for (const { action } of compiled.dynamic) expect(action.type).not.toBe('allow');
    }),
    runs,
  );
});
