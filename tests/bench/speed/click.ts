import { counting, type Figure, median, medianOf } from '../figures.ts';
import { paintedAt } from './painted.ts';
import type { Place } from './place.ts';

/** From the press on the toolbar button to the thank-you page on the screen; the worker is awake. */
export async function clickToThanks({ seat, say }: Place, times: number): Promise<Figure[]> {
  const worker = await seat.worker();
  const done = counting(say, 'clicks', times);
  const found: { onDisk: number; painted: number }[] = [];
  // The first finds code cold that every later press has warm; it is measured by the cold start.
  for (let index = -1; index < times; index += 1) {
    const page = await seat.visit(`https://thenational.academy/pupils?press=${index}`);
    await page.bringToFront();
    const pressedAt = await worker.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      const clicked = chrome.action.onClicked as unknown as { dispatch(tab?: chrome.tabs.Tab): void };
      const now = performance.timeOrigin + performance.now();
      clicked.dispatch(tab);
      return now;
    });
    await page.waitForURL((url) => url.pathname === '/reported.html');
    const { begunAt, paintedAt: painted } = await paintedAt(page);
    if (index >= 0) found.push({ onDisk: begunAt - pressedAt, painted: painted - pressedAt });
    await page.close();
    done(index + 1);
  }
  return [
    medianOf(
      'click to thank-you page',
      'ms',
      found.map(({ painted }) => painted),
      {
        bound: { atMost: 150, of: 'value' },
        note: `of which until its navigation begins ${median(found.map(({ onDisk }) => onDisk)).toFixed(1)} ms`,
      },
    ),
  ];
}
