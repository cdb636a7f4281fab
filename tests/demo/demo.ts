import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { buildWhatChanged } from '../fixtures/build.ts';
import { findChromium } from '../fixtures/chromium.ts';
import { signInByHand } from '../fixtures/consolePages.ts';
import { chosenPassword } from '../fixtures/coordinator.ts';
import { waitInForce } from '../fixtures/inForce.ts';
import { pressReport } from '../fixtures/press.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { openSchool, type School } from '../fixtures/school.ts';
import { openSite, type Site } from '../fixtures/site.ts';
import { unpackFor } from '../fixtures/unpacked.ts';
import { putUpStandIns } from './standIns.ts';

/**
 * `npm run demo`: the story of Keystage in one go. With a display it opens the windows and stays until Ctrl-C; without
 * one it walks the story, prints what it saw and ends, with 1 if it did not see what it should have.
 */
const output = fileURLToPath(new URL('../../demo-output/', import.meta.url));
const headless = !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
});
const closing: (() => Promise<void>)[] = [];
/** On the list of young children's sites. */
const phonics = 'https://phonicsplay.co.uk/';
let steps = 0;
let isTold = false;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Runs one step of the story and says what it saw. A step that fails ends the story. */
async function step<T>(what: string, walk: () => Promise<{ saw: string; give: T }>): Promise<T> {
  steps += 1;
  const began = performance.now();
  process.stdout.write(`${String(steps).padStart(2)}  ${what} … `);
  try {
    const { saw, give } = await walk();
    say(`\n    ✓ ${saw}  (${((performance.now() - began) / 1_000).toFixed(1)} s)`);
    return give;
  } catch (error) {
    say('\n    ✗ not seen');
    throw error;
  }
}

async function picture(page: Page, name: string): Promise<string> {
  const file = `${steps}-${name}.png`;
  await page.screenshot({ path: join(output, file) });
  return `demo-output/${file}`;
}

async function openSeat(school: School, site: Site, stage: 'KS1' | 'KS2', group: string): Promise<Profile> {
  const { extensionId, folder } = await unpackFor(school, stage, { group });
  const { resolverRules } = site;
  const seat = await openProfile({ extensionId, unpacked: folder, resolverRules, headless });
  closing.push(() => seat.close());
  await waitInForce(seat, { policy: true, stage });
  return seat;
}

/** What a page says: its heading, once it is the block page for `host` and nothing of the site is on it. */
async function closedPage(
  seat: Profile,
  site: Site,
  address: string,
): Promise<{ page: Page; heading: string }> {
  const page = await seat.visit(address);
  await expect.poll(() => page.url(), { timeout: 10_000 }).toContain(seat.own('blocked.html'));
  const heading = (await page.locator('h1').first().textContent({ timeout: 10_000 })) ?? '';
  const { host } = new URL(address);
  if (site.pages(host).length > 0) throw new Error(`${host} was asked for the page all the same`);
  return { page, heading };
}

/** By the pages alone: another lesson for 2B, with the sites of the young children's list. */
async function startLesson(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Lessons' }).click();
  await page.getByRole('button', { name: 'Set up a lesson for 2B' }).click();
  const dialog = page.getByRole('dialog', { name: 'A lesson for 2B' });
  await dialog.locator('.setup-lists input[type=checkbox]').first().check();
  await dialog.getByRole('button', { name: /^Start until/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Lesson for 2B' }).waitFor({ timeout: 10_000 });
}

/** A new tab, opened as the browser opens one. */
async function newTab(seat: Profile): Promise<Page> {
  const worker = await seat.worker();
  const opened = seat.context.waitForEvent('page');
  await worker.evaluate(async () => void (await chrome.tabs.create({})));
  return opened;
}

async function story(): Promise<void> {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  say('Keystage, the story. Every site is a stand-in on this computer; nothing goes to the internet.\n');

  await step('Looking for Chromium', async () => {
    const path = await findChromium((line) => say(`\n    ${line}`));
    return { saw: path, give: undefined };
  });
  await step('Building the extension and the console, if a source is newer', async () => {
    await buildWhatChanged((line) => process.stdout.write(`\n    ${line} `));
    return { saw: '.output/chrome-mv3 and .output/console', give: undefined };
  });
  const site = await openSite();
  closing.push(() => site.close());
  putUpStandIns(site);
  const school = await step("Starting the school's endpoint with the example school", async () => {
    const opened = await openSchool();
    closing.push(() => opened.close());
    return { saw: `devices at ${opened.url}, console at ${opened.consoleUrl}`, give: opened };
  });

  const young = await step('A KS1 pupil (class 2B) goes to a site that no adult has opened', async () => {
    const seat = await openSeat(school, site, 'KS1', '2b');
    const { page, heading } = await closedPage(seat, site, phonics);
    const saw = `closed: “${heading}”  → ${await picture(page, 'ks1-closed')}`;
    return { saw, give: { seat, page } };
  });
  const desk = await step('The principal signs in to the console and starts a lesson for 2B', async () => {
    const classroom = await openProfile({ extensionId: '', headless });
    closing.push(() => classroom.close());
    const [page = await classroom.context.newPage()] = classroom.context.pages();
    await signInByHand(page, school);
    await startLesson(page);
    const heading = await page.locator('h1').first().textContent();
    return { saw: `live: “${heading}”  → ${await picture(page, 'lesson')}`, give: page };
  });
  await step(
    "On the pupil's Chromebook the closed page goes on by itself, and a new tab has tiles",
    async () => {
      const { seat, page } = young;
      await page.waitForURL(phonics, { timeout: 90_000 });
      const heading = await page.locator('h1').textContent();
      const tab = await newTab(seat);
      const tiles = tab.getByRole('listitem').getByRole('link');
      await expect(tiles.first()).toBeVisible({ timeout: 10_000 });
      const saw = `open: “${heading}”, and ${await tiles.count()} tiles  → ${await picture(tab, 'ks1-tiles')}`;
      await tab.close();
      return { saw, give: undefined };
    },
  );
  await step('The principal ends the lesson', async () => {
    await desk.getByRole('button', { name: 'End lesson for 2B' }).first().click();
    await desk.locator('.ending').getByRole('button', { name: 'End lesson for 2B' }).click();
    const { seat, page } = young;
    await expect.poll(() => page.url(), { timeout: 90_000 }).toContain(seat.own('blocked.html'));
    const heading = await page.locator('h1').first().textContent({ timeout: 10_000 });
    return { saw: `closed again: “${heading}”  → ${await picture(page, 'ks1-over')}`, give: undefined };
  });
  const pupil = await step('A KS2 pupil (class 4 Ash) opens a page on the approved list', async () => {
    const seat = await openSeat(school, site, 'KS2', '4-ash');
    const page = await seat.visit('https://thenational.academy/pupils');
    const heading = await page.locator('h1').textContent();
    expect(heading).toContain('Rivers');
    return { saw: `open: “${heading}”  → ${await picture(page, 'ks2-approved')}`, give: { seat, page } };
  });
  await step('The same pupil goes to a social network', async () => {
    const { page, heading } = await closedPage(pupil.seat, site, 'https://www.instagram.com/');
    return { saw: `closed: “${heading}”  → ${await picture(page, 'ks2-closed')}`, give: undefined };
  });
  await step('On the approved page the pupil presses the button once: report this page', async () => {
    const { seat, page } = pupil;
    await pressReport(seat, page);
    await expect.poll(() => page.url(), { timeout: 10_000 }).toContain(seat.own('reported.html'));
    const heading = await page.locator('h1').first().textContent();
    const arrived = page.getByText(/It has reached/);
    await arrived.waitFor({ timeout: 15_000 });
    const saw = `“${heading}” “${await arrived.first().textContent()}”  → ${await picture(page, 'reported')}`;
    return { saw, give: undefined };
  });
  await step('The principal looks at the inbox', async () => {
    const page = desk;
    await page.getByRole('link', { name: 'Inbox' }).click();
    const row = page.locator('tr[data-id]').first();
    await row.waitFor({ timeout: 10_000 });
    const words = (await row.innerText()).replace(/\s+/g, ' ').trim();
    expect(words).toContain('thenational.academy');
    expect(words).not.toContain('/pupils');
    return { saw: `one report, masked: “${words}”  → ${await picture(page, 'inbox')}`, give: undefined };
  });

  isTold = true;
  say(`\nThe story is told: ${steps} steps, each saw what it should. Pictures are in demo-output/.`);
  if (headless) return;
  say(`The windows stay. The console is ${school.consoleUrl}`);
  say(`  sign in as ${school.first.email} with: ${chosenPassword}`);
  say('Press Ctrl-C to end.');
  await stopped;
}

let code = 0;
try {
  // Interrupted before its end, the story was not told.
  const interrupted = stopped.then(() => (isTold ? 0 : 130));
  code = await Promise.race([story().then(() => 0), interrupted]);
} catch (error) {
  code = 1;
  say(`\nThe story stopped at step ${steps}: ${error instanceof Error ? error.message : String(error)}`);
}
for (const close of closing.reverse()) await close().catch(() => undefined);
process.exit(code);
