import { waitInForce } from '../fixtures/inForce.ts';
import { openProfile } from '../fixtures/profile.ts';
import { expect, test } from '../fixtures/sharedSeat.ts';

test('a KS2 pupil reaches an approved page; elsewhere the block page says which address is closed', async ({
  shared: { site, seatAt },
}) => {
  const seat = await seatAt('KS2');

  const approved = await seat.visit('https://thenational.academy/pupils');
  await expect(approved.getByRole('heading')).toHaveText('thenational.academy/pupils');

  const closed = await seat.visit('http://unlisted.example/page?a=1&b=2');
  await expect.poll(() => closed.url()).toContain(seat.own('blocked.html'));
  expect(new URL(closed.url()).hash).toBe('#http://unlisted.example/page?a=1&b=2');
  expect(site.pages('thenational.academy')).toHaveLength(1);
  expect(site.visits.filter(({ host }) => host === 'unlisted.example')).toEqual([]);
});

test('a KS1 pupil finds every page closed, also those that older pupils may open', async ({
  shared: { site, seatAt },
}) => {
  const seat = await seatAt('KS1');
  for (const host of ['thenational.academy', 'phonicsplay.co.uk', 'unlisted.example']) {
    const page = await seat.visit(`http://${host}/`);
    await expect.poll(() => page.url()).toContain(seat.own('blocked.html'));
    expect(site.visits.filter((visit) => visit.host === host)).toEqual([]);
  }
});

test('without Keystage the same addresses load: it is Keystage that closes them', async ({ site }) => {
  const bare = await openProfile({ extensionId: '', resolverRules: site.resolverRules });
  for (const address of ['http://unlisted.example/', 'https://thenational.academy/'])
    await bare.visit(address);
  expect(site.pages('unlisted.example')).toHaveLength(1);
  expect(site.pages('thenational.academy')).toHaveLength(1);
  await bare.close();
});

test('the block page comes with the worker stopped by the browser, and the worker is not needed for it', async ({
  shared: { site, seatAt },
}) => {
  const seat = await seatAt('KS2');
  await seat.stopWorker();
  const closed = await seat.visit('http://unlisted.example/');
  await expect.poll(() => closed.url()).toContain(seat.own('blocked.html'));
  expect(site.visits.filter(({ host }) => host === 'unlisted.example')).toEqual([]);
});

test('settings without a stage keep everything closed', async ({ shared: { site, openSeat } }) => {
  const seat = await openSeat('KS2', { settings: { stage: undefined } });
  const page = await seat.visit('https://thenational.academy/');
  await expect.poll(() => page.url()).toContain(seat.own('blocked.html'));
  // The worker has read the settings and found them wanting: what is in force, is in force for nobody known.
  await waitInForce(seat, { stage: 'unknown' });
  const again = await seat.visit('https://thenational.academy/');
  await expect.poll(() => again.url()).toContain(seat.own('blocked.html'));
  expect(site.pages('thenational.academy')).toEqual([]);
});

test('the policy in force outlives a killed browser and a killed endpoint', async ({
  site,
  school,
  openSeat,
}) => {
  const seat = await openSeat('KS2');
  const before = await waitInForce(seat, { policy: true, stage: 'KS2' });
  await school.kill();
  await seat.kill();
  const again = await seat.again();
  try {
    const after = await waitInForce(again, { policy: true, stage: 'KS2' });
    expect(after.versions.policy).toBe(before.versions.policy);
    const approved = await again.visit('https://thenational.academy/');
    await expect(approved.getByRole('heading')).toHaveText('thenational.academy/');
    const closed = await again.visit('http://unlisted.example/');
    await expect.poll(() => closed.url()).toContain(again.own('blocked.html'));
    expect(site.pages('unlisted.example')).toEqual([]);
  } finally {
    await again.close();
  }
});
