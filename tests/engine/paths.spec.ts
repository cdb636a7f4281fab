import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { parseAddress } from '../../rules/address.ts';
import { blockPageOf } from '../../rules/closed.ts';
import { compileLists } from '../../rules/compile.ts';
import { judge } from '../../rules/decide.ts';
import type { Documents } from '../../rules/documents.ts';
import { pathIn, pathsIn } from '../../rules/lists/paths.ts';
import { Policy } from '../../rules/policy.ts';
import { standingOf } from '../../rules/standing.ts';
import { examplePolicy } from '../fixtures/examplePolicy.ts';
import { type Engine, openEngine } from './engine.ts';

const seed = Number(process.env.AGREEMENT_SEED ?? Date.now() % 1_000_000_000);
const hosts = ['a.example', 'www.a.example', 'not-a.example', 'b.example', 'a.example.b.example'];
const pieces = [
  '/',
  '/games',
  '/Games',
  '/gamestop',
  '/games/',
  '/a.html',
  '/~me',
  '/a b',
  '/%67ames',
  '/é',
  '//x',
];
const queries = ['', '', '?v=1', '?v=12', '?v=1&w=2', '?V=1'];
const text = fc
  .tuple(
    fc.constantFrom(...hosts),
    fc.array(fc.constantFrom(...pieces), { maxLength: 2 }),
    fc.constantFrom(...queries),
  )
  .map(([host, path, query]) => `${host}${path.join('') || '/'}${query}`);
const url = fc
  .tuple(
    fc.constantFrom('http://', 'https://', 'https://user:pass@'),
    text,
    fc.constantFrom('', '', '', ':8080'),
  )
  .map(([scheme, rest, port]) => scheme + rest.replace('/', `${port}/`));

test('what a list says of paths means the same to decide and to Chrome', async () => {
  test.setTimeout(300_000);
  const engine: Engine = await openEngine();
  let closed = 0;
  let asked = 0;
  const policy = Policy.parse({
    schema: 1,
    mustUnderstand: [],
    epoch: 1,
    issuedAt: '2026-01-01T00:00:00.000Z',
    kind: 'policy',
    ...(await examplePolicy()),
    lists: [],
  });
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 10, maxLength: 40 }),
        fc.nat({ max: 30 }),
        fc.array(url, { minLength: 100, maxLength: 100 }),
        async (lines, room, urls) => {
          const paths = [...new Set(lines.flatMap((line) => pathIn(line) ?? []))].sort();
          const documents: Documents = {
            policy,
            orders: null,
            lists: new Map(),
            paths: new Map([['games', pathsIn(paths.map((path) => `${path}\n`).join(''), room)]]),
            listsInForce: true,
          };
          const standing = standingOf(documents, {
            stage: 'KS3',
            groups: [],
            now: Date.parse('2026-11-21T20:00:00Z'),
          });
          const dynamic = compileLists(documents, standing, blockPageOf(engine.extensionId));
          await engine.enforce({ session: [allOpen], dynamic });
          const outcomes = await engine.ask(
            urls.map((one) => ({ url: one, type: 'image', topUrl: 'https://top.example/' })),
          );
          urls.forEach((one, at) => {
            const address = parseAddress(one);
            if (!address) throw new Error(one);
            const verdict = judge(standing, documents, address, { as: 'resource', top: null });
            const isClosed = verdict.category === 'games';
            asked += 1;
            if (isClosed) closed += 1;
            if (isClosed === outcomes[at]?.open)
              throw new Error(
                `${one}: ${JSON.stringify(verdict)}, Chrome ${JSON.stringify(outcomes[at])}, ${paths}`,
              );
          });
        },
      ),
      { seed, numRuns: 60 },
    );
  } finally {
    await engine.close();
  }
  console.log(`paths: seed ${seed}, ${asked} compared, ${closed} closed`);
  expect(closed).toBeGreaterThan(asked / 20);
});

/** Below every list, above the packaged rule: what no list closes is open. */
const allOpen = {
  id: 12_000,
  priority: 5,
  action: { type: 'allow' as const },
  condition: { urlFilter: '*', resourceTypes: ['image' as const] },
};
