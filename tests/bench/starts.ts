import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitInForce } from '../fixtures/inForce.ts';
import { type PolicyFile, takePolicyFile } from '../fixtures/policyFile.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { openSchool } from '../fixtures/school.ts';
import { openSite, type Site } from '../fixtures/site.ts';
import { type BenchOptions, type Figure, median, medianOf } from './figures.ts';
import { launchRaw } from './raw-browser.ts';
import { packForSchool, withGuard } from './starts/guard.ts';
import { navigationCosts } from './starts/navigation-costs.ts';

/** How a start-up address gets there: named on the command line, or by the `RestoreOnStartupURLs` policy. */
type Way = 'command line' | 'policy';
type Kept = Pick<Profile, 'folder' | 'own'>;
type Start = { reached: number; openMs: number[]; shownAfterMs: number };

const closedHost = 'unlisted.example';
/** A page that is still there after this long has stayed open, in milliseconds. */
const STAYED_MS = 1_000;

/**
 * Browser starts whose start-up address is on a closed host (CHROME-FACTS 9): how many requests reach the site, and how
 * long a page stays open, with the sweep alone and with a guard that holds navigations until the worker is ready; then
 * what that guard costs every navigation. The figures stand behind docs/decisions/001.
 */
export async function run({ times = 30, say }: BenchOptions): Promise<Figure[]> {
  const school = await openSchool();
  const site = await openSite();
  const file = await takePolicyFile();
  const builds = await mkdtemp(join(tmpdir(), 'keystage-guard-'));
  const figures: Figure[] = [];
  try {
    for (const guard of [false, true]) {
      const packed = await packForSchool(school, guard ? await withGuard(builds) : undefined);
      await file.write(packed.policy);
      const first = await openProfile({ extensionId: packed.extensionId, resolverRules: site.resolverRules });
      await waitInForce(first, { policy: true, stage: 'KS2' });
      await first.close({ keep: true });
      if (guard) figures.push(...(await navigationCosts(first, site, times, say)));
      const name = guard ? 'guard' : 'sweep alone';
      for (const way of ['command line', 'policy'] as const) {
        say(`${name}, ${way}: ${times} starts`);
        const starts: Start[] = [];
        for (let nth = 0; nth < times; nth += 1)
          starts.push(await startOnce(first, site, file, packed.policy, way, `${way[0]}${nth}`));
        figures.push(...figuresOf(`${name}, ${way}`, starts, guard));
        say(`  ${JSON.stringify(starts.map(({ reached, openMs }) => [reached, ...openMs]))}`);
      }
      await rm(first.folder, { recursive: true, force: true });
    }
  } finally {
    file.remove();
    await site.close();
    await school.close();
    await rm(builds, { recursive: true, force: true });
  }
  return figures;
}

async function startOnce(
  kept: Kept,
  site: Site,
  file: PolicyFile,
  policy: Record<string, unknown>,
  way: Way,
  id: string,
): Promise<Start> {
  site.forget();
  const addresses = (way === 'policy' ? ['a', 'b', 'c'] : ['a']).map(
    (part) => `http://${closedHost}/start-${id}-${part}`,
  );
  if (way === 'policy') await file.write({ ...policy, RestoreOnStartup: 4, RestoreOnStartupURLs: addresses });
  const browser = await launchRaw({
    folder: kept.folder,
    resolverRules: site.resolverRules,
    addresses: way === 'policy' ? [] : addresses,
  });
  try {
    const isBlockPage = (url: string) => url.startsWith(kept.own('blocked.html'));
    // A page that is never closed counts as open for as long as we looked.
    const shownAt = (await browser.shows(addresses.length, isBlockPage)) ?? Date.now();
    const reached = site.visits.filter(({ host, page }) => page && host === closedHost);
    return {
      reached: reached.length,
      openMs: reached.map(({ at }) => Math.max(0, shownAt - at)),
      shownAfterMs: shownAt - browser.launchedAt,
    };
  } finally {
    await browser.close();
  }
}

function figuresOf(name: string, starts: readonly Start[], guard: boolean): Figure[] {
  const times = starts.length;
  const open = starts.flatMap(({ openMs }) => openMs);
  const stayed = open.filter((ms) => ms > STAYED_MS).length;
  const reached = starts.reduce((sum, start) => sum + start.reached, 0);
  return [
    { name: `${name}: requests that reached the site`, unit: '', value: reached, times },
    {
      name: `${name}: pages open after 1 s`,
      unit: '',
      value: stayed,
      times,
      // The variant with the guard is measured to decide about it; the bound is on what ships.
      ...(guard ? {} : { bound: { atMost: 0, of: 'value' as const } }),
    },
    ...(open.length > 0
      ? [
          medianOf(`${name}: request until block page`, 'ms', open),
          { name: `${name}: the longest of them`, unit: 'ms' as const, value: Math.max(...open), times },
        ]
      : []),
    {
      name: `${name}: process start until block page`,
      unit: 'ms',
      value: median(starts.map(({ shownAfterMs }) => shownAfterMs)),
      times,
    },
  ];
}

if (import.meta.main) await (await import('./alone.ts')).runAlone(run);
