import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openProfile } from '../../fixtures/profile.ts';
import { counting, type Figure, median, medianOf, ratioOf } from '../figures.ts';
import { paintedAt } from './painted.ts';
import type { Place } from './place.ts';

/** An extension with the one redirect and one page of text: the least that a block page, or any filter, can cost. */
export async function bareExtension(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keystage-bare-'));
  const manifest = {
    manifest_version: 3,
    name: 'bare',
    version: '1',
    permissions: ['declarativeNetRequest'],
    host_permissions: ['<all_urls>'],
    declarative_net_request: { rule_resources: [{ id: 'closed', enabled: true, path: 'closed.json' }] },
    web_accessible_resources: [{ resources: ['bare.html'], matches: ['<all_urls>'], use_dynamic_url: true }],
  };
  const closed = [
    {
      id: 1,
      priority: 1,
      action: { type: 'redirect', redirect: { extensionPath: '/bare.html' } },
      condition: { requestDomains: ['unlisted.example'], resourceTypes: ['main_frame'] },
    },
  ];
  const html = '<!doctype html><meta charset="utf-8"><title>Closed</title><h1>This page is closed</h1>';
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'closed.json'), JSON.stringify(closed));
  await writeFile(join(folder, 'bare.html'), html);
  return folder;
}

/** From a page that goes to a closed address until the block page is on the screen. */
async function closedIn(page: Page, address: string, isThere: (url: URL) => boolean): Promise<number> {
  await page.goto('https://thenational.academy/pupils');
  const leftAt = await page.evaluate((to) => {
    const now = performance.timeOrigin + performance.now();
    location.href = to;
    return now;
  }, address);
  await page.waitForURL(isThere);
  return (await paintedAt(page)).paintedAt - leftAt;
}

/** Our block page against a bare one, in turns. */
export async function blockPage({ seat, site, say }: Place, times: number): Promise<Figure[]> {
  const folder = await bareExtension();
  const bare = await openProfile({ extensionId: '', unpacked: folder, resolverRules: site.resolverRules });
  try {
    const [ours, other] = [await seat.context.newPage(), await bare.context.newPage()];
    const done = counting(say, 'closed pages, ours and bare', times);
    const pairs: { ours: number; other: number }[] = [];
    for (let index = -1; index < times; index += 1) {
      const address = `http://unlisted.example/?n=${index}`;
      await ours.bringToFront();
      const inOurs = await closedIn(
        ours,
        address,
        ({ pathname, searchParams }) => pathname === '/blocked.html' && searchParams.has('self'),
      );
      await other.bringToFront();
      const inOther = await closedIn(other, address, ({ pathname }) => pathname === '/bare.html');
      if (index >= 0) pairs.push({ ours: inOurs, other: inOther });
      done(index + 1);
    }
    await ours.close();
    const bareMedian = median(pairs.map(({ other }) => other)).toFixed(1);
    return [
      medianOf(
        'navigation to block page',
        'ms',
        pairs.map(({ ours }) => ours),
        { note: `bare extension page ${bareMedian} ms` },
      ),
      ratioOf('block page against a bare extension page', pairs, { bound: { atMost: 1.15, of: 'value' } }),
    ];
  } finally {
    await bare.close();
    await rm(folder, { recursive: true, force: true });
  }
}
