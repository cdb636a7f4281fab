import { openDisplay } from '../fixtures/display.ts';
import { waitInForce } from '../fixtures/inForce.ts';
import { expect, test } from '../fixtures/test.ts';
import { thankedOn } from '../fixtures/thanked.ts';

test('the shortcut is assigned, and a real press of its keys reports the page', async ({
  school,
  openSeat,
}) => {
  // The first time, Xvfb and xdotool are installed.
  test.setTimeout(300_000);
  const display = await openDisplay(console.log);
  const displayBefore = process.env.DISPLAY;
  process.env.DISPLAY = display.name;
  try {
    const seat = await openSeat('KS2', { headless: false });
    await waitInForce(seat, { policy: true, stage: 'KS2' });
    const worker = await seat.worker();
    // Chromium drops some shortcuts without a word (CHROME-FACTS 19).
    expect(await worker.evaluate(() => chrome.commands.getAll())).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'report-this-page',
          shortcut: expect.stringMatching(/^Alt\+Shift\+Y$/),
        }),
      ]),
    );
    const page = await seat.visit('https://thenational.academy/pupils');
    await page.bringToFront();
    await display.press('alt+shift+y');
    const id = await thankedOn(seat, page);
    const coordinator = await school.coordinator();
    await expect
      .poll(() => coordinator.inbox())
      .toMatchObject([{ id, host: 'thenational.academy', what: 'page', count: 1 }]);
    await seat.close();
  } finally {
    if (displayBefore === undefined) delete process.env.DISPLAY;
    else process.env.DISPLAY = displayBefore;
    await display.close();
  }
});
