import { expect, type Page, test } from '@playwright/test';
import { barriersOn } from '../fixtures/barriers.ts';
import { type Gallery, openGallery } from './open-gallery.ts';

const small = { width: 1024, height: 600 };
let gallery: Gallery;
let names: string[];

test.beforeAll(async () => {
  gallery = await openGallery();
  const page = await gallery.browser.newPage();
  await gallery.show(page, 'status-well');
  await page.evaluate(() => {
    location.hash = '';
  });
  await page.locator('li a').first().waitFor();
  names = await page.locator('li a').allInnerTexts();
  await page.close();
});
test.afterAll(() => gallery.close());

const forEveryState = async (only: RegExp, look: (page: Page, name: string) => Promise<void>) => {
  const context = await gallery.browser.newContext({ viewport: small, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const asked = names.filter((name) => only.test(name));
  expect(asked.length).toBeGreaterThan(3);
  for (const name of asked) {
    await gallery.show(page, name);
    await look(page, name);
  }
  await context.close();
};

test('axe finds nothing in any state (WCAG 2.2 AA)', async () => {
  // The categories differ in one sentence: one of them stands for all.
  await forEveryState(/^(?!.*-category-(?!games))/, async (page, name) => {
    expect(await barriersOn(page), name).toEqual([]);
  });
});

test('axe finds nothing on the status page in the dark, nor in the open forms', async () => {
  const page = await gallery.browser.newContext({ colorScheme: 'dark' }).then((dark) => dark.newPage());
  await gallery.show(page, 'status-troubled');
  expect(await barriersOn(page)).toEqual([]);
  await gallery.show(page, 'closed-junior-not-approved');
  const sheet = page.getByText('Outside school');
  await page.getByText('More people who can help').click();
  await expect(sheet).toBeVisible();
  expect(await barriersOn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.getByRole('button', { name: 'Please may I …' }).click();
  expect(await barriersOn(page)).toEqual([]);
  // Children's pages stay light.
  expect(await page.locator('.page').evaluate((at) => getComputedStyle(at).backgroundColor)).toBe(
    'rgb(251, 250, 247)',
  );
});

test('every page of a child fits 1024 × 600 without scrolling, even with a hostile host', async () => {
  await forEveryState(/^(closed|reported|nothing|notice|start)-/, async (page, name) => {
    const size = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      height: document.documentElement.scrollHeight,
    }));
    expect(size, name).toEqual(small);
  });
});

test('the one button is at least 64 px high, 96 for the youngest; everything else at least 24', async () => {
  await forEveryState(/^(closed|reported|nothing|notice|start)-/, async (page, name) => {
    for (const box of await heights(page, '.button-main'))
      expect(box, name).toBeGreaterThanOrEqual(name.includes('early') ? 96 : 64);
    for (const box of await heights(page, 'button, a, summary')) expect(box, name).toBeGreaterThanOrEqual(24);
    expect(await page.locator('.button-main').count(), name).toBeLessThanOrEqual(1);
  });
});

test('the keyboard reaches the one thing to do first, and the focus shows', async () => {
  const page = await gallery.browser.newPage({ viewport: small });
  await gallery.show(page, 'closed-junior-not-approved');
  await page.keyboard.press('Tab');
  const back = page.getByRole('button', { name: 'Go back' });
  await expect(back).toBeFocused();
  expect(await back.evaluate((at) => getComputedStyle(at).outlineWidth)).toBe('3px');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: /Why do you need it/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Please may I …' })).toBeFocused();
});

test('what a hostile address says stays text', async () => {
  const page = await gallery.browser.newPage({ viewport: small });
  await gallery.show(page, 'closed-senior-hostile');
  await expect(page.locator('.print', { hasText: 'gnp.exe' })).toContainText('<img src=x onerror=alert(1)>');
  await expect(page.locator('.page img')).toHaveCount(0);
});

test('no page asks anybody else for anything', async () => {
  const page = await gallery.browser.newPage({ viewport: small });
  const hosts = new Set<string>();
  page.on('request', (request) => {
    if (request.url().startsWith('http')) hosts.add(new URL(request.url()).hostname);
  });
  for (const name of ['closed-junior-not-approved', 'reported-early-arrived', 'status-well'])
    await gallery.show(page, name);
  expect([...hosts]).toEqual(['127.0.0.1']);
});

const heights = (page: Page, selector: string): Promise<number[]> =>
  page
    .locator(selector)
    .filter({ visible: true })
    .evaluateAll((all) => all.map((at) => at.getBoundingClientRect().height));
