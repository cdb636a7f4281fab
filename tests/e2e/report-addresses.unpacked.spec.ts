import { waitInForce } from '../fixtures/inForce.ts';
import { everythingKept, outboxOf } from '../fixtures/onDevice.ts';
import { chooseMenu, pressReport } from '../fixtures/press.ts';
import { expect, test } from '../fixtures/sharedSeat.ts';
import { thankedOn } from '../fixtures/thanked.ts';

test('the context menu has an entry for page, link and picture, and reports what it was opened on', async ({
  shared: { school, seatAt, inboxFromNow },
}) => {
  const [seat, inbox] = [await seatAt('KS2'), await inboxFromNow()];
  const worker = await seat.worker();
  // Chrome lists no menus; it refuses to change one that is not there.
  await expect
    .poll(() =>
      worker.evaluate(() =>
        Promise.all(
          ['report-page', 'report-link', 'report-image', 'report-nothing'].map((id) =>
            Promise.resolve(chrome.contextMenus.update(id, { enabled: true })).then(
              () => `${id} is there`,
              () => `${id} is not`,
            ),
          ),
        ),
      ),
    )
    .toEqual([
      'report-page is there',
      'report-link is there',
      'report-image is there',
      'report-nothing is not',
    ]);

  const linkUrl = 'https://ada:hunter2@elsewhere.example/somewhere?x=1';
  const srcUrl = 'https://pictures.example/picture.png';
  const chosen = [
    ['report-link', { linkUrl }],
    // A picture that is a link: the picture was meant.
    ['report-image', { srcUrl, linkUrl }],
    ['report-page', {}],
  ] as const;
  for (const [entry, on] of chosen) {
    const page = await seat.visit('https://thenational.academy/pupils');
    await chooseMenu(seat, page, entry, on);
    await thankedOn(seat, page);
  }
  const coordinator = await school.coordinator();
  await expect.poll(inbox).toHaveLength(3);
  const seen = await Promise.all(
    (await inbox()).map(async ({ id, what, host }) => {
      const [{ address, title }, { openedFrom }] = [await coordinator.reveal(id), await coordinator.open(id)];
      return { what, host, address, title, openedFrom };
    }),
  );
  const title = 'thenational.academy/pupils';
  expect(seen.reverse()).toEqual([
    {
      what: 'link',
      host: 'elsewhere.example',
      address: 'https://elsewhere.example/somewhere?x=1',
      title,
      openedFrom: 'thenational.academy',
    },
    { what: 'image', host: 'pictures.example', address: srcUrl, title, openedFrom: 'thenational.academy' },
    {
      what: 'page',
      host: 'thenational.academy',
      address: 'https://thenational.academy/pupils',
      title,
      openedFrom: null,
    },
  ]);
});

test('a report from the block page is of the closed address, by the button and by the page', async ({
  shared: { school, seatAt, inboxFromNow },
}) => {
  const [seat, inbox] = [await seatAt('KS2'), await inboxFromNow()];
  const reportedBy = {
    'http://unlisted.example/path?q=1#part': (page: import('@playwright/test').Page) =>
      pressReport(seat, page),
    'http://another.example/': (page: import('@playwright/test').Page) =>
      page.getByRole('button', { name: /report|tell/i }).click(),
  };
  for (const [address, report] of Object.entries(reportedBy)) {
    const page = await seat.visit(address);
    await expect.poll(() => page.url()).toContain('self=1');
    await report(page);
    await thankedOn(seat, page);
  }
  const coordinator = await school.coordinator();
  await expect
    .poll(async () => (await inbox()).map(({ host, what }) => ({ host, what })))
    .toEqual([
      { host: 'another.example', what: 'closed-page' },
      { host: 'unlisted.example', what: 'closed-page' },
    ]);
  const [, row] = await inbox();
  expect(await coordinator.reveal(row?.id ?? '')).toMatchObject({
    address: 'http://unlisted.example/path?q=1#part',
    title: '',
  });
  expect(await coordinator.open(row?.id ?? '')).toMatchObject({ verdict: { open: false } });
});

test('pages of the browser itself and a new tab: kindly nothing, and no report', async ({
  shared: { seatAt, inboxFromNow },
}) => {
  const [seat, inbox] = [await seatAt('KS2'), await inboxFromNow()];
  const before = await outboxOf(seat);
  for (const address of ['chrome://version/', 'chrome://newtab/', 'about:blank']) {
    const page = await seat.context.newPage();
    await page.goto(address);
    const opened = seat.context.waitForEvent('page');
    await pressReport(seat, page);
    const nothing = await opened;
    await expect.poll(() => nothing.url()).toBe(seat.own('nothing.html'));
    await expect(nothing.getByRole('heading', { level: 1 })).toHaveText('There is nothing to report here.');
    // Debian's new tab is a search engine's page, which Keystage closes: the tab stays what it was.
    expect(page.url()).not.toContain('reported.html');
    await nothing.close();
  }
  expect(await outboxOf(seat)).toEqual(before);
  expect(await inbox()).toEqual([]);
});

test('of a data: page only the kind leaves the device, never its content', async ({ school, openSeat }) => {
  // For pupils such a page is closed; staff may be on one.
  const seat = await openSeat('staff');
  await waitInForce(seat, { policy: true, stage: 'staff' });
  const page = await seat.visit('data:text/html,<title>My secret diary</title>Dear diary');
  await expect(page.getByText('Dear diary')).toBeVisible();
  await school.kill();
  await pressReport(seat, page);
  await thankedOn(seat, page);
  expect(JSON.stringify(await everythingKept(seat))).not.toMatch(/secret|diary/i);
  const [item] = (await outboxOf(seat)).items;
  expect(item?.event).toMatchObject({ type: 'report', address: 'data:text/html', title: '', what: 'page' });
  await school.start();
  await seat.context.setOffline(true);
  await seat.context.setOffline(false);
  const coordinator = await school.coordinator();
  await expect.poll(() => coordinator.inbox()).toMatchObject([{ host: 'data:', what: 'page' }]);
});

test('an address of 100 kB is reported as far as it may be long', async ({
  shared: { school, seatAt, inboxFromNow },
}) => {
  const [seat, inbox] = [await seatAt('KS2'), await inboxFromNow()];
  const page = await seat.context.newPage();
  await page.goto('https://thenational.academy/pupils');
  // A server would refuse so long a request; a page can give itself such an address.
  const address = `https://thenational.academy/pupils?q=${'x'.repeat(100_000)}`;
  await page.evaluate((to) => history.pushState(null, '', to), address);
  await pressReport(seat, page);
  await thankedOn(seat, page);
  const coordinator = await school.coordinator();
  await expect.poll(inbox).toHaveLength(1);
  const [row] = await inbox();
  const { address: arrived } = await coordinator.reveal(row?.id ?? '');
  expect(arrived).toBe(address.slice(0, 65_536));
});
