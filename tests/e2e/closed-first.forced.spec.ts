import { closedOn } from '../fixtures/blockPage.ts';
import { waitInForce } from '../fixtures/inForce.ts';
import { reloadPolicies } from '../fixtures/reloadPolicies.ts';
import { expect, test } from '../fixtures/test.ts';

const approved = 'https://thenational.academy/';

test('managed settings that are partial, of a wrong type, changed or taken away: never more open than they say', async ({
  site,
  openForcedSeat,
}) => {
  test.setTimeout(120_000);
  const { profile, file, policy, withoutSettings } = await openForcedSeat('KS2', { late: true });
  const id = profile.extensionId;
  const settings = (policy as { '3rdparty': { extensions: Record<string, object> } })['3rdparty'].extensions[
    id
  ];
  const give = async (given: Record<string, unknown>) => {
    await file.write(given);
    await reloadPolicies(profile);
  };
  const giving = (changes: Record<string, unknown>) =>
    give({ ...policy, '3rdparty': { extensions: { [id]: { ...settings, ...changes } } } });
  await waitInForce(profile, { stage: 'unknown' });
  const page = await profile.visit(approved);
  await closedOn(profile, page);
  const status = await profile.visit(profile.own('status.html'));
  await expect(status.getByRole('heading', { level: 1 })).toHaveText(
    'Waiting for the settings from Google Admin.',
  );
  const given = () => status.evaluate(() => chrome.storage.managed.get());
  /** The status page names the setting. While pages load without a pause Chromium reads no policy: one reload only. */
  const named = async (setting: string) => {
    await status.reload();
    await expect(status.locator('.status-problems code').filter({ hasText: setting }).first()).toBeVisible();
    expect((await closedOn(profile, page)).address).toBe(approved);
  };
  await giving({ endpoint: 'http://keystage.school.example' });
  await expect.poll(given, { timeout: 20_000 }).toMatchObject({ endpoint: 'http://keystage.school.example' });
  await named('endpoint');
  // Chromium itself drops a value of a wrong type: then the setting is missing.
  await giving({ stage: 2 });
  await expect.poll(async () => Object.keys(await given()), { timeout: 20_000 }).not.toContain('stage');
  await named('stage');
  expect(site.visits.filter(({ page }) => page)).toEqual([]);

  // Right at last: the page that waited goes on by itself.
  await give(policy);
  await page.waitForURL(approved, { timeout: 30_000 });
  // Younger pupils get this computer: what is open closes.
  await giving({ stage: 'KS1' });
  await waitInForce(profile, { stage: 'KS1' });
  expect((await closedOn(profile, page)).address).toBe(approved);
  // Taken away, as at every start before Chromium has read them: the last that were good still count.
  await give(withoutSettings);
  await expect.poll(given, { timeout: 20_000 }).toEqual({});
  const after = await waitInForce(profile, { policy: true });
  expect(after.stage).toBe('KS1');
  await page.reload();
  await closedOn(profile, page);
});

test('what slips into the moment between two versions is closed by the new one, and its alarms are made again', async ({
  site,
  school,
  openForcedSeat,
}) => {
  const { profile } = await openForcedSeat('KS2');
  await waitInForce(profile, { policy: true, stage: 'KS2', lists: true });
  const worker = await profile.worker();
  await worker.evaluate(() => navigator.locks.request('keystage-sync', () => undefined));
  await school.pack({ version: '9.0.0' });
  const page = await profile.context.newPage();
  await worker
    .evaluate(async () => {
      const arrived = new Promise((resolve) => chrome.runtime.onUpdateAvailable.addListener(resolve));
      await chrome.runtime.requestUpdateCheck();
      await arrived;
      chrome.runtime.reload();
    })
    // The worker ends in the middle of its answer.
    .catch(() => undefined);
  const versionIn = async () => {
    const [running] = profile.context.serviceWorkers().slice(-1);
    return running?.evaluate(() => chrome.runtime.getManifest().version).catch(() => undefined);
  };
  let attempts = 0;
  do {
    attempts += 1;
    await page.goto(`http://unlisted.example/${attempts}`, { waitUntil: 'commit' }).catch(() => undefined);
  } while ((await versionIn()) !== '9.0.0');
  await waitInForce(profile, { policy: true, stage: 'KS2' });
  // Chromium runs no rules of ours between unloading one version and loading the next (docs/limits.md): a page may be
  // fetched then, but not stay.
  await closedOn(profile, page);
  const slipped = site.pages('unlisted.example').length;
  console.log(`update: ${slipped} of ${attempts} pages reached the site between two versions`);
  expect(slipped).toBeLessThanOrEqual(2);
  site.forget();
  await closedOn(profile, await profile.visit('http://unlisted.example/after'));
  expect(site.pages('unlisted.example')).toEqual([]);
  const own = await profile.visit(profile.own('status.html'));
  await expect
    .poll(() => own.evaluate(async () => (await chrome.alarms.getAll()).map(({ name }) => name)))
    .toContain('beat');
});
