import { waitInForce } from '../fixtures/inForce.ts';
import { everythingKept, outboxOf } from '../fixtures/onDevice.ts';
import { pressReport } from '../fixtures/press.ts';
import { expect, test } from '../fixtures/sharedSeat.ts';
import { says, thankedOn } from '../fixtures/thanked.ts';
import { beat } from '../fixtures/wake.ts';

test('one press, and the page is gone; the report is in the inbox in full, masked until somebody looks', async ({
  site,
  school,
  mailbox,
  openSeat,
}) => {
  site.show('thenational.academy', '/rivers', '<title>The secret rivers</title><h1>Rivers</h1>');
  const seat = await openSeat('KS2', { group: '4-ash' });
  const inForce = await waitInForce(seat, { policy: true, stage: 'KS2' });
  const link = encodeURIComponent('https://ada:hunter2@thenational.academy/rivers?unit=nile');
  const page = await seat.visit(`https://bbc.co.uk/bitesize?link=${link}`);
  await page.locator('#link').click();
  await expect(page.getByRole('heading')).toHaveText('Rivers');

  await pressReport(seat, page);
  await thankedOn(seat, page);
  await expect(page.getByText('Rivers')).toHaveCount(0);
  await expect(page.getByText(says.arrived)).toBeVisible();

  const coordinator = await school.coordinator();
  const rows = await coordinator.inbox();
  expect(rows).toHaveLength(1);
  const [row] = rows;
  expect(row).toMatchObject({
    kind: 'report',
    host: 'thenational.academy',
    what: 'page',
    stage: 'KS2',
    group: '4 Ash',
    count: 1,
    returned: false,
    answers: [],
    state: 'new',
  });
  const item = await coordinator.open(row?.id ?? '');
  expect(item).toMatchObject({
    verdict: { open: true, tier: 'allow', entry: 'thenational.academy' },
    openedFrom: 'bbc.co.uk',
    versions: { policy: inForce.versions.policy, orders: expect.stringMatching(/^1\./) },
    lesson: null,
  });
  expect(item.seat).toBe((await coordinator.fleet())[0]?.seat);
  // Masked: neither the row nor the opened report holds what only the logged look shows.
  expect(JSON.stringify([row, item])).not.toMatch(/nile|secret|hunter2|ada:/);
  expect(await coordinator.reveal(item.id)).toEqual({
    address: 'https://thenational.academy/rivers?unit=nile',
    title: 'The secret rivers',
    account: 'shared',
    why: null,
  });
  expect((await coordinator.open(item.id)).log).toMatchObject([{ act: 'reveal' }]);

  const [mail] = await mailbox.holds(1);
  expect(mail?.to).toEqual([school.first.email]);
  expect(mail?.raw).not.toMatch(/thenational|bbc|rivers|nile|secret|shared|4-ash|4 Ash|hunter2/i);
});

test('after receipt neither address, title nor answer is anywhere on the device', async ({
  site,
  school,
  openSeat,
}) => {
  site.show('thenational.academy', '/rivers', '<title>The secret rivers</title>');
  const seat = await openSeat('KS2');
  await waitInForce(seat, { policy: true, stage: 'KS2' });
  const page = await seat.visit('https://thenational.academy/rivers?unit=nile');
  const told = /unit=nile|secret rivers|someone-unkind|\/rivers/;
  await school.kill();
  await pressReport(seat, page);
  const id = await thankedOn(seat, page);
  await page.getByRole('button', { name: 'Someone is being unkind' }).click();
  await expect(page.getByText('Thank you. That helps.')).toBeVisible();
  // The look can find it: while it waits it is there.
  expect(JSON.stringify(await everythingKept(seat))).toMatch(told);

  await school.start();
  await seat.context.setOffline(true);
  await seat.context.setOffline(false);
  await expect(page.getByText(says.arrived)).toBeVisible({ timeout: 20_000 });
  await expect.poll(async () => (await outboxOf(seat)).items).toEqual([]);
  const left = await everythingKept(seat);
  expect(JSON.stringify(left)).not.toMatch(told);
  expect((await outboxOf(seat)).marks).toMatchObject([{ id, state: 'received' }]);
  const coordinator = await school.coordinator();
  expect(await coordinator.inbox()).toMatchObject([{ id, answers: ['someone-unkind'] }]);
});

test('its sound stops: the page that played it is no more', async ({ shared: { site, seatAt } }) => {
  site.show(
    'thenational.academy',
    '/loud',
    `<button onclick="play()">play</button><script>
      var context = new AudioContext();
      var play = () => { const tone = context.createOscillator(); tone.connect(context.destination); tone.start(); };
      addEventListener('pagehide', ({ persisted }) => navigator.sendBeacon('/hidden?kept=' + persisted));
    </script>`,
  );
  const seat = await seatAt('KS2');
  const page = await seat.visit('https://thenational.academy/loud');
  await page.getByRole('button').click();
  const played = () =>
    page.evaluate(() => (globalThis as unknown as { context: AudioContext }).context.currentTime);
  await expect.poll(played).toBeGreaterThan(0);
  await pressReport(seat, page);
  await thankedOn(seat, page);
  await expect.poll(() => site.visits.map(({ path }) => path)).toContain('/hidden?kept=false');
  await expect(page.getByText(says.arrived)).toBeVisible();
});

test('the same page again is the same report, counted; a nervous second press changes nothing', async ({
  shared: { seatAt, inboxFromNow },
}) => {
  const [seat, inbox] = [await seatAt('KS2'), await inboxFromNow()];
  const page = await seat.visit('https://thenational.academy/again');
  await pressReport(seat, page);
  const id = await thankedOn(seat, page);
  const tabs = seat.context.pages().length;
  await pressReport(seat, page);

  const again = await seat.visit('https://thenational.academy/again');
  await pressReport(seat, again);
  expect(await thankedOn(seat, again)).toBe(id);
  await expect.poll(inbox).toMatchObject([{ id, count: 2 }]);
  // The press on the thank-you page was before: had it opened a tab or a report, it would be here.
  expect(seat.context.pages()).toHaveLength(tabs + 1);
  expect(page.url()).toContain(id);

  const worker = await seat.worker();
  const third = await seat.visit('https://thenational.academy/twice');
  await third.bringToFront();
  await worker.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    const clicked = chrome.action.onClicked as unknown as { dispatch(tab?: chrome.tabs.Tab): void };
    clicked.dispatch(tab);
    clicked.dispatch(tab);
  });
  const twice = await thankedOn(seat, third);
  await expect
    .poll(async () => (await inbox()).map((row) => [row.id, row.count]))
    .toEqual([
      [twice, 2],
      [id, 2],
    ]);
});

test('take me back: the page, with what was typed there; the report stays, marked', async ({
  shared: { site, seatAt, inboxFromNow },
}) => {
  site.show('thenational.academy', '/essay', '<h1>Essay</h1><textarea name="essay"></textarea>');
  const [seat, inbox] = [await seatAt('KS2'), await inboxFromNow()];
  const page = await seat.visit('https://thenational.academy/essay');
  await page.getByRole('textbox').fill('The Nile is long.');
  await pressReport(seat, page);
  const id = await thankedOn(seat, page);
  await page.getByRole('button', { name: 'Take me back' }).click();
  await expect.poll(() => page.url()).toBe('https://thenational.academy/essay');
  await expect(page.getByRole('textbox')).toHaveValue('The Nile is long.');
  // The way back ends the page that sends: what it did not finish, the next beat does.
  await beat(seat);
  await expect.poll(inbox).toMatchObject([{ id, returned: true, state: 'new' }]);
});

const stubborn = [
  [
    'thenational.academy',
    `<script>addEventListener('beforeunload', (event) => event.preventDefault());</script>`,
  ],
  ['purplemash.com', `<script>document.querySelector('button').onclick = () => { for (;;); };</script>`],
  [
    'natgeokids.com',
    `<script>addEventListener('beforeunload', (event) => { event.preventDefault(); for (;;); });</script>`,
  ],
] as const;
test('a page that asks "leave this site?", one that never comes to rest and one that does both are gone at one press too', async ({
  shared: { site, openSeat, inboxFromNow },
}) => {
  const seat = await openSeat('KS2');
  await waitInForce(seat, { policy: true, stage: 'KS2' });
  const worker = await seat.worker();
  const inbox = await inboxFromNow();
  const shown = () =>
    worker.evaluate(async () => (await chrome.tabs.query({ active: true })).map(({ url }) => url ?? ''));
  const reported: string[] = [];
  for (const [host, html] of stubborn) {
    const address = `https://${host}/stubborn`;
    site.show(host, '/stubborn', `<button>press</button>${html}`);
    const page = await seat.visit(address);
    // The dialog is left standing, as a child leaves it.
    page.on('dialog', () => {});
    // Chromium asks only where somebody has touched the page. A click that hangs it never returns.
    void page
      .getByRole('button')
      .click({ noWaitAfter: true })
      .catch(() => undefined);
    await expect
      .poll(() => page.evaluate(() => navigator.userActivation.hasBeenActive).catch(() => true))
      .toBe(true);
    await worker.evaluate(async (url) => {
      const [tab] = await chrome.tabs.query({ url });
      const clicked = chrome.action.onClicked as unknown as { dispatch(tab?: chrome.tabs.Tab): void };
      clicked.dispatch(tab);
    }, address);
    await expect
      .poll(shown, { timeout: 10_000 })
      .toEqual([expect.stringContaining(seat.own('reported.html'))]);
    reported.unshift(host);
    await expect.poll(async () => (await inbox()).map((row) => row.host)).toEqual(reported);
  }
  // Playwright waits for ever for a page that hangs.
  await seat.kill();
});

test('a report that the disk does not take: its page goes, nobody is thanked, a grown-up has to hear of it', async ({
  shared,
}) => {
  const seat = await shared.seatAt('KS2');
  const page = await seat.visit('https://thenational.academy/full-disk');
  const worker = await seat.worker();
  const fill = (isFull: boolean) =>
    worker.evaluate((full) => {
      const disk = globalThis as unknown as { put?: IDBObjectStore['put'] };
      disk.put ??= IDBObjectStore.prototype.put;
      const { put } = disk;
      IDBObjectStore.prototype.put = full
        ? () => {
            throw new DOMException('the disk is full', 'QuotaExceededError');
          }
        : put;
    }, isFull);
  await fill(true);
  await pressReport(seat, page);
  await page.waitForURL(seat.own('reported.html?not-kept'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('We could not send this one.');
  await expect(page.getByText('Please tell a grown-up yourself.')).toBeVisible();
  await fill(false);
});
