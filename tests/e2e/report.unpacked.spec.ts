import { waitInForce } from '../fixtures/inForce.ts';
import { pressReport } from '../fixtures/press.ts';
import { expect, test } from '../fixtures/test.ts';

test('one press, and the page is gone; the report is in the inbox, masked, and a mail says only that it waits', async ({
  school,
  mailbox,
  openSeat,
}) => {
  const seat = await openSeat('KS2', { group: '4-ash' });
  await waitInForce(seat, { policy: true, stage: 'KS2' });
  const page = await seat.visit('https://thenational.academy/pupils?unit=rivers');
  await expect(page.getByRole('heading')).toHaveText('thenational.academy/pupils');

  await pressReport(seat, page);
  await expect.poll(() => page.url()).toContain(seat.own('reported.html'));
  const coordinator = await school.coordinator();
  await expect.poll(() => coordinator.inbox()).toHaveLength(1);
  const [row] = await coordinator.inbox();
  if (!row) throw new Error('the report left the inbox');
  expect(row).toMatchObject({
    host: 'thenational.academy',
    what: 'page',
    stage: 'KS2',
    group: '4-ash',
    count: 1,
  });
  expect(JSON.stringify(row)).not.toContain('rivers');
  expect(await coordinator.open(row.id)).toMatchObject({ verdict: { open: true, tier: 'allow' } });
  expect(await coordinator.reveal(row.id)).toMatchObject({
    address: 'https://thenational.academy/pupils?unit=rivers',
    title: 'thenational.academy/pupils',
  });

  const [mail] = await mailbox.holds(1);
  expect(mail?.raw).not.toContain('thenational');
  expect(mail?.raw).not.toContain('rivers');
  expect(mail?.to).toEqual([school.first.email]);
});

test('with the endpoint dead and then the browser killed, the report arrives once both are back, exactly once', async ({
  school,
  openSeat,
}) => {
  const seat = await openSeat('KS2');
  await waitInForce(seat, { policy: true, stage: 'KS2' });
  const page = await seat.visit('https://thenational.academy/pupils');
  await school.kill();
  await pressReport(seat, page);
  await expect.poll(() => page.url()).toContain(seat.own('reported.html'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await seat.kill();

  await school.start();
  const coordinator = await school.coordinator();
  expect(await coordinator.inbox()).toEqual([]);
  const again = await seat.again();
  try {
    await expect.poll(() => coordinator.inbox(), { timeout: 30_000 }).toHaveLength(1);
    const [row] = await coordinator.inbox();
    expect(row).toMatchObject({ host: 'thenational.academy', count: 1 });
  } finally {
    await again.close();
  }
});

test('a report from the block page is of the closed address', async ({ school, openSeat }) => {
  const seat = await openSeat('KS2');
  await waitInForce(seat, { policy: true, stage: 'KS2' });
  const page = await seat.visit('http://unlisted.example/path?q=1');
  await expect.poll(() => page.url()).toContain(seat.own('blocked.html'));
  await pressReport(seat, page);
  const coordinator = await school.coordinator();
  await expect.poll(() => coordinator.inbox()).toHaveLength(1);
  const [row] = await coordinator.inbox();
  expect(row).toMatchObject({ host: 'unlisted.example', what: 'closed-page' });
  expect(await coordinator.reveal(row?.id ?? '')).toMatchObject({
    address: 'http://unlisted.example/path?q=1',
  });
});
