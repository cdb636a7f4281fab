import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { compare, rulesOf } from './agree.ts';
import { type Engine, openEngine } from './engine.ts';
import { families, type Mutation, mutations } from './mutations.ts';
import { request, type School, school } from './schools.ts';
import { smallest } from './shrink.ts';
import type { Case } from './web.ts';

const REQUESTS = 60;
const SCHOOLS = 900;
const seed = Number(process.env.AGREEMENT_SEED ?? Date.now() % 1_000_000_000);

const pupils = fc.sample(fc.tuple(school, fc.array(request, { minLength: REQUESTS, maxLength: REQUESTS })), {
  seed,
  numRuns: SCHOOLS,
});

/** How many schools it takes until a mutation is seen; null if none of them sees it. */
async function seenAfter(engine: Engine, { mutate }: Mutation): Promise<number | null> {
  let tried = 0;
  for (const [pupil, cases] of pupils) {
    const rules = rulesOf(pupil, engine);
    const mutated = mutate(rules);
    const { notFitted: _, ...whole } = rules;
    if (JSON.stringify(mutated) === JSON.stringify(whole)) continue;
    tried += 1;
    if (await differsSomewhere(engine, pupil, cases, mutated)) return tried;
  }
  return null;
}

async function differsSomewhere(
  engine: Engine,
  pupil: School,
  cases: readonly Case[],
  rules: ReturnType<Mutation['mutate']>,
): Promise<boolean> {
  const { disagreements } = await compare(engine, pupil, cases, rules);
  return disagreements.length > 0;
}

test('whatever compile could get wrong of its rules is seen', async () => {
  test.setTimeout(300_000);
  console.log(`mutations: AGREEMENT_SEED=${seed}, ${mutations.length} of them`);
  const engine = await openEngine();
  const survivors: string[] = [];
  const took: number[] = [];
  try {
    for (const mutation of mutations) {
      const after = await seenAfter(engine, mutation);
      if (after === null) survivors.push(mutation.name);
      else took.push(after);
    }
    took.sort((a, b) => a - b);
    console.log(
      `mutations: ${took.length} seen, after ${took[took.length >> 1]} schools (median), ${took.at(-1)} at most`,
    );
    expect(survivors, 'mutations that nobody saw').toEqual([]);
  } finally {
    await engine.close();
  }
});

test('there is a mutation for every kind of rule that compile makes', () => {
  const without = new Set<string>();
  for (const [pupil] of pupils) {
    const {
      session,
      dynamic,
      pupils: packaged,
    } = rulesOf(pupil, {
      extensionId: 'a'.repeat(32),
    } as Engine);
    for (const rule of [...session, ...dynamic, ...packaged])
      if (!families.some(([, isOne]) => isOne(rule))) without.add(JSON.stringify(rule).slice(0, 200));
  }
  expect([...without]).toEqual([]);
});

test('a disagreement shrinks to a small case', async () => {
  const engine = await openEngine();
  const mutation = mutations.find(({ name }) => name === 'without block: pages of its entries');
  if (!mutation) throw new Error('the mutation has another name');
  try {
    for (const [pupil, cases] of pupils) {
      const { disagreements } = await compare(engine, pupil, cases, mutation.mutate(rulesOf(pupil, engine)));
      const [first] = disagreements;
      if (!first) continue;
      const small = await smallest(first, async ({ school, one }) => {
        const again = await compare(engine, school, [one], mutation.mutate(rulesOf(school, engine)));
        return again.disagreements[0] ?? null;
      });
      const { policy, lists } = small.school.documents;
      // One line of one list is enough to show that block rules are missing, and nothing else is left.
      const lines = [
        ...(policy?.lists.flatMap(({ entries }) => entries) ?? []),
        ...(policy?.overlays?.flatMap(({ entries = [] }) => entries) ?? []),
      ];
      expect(lines.length).toBe(1);
      expect(lists.size).toBe(0);
      expect(small.school.documents.orders).toBeNull();
      return;
    }
    throw new Error('no school saw it');
  } finally {
    await engine.close();
  }
});
