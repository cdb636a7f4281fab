import { closedOn } from '../fixtures/blockPage.ts';
import { waitInForce } from '../fixtures/inForce.ts';
import { endAlarm, inSeconds, oak } from '../fixtures/lessons.ts';
import { expect, test } from '../fixtures/test.ts';
import { networkIsBack } from '../fixtures/wake.ts';
import { openStopper } from '../fixtures/workerStopper.ts';

const KS2 = { policy: true, stage: 'KS2' } as const;

/** Orders that IT set are for every seat. */
const openUntil = (endsAt: string) => ({
  grants: [
    {
      id: 'history',
      scope: { stages: ['KS2'] },
      entries: [{ entry: oak.host }],
      reason: 'local history',
      by: 'Ms Patel',
      startsAt: inSeconds(-60),
      endsAt,
    },
  ],
});

test('an end with the endpoint gone and the worker asleep: open until then, closed on time, by Chrome’s alarm', async ({
  school,
  openForcedSeat,
}) => {
  const { profile } = await openForcedSeat('KS2');
  await waitInForce(profile, KS2);
  const stopper = await openStopper(profile);
  const page = await profile.visit(oak.address);
  await closedOn(profile, page);
  const endsAt = inSeconds(14);
  await school.orders(openUntil(endsAt));
  await networkIsBack(profile);
  await page.waitForURL(oak.address, { timeout: 10_000 });
  // The alarm is there before anything can happen to the worker.
  await expect.poll(() => endAlarm(profile)).toBeLessThanOrEqual(Date.parse(endsAt) + 100);
  await school.kill();
  await stopper.stop();
  expect(Date.now()).toBeLessThan(Date.parse(endsAt));
  expect(page.url()).toBe(oak.address);

  const closedAt = new Promise<number>((resolve) => {
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame() && frame.url().startsWith(profile.own('blocked.html')))
        resolve(Date.now());
    });
  });
  const late = (await closedAt) - Date.parse(endsAt);
  console.log(`closed ${late} ms after its end`);
  // Never before, and soon after: Chromium wakes the worker, which takes its time on a busy machine.
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThan(5_000);
});

test('an update of the extension in the middle of a lesson: open on, and closed at its end', async ({
  school,
  openForcedSeat,
}) => {
  const { profile } = await openForcedSeat('KS2');
  await waitInForce(profile, KS2);
  const endsAt = inSeconds(15);
  await school.orders(openUntil(endsAt));
  await networkIsBack(profile);
  const page = await profile.visit(oak.address);
  await page.waitForURL(oak.address, { timeout: 10_000 });

  await school.pack({ version: '9.0.0' });
  const before = await profile.worker();
  await before.evaluate(async () => {
    const arrived = new Promise((resolve) => chrome.runtime.onUpdateAvailable.addListener(resolve));
    await chrome.runtime.requestUpdateCheck();
    await arrived;
  });
  // What Chrome does by itself once the extension idles.
  const [after] = await Promise.all([
    profile.context.waitForEvent('serviceworker', { timeout: 20_000 }),
    before.evaluate(() => chrome.runtime.reload()).catch(() => undefined),
  ]);
  expect(await after.evaluate(() => chrome.runtime.getManifest().version)).toBe('9.0.0');
  await expect
    .poll(() => after.evaluate(async () => (await chrome.alarms.get('end'))?.scheduledTime))
    .toBeLessThanOrEqual(Date.parse(endsAt) + 100);
  if (Date.now() < Date.parse(endsAt) - 1_000) {
    await page.reload();
    expect(page.url()).toBe(oak.address);
  }
  await expect.poll(() => Date.now(), { timeout: 20_000 }).toBeGreaterThan(Date.parse(endsAt));
  await closedOn(profile, page);
});
