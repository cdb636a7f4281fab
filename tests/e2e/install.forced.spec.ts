import { waitInForce } from '../fixtures/inForce.ts';
import { expect, test } from '../fixtures/test.ts';

test("Chromium installs Keystage from the school's own endpoint, and the pupil cannot take it away", async ({
  school,
  openForcedSeat,
}) => {
  const { profile } = await openForcedSeat('KS2');
  const worker = await profile.worker();
  const self = await worker.evaluate(() => chrome.management.getSelf());
  expect(self).toMatchObject({
    id: profile.extensionId,
    installType: 'admin',
    mayDisable: false,
    enabled: true,
    updateUrl: `${school.url}/updates.xml`,
  });
  // For a while after the install there is nothing there (FIELD E42).
  await expect
    .poll(() => worker.evaluate(() => chrome.storage.managed.get()))
    .toEqual(school.settings('KS2'));
});

test('managed settings arrive late: closed until they do, then the policy is in force', async ({
  site,
  openForcedSeat,
}) => {
  const { profile, file, policy } = await openForcedSeat('KS2', { late: true });
  await profile.worker();
  const before = await waitInForce(profile, { stage: 'unknown' });
  expect(before.versions.policy).toBeNull();
  for (const host of ['unlisted.example', 'thenational.academy']) {
    const page = await profile.visit(`https://${host}/`);
    await expect.poll(() => page.url()).toContain(profile.own('blocked.html'));
    expect(new URL(page.url()).hash).toBe(`#https://${host}/`);
  }
  expect(site.visits.filter(({ page }) => page)).toEqual([]);

  await file.write(policy);
  await waitInForce(profile, { policy: true, stage: 'KS2' });
  const approved = await profile.visit('https://thenational.academy/');
  await expect(approved.getByRole('heading')).toHaveText('thenational.academy/');
  const closed = await profile.visit('http://unlisted.example/');
  await expect.poll(() => closed.url()).toContain(profile.own('blocked.html'));
  expect(site.pages('unlisted.example')).toEqual([]);
});

test('a new version is on the device after the next check, and closes as the old one did', async ({
  site,
  school,
  openForcedSeat,
}) => {
  const { profile } = await openForcedSeat('KS2');
  await waitInForce(profile, { policy: true, stage: 'KS2' });
  const worker = await profile.worker();
  const versionBefore = await worker.evaluate(() => chrome.runtime.getManifest().version);

  await school.pack({ version: '9.0.0' });
  const updated = await worker.evaluate(async () => {
    const arrived = new Promise<string>((resolve) => {
      chrome.runtime.onUpdateAvailable.addListener(({ version }) => resolve(version));
    });
    const { status } = await chrome.runtime.requestUpdateCheck();
    return { status, version: await arrived };
  });
  expect(updated).toEqual({ status: 'update_available', version: '9.0.0' });
  expect(versionBefore).not.toBe('9.0.0');

  await profile.close({ keep: true });
  const again = await profile.again();
  try {
    const now = await (await again.worker()).evaluate(() => chrome.runtime.getManifest().version);
    expect(now).toBe('9.0.0');
    await waitInForce(again, { policy: true, stage: 'KS2' });
    const closed = await again.visit('http://unlisted.example/');
    await expect.poll(() => closed.url()).toContain(again.own('blocked.html'));
    expect(site.pages('unlisted.example')).toEqual([]);
  } finally {
    await again.close();
  }
});
