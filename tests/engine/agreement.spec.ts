import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { blockPageOf } from '../../rules/closed.ts';
import { compile } from '../../rules/compile.ts';
import { judge } from '../../rules/decide.ts';
import { standingOf } from '../../rules/standing.ts';
import { type TierName, tierNames } from '../../rules/tiers.ts';
import { type Engine, openEngine, type Question } from './engine.ts';
import { type Case, request, school } from './schools.ts';

const SCHOOLS = Number(process.env.AGREEMENT_SCHOOLS ?? 100);
const REQUESTS = 200;
const seed = Number(process.env.AGREEMENT_SEED ?? Date.now() % 1_000_000_000);

const typeOf = { page: 'main_frame', frame: 'sub_frame', resource: 'image' } as const;
const question = ({ url, as, topUrl }: Case): Question => ({
  url,
  type: typeOf[as],
  ...(topUrl ? { topUrl, initiator: new URL(topUrl).origin } : {}),
});

test('decide and Chrome say the same of every address in every situation', async () => {
  test.setTimeout(600_000);
  const engine: Engine = await openEngine();
  const byTier = new Map<TierName, number>();
  let open = 0;
  let asked = 0;
  try {
    await fc.assert(
      fc.asyncProperty(
        school,
        fc.array(request, { minLength: REQUESTS, maxLength: REQUESTS }),
        async (pupil, requests) => {
          const { documents, situation } = pupil;
          const compiled = compile(documents, situation, blockPageOf(engine.extensionId));
          expect(compiled.notFitted).toEqual([]);
          await engine.enforce(compiled);
          const outcomes = await engine.ask(requests.map(question));
          const standing = standingOf(documents, situation);
          requests.forEach((one, at) => {
            const verdict = judge(
              standing,
              documents,
              one.address,
              one.as === 'page' ? { as: 'page' } : { as: one.as, top: one.top },
            );
            const outcome = outcomes[at];
            asked += 1;
            if (verdict.open) open += 1;
            byTier.set(verdict.tier, (byTier.get(verdict.tier) ?? 0) + 1);
            if (outcome?.open !== verdict.open)
              throw new Error(
                `${one.as} ${one.url} in ${one.topUrl ?? '–'}: decide says ${JSON.stringify(verdict)}, Chrome ${JSON.stringify(outcome)}`,
              );
          });
        },
      ),
      { seed, numRuns: SCHOOLS, endOnFailure: process.env.AGREEMENT_SHRINK === undefined },
    );
  } finally {
    await engine.close();
  }
  console.log(`agreement: seed ${seed}, ${asked} compared, ${Math.round((100 * open) / asked)} % open`);
  console.log(
    tierNames.map((tier) => `${tier} ${((100 * (byTier.get(tier) ?? 0)) / asked).toFixed(1)} %`).join(' · '),
  );
  expect(asked).toBeGreaterThanOrEqual(SCHOOLS * REQUESTS);
  for (const tier of tierNames)
    expect(byTier.get(tier) ?? 0, `${tier} must decide some cases`).toBeGreaterThan(0);
});
