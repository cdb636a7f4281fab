import type { Page } from '@playwright/test';
import { closedOn } from '../fixtures/blockPage.ts';
import { examplePolicy } from '../fixtures/examplePolicy.ts';
import { waitInForce } from '../fixtures/inForce.ts';
import type { Profile } from '../fixtures/profile.ts';
import { expect, test } from '../fixtures/sharedSeat.ts';

const open = 'https://thenational.academy';
const to = (address: string) => encodeURIComponent(address);
const inForce = { policy: true, stage: 'KS2' } as const;

/** The worker hears that the network is back, and asks the endpoint at once. */
const nudge = async (seat: Profile) =>
  (await seat.worker()).evaluate(() => void dispatchEvent(new Event('online')));

test('every way to a closed page leads to the block page, and nothing reaches the site', async ({
  shared: { site, seatAt },
}) => {
  const seat = await seatAt('KS2');
  const closed = (path: string) => `https://unlisted.example/${path}`;
  site.answer('thenational.academy', '/moved', (_, response) =>
    response.writeHead(302, { location: closed('moved') }).end(),
  );
  site.show(
    'thenational.academy',
    '/refresh',
    `<meta http-equiv="refresh" content="0; url=${closed('refresh')}">`,
  );
  const start = (query: string) => `${open}/start?${query}`;

  /** From an open page, one way on; the page is the one that shows what came of it. */
  const ways: Record<string, (page: Page) => Promise<Page>> = {
    link: async (page) => {
      await page.goto(start(`link=${to(closed('link'))}`));
      await page.click('#link');
      return page;
    },
    script: async (page) => {
      await page.goto(start(''));
      await page.evaluate((address) => {
        location.href = address;
      }, closed('script'));
      return page;
    },
    form: async (page) => {
      await page.goto(start(`form=${to(closed('form'))}`));
      await page.click('button');
      return page;
    },
    'new-tab': async (page) => {
      await page.goto(start(`blank=${to(closed('new-tab'))}`));
      const [opened] = await Promise.all([page.waitForEvent('popup'), page.click('#blank')]);
      return opened;
    },
    popup: async (page) => {
      await page.goto(start(''));
      const [opened] = await Promise.all([
        page.waitForEvent('popup'),
        page.evaluate((address) => void window.open(address), closed('popup')),
      ]);
      return opened;
    },
    moved: async (page) => {
      await page.goto(`${open}/moved`).catch(() => undefined);
      return page;
    },
    refresh: async (page) => {
      await page.goto(`${open}/refresh`);
      return page;
    },
  };
  for (const [name, go] of Object.entries(ways)) {
    const page = await seat.context.newPage();
    const shown = await go(page);
    expect(await closedOn(seat, shown), name).toEqual({
      tier: 'packaged',
      category: null,
      address: closed(name),
    });
    await expect(shown.getByRole('heading', { level: 1 })).toHaveText('This one is closed.');
    if (shown !== page) await shown.close();
    await page.close();
  }
  expect(site.visits.filter(({ host }) => host === 'unlisted.example')).toEqual([]);
});

test('the block page knows tier, category and the exact address, however strange', async ({
  shared: { site, seatAt },
}) => {
  const seat = await seatAt('KS2');
  const typed: [address: string, tier: string, category: string | null][] = [
    ['http://unlisted.example/a?x=1&tier=allow&category=games&self=1', 'packaged', null],
    ['http://unlisted.example/?q=%26%23%25%2F%20#part&x=1#again', 'packaged', null],
    ['http://unlisted.example/größe/雪?q=ñ#ü', 'packaged', null],
    ['http://münchen.example/', 'packaged', null],
    ['http://a:secret@unlisted.example:8080/', 'packaged', null],
    [`http://unlisted.example/?${'long&'.repeat(20_000)}`, 'packaged', null],
    ['https://www.coolmathgames.com/0-run', 'closedAlways', 'games'],
    ['http://stormfront.org/forum/', 'locked', null],
    ['https://neal.fun/', 'block', null],
    ['http://203.0.113.7/', 'guard', null],
    ['https://www-example-com.translate.goog/page', 'guard', null],
  ];
  const page = await seat.context.newPage();
  for (const [address, tier, category] of typed) {
    await page.goto(address).catch(() => undefined);
    await page.waitForURL((url) => url.hash === `#${new URL(address).href}`, { waitUntil: 'commit' });
    const shown = await closedOn(seat, page);
    expect({ ...shown, address: shown.address.slice(0, 200) }).toEqual({
      tier,
      category,
      address: new URL(address).href.slice(0, 200),
    });
    expect(shown.address).toHaveLength(new URL(address).href.length);
  }
  expect(site.visits.filter(({ page }) => page)).toEqual([]);
});

test('reload, Back and Forward stay where they should', async ({ shared: { site, seatAt } }) => {
  const seat = await seatAt('KS2');
  const closed = 'http://unlisted.example/?a=1&b=2';
  const start = `${open}/start?link=${to(closed)}`;
  const page = await seat.visit(start);
  await page.click('#link');
  const shown = await closedOn(seat, page);
  expect(shown.address).toBe(closed);
  const length = await page.evaluate(() => history.length);

  for (let times = 0; times < 3; times += 1) {
    await page.reload();
    expect(await closedOn(seat, page)).toEqual(shown);
    expect(await page.evaluate(() => history.length)).toBe(length);
  }
  for (let times = 0; times < 2; times += 1) {
    await page.goBack();
    expect(page.url()).toBe(start);
    await expect(page.getByRole('heading')).toHaveText('thenational.academy/start');
    await page.goForward();
    expect(await closedOn(seat, page)).toEqual(shown);
  }
  await page.getByRole('button', { name: 'back' }).click();
  await page.waitForURL(start);
  expect(site.pages('unlisted.example')).toEqual([]);
});

test('when the school opens a site, its block page goes there by itself, and no other does', async ({
  site,
  school,
  openSeat,
}) => {
  const seat = await openSeat('KS2');
  const before = await waitInForce(seat, inForce);
  const opening = await seat.visit('http://unlisted.example/page?a=1#part');
  const staying = await seat.visit('http://other-unlisted.example/');
  for (const page of [opening, staying]) await closedOn(seat, page);

  const policy = await examplePolicy();
  policy.lists.find(({ id }) => id === 'ks2-approved')?.entries.push({ entry: 'unlisted.example' });
  await school.publish(policy);
  await nudge(seat);
  await opening.waitForURL('http://unlisted.example/page?a=1#part');
  await expect(opening.getByRole('heading')).toHaveText('unlisted.example/page');
  await waitInForce(seat, { ...inForce, notPolicy: before.versions.policy });
  expect((await closedOn(seat, staying)).address).toBe('http://other-unlisted.example/');
  expect(site.pages('unlisted.example')).toHaveLength(1);
});

test('rules that are gone come back with the page that misses them; rules that stay behind make no circle', async ({
  shared: { site, openSeat },
}) => {
  const seat = await openSeat('KS2');
  // The lists too: they replace all dynamic rules when they come, ours of below with them.
  await waitInForce(seat, { ...inForce, lists: true });
  const worker = await seat.worker();

  await worker.evaluate(async () => {
    const rules = await chrome.declarativeNetRequest.getSessionRules();
    await chrome.declarativeNetRequest.updateSessionRules({ removeRuleIds: rules.map(({ id }) => id) });
  });
  const healed = await seat.visit(`${open}/healed`);
  await healed.waitForURL(`${open}/healed`);
  expect(site.pages('thenational.academy').map(({ path }) => path)).toEqual(['/healed']);

  // A rule that nobody made for us: the verdict says open, Chrome says closed, and applying again changes nothing.
  await worker.evaluate((blockPage) => {
    const rule = {
      id: 29_999,
      priority: 900,
      action: { type: 'redirect', redirect: { regexSubstitution: `${blockPage}?tier=packaged#\\0` } },
      condition: { regexFilter: '^https?://.*', resourceTypes: ['main_frame'] },
    };
    return chrome.declarativeNetRequest.updateDynamicRules({
      addRules: [rule as unknown as chrome.declarativeNetRequest.Rule],
    });
  }, seat.own('blocked.html'));
  // Each new page of ours would tell the others of its rules: two must not keep each other busy.
  const pages = await Promise.all([1, 2].map((nth) => seat.visit(`${open}/behind-${nth}`)));
  for (const page of pages) await closedOn(seat, page);
  const loads = new Map<Page, number>(pages.map((page) => [page, 0]));
  for (const page of pages) page.on('framenavigated', () => loads.set(page, (loads.get(page) ?? 0) + 1));
  const listener = await seat.visit(seat.own('status.html'));
  const news = await listener.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let heard = 0;
        const channel = new BroadcastChannel('keystage');
        channel.onmessage = () => {
          heard += 1;
        };
        // What a page does about news it does within a few frames; a circle of news would fill them all.
        let frames = 0;
        const next = () => {
          frames += 1;
          if (frames < 60) requestAnimationFrame(next);
          else resolve(heard);
        };
        new BroadcastChannel('keystage').postMessage('rules');
        next();
      }),
  );
  expect(news).toBeLessThan(10);
  for (const page of pages) {
    expect((await closedOn(seat, page)).address).toContain('/behind-');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(loads.get(page)).toBeLessThanOrEqual(2);
  }
  expect(site.pages('thenational.academy').map(({ path }) => path)).toEqual(['/healed']);
});
