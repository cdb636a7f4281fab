import type { Page } from '@playwright/test';
import { closedOn } from '../fixtures/blockPage.ts';
import { pressReport } from '../fixtures/press.ts';
import { thankedOn } from '../fixtures/thanked.ts';
import { expect, pageSaying, test, type WatchedSeat } from '../fixtures/watchedSeat.ts';

/** A page that a site's own worker answers asks no rule of Chrome's (CHROME-FACTS 4, FIELD E10, E25). */

const framing = (address: string) => `<iframe src="${address}"></iframe>`;
const frameIn = (page: Page, host: string) =>
  page.frames().find((frame) => frame.url().includes(`//${host}/`));
const isBlocked = (page: Page) => page.frames().some((frame) => frame.url().startsWith('chrome-error:'));

/** Opens the site once, while it is open: its worker stays behind. */
async function leaveWorker(seat: WatchedSeat, host: string): Promise<void> {
  seat.offerWorker(host);
  const page = await seat.profile.visit(`https://${host}/registers`);
  await expect(page).toHaveTitle('ready');
  await page.goto(`https://${host}/a`);
  await expect(page).toHaveTitle('by worker');
  await page.close();
}

/** Whether Chromium keeps a worker for the host. */
async function hasWorker({ profile }: WatchedSeat, host: string): Promise<boolean> {
  const page = await profile.context.newPage();
  const session = await profile.context.newCDPSession(page);
  const found = new Promise<boolean>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) =>
      resolve(registrations.some(({ scopeURL, isDeleted }) => scopeURL.includes(`//${host}/`) && !isDeleted)),
    );
  });
  await session.send('ServiceWorker.enable');
  const has = await found;
  await page.close();
  return has;
}

test('a page that its site answers itself is closed, also with our worker asleep, and the site’s worker is gone', async ({
  seat,
}) => {
  await leaveWorker(seat, 'worker.open.example');
  await seat.close('worker.open.example');
  expect(await hasWorker(seat, 'worker.open.example')).toBe(true);
  await seat.profile.stopWorker();
  seat.site.forget();
  const page = await seat.profile.visit('https://worker.open.example/a');
  expect(await closedOn(seat.profile, page)).toMatchObject({
    tier: 'locked',
    address: 'https://worker.open.example/a',
  });
  await expect.poll(() => hasWorker(seat, 'worker.open.example')).toBe(false);
  expect(seat.site.visits.filter(({ host }) => host === 'worker.open.example')).toEqual([]);
});

test('what a reported site left on the device stays, and its pages are closed all the same', async ({
  seat,
}) => {
  const host = 'reported.open.example';
  await leaveWorker(seat, host);
  const page = await seat.profile.visit(`https://${host}/a`);
  await pressReport(seat.profile, page);
  await thankedOn(seat.profile, page);
  await seat.close(host);
  for (const path of ['/a', '/b']) {
    await page.goto(`https://${host}${path}`).catch(() => undefined);
    expect(await closedOn(seat.profile, page)).toMatchObject({ address: `https://${host}${path}` });
  }
  expect(await hasWorker(seat, host)).toBe(true);
});

test('a closed path of an open site is closed, also where the site answers itself', async ({ seat }) => {
  await leaveWorker(seat, 'maze.example');
  const page = await seat.profile.visit('https://maze.example/games/1');
  expect(await closedOn(seat.profile, page)).toMatchObject({ tier: 'block' });
  await expect.poll(() => hasWorker(seat, 'maze.example')).toBe(false);
});

test('a frame that its site answers itself is taken out of an open page, and the page stays', async ({
  seat,
}) => {
  // The worker that a frame leaves behind belongs to the page around it, and is not the one of the site's own pages.
  seat.offerWorker('inner.example');
  const page = await pageSaying(
    seat,
    'https://left.open.example/',
    framing('https://inner.example/registers'),
  );
  await expect.poll(() => frameIn(page, 'inner.example')?.title()).toBe('ready');
  await seat.close('inner.example');
  seat.site.forget();
  seat.site.show('holds.open.example', '/', `<h1>open</h1>${framing('https://inner.example/a')}`);
  await page.goto('https://holds.open.example/');
  // Loaded, seen, and loaded again without the worker: then Chrome closes the frame.
  await expect.poll(() => seat.site.pages('holds.open.example').length).toBe(2);
  await expect.poll(() => isBlocked(page)).toBe(true);
  await expect(page.getByRole('heading')).toHaveText('open');
  await page.reload();
  await expect.poll(() => isBlocked(page)).toBe(true);
  expect(seat.site.pages('inner.example')).toEqual([]);
  expect(seat.site.pages('holds.open.example')).toHaveLength(3);
});

test('a closed frame that comes back whatever is done takes its page along', async ({ seat }) => {
  seat.offerWorker('maze.example');
  const page = await pageSaying(
    seat,
    'https://maze.example/',
    `<script>
      navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready).then(() => {
        const frame = document.body.appendChild(document.createElement('iframe'));
        const isOurs = () => navigator.serviceWorker.controller;
        const go = () => { frame.src = '/games/frame'; };
        if (isOurs()) go(); else navigator.serviceWorker.addEventListener('controllerchange', go);
      });
    </script>`,
  );
  expect(await closedOn(seat.profile, page)).toMatchObject({
    tier: 'block',
    address: 'https://maze.example/games/frame',
  });
});
