import type { Page } from '@playwright/test';
import { closedOn } from '../fixtures/blockPage.ts';
import { waitInForce } from '../fixtures/inForce.ts';
import { inSeconds, oak, startForOak, untilJoined, untilLive } from '../fixtures/lessons.ts';
import type { Profile } from '../fixtures/profile.ts';
import { expect, test } from '../fixtures/sharedSeat.ts';

/** A new tab, opened as the browser opens one. */
async function newTab(seat: Profile): Promise<Page> {
  const worker = await seat.worker();
  const [page] = await Promise.all([
    seat.context.waitForEvent('page'),
    worker.evaluate(async () => void (await chrome.tabs.create({}))),
  ]);
  return page;
}
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const tile = (page: Page, name: string) => page.getByRole('link', { name, exact: true });

test('KS1: waiting, then the lesson’s pages by themselves, then a page, then waiting again', async ({
  school,
  openSeat,
}) => {
  const coordinator = await school.coordinator();
  const seat = await openSeat('KS1', { group: '2b' });
  await waitInForce(seat, { policy: true, stage: 'KS1' });
  const closed = await seat.visit('https://unlisted.example/');
  await closedOn(seat, closed);
  const start = await newTab(seat);
  await expect(heading(start)).toHaveText('Ask your teacher to open the computer.');

  const site = { entry: 'phonics.example/phase-two', title: 'Phase two', looked: true, reason: 'phonics' };
  const { id } = await coordinator.startLesson({
    groups: ['2b'],
    kind: 'directly-supervised',
    sites: [site as never],
    endsAt: inSeconds(600),
  });
  await expect(heading(start)).toHaveText('Here are your pages.', { timeout: 20_000 });
  await expect(start.getByRole('listitem')).toHaveCount(1);

  // The closed page stays where it is, and offers them.
  await expect(heading(closed)).toHaveText('Not this one. Your pages are here.');
  await closed.getByRole('button', { name: 'My pages' }).click();
  await expect(tile(closed, 'Phase two')).toBeVisible();

  await tile(start, 'Phase two').click();
  await start.waitForURL('https://phonics.example/phase-two');
  await coordinator.changeLesson(id, { change: 'stop' });
  await expect(heading(closed)).toHaveText('Ask your teacher to open the computer.', { timeout: 20_000 });
  await expect(closed.getByRole('listitem')).toHaveCount(0);
  await closedOn(seat, start);
});

test('KS3 directed: the lesson’s pages and the platform, who leads and until when; it changes with the worker dead', async ({
  school,
  openSeat,
}) => {
  const coordinator = await school.coordinator();
  const seat = await openSeat('KS3', { group: '8a' });
  await waitInForce(seat, { policy: true, stage: 'KS3' });
  const start = await newTab(seat);
  await expect(heading(start)).toHaveText('Open for you now');
  await untilLive(school, '8a');
  const endsAt = inSeconds(14);
  const { id, adult } = await coordinator.startLesson({
    groups: ['8a'],
    kind: 'directed',
    sites: [{ entry: 'maps.example', title: 'Maps' }],
    endsAt,
  });
  await expect(heading(start)).toHaveText(`Your lesson with ${adult}`, { timeout: 20_000 });
  await untilJoined(school, id);
  await expect(tile(start, 'Maps')).toHaveAttribute('href', 'https://maps.example/');
  await start.getByRole('button', { name: 'School tools' }).click();
  await expect(tile(start, 'Google Classroom')).toBeVisible();
  await expect(tile(start, 'Maps')).toHaveCount(0);

  // Nobody is there to tell it of the end: not the endpoint, not the worker.
  await school.kill();
  await (await seat.worker()).evaluate(() => chrome.alarms.clearAll());
  await seat.stopWorker();
  await expect(heading(start)).toHaveText('Open for you now', { timeout: 20_000 });
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(endsAt));
});

test('a request: with the teacher, a no with its reason, after a reload too; a yes goes on by itself', async ({
  school,
  openSeat,
}) => {
  const coordinator = await school.coordinator();
  const seat = await openSeat('KS2', { group: oak.group });
  await waitInForce(seat, { policy: true, stage: 'KS2' });
  const lesson = await startForOak(school, 600, { sites: [{ entry: 'maps.example', reason: 'maps' }] });
  await untilJoined(school, lesson.id);
  const ask = async (address: string) => {
    const page = await seat.visit(address);
    await closedOn(seat, page);
    await page.getByRole('button', { name: 'Please may I …' }).click();
    await page.getByRole('textbox').fill('for my project');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Your teacher has it. You asked just now.')).toBeVisible();
    const [request] = await coordinator.requests();
    if (!request) throw new Error('no request has arrived');
    return { page, request: request.id };
  };

  const first = await ask('https://later.example/games');
  await coordinator.answerRequest(first.request, { answer: 'no', reason: 'we need it next week, not now' });
  const no = /said no: “we need it next week, not now”/;
  await expect(first.page.getByText(no)).toBeVisible({ timeout: 20_000 });
  await first.page.reload();
  await expect(first.page.getByText(no)).toBeVisible();
  const again = await seat.visit('https://later.example/games');
  await expect(again.getByText(no)).toBeVisible();
  const beside = await seat.visit('https://later.example/other');
  await closedOn(seat, beside);
  await expect(beside.getByRole('button', { name: 'Please may I …' })).toBeVisible();
  await expect(beside.getByText(no)).toHaveCount(0);

  const second = await ask('https://now.example/page');
  await coordinator.answerRequest(second.request, {
    answer: 'yes',
    whom: 'pupil',
    as: 'page',
    until: inSeconds(300),
  });
  await second.page.waitForURL('https://now.example/page', { timeout: 20_000 });
});

test('staff keep Chrome’s own new tab', async ({ shared: { openSeat } }) => {
  const seat = await openSeat('staff');
  await waitInForce(seat, { policy: true, stage: 'staff' });
  const page = await newTab(seat);
  await page.waitForURL('chrome://new-tab-page/');
});
