import type { Page } from '@playwright/test';
import { closedOn } from '../fixtures/blockPage.ts';
import { examplePolicy } from '../fixtures/examplePolicy.ts';
import { waitInForce } from '../fixtures/inForce.ts';
import { newTab } from '../fixtures/newTab.ts';
import { pressReport } from '../fixtures/press.ts';
import { expect, test } from '../fixtures/sharedSeat.ts';
import { thankedOn } from '../fixtures/thanked.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** Presses the small print, reads, and comes back to where it was. */
async function readAndBack(page: Page, expected: { title: string; says: RegExp; before: string | RegExp }) {
  await page.getByRole('button', { name: 'What is kept about me' }).click();
  await expect(heading(page)).toHaveText(expected.title);
  await expect(page.getByText(expected.says)).toBeVisible();
  await page.getByRole('button', { name: 'Go back' }).click();
  await expect(heading(page)).toHaveText(expected.before);
}

test('KS2: what is recorded is one press away from a closed page, a new tab and the thanks, with the endpoint down', async ({
  school,
  openSeat,
}) => {
  const retention = (await examplePolicy()).retention as { reports: number; requests: number };
  const seat = await openSeat('KS2', { group: '4-ash' });
  await waitInForce(seat, { policy: true, stage: 'KS2' });
  await school.kill();
  const notice = {
    title: 'What is kept about you',
    says: new RegExp(`What you tell: ${retention.reports} days. What you ask: ${retention.requests} days.`),
  };

  const closed = await seat.visit('https://unlisted.example/');
  await closedOn(seat, closed);
  await readAndBack(closed, { ...notice, before: 'This one is closed.' });

  await readAndBack(await newTab(seat), { ...notice, before: 'Open for you now' });

  const page = await seat.visit('https://bbc.co.uk/bitesize');
  await pressReport(seat, page);
  await thankedOn(seat, page);
  await readAndBack(page, { ...notice, before: 'Well done for telling.' });
});

test('KS1: three pictures, from the closed page', async ({ shared }) => {
  const seat = await shared.seatAt('KS1');
  const closed = await seat.visit('https://unlisted.example/');
  await closedOn(seat, closed);
  await readAndBack(closed, {
    title: 'What Keystage keeps',
    says: /If you tell or ask, a grown-up knows\./,
    before: 'Ask your teacher to open the computer.',
  });
});
