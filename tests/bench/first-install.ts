import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitInForce } from '../fixtures/inForce.ts';
import { takePolicyFile } from '../fixtures/policyFile.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { openSchool } from '../fixtures/school.ts';
import { openSite, type Site } from '../fixtures/site.ts';
import { type BenchOptions, type Figure, medianOf } from './figures.ts';
import { launchRaw } from './raw-browser.ts';
import { packForSchool } from './starts/guard.ts';
import { holdEndpoint } from './starts/held-endpoint.ts';

const closedHost = 'unlisted.example';
/** How often a browser is started for the first time, with a page that it opens by itself. */
const FIRST_STARTS = 5;

/**
 * A new profile with a forced install: navigations attempted from the moment the extension runs until its policy is in
 * force, with the endpoint held back meanwhile (late managed settings are an end-to-end test); and what loads before the extension is there at all, which
 * nothing of ours can stop (docs/limits.md).
 */
export async function run({ times = 50, say }: BenchOptions): Promise<Figure[]> {
  const school = await openSchool();
  const site = await openSite();
  const endpoint = await holdEndpoint(school.url);
  const file = await takePolicyFile();
  try {
    const { extensionId, policy } = await packForSchool(school, undefined, endpoint.url);
    await file.write(policy);
    const profile = await openProfile({ extensionId, resolverRules: site.resolverRules });
    await profile.worker();
    site.forget();
    // All in one burst: while pages load without a pause, Chromium puts off telling an extension its settings.
    let attempted = await navigate(profile, 0, times);
    endpoint.letThrough();
    await (await profile.worker()).evaluate(() => void dispatchEvent(new Event('online')));
    // Once more while it arrives.
    const inForce = waitInForce(profile, { policy: true, stage: 'KS2' }, 90_000);
    attempted += await navigate(profile, times, 1);
    await inForce;
    const reached = site.pages(closedHost).length;
    const approved = await profile.visit('https://thenational.academy/');
    await approved.waitForURL('https://thenational.academy/');
    const opened = site.pages('thenational.academy').length;
    await profile.close();
    say(`${attempted} navigations while it was set up: ${reached} reached the site`);

    const before = [];
    for (let nth = 0; nth < FIRST_STARTS; nth += 1) before.push(await firstStart(site, extensionId, nth));
    say(`first starts: ${JSON.stringify(before)}`);

    // No policy, no extension: the same navigations.
    await file.write({});
    site.forget();
    const bare = await openProfile({ extensionId, resolverRules: site.resolverRules });
    await navigate(bare, 0, times);
    const control = site.pages(closedHost).length;
    await bare.close();
    if (control !== times || opened !== 1)
      throw new Error(
        `The control reached the site ${control} times of ${times}, the approved page ${opened}`,
      );

    return [
      {
        name: 'first install: navigations that reached the site',
        unit: '',
        value: reached,
        times: attempted,
        bound: { atMost: 0, of: 'value' },
        note: `control without Keystage: ${control} of ${times}`,
      },
      {
        name: 'very first start: start-up pages that loaded before the extension was there',
        unit: '',
        value: before.filter(({ reachedMs }) => reachedMs !== null).length,
        times: FIRST_STARTS,
      },
      medianOf(
        'very first start: process start until the worker',
        'ms',
        known(before.map(({ workerMs }) => workerMs)),
      ),
      medianOf(
        'very first start: until that page is closed',
        'ms',
        known(before.map(({ closedMs }) => closedMs)),
      ),
    ];
  } finally {
    file.remove();
    await endpoint.close();
    await site.close();
    await school.close();
  }
}

const known = (values: (number | null)[]): number[] => values.filter((value) => value !== null);

/** Each in a tab of its own, as a child who tries one thing after another. */
async function navigate(profile: Profile, from: number, count: number): Promise<number> {
  for (let nth = from; nth < from + count; nth += 1) {
    const page = await profile.context.newPage();
    await page.goto(`http://${closedHost}/${nth}`, { waitUntil: 'commit' }).catch(() => undefined);
    // Where it led, settled: the site, our page or Chrome's own error.
    await page.waitForLoadState().catch(() => undefined);
    await page.close();
  }
  return count;
}

/** Milliseconds from the start of the browser. */
type FirstStart = { reachedMs: number | null; workerMs: number | null; closedMs: number | null };

async function firstStart(site: Site, extensionId: string, nth: number): Promise<FirstStart> {
  site.forget();
  const folder = await mkdtemp(join(tmpdir(), 'keystage-first-'));
  const own = `chrome-extension://${extensionId}/`;
  const browser = await launchRaw({
    folder,
    resolverRules: site.resolverRules,
    addresses: [`http://${closedHost}/first-${nth}`],
  });
  try {
    const after = (at: number | null | undefined) => (at ? at - browser.launchedAt : null);
    const workerMs = after(await browser.workerRuns((url) => url.startsWith(own)));
    const closedMs = after(await browser.shows(1, (url) => url.startsWith(`${own}blocked.html`)));
    return { reachedMs: after(site.pages(closedHost)[0]?.at), workerMs, closedMs };
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

if (import.meta.main) await (await import('./alone.ts')).runAlone(run);
