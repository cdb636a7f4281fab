import type { Page } from '@playwright/test';

/**
 * When the page in view began to be navigated to and when something of it was first on the screen, in milliseconds
 * since 1970 by the machine's one clock.
 */
export function paintedAt(page: Page): Promise<{ begunAt: number; paintedAt: number }> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const look = () => {
          const paint = performance.getEntriesByName('first-contentful-paint')[0];
          if (!paint) return;
          const { timeOrigin } = performance;
          resolve({ begunAt: timeOrigin, paintedAt: timeOrigin + paint.startTime });
        };
        new PerformanceObserver(look).observe({ type: 'paint', buffered: true });
        look();
      }),
  );
}
