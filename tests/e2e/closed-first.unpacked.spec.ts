import { readFile } from 'node:fs/promises';
import { closedOn } from '../fixtures/blockPage.ts';
import { waitInForce } from '../fixtures/inForce.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { expect, test } from '../fixtures/sharedSeat.ts';
import type { Site } from '../fixtures/site.ts';
import { openStopper } from '../fixtures/workerStopper.ts';

/** The issue asks for 200; a quick run takes fewer. */
const TIMES = Number(process.env.KEYSTAGE_TIMES ?? 12);

type Closed = { address: string; tier: string; category: string | null };

/** Different addresses, taking turns through every tier that closes for a KS2 pupil on her own. */
async function closedAddresses(times: number): Promise<Closed[]> {
  const games = (await readFile(new URL('../../admin/lists/games.txt', import.meta.url), 'utf8'))
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  const kinds: ((nth: number) => Closed)[] = [
    (nth) => ({
      address: `http://site-${nth}.unlisted.example/p?n=${nth}`,
      tier: 'packaged',
      category: null,
    }),
    (nth) => ({
      address: `https://www.${games[nth % games.length]}/g${nth}`,
      tier: 'closedAlways',
      category: 'games',
    }),
    (nth) => ({ address: `https://neal.fun/${nth}`, tier: 'block', category: null }),
    (nth) => ({ address: `http://203.0.113.${nth % 250}/${nth}`, tier: 'guard', category: null }),
    (nth) => ({ address: `https://en-site${nth}-org.translate.goog/`, tier: 'guard', category: null }),
    (nth) => ({ address: `http://forum.stormfront.org/${nth}`, tier: 'locked', category: null }),
  ];
  return Array.from({ length: times }, (_, nth) => kinds[nth % kinds.length]?.(nth) as Closed);
}

test(`${TIMES} closed addresses with the worker stopped before each: ${TIMES} block pages, each right`, async ({
  shared: { site, seatAt },
}) => {
  test.setTimeout(60_000 + TIMES * 1_500);
  const addresses = await closedAddresses(TIMES);
  const seat = await seatAt('KS2');
  const stopper = await openStopper(seat);
  const page = await seat.context.newPage();
  let right = 0;
  for (const { address, tier, category } of addresses) {
    await stopper.stop();
    await page.goto(address).catch(() => undefined);
    await page.waitForURL((url) => url.hash === `#${address}`, { waitUntil: 'commit' });
    expect(await closedOn(seat, page)).toEqual({ tier, category, address });
    right += 1;
  }
  expect(right).toBe(TIMES);
  expect(site.visits.filter(({ page }) => page)).toEqual([]);

  const bare = await openProfile({ extensionId: '', resolverRules: site.resolverRules });
  try {
    const control = await bare.context.newPage();
    for (const { address } of addresses) await control.goto(address, { waitUntil: 'commit' });
    expect(site.visits.filter(({ page }) => page)).toHaveLength(TIMES);
  } finally {
    await bare.close();
  }
});

test('without any rule but the packaged ones every page is closed', async ({
  shared: { site, openSeat },
}) => {
  const seat = await openSeat('KS3');
  await waitInForce(seat, { policy: true, stage: 'KS3', lists: true });
  const before = await seat.visit('http://unlisted.example/');
  await expect(before.getByRole('heading')).toHaveText('unlisted.example/');
  site.forget();
  const worker = await seat.worker();
  const takeAway = () =>
    worker.evaluate(async () => {
      const dnr = chrome.declarativeNetRequest;
      const [session, dynamic] = await Promise.all([dnr.getSessionRules(), dnr.getDynamicRules()]);
      await dnr.updateSessionRules({ removeRuleIds: session.map(({ id }) => id) });
      await dnr.updateDynamicRules({ removeRuleIds: dynamic.map(({ id }) => id) });
      return [session.length, dynamic.length];
    });
  for (const count of await takeAway()) expect(count).toBeGreaterThan(1);
  const page = await seat.context.newPage();
  const closed = (await closedAddresses(12)).filter(({ tier }) => tier !== 'packaged');
  for (const { address } of closed) {
    await page.goto(address).catch(() => undefined);
    await page.waitForURL((url) => url.hash === `#${address}`, { waitUntil: 'commit' });
    expect((await closedOn(seat, page)).address).toBe(address);
  }
  // A page that the policy opens is closed too; its block page mends the rules, those that close first.
  await page.goto('http://unlisted.example/').catch(() => undefined);
  await page.waitForURL('http://unlisted.example/');
  for (const { address, tier, category } of closed.slice(0, 5)) {
    await page.goto(address).catch(() => undefined);
    await page.waitForURL((url) => url.hash === `#${address}`, { waitUntil: 'commit' });
    expect(await closedOn(seat, page)).toEqual({ tier, category, address });
  }
  expect(site.visits.filter(({ page }) => page).map(({ host }) => host)).toEqual(['unlisted.example']);
});

test('a wake rewrites no rules', async ({ shared: { openSeat } }) => {
  const seat = await openSeat('KS2');
  await waitInForce(seat, { policy: true, stage: 'KS2', lists: true });
  const worker = await seat.worker();
  // All that the launch had to do is done when its turn at the endpoint is over.
  await worker.evaluate(() => navigator.locks.request('keystage-sync', () => undefined));
  // Rules that a launch would make again at once.
  await worker.evaluate(async () => {
    const rules = await chrome.declarativeNetRequest.getSessionRules();
    await chrome.declarativeNetRequest.updateSessionRules({ removeRuleIds: rules.map(({ id }) => id) });
  });
  const before = await waitInForce(seat, { policy: true });
  await seat.stopWorker();

  const page = await seat.visit(seat.own('status.html'));
  const woken = await page.evaluate(async () => {
    await chrome.alarms.clear('beat');
    // Setting an alarm that is due wakes the worker; when it has done what a wake does, it makes the beat again.
    await chrome.alarms.create('wake', { when: Date.now() });
    const isThere = async (): Promise<void> => {
      if (await chrome.alarms.get('beat')) return;
      await new Promise(requestAnimationFrame);
      return isThere();
    };
    await isThere();
    return (await chrome.declarativeNetRequest.getSessionRules()).length;
  });
  expect(woken).toBe(0);
  const after = await waitInForce(seat, { policy: true });
  expect(after.at).toBe(before.at);
});

async function expectHelpline(seat: Profile, site: Site, opens: boolean): Promise<void> {
  const page = await seat.visit('http://www.childline.org.uk/get-support/');
  if (opens) await expect(page.getByRole('heading')).toHaveText('www.childline.org.uk/get-support/');
  else await closedOn(seat, page);
  expect(site.pages('www.childline.org.uk')).toHaveLength(opens ? 1 : 0);
  // Only the exact host: not one that looks like it.
  const like = await seat.visit('http://www.childline.org.uk.stormfront.org/');
  await closedOn(seat, like);
}

/** Approved; filtered; the youngest. */
for (const [stage, opens] of [
  ['KS2', true],
  ['KS3', true],
  ['KS1', false],
] as const)
  test(`helplines ${opens ? 'open' : 'are for older children'} where the stage is ${stage}`, async ({
    shared: { site, seatAt },
  }) => {
    await expectHelpline(await seatAt(stage), site, opens);
  });

test('helplines open where no settings can be used', async ({ shared: { site, openSeat } }) => {
  const seat = await openSeat('KS2', { settings: { stage: undefined } });
  await waitInForce(seat, { stage: 'unknown' });
  await expectHelpline(seat, site, true);
});

test('settings that cannot be used keep everything closed, and the status page names each', async ({
  shared: { site, openSeat },
}) => {
  // That each of them alone is enough: tests/unit/utils/settings.test.ts.
  const settings = {
    endpoint: 'http://keystage.school.example',
    stage: 'KS9',
    publicKeys: 'not a list',
    enrolmentToken: undefined,
  };
  const seat = await openSeat('KS2', { settings });
  await waitInForce(seat, { stage: 'unknown' });
  const status = await seat.visit(seat.own('status.html'));
  await expect(status.getByRole('heading', { level: 1 })).toHaveText('A setting needs correcting.');
  for (const [name, problem] of [
    ['endpoint', 'must begin with https://'],
    ['stage', ''],
    ['publicKeys', ''],
    ['enrolmentToken', ''],
  ] as const) {
    const row = status.getByRole('listitem').filter({ has: status.locator('code', { hasText: name }) });
    await expect(row.first()).toContainText(problem);
  }
  await closedOn(seat, await seat.visit('https://thenational.academy/'));
  expect(site.visits.filter(({ page }) => page)).toEqual([]);
});
