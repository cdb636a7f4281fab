import { rm } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { openProfile } from '../../fixtures/profile.ts';
import { counting, type Figure, median, medianOf, ratioOf } from '../figures.ts';
import { bareExtension } from './block-page.ts';
import type { Place } from './place.ts';

const RESOURCES = 30;
const HOST = 'thenational.academy';

/** A page of pictures, scripts and style sheets, each of its own address and never from the cache. */
function showPage(site: Place['site']): void {
  const kinds = [
    { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>' },
    { type: 'text/javascript', body: 'globalThis.ran = (globalThis.ran ?? 0) + 1;' },
    { type: 'text/css', body: 'p { margin: 1em }' },
  ];
  const tags = Array.from({ length: RESOURCES }, (_, index) => {
    const path = `/part/${index}`;
    const kind = kinds[index % kinds.length] ?? { type: 'text/plain', body: '' };
    site.answer(HOST, path, (_, response) => {
      response.writeHead(200, { 'content-type': kind.type, 'cache-control': 'no-store' }).end(kind.body);
    });
    if (kind.type === 'text/css') return `<link rel="stylesheet" href="${path}">`;
    return kind.type === 'text/javascript' ? `<script src="${path}"></script>` : `<img alt="" src="${path}">`;
  });
  site.answer(HOST, '/lesson', (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(`<!doctype html><title>lesson</title><p>lesson</p>${tags.join('\n')}`);
  });
}

/** From the start of the navigation to the end of the load event, by the page's own account, in milliseconds. */
async function loadOnce(page: Page, index: number): Promise<number> {
  await page.bringToFront();
  await page.goto(`https://${HOST}/lesson?n=${index}`, { waitUntil: 'load' });
  // Nothing is measured of a page that is not there.
  if (new URL(page.url()).host !== HOST) throw new Error(`${page.url()} is there instead of the lesson`);
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
          if (entry && entry.loadEventEnd > 0) resolve(entry.loadEventEnd);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/**
 * An approved page with thirty resources, with the extension and without, in turns; and with a bare one of a single
 * rule that does not match, which says what Chromium itself takes for any filter. `around` may do something beside our
 * own loads.
 */
export async function pageLoad(
  { seat, site, say }: Place,
  times: number,
  around: (load: () => Promise<number>) => Promise<number> = (load) => load(),
): Promise<Figure[]> {
  showPage(site);
  const before = site.visits.length;
  const plain = await openProfile({ extensionId: '', resolverRules: site.resolverRules });
  const folder = await bareExtension();
  const bare = await openProfile({ extensionId: '', unpacked: folder, resolverRules: site.resolverRules });
  try {
    const [ours, other, least] = [
      await seat.context.newPage(),
      await plain.context.newPage(),
      await bare.context.newPage(),
    ];
    const done = counting(say, 'page loads, with and without', times);
    const loads: { ours: number; other: number; least: number }[] = [];
    // A few to warm up both; who goes first changes from pair to pair.
    for (let index = -3; index < times; index += 1) {
      const first = index % 2 === 0;
      const inOurs = () => around(() => loadOnce(ours, index));
      const early = first ? await inOurs() : undefined;
      const without = await loadOnce(other, index);
      const withBare = await loadOnce(least, index);
      const withUs = early ?? (await inOurs());
      if (index >= 0) loads.push({ ours: withUs, other: without, least: withBare });
      done(index + 1);
    }
    const asked = site.visits.slice(before).filter(({ path }) => path.startsWith('/part/')).length;
    const expected = (times + 3) * 3 * RESOURCES;
    if (asked !== expected) throw new Error(`${asked} resources were asked for, not ${expected}`);
    await ours.close();
    const plainMedian = median(loads.map(({ other }) => other)).toFixed(1);
    return [
      medianOf(
        'page load with Keystage',
        'ms',
        loads.map(({ ours }) => ours),
        { note: `without ${plainMedian} ms; ${RESOURCES} resources` },
      ),
      ratioOf('page load with and without', loads, { bound: { atMost: 1.05, of: 'upper end' } }),
      ratioOf(
        'page load with a bare extension and without',
        loads.map(({ least, other }) => ({ ours: least, other })),
      ),
      ratioOf(
        'page load with Keystage against a bare extension',
        loads.map(({ ours, least }) => ({ ours, other: least })),
      ),
    ];
  } finally {
    await plain.close();
    await bare.close();
    await rm(folder, { recursive: true, force: true });
  }
}
