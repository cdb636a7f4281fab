import type { Page } from '@playwright/test';
import { barriersOn } from '../fixtures/barriers.ts';
import { closedOn } from '../fixtures/blockPage.ts';
import { pressReport } from '../fixtures/press.ts';
import { expect, test } from '../fixtures/sharedSeat.ts';

async function expectNoBarriers(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await barriersOn(page), name).toEqual([]);
}

/** Presses Tab until the focus comes back to the document; what had it, in order. */
async function reachedByTab(page: Page): Promise<{ name: string; ring: boolean }[]> {
  const reached: { name: string; ring: boolean }[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const on = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const ring = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      return { name: (element.textContent ?? '').trim(), ring };
    });
    if (!on || (reached.length > 0 && reached[0]?.name === on.name)) break;
    reached.push(on);
  }
  return reached;
}

for (const stage of ['KS1', 'KS2', 'KS3'] as const)
  test(`the pages as built have no barriers for axe, at ${stage}`, async ({ shared }) => {
    const seat = await shared.seatAt(stage);
    const closed = await seat.visit('https://neal.fun/');
    await closedOn(seat, closed);
    await expectNoBarriers(closed, 'blocked');
    await pressReport(seat, closed);
    await closed.waitForURL((url) => url.href.startsWith(seat.own('reported.html')));
    await expectNoBarriers(closed, 'reported');
    await expectNoBarriers(await seat.visit(seat.own('nothing.html')), 'nothing');
    await expectNoBarriers(await seat.visit(seat.own('notice.html')), 'notice');
    await expectNoBarriers(await seat.visit(seat.own('status.html')), 'status');
  });

test('a child with a keyboard only can read why, ask, tell a grown-up and go back', async ({
  shared: { site, seatAt },
}) => {
  const seat = await seatAt('KS2');
  const start = `https://thenational.academy/start?link=${encodeURIComponent('https://unlisted.example/')}`;
  const page = await seat.visit(start);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await closedOn(seat, page);

  const reached = await reachedByTab(page);
  const names = reached.map(({ name }) => name);
  for (const wanted of ['Go back', 'Please may I …', 'Tell a grown-up'])
    expect(
      names.some((name) => name.includes(wanted)),
      wanted,
    ).toBe(true);
  expect(reached.filter(({ ring }) => !ring)).toEqual([]);
  const able = await page.locator('button:visible, a[href]:visible, summary:visible').count();
  expect(names.length).toBeGreaterThanOrEqual(able);

  const ask = page.getByRole('button', { name: 'Please may I' });
  await ask.focus();
  await page.keyboard.press('Enter');
  // The form takes the focus: no need to look for it.
  await expect(page.locator('form :focus')).toHaveCount(1);
  await page.keyboard.type('for my project on rivers');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Please may I' })).toBeVisible();
  await page.getByRole('button', { name: 'Go back' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(start);
  expect(site.pages('unlisted.example')).toEqual([]);
});
