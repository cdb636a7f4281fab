import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { Classes, LiveLesson } from '../../admin/lessons/wire.ts';
import { expectTidy } from '../fixtures/barriers.ts';
import { endLessons } from '../fixtures/lessons.ts';
import { openSchool, type School } from '../fixtures/school.ts';
import { ask, importClasses, openComputers, sitDown } from '../fixtures/staff.ts';

/** Somebody at the classroom computer, signed in, with 2B, 8A and 8B in the class lists. */
const test = base.extend<{ desk: Page }, { school: School; computer: BrowserContext }>({
  // One school and one sign-in for all tests here, since each costs seconds; every test has a page of its own.
  school: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
    async ({}, use) => {
      const school = await openSchool();
      await use(school);
      await school.close();
    },
    { scope: 'worker' },
  ],
  computer: [
    async ({ school }, use) => {
      const computers = await openComputers();
      const { page } = await sitDown(computers, school, { name: 'The head', ...school.first });
      const pupils = ['ada,2B,2', 'ben,2B,2', 'cal,8A,8', 'dee,8B,8'];
      await importClasses(page, pupils, school.first.email);
      await page.close();
      await use(page.context());
      await computers.close();
    },
    { scope: 'worker' },
  ],
  desk: async ({ school, computer }, use) => {
    const page = await computer.newPage();
    await page.goto(school.consoleUrl);
    await use(page);
    await endLessons((path, body) => ask(page, path, body));
    await page.close();
  },
});

/** 2B had a lesson, and it is over. */
async function hadALesson(page: Page): Promise<void> {
  const { id } = LiveLesson.parse(
    await ask(page, '/console/api/lessons', {
      groups: ['2b'],
      kind: 'directly-supervised',
      sites: [{ entry: 'museum.example/dinosaurs', title: 'Dinosaurs', looked: true, reason: 'Our topic.' }],
      endsAt: new Date(Date.now() + 30 * 60_000).toISOString(),
    }),
  );
  await ask(page, `/console/api/lessons/${id}`, { change: 'stop' });
}
const liveIn = async (page: Page, group: string): Promise<LiveLesson | null> => {
  const { classes } = Classes.parse(await ask(page, '/console/api/classes'));
  return classes.find(({ id }) => id === group)?.live ?? null;
};

test('ten seconds: from the first page to yesterday’s lesson in two taps, without typing', async ({
  desk,
  school,
}) => {
  await hadALesson(desk);
  await desk.goto(school.consoleUrl);
  let taps = 0;
  let keys = 0;
  await desk.exposeFunction('tapped', () => (taps += 1));
  await desk.exposeFunction('typed', () => (keys += 1));
  await desk.evaluate(() => {
    addEventListener('click', () => (globalThis as unknown as { tapped(): void }).tapped(), true);
    addEventListener('keydown', () => (globalThis as unknown as { typed(): void }).typed(), true);
  });
  await desk.getByRole('link', { name: 'Lessons' }).click();
  await desk.getByRole('button', { name: /^Start for 2B until/ }).click();
  await expect(desk.locator('.card-live', { hasText: '2B' })).toBeVisible();
  expect({ taps, keys }).toEqual({ taps: 2, keys: 0 });
  expect((await liveIn(desk, '2b'))?.sites.map(({ entry }) => entry)).toEqual(['museum.example/dinosaurs']);
  await expectTidy(desk);
});

test('the lesson on the wall: eyes up and back, ten minutes more, a site more, names only after a tap, the end', async ({
  desk,
  school,
}) => {
  await hadALesson(desk);
  await desk.goto(`${school.consoleUrl}/lessons`);
  await desk.getByRole('button', { name: /^Start for 2B until/ }).click();
  await desk.locator('.card-live h2 a').click();
  await expect(desk.getByRole('heading', { level: 1, name: 'Lesson for 2B' })).toBeVisible();
  expect(await desk.locator('main').innerText()).not.toMatch(/ada|ben/i);
  await expectTidy(desk);

  await desk.getByRole('button', { name: 'Eyes up' }).click();
  await expect(desk.getByRole('button', { name: 'Let them go on' })).toBeVisible();
  expect((await liveIn(desk, '2b'))?.eyesUp).toBe(true);
  await desk.getByRole('button', { name: 'Let them go on' }).click();
  await expect(desk.getByRole('button', { name: 'Eyes up' })).toBeVisible();

  const before = Date.parse((await liveIn(desk, '2b'))?.endsAt ?? '');
  await desk.getByRole('button', { name: '10 minutes more' }).click();
  await expect
    .poll(async () => Date.parse((await liveIn(desk, '2b'))?.endsAt ?? '') - before)
    .toBe(10 * 60_000);

  await desk.getByRole('button', { name: 'Add a site' }).click();
  await desk.getByLabel('Add an address for this lesson').fill('https://museum.example/fossils');
  await desk.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(desk.getByRole('alert')).toContainText('look at the page first');
  await desk.getByLabel('I have looked at this page').check();
  await desk.getByLabel('What is it for?').fill('Our topic.');
  await desk.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(desk.locator('.site-tile')).toHaveCount(2);
  await expect(desk.getByText('museum.example/fossils is open now.')).toBeInViewport();

  await desk.route('**/console/api/**', (route) => route.abort());
  await desk.getByRole('button', { name: 'Eyes up' }).click();
  await expect(desk.getByRole('alert')).toContainText('did not reach the class');
  await expect(desk.getByText(/^As it was at/)).toBeInViewport();
  await desk.unrouteAll();

  await desk.getByRole('button', { name: 'Who is here?' }).click();
  await expect(desk.getByRole('button', { name: 'Hide names' })).toBeVisible();
  await desk.getByRole('button', { name: 'End lesson for 2B' }).click();
  await desk.locator('.ending').getByRole('button', { name: 'End lesson for 2B' }).click();
  await expect(desk.getByRole('heading', { name: 'This lesson is over' })).toBeVisible();
  expect(await liveIn(desk, '2b')).toBeNull();
});

test('another lesson by keyboard alone; one that would open nothing is refused', async ({ desk, school }) => {
  await desk.goto(`${school.consoleUrl}/lessons`);
  await desk.getByRole('button', { name: 'Set up a lesson for 8A' }).focus();
  await desk.keyboard.press('Enter');
  const dialog = desk.getByRole('dialog', { name: 'A lesson for 8A' });
  await expect(dialog).toBeVisible();
  await expectTidy(desk);
  await dialog.getByRole('radio', { name: /all else waits/ }).focus();
  await desk.keyboard.press('Space');
  await dialog.getByRole('button', { name: /^Start until/ }).focus();
  await desk.keyboard.press('Enter');
  await expect(dialog.getByRole('alert').filter({ hasText: 'would open nothing' })).toBeVisible();
  await dialog.getByLabel('Add an address for this lesson').focus();
  await desk.keyboard.type('co.uk');
  await desk.keyboard.press('Enter');
  await expect(dialog.getByRole('alert').filter({ hasText: 'co.uk' })).toBeVisible();
  await expect(dialog.locator('.paste-list li')).toHaveCount(0);
  await dialog.getByLabel('Add an address for this lesson').fill('museum.example');
  await desk.keyboard.press('Enter');
  await dialog.getByRole('button', { name: /^Start until/ }).focus();
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('heading', { level: 1, name: 'Lesson for 8A' })).toBeVisible();
  await desk.setViewportSize({ width: 390, height: 844 });
  await expectTidy(desk);
});

test('for the youngest, by mouse: a press after an error counts; what starts the lesson is in view; the card says what is open', async ({
  desk,
  school,
}) => {
  await desk.setViewportSize({ width: 390, height: 844 });
  await desk.goto(`${school.consoleUrl}/lessons`);
  await desk.locator('.card', { hasText: '2B' }).getByRole('button').last().click();
  const dialog = desk.getByRole('dialog', { name: 'A lesson for 2B' });
  const start = dialog.getByRole('button', { name: /^Start until/ });
  await expect(start).toBeInViewport({ ratio: 1 });
  await expectTidy(desk);
  await desk.setViewportSize({ width: 1366, height: 768 });
  await expect(start).toBeInViewport({ ratio: 1 });

  const address = dialog.getByLabel('Add an address for this lesson');
  const add = dialog.getByRole('button', { name: 'Add', exact: true });
  const said = (words: string) => dialog.getByRole('alert').filter({ hasText: words });
  await address.fill('museum.example');
  await add.click();
  await expect(said('This is a whole site')).toContainText('look at the page first');
  await address.fill('https://museum.example/fossils');
  await add.click();
  await expect(said('look at the page first')).toBeVisible();
  // Down and up by themselves: what is pressed must stay under the pointer.
  const looked = dialog.getByLabel('I have looked at this page');
  const before = await looked.boundingBox();
  if (!before) throw new Error('nothing to tick');
  await desk.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
  await desk.mouse.down();
  expect(await looked.boundingBox()).toEqual(before);
  await desk.mouse.up();
  await expect(looked).toBeChecked();
  await dialog.getByLabel('What is it for?').fill('Our topic.');
  await add.click();
  await start.click();

  await desk.getByRole('heading', { level: 1, name: 'Lesson for 2B' }).waitFor();
  await desk.getByRole('link', { name: 'Lessons', exact: true }).click();
  const card = desk.locator('.card-live', { hasText: '2B' });
  await expect(card).toContainText('museum.example/fossils');
  await expect(card.locator('.count-away', { hasText: '0 here' })).toBeVisible();
  await expect(card.locator('.count-joined')).toHaveCount(0);
});

test('a lesson that somebody else starts appears by itself', async ({ desk, school }) => {
  await desk.goto(`${school.consoleUrl}/lessons`);
  await expect(desk.locator('.card', { hasText: '8B' })).toBeVisible();
  await ask(desk, '/console/api/lessons', {
    groups: ['8b'],
    kind: 'supervised',
    endsAt: new Date(Date.now() + 30 * 60_000).toISOString(),
  });
  await expect(desk.locator('.card-live', { hasText: '8B' })).toBeVisible({ timeout: 5_000 });
});
