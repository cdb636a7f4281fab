import type { Page } from '@playwright/test';
import { closedOn } from '../fixtures/blockPage.ts';
import { expect, pageSaying, test, type WatchedSeat } from '../fixtures/watchedSeat.ts';

/** Pages that change their address without loading, and pages that are there before the rule (CHROME-FACTS 4, 9). */

test.beforeEach(({ seat }) => seat.site.forget());

const moves = {
  'history.pushState': (to: string) => history.pushState(null, '', to),
  'history.replaceState': (to: string) => history.replaceState(null, '', to),
  'the Navigation API': (to: string) => {
    const { navigation } = globalThis as unknown as {
      navigation: EventTarget & { navigate(to: string): void };
    };
    navigation.addEventListener('navigate', (event) => {
      (event as unknown as { intercept(options: object): void }).intercept({ handler: async () => {} });
    });
    navigation.navigate(to);
  },
};
for (const [name, move] of Object.entries(moves))
  test(`${name} to a closed path of an open site is closed`, async ({ seat }) => {
    const page = await pageSaying(seat, 'https://maze.example/', '');
    await page.evaluate(move, '/games/1');
    expect(await closedOn(seat.profile, page)).toMatchObject({
      tier: 'block',
      address: 'https://maze.example/games/1',
    });
  });

test('one approved video does not lead to its neighbour', async ({ seat }) => {
  const page = await pageSaying(seat, 'https://video.example/watch?v=APPROVED', '');
  await page.evaluate(() => history.pushState(null, '', '/watch?v=NEIGHBOUR#t=1'));
  expect((await closedOn(seat.profile, page)).address).toBe('https://video.example/watch?v=NEIGHBOUR#t=1');
});

test('what follows # neither opens nor closes: an open page stays, a closed one stays closed', async ({
  seat,
}) => {
  const page = await pageSaying(seat, 'https://maze.example/', '');
  await page.evaluate(() => {
    location.hash = '#/games/1';
  });
  await page.evaluate(() => history.pushState(null, '', '/games/2#/'));
  // The first move was judged before the second: it alone would have closed the page with its own address.
  expect((await closedOn(seat.profile, page)).address).toBe('https://maze.example/games/2#/');
  const closed = await seat.profile.visit('https://maze.example/games#/open');
  await closedOn(seat.profile, closed);
});

test('a frame that moves to a closed path, again and again, takes its page along', async ({ seat }) => {
  seat.site.show('maze.example', '/frame', `<script>history.pushState(null, '', '/games/frame')</script>`);
  const page = await pageSaying(
    seat,
    'https://push.open.example/',
    '<iframe src="https://maze.example/frame"></iframe>',
  );
  expect(await closedOn(seat.profile, page)).toMatchObject({ address: 'https://maze.example/games/frame' });
});

/** By Chrome itself: Playwright's own way back waits for a load, and a page that was kept does not load. */
async function goBack({ profile }: WatchedSeat, page: Page): Promise<void> {
  const worker = await profile.worker();
  await page.bringToFront();
  await worker.evaluate(async () => {
    const [shown] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    if (shown?.id !== undefined) await chrome.tabs.goBack(shown.id);
  });
}

test.describe('when the rules change', () => {
  let tab: Page;
  let framing: Page;
  let popUp: Page;
  let back: Page;

  test.beforeAll(async ({ seat }) => {
    tab = await pageSaying(seat, 'https://later.open.example/', '');
    framing = await pageSaying(
      seat,
      'https://frames.open.example/',
      '<iframe src="https://framed.example/in"></iframe>',
    );
    await expect.poll(() => seat.site.pages('framed.example').length).toBe(1);
    const opener = await pageSaying(seat, 'https://opens.open.example/', '');
    [popUp] = await Promise.all([
      opener.waitForEvent('popup'),
      opener.evaluate(() => window.open('about:blank')?.document.write('<h1>a game</h1>')),
    ]);
    back = await pageSaying(seat, 'https://before.open.example/', '');
    await back.evaluate(() => Object.assign(globalThis, { alive: true }));
    await back.goto('https://after.open.example/');
    // It is kept as it was: while it is open, going back does not load it.
    await goBack(seat, back);
    await expect.poll(() => back.evaluate(() => 'alive' in globalThis).catch(() => false)).toBe(true);
    await back.goto('https://after.open.example/again');
    await seat.close('later.open.example', 'opens.open.example', 'before.open.example', 'framed.example');
  });

  test('a tab that is open already is closed', async ({ seat }) => {
    expect((await closedOn(seat.profile, tab)).address).toBe('https://later.open.example/');
  });

  test('a frame that is open already is gone, and its page stays', async ({ seat }) => {
    await expect
      .poll(() => framing.frames().map((frame) => new URL(frame.url()).protocol))
      .toEqual(['https:', 'chrome-error:']);
    await expect(framing.getByRole('heading')).toHaveText('frames.open.example');
    expect(seat.site.pages('framed.example')).toEqual([]);
  });

  test('an empty window goes with the page that opened it', async ({ seat }) => {
    expect((await closedOn(seat.profile, popUp)).address).toBe('https://opens.open.example/');
  });

  test('going back to a page that was kept alive finds it closed', async ({ seat }) => {
    await goBack(seat, back);
    expect((await closedOn(seat.profile, back)).address).toBe('https://before.open.example/');
    expect(seat.site.pages('before.open.example')).toEqual([]);
  });
});

test('what Chrome fetches ahead is judged as it is fetched, and counts as nobody’s visit', async ({
  seat,
}) => {
  const ahead = {
    prefetch: [
      { urls: ['https://other.example/ahead', 'https://closed.example/ahead'], eagerness: 'immediate' },
    ],
  };
  await pageSaying(
    seat,
    'https://ahead.open.example/',
    `<script type="speculationrules">${JSON.stringify(ahead)}</script>`,
  );
  await expect.poll(() => seat.site.visits.some(({ path }) => path === '/ahead')).toBe(true);
  const worker = await seat.profile.worker();
  const kept = () => worker.evaluate(async () => JSON.stringify(await chrome.storage.session.get()));
  // Where tabs came from is written together, a moment after they came.
  await expect.poll(kept).toContain('ahead.open.example');
  expect(await kept()).not.toContain('other.example');
  expect(seat.site.visits.filter(({ host }) => host === 'closed.example')).toEqual([]);
});

test('a page that Chrome opens at its start, before any rule, does not stay', async ({ seat }) => {
  await seat.restart('http://closed.example/start');
  // It slips through before the rules are there (docs/limits.md), and is taken away.
  const [first] = seat.profile.context.pages();
  if (!first) throw new Error('Chromium opened no page');
  expect((await closedOn(seat.profile, first)).address).toBe('http://closed.example/start');
});
