import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { closedOn } from '../fixtures/blockPage.ts';
import { otherPage } from '../fixtures/otherExtension.ts';
import { pressReport } from '../fixtures/press.ts';
import { thankedOn } from '../fixtures/thanked.ts';
import { expect, pageSaying, test, type WatchedSeat } from '../fixtures/watchedSeat.ts';

/** Pages and frames that no rule of Chrome's meets, or that hide what they show (CHROME-FACTS 4, FIELD E14–E24). */

const opened = 'https://start.open.example/';
/** One frame that is open, which proves that frames load here at all, and one that is closed. */
const bothFrames =
  '<iframe src="https://other.example/in"></iframe><iframe src="https://closed.example/in"></iframe>';

/** A window that the page opens, as `open` says in the page. */
async function windowOf(page: Page, open: () => void): Promise<Page> {
  const [opens] = await Promise.all([page.waitForEvent('popup'), page.evaluate(open)]);
  return opens;
}

async function expectOnlyOpenFrames({ site }: WatchedSeat): Promise<void> {
  await expect.poll(() => site.pages('other.example').length).toBeGreaterThan(0);
  expect(site.visits.filter(({ host }) => host === 'closed.example')).toEqual([]);
}

test.beforeEach(({ seat }) => seat.site.forget());

test('data: typed by a pupil is closed', async ({ seat }) => {
  const page = await seat.profile.visit('data:text/html,<h1>a game</h1>');
  // The address of such a page is its content, which goes nowhere.
  expect(await closedOn(seat.profile, page)).toMatchObject({ tier: 'packaged', address: 'data:' });
});

test('a page cannot lead to data: at all', async ({ seat }) => {
  const page = await pageSaying(seat, opened, '');
  const refused = page.waitForEvent('console', (line) => line.text().includes('Not allowed to navigate'));
  await page.evaluate(() => location.assign('data:text/html,<h1>a game</h1>'));
  await refused;
  expect(page.url()).toBe(opened);
});

test('blob: in a tab of its own is closed', async ({ seat }) => {
  const page = await pageSaying(seat, opened, '');
  await page.evaluate(() => {
    location.href = URL.createObjectURL(new Blob(['<h1>a game</h1>'], { type: 'text/html' }));
  });
  expect((await closedOn(seat.profile, page)).address).toMatch(/^blob:https:\/\/start\.open\.example/);
});

test('blob: in a new window is closed', async ({ seat }) => {
  const page = await pageSaying(seat, opened, '');
  const popUp = await windowOf(page, () => {
    window.open(URL.createObjectURL(new Blob(['<h1>a game</h1>'], { type: 'text/html' })));
  });
  await closedOn(seat.profile, popUp);
});

test('a file on a memory stick is closed', async ({ seat }) => {
  const path = join(tmpdir(), 'keystage-game.html');
  await writeFile(path, '<h1>a game</h1>');
  const { href } = pathToFileURL(path);
  const page = await seat.profile.visit(href);
  expect(await closedOn(seat.profile, page)).toMatchObject({ address: href });
});

test('filesystem: shows nothing', async ({ seat }) => {
  const page = await seat.profile.context.newPage();
  await expect(page.goto('filesystem:https://start.open.example/temporary/game.html')).rejects.toThrow();
});

test('an empty window that an open page fills shows no closed frame', async ({ seat }) => {
  const page = await pageSaying(seat, opened, '');
  const popUp = await windowOf(page, () => {
    const frames = ['https://other.example/in', 'https://closed.example/in'];
    const html = frames.map((address) => `<iframe src="${address}"></iframe>`).join('');
    window.open('about:blank')?.document.write(html);
  });
  await expectOnlyOpenFrames(seat);
  expect(popUp.url()).toBe('about:blank');
});

test('what an open page may embed is closed in an empty window: it has no address to approve', async ({
  seat,
}) => {
  const page = await pageSaying(seat, opened, '<iframe src="https://www.openstreetmap.org/map"></iframe>');
  await expect.poll(() => seat.site.pages('www.openstreetmap.org').length).toBe(1);
  const popUp = await windowOf(page, () => {
    window.open('about:blank')?.document.write('<iframe src="https://www.openstreetmap.org/map"></iframe>');
  });
  expect(await closedOn(seat.profile, popUp)).toMatchObject({ address: 'https://www.openstreetmap.org/map' });
  expect(page.url()).toBe(opened);
});

test('an empty window is reported as the page that opened it, and is gone', async ({ seat }) => {
  const page = await pageSaying(seat, 'https://opener.open.example/page', '');
  const popUp = await windowOf(page, () => {
    window.open('about:blank')?.document.write('<title>secret</title><h1>a game</h1>');
  });
  await pressReport(seat.profile, popUp);
  const id = await thankedOn(seat.profile, popUp);
  const coordinator = await seat.school.coordinator();
  await expect
    .poll(async () => (await coordinator.inbox()).find((row) => row.id === id))
    .toMatchObject({ host: 'opener.open.example', what: 'pop-up' });
  expect(await coordinator.reveal(id)).toMatchObject({
    address: 'https://opener.open.example/page',
    title: '',
  });
});

for (const [name, html] of [
  ['srcdoc', `<iframe srcdoc='${bothFrames}'></iframe>`],
  ['data:', `<iframe src="data:text/html,${encodeURIComponent(bothFrames)}"></iframe>`],
  [
    'about:blank',
    `<iframe id="f"></iframe><script>const f = document.getElementById('f').contentDocument;
      f.write('${bothFrames}'); f.close();</script>`,
  ],
  ['javascript:', `<iframe src="javascript:'${bothFrames.replaceAll('"', '')}'"></iframe>`],
  [
    'blob:',
    `<iframe id="f"></iframe><script>document.getElementById('f').src =
      URL.createObjectURL(new Blob(['${bothFrames}'], { type: 'text/html' }))</script>`,
  ],
] as const)
  test(`a ${name} frame in an open page shows no closed frame`, async ({ seat }) => {
    await pageSaying(seat, opened, html);
    await expectOnlyOpenFrames(seat);
  });

for (const [name, to] of [
  ['<object>', (address: string) => `<object type="text/html" data="${address}"></object>`],
  ['<embed>', (address: string) => `<embed type="text/html" src="${address}">`],
] as const)
  test(`${name} shows no closed page`, async ({ seat }) => {
    await pageSaying(seat, opened, to('https://other.example/in') + to('https://closed.example/in'));
    await expectOnlyOpenFrames(seat);
  });

test('what javascript: writes over an open page shows no closed frame', async ({ seat }) => {
  const page = await pageSaying(seat, opened, '');
  await page.evaluate((html) => location.assign(`javascript:${JSON.stringify(html)}`), bothFrames);
  await expectOnlyOpenFrames(seat);
});

test('view-source: of a closed page is closed', async ({ seat }) => {
  const page = await seat.profile.visit('view-source:https://closed.example/');
  // Chrome shows the source of our page: nothing of the other's.
  await page.waitForURL((url) => url.href.includes('blocked.html'), { waitUntil: 'commit' });
  expect(seat.site.visits).toEqual([]);
});

test('the page of another extension, whose frames no rule of ours closes, goes with a closed frame', async ({
  seat,
}) => {
  const open = await seat.profile.visit(otherPage('https://other.example/in'));
  await expect.poll(() => seat.site.pages('other.example').length).toBe(1);
  await expect(open.getByRole('heading')).toHaveText('another extension');
  const page = await seat.profile.visit(otherPage('https://closed.example/in'));
  expect(await closedOn(seat.profile, page)).toMatchObject({ address: 'https://closed.example/in' });
});

test('nothing is downloaded from a locked site, not even by a link on an open page', async ({ seat }) => {
  // To another site such a link is a navigation, whatever `download` says.
  const link = (host: string) => `<a download href="https://${host}/file">file</a>`;
  const open = await pageSaying(seat, opened, link('other.example'));
  await open.locator('a').click();
  await expect.poll(() => seat.site.visits.some(({ host }) => host === 'other.example')).toBe(true);
  const page = await pageSaying(seat, opened, link('locked.example'));
  await page.locator('a').click();
  await closedOn(seat.profile, page);
  expect(seat.site.visits.filter(({ host }) => host === 'locked.example')).toEqual([]);
});

test('an open page has no other way to a locked site: sockets, events, beacons', async ({ seat }) => {
  const page = await pageSaying(seat, opened, '');
  await page.evaluate(() => {
    for (const host of ['locked.example', 'other.example']) {
      new WebSocket(`wss://${host}/socket`);
      new EventSource(`https://${host}/events`);
      navigator.sendBeacon(`https://${host}/beacon`, 'x');
    }
  });
  const paths = (wanted: string) =>
    seat.site.visits.flatMap(({ host, path }) => (host === wanted ? [path] : []));
  await expect
    .poll(() => new Set(paths('other.example')))
    .toEqual(new Set(['/socket', '/events', '/beacon']));
  expect(paths('locked.example')).toEqual([]);
});

for (const [name, address] of [
  ['an escaped letter in a closed path', 'https://maze.example/%67ames/1'],
  ['an IP address in numbers of another base', 'http://0xcb.0.0x71.9/'],
  ['an IP address as one number', 'http://3405803785/'],
  ['an IP address in IPv6', 'http://[::ffff:203.0.113.9]/'],
  ['another port of a closed site', 'http://closed.example:8443/'],
  ['a user name that looks like an open site', 'http://open.example@closed.example/'],
  ['a site whose name begins like an open one', 'http://open.example.closed.example/'],
  ['a translator', 'https://closed-example.translate.goog/'],
] as const)
  test(`${name} is closed`, async ({ seat }) => {
    const page = await seat.profile.visit(address);
    await closedOn(seat.profile, page);
    expect(seat.site.visits.filter((visit) => visit.page && visit.host !== 'maze.example')).toEqual([]);
  });

test('an open site that leads elsewhere leads to nothing closed', async ({ seat }) => {
  seat.site.answer('other.example', '/away', (_, response) =>
    response.writeHead(302, { location: 'https://closed.example/' }).end(),
  );
  await closedOn(seat.profile, await seat.profile.visit('https://other.example/away'));
  expect(seat.site.pages('closed.example')).toEqual([]);
});

test('a hung worker opens nothing', async ({ seat }) => {
  const worker = await seat.profile.worker();
  const page = await seat.profile.context.newPage();
  const hung = worker.evaluate(() => {
    const until = performance.now() + 2_000;
    while (performance.now() < until);
  });
  await page.goto('https://closed.example/').catch(() => undefined);
  await closedOn(seat.profile, page);
  expect(seat.site.visits).toEqual([]);
  await hung;
});
