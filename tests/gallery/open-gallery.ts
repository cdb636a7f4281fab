import { type Browser, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { findChromium } from '../fixtures/chromium.ts';

export type Gallery = {
  browser: Browser;
  /** Shows one state and waits until it stands, typeface included. */
  show(page: Page, state: string): Promise<void>;
  close(): Promise<void>;
};

/** The gallery on a free port of this computer, and a browser to look at it. */
export async function openGallery(): Promise<Gallery> {
  const house = { configFile: `${import.meta.dirname}/vite.config.ts`, logLevel: 'error' } as const;
  await build(house);
  const server = await preview({ ...house, preview: { host: '127.0.0.1', port: 0 } });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('the gallery has no address');
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  return {
    browser,
    async show(page, state) {
      // The state is in the fragment: only another page in between makes Chromium load it afresh.
      await page.goto('about:blank');
      await page.goto(`${address}#${state}`);
      await page.locator('h1').waitFor();
      await page.evaluate(() => document.fonts.ready);
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
