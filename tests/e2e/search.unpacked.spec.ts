import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitInForce } from '../fixtures/inForce.ts';
import { expect, test } from '../fixtures/sharedSeat.ts';
import { unpackFor } from '../fixtures/unpacked.ts';

test('every search is held to the strictest setting, whatever its address said before', async ({
  shared: { site, seatAt },
}) => {
  const seat = await seatAt('KS3');

  for (const [typed, reached] of [
    [
      'http://www.google.co.uk/search?q=cats&safe=off&SAFE=images&safe=images',
      '/search?q=cats&safe=active&ssui=on',
    ],
    ['http://google.com/', '/?safe=active&ssui=on'],
    ['http://www.google.com/search?q=a%26safe%3Doff', '/search?q=a%26safe%3Doff&safe=active&ssui=on'],
    ['http://www.google.com/search?q=a&safe=active&ssui=on', '/search?q=a&safe=active&ssui=on'],
    ['http://www.bing.com/images/search?adlt=off&q=a', '/images/search?q=a&adlt=strict'],
    ['http://duckduckgo.com/?q=a&kp=-2', '/?q=a&kp=1'],
    ['http://uk.search.yahoo.com/search?p=a&vm=p', '/search?p=a&vm=r'],
  ] as const) {
    site.forget();
    const page = await seat.visit(typed);
    await expect(page.getByRole('heading')).toBeVisible();
    // One request, already safe: the address that was typed never reached the engine.
    expect(
      site.visits.filter((visit) => visit.page).map(({ path }) => path),
      typed,
    ).toEqual([reached]);
    await page.close();
  }
});

test('an engine that cannot be made safe is closed, and so is an address that hides its settings', async ({
  shared: { site, seatAt },
}) => {
  const seat = await seatAt('KS3');
  for (const address of ['http://www.ecosia.org/search?q=a', 'http://www.google.com/search?q=a&s%61fe=off']) {
    const page = await seat.visit(address);
    await expect.poll(() => page.url()).toContain(seat.own('blocked.html?tier=guard'));
    await page.close();
  }
  expect(site.visits.filter(({ page }) => page)).toEqual([]);
});

test('YouTube is asked for its strict mode, on the page and on the API behind it', async ({
  site,
  openSeat,
  school,
}) => {
  const asked: Record<string, string | string[] | undefined> = {};
  for (const [host, path] of [
    ['www.youtube.com', '/watch'],
    ['youtubei.googleapis.com', '/youtubei/v1/search'],
  ] as const)
    site.answer(host, path, (request, response) => {
      asked[host] = request.headers['youtube-restrict'];
      response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' });
      response.end('<h1>video</h1>');
    });
  await school.orders({
    grants: [
      {
        id: 'video',
        scope: { stages: ['KS3'] },
        entries: [{ entry: 'youtube.com' }, { entry: 'youtubei.googleapis.com' }],
        reason: 'a test',
        by: 'the test',
      },
    ],
  });
  const seat = await openSeat('KS3', { group: '8c' });
  await waitInForce(seat, { stage: 'KS3', lists: true });
  const page = await seat.visit('http://www.youtube.com/watch?v=1');
  await expect(page.getByRole('heading')).toHaveText('video');
  await page.evaluate(() => fetch('//youtubei.googleapis.com/youtubei/v1/search').catch(() => undefined));
  expect(asked).toEqual({ 'www.youtube.com': 'Strict', 'youtubei.googleapis.com': 'Strict' });
});

test('an adult’s searches are her own, and a profile that becomes a pupil’s is held from then on', async ({
  shared: { site, school, openSeat },
}) => {
  const { folder } = await unpackFor(school, 'staff');
  const adult = await openSeat('staff');
  await waitInForce(adult, { stage: 'staff', lists: true });
  const reached = async (profile: typeof adult) => {
    site.forget();
    await profile.visit('http://www.google.com/search?q=cats&safe=off');
    await expect.poll(() => site.pages('www.google.com').map(({ path }) => path)).toHaveLength(1);
    return site.pages('www.google.com')[0]?.path;
  };
  expect(await reached(adult)).toBe('/search?q=cats&safe=off');

  await adult.close({ keep: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(school.settings('KS3', '8c')));
  const pupil = await adult.again();
  await waitInForce(pupil, { stage: 'KS3', lists: true });
  expect(await reached(pupil)).toBe('/search?q=cats&safe=active&ssui=on');
  await pupil.close();
});
