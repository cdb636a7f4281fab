import type { CategoryId } from '../../../rules/categories.ts';
import { compileLists } from '../../../rules/compile.ts';
import type { Documents } from '../../../rules/documents.ts';
import { hostsFrom } from '../../../rules/hosts.ts';
import { allTypes, type Rule } from '../../../rules/rule.ts';
import { standingOf } from '../../../rules/standing.ts';
import { openEngine } from '../../engine/engine.ts';
import { type Figure, median, medianOf, ratioOf } from '../figures.ts';
import { policyThatCloses } from './policy.ts';

/**
 * What it takes to bring the lists in force: our rules (pages redirected to the block page, all else blocked), the same
 * without what blocks resources, and the same names in plain block rules, in turns, each from nothing. Ours begin with
 * lists in memory and `compile`; the plain ones are ready-made.
 */
export async function applying(
  lists: ReadonlyMap<CategoryId, readonly string[]>,
  times: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const names = [...lists.values()].reduce((sum, list) => sum + list.length, 0);
  say(`  ${names} names in ${lists.size} lists`);
  const engine = await openEngine();
  try {
    const policy = await policyThatCloses([...lists.keys()]);
    const documents: Documents = {
      policy,
      orders: null,
      lists: new Map([...lists].map(([category, list]) => [category, hostsFrom(list)])),
      listsInForce: true,
    };
    const situation = { stage: 'KS3' as const, groups: [], now: Date.parse('2026-11-20T10:00:00Z') };
    const standing = standingOf(documents, situation);
    const compile = () =>
      compileLists(documents, standing, `chrome-extension://${engine.extensionId}/blocked.html`);
    const compiled = compile();
    const ways = {
      ours: compiled,
      pagesOnly: compiled.filter(({ action }) => action.type === 'redirect'),
      plain: [...lists].map(
        ([, list], index): Rule => ({
          id: index + 1,
          priority: 1,
          action: { type: 'block' },
          condition: { requestDomains: [...list], resourceTypes: allTypes },
        }),
      ),
    };
    const found = {
      ours: [] as number[],
      pagesOnly: [] as number[],
      plain: [] as number[],
      compile: [] as number[],
    };
    for (let round = 0; round < times; round++) {
      const began = performance.now();
      compile();
      found.compile.push(performance.now() - began);
      const order = ['ours', 'plain', 'pagesOnly'] as const;
      for (const way of round % 2 === 0 ? order : [...order].reverse())
        found[way].push(await engine.timeDynamic(ways[way]));
      say(
        `  ${JSON.stringify(Object.fromEntries(Object.entries(found).map(([way, all]) => [way, Math.round(all.at(-1) ?? 0)])))}`,
      );
    }
    const compileMs = median(found.compile);
    const pairs = (way: 'ours' | 'pagesOnly') =>
      found[way].map((ms, index) => ({
        ours: ms + (found.compile[index] ?? 0),
        other: found.plain[index] ?? 0,
      }));
    const compilesIn = { note: `of which compile ${compileMs.toFixed(0)} ms` };
    return [
      medianOf(
        `apply ${names} names`,
        'ms',
        pairs('ours').map(({ ours }) => ours),
        compilesIn,
      ),
      medianOf('the same names in plain block rules', 'ms', found.plain),
      ratioOf('apply, resources blocked, against plain block rules', pairs('ours'), {
        bound: { atMost: 2.2, of: 'value' },
      }),
      ratioOf('apply, pages only, against plain block rules', pairs('pagesOnly'), {
        note: 'not what we do: docs/decisions/009',
      }),
    ];
  } finally {
    await engine.close();
  }
}
