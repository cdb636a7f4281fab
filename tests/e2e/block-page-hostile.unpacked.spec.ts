import { closedOn } from '../fixtures/blockPage.ts';
import { expect, test } from '../fixtures/sharedSeat.ts';

/** A page that a pupil may open, written by somebody who wants round the filter. */
const hostile = 'https://thenational.academy/hostile';

test('a page cannot fetch anything of the extension, nor tell by any load that it is there', async ({
  shared,
}) => {
  const seat = await shared.seatAt('KS2');
  const page = await seat.visit(hostile);
  const own = ['blocked.html', 'blocked.html?tier=locked&self=1#http://bank.example/', 'status.html'];
  const targets = [
    ...own,
    'manifest.json',
    'closed.json',
    'pupils.json',
    'icons/128.png',
    '_locales/en/messages.json',
    '',
  ];
  const got = await page.evaluate(
    async (addresses) => {
      const loads = (element: HTMLImageElement | HTMLScriptElement | HTMLLinkElement, address: string) =>
        new Promise<string>((resolve) => {
          element.onload = () => resolve('loaded');
          element.onerror = () => resolve('failed');
          if (element instanceof HTMLLinkElement) {
            element.rel = 'stylesheet';
            element.href = address;
          } else element.src = address;
          document.head.append(element);
        });
      const fetched = (address: string, init?: RequestInit) =>
        fetch(address, init).then(
          (answer) => `${answer.status} ${answer.type}`,
          () => 'failed',
        );
      return Promise.all(
        addresses.map(async (address) => [
          await fetched(address),
          await fetched(address, { mode: 'no-cors' }),
          await loads(new Image(), address),
          await loads(document.createElement('script'), address),
          await loads(document.createElement('link'), address),
        ]),
      );
    },
    targets.map((path) => seat.own(path)),
  );
  for (const [at, answers] of got.entries())
    expect(answers, targets[at]).toEqual(['failed', 'failed', 'failed', 'failed', 'failed']);
});

test('fetch, XMLHttpRequest and frames of a closed address fail; none of them is answered by our page', async ({
  shared,
}) => {
  const seat = await shared.seatAt('KS2');
  const page = await seat.visit(hostile);
  // Resources of an approved page may come from anywhere but what is locked, guarded or on the school's list.
  const closed = ['https://neal.fun/', 'https://stormfront.org/', 'https://a-b.translate.goog/'];
  const answers = await page.evaluate(async (addresses) => {
    const byFetch = (address: string, mode: RequestMode) =>
      fetch(address, { mode }).then(
        ({ url }) => `answered by ${url}`,
        () => 'failed',
      );
    const byXhr = (address: string) =>
      new Promise<string>((resolve) => {
        const request = new XMLHttpRequest();
        request.onloadend = () => resolve(request.responseURL || 'failed');
        request.open('GET', address);
        request.send();
      });
    return Promise.all(
      addresses.flatMap((address) => [byFetch(address, 'cors'), byFetch(address, 'no-cors'), byXhr(address)]),
    );
  }, closed);
  expect(answers).toEqual(Array(closed.length * 3).fill('failed'));

  const framed = [...closed, 'https://unlisted.example/', seat.own('blocked.html'), seat.own('status.html')];
  await page.evaluate((addresses) => {
    for (const address of addresses) {
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
    }
  }, framed);
  // Chrome's own error page, in every one.
  await expect
    .poll(() =>
      page
        .frames()
        .slice(1)
        .map((frame) => frame.url()),
    )
    .toEqual(framed.map(() => 'chrome-error://chromewebdata/'));
  expect(shared.site.visits.filter(({ host }) => framed.some((address) => address.includes(host)))).toEqual(
    [],
  );
});

test('a page cannot open a block page of its own invention', async ({ shared }) => {
  const seat = await shared.seatAt('KS2');
  const forged = seat.own('blocked.html?tier=locked&category=adult&self=1#https://thenational.academy/');
  const page = await seat.visit(hostile);
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate((address) => void window.open(address), forged),
  ]);
  await page.evaluate((address) => {
    location.href = address;
  }, forged);
  const linked = await seat.visit(`${hostile}?link=${encodeURIComponent(forged)}`);
  await linked.click('#link');
  const posted = await seat.visit(`${hostile}?form=${encodeURIComponent(forged)}`);
  await posted.click('button');
  // Whatever Chrome shows there instead (its error page, or nothing), it is not ours: no title, none of our elements.
  for (const tab of [popup, page, linked, posted]) {
    await tab.waitForLoadState();
    expect(
      await tab.evaluate(() => [document.title, document.getElementById('page')?.childNodes.length]),
    ).not.toEqual(['This page is closed', expect.anything()]);
    expect(await tab.evaluate(() => document.querySelector('#page'))).toBeNull();
  }
});

test('a page that opened a closed address learns nothing from the window that shows the block page', async ({
  shared,
}) => {
  const seat = await shared.seatAt('KS2');
  const page = await seat.visit(hostile);
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate(() => {
      Object.assign(window, { opened: window.open('http://unlisted.example/secret') });
    }),
  ]);
  await closedOn(seat, popup);
  const learned = await page.evaluate(() => {
    const { opened } = window as unknown as { opened: Window };
    const tried = (read: () => unknown) => {
      try {
        return String(read());
      } catch {
        return 'refused';
      }
    };
    return {
      address: tried(() => opened.location.href),
      document: tried(() => opened.document),
      entries: performance
        .getEntries()
        .map(({ name }) => name)
        .filter((name) => name.startsWith('chrome-extension:')),
    };
  });
  expect(learned).toEqual({ address: 'refused', document: 'refused', entries: [] });
  expect(await popup.evaluate(() => document.referrer)).toBe('');
});

test('an address that is hostile text is only text on the block page', async ({ shared }) => {
  const seat = await shared.seatAt('KS2');
  const page = await seat.visit(
    'http://unlisted.example/?"><img src=x onerror=document.title="got-in">#</p><script>document.title="got-in"</script>',
  );
  await closedOn(seat, page);
  await expect(page).toHaveTitle('This page is closed');
  expect(await page.locator('#page img[src="x"], #page script').count()).toBe(0);
});
