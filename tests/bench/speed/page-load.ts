import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counting, type Figure, median, medianOf, ratioOf } from '../figures.ts';
import { launchRaw, type RawBrowser } from '../raw-browser.ts';
import { bareExtension } from './block-page.ts';
import { openLessonPage, RESOURCES } from './lesson-page.ts';
import type { Place } from './place.ts';

/** The same seat, in a Chromium that nobody is attached to: a school's has no Playwright that hears of every request. */
export async function asPupilsHaveIt({ seat, unpacked, site }: Place): Promise<RawBrowser> {
  await seat.close({ keep: true });
  const browser = await launchRaw({ folder: seat.folder, unpacked, resolverRules: site.resolverRules });
  // Its session rules went with the other browser; the lesson's page opens once they are there again.
  const own = await browser.openTab(`chrome-extension://${seat.extensionId}/status.html`);
  const areThere = `globalThis.chrome?.declarativeNetRequest?.getSessionRules().then((rules) => rules.length > 1)`;
  // The tab's empty page gives way to ours meanwhile, and takes what was asked of it along.
  for (let tries = 0; !(await own.evaluate<boolean>(areThere).catch(() => false)); tries += 1)
    if (tries > 2_000) throw new Error('no session rules came after the start');
  await own.send('Page.close').catch(() => undefined);
  return browser;
}

type Loads = { ours: number; other: number; least: number }[];

/**
 * An approved page with thirty resources, with the extension and without, in turns; and with a bare one of a single
 * rule that does not match, which says what Chromium itself takes for any filter. `around` may do something beside our
 * own loads; `awayMs` is how long the site takes for each answer, as one does that is not on this computer.
 */
export async function pageLoad(
  browser: RawBrowser,
  { site, say }: Pick<Place, 'site' | 'say'>,
  times: number,
  {
    around = (load) => load(),
    awayMs = [0],
  }: { around?: (load: () => Promise<number>) => Promise<number>; awayMs?: number[] } = {},
): Promise<Figure[]> {
  const lesson = openLessonPage(site);
  const bareFolder = await bareExtension();
  const folders = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'keystage-profile-'))));
  const [plain, bare] = await Promise.all([
    launchRaw({ folder: folders[0] ?? '', resolverRules: site.resolverRules }),
    launchRaw({ folder: folders[1] ?? '', unpacked: bareFolder, resolverRules: site.resolverRules }),
  ]);
  try {
    const [ours, other, least] = [
      await lesson.visitor(browser, 'ours'),
      await lesson.visitor(plain, 'plain'),
      await lesson.visitor(bare, 'bare'),
    ];
    const figures: Figure[] = [];
    for (const away of awayMs) {
      lesson.isAway(away);
      const where = away === 0 ? '' : `, site ${away} ms away`;
      const before = lesson.asked();
      const done = counting(say, `page loads, with and without${where}`, times);
      const loads: Loads = [];
      // A few to warm up all; who goes first changes from round to round.
      for (let index = -3; index < times; index += 1) {
        const inTurn = [
          async () => ({ other: await other.load(index) }),
          async () => ({ least: await least.load(index) }),
          async () => ({ ours: await around(() => ours.load(index)) }),
        ];
        const first = (index + 3) % inTurn.length;
        const said = {} as Loads[number];
        for (const load of [...inTurn.slice(first), ...inTurn.slice(0, first)])
          Object.assign(said, await load());
        if (index >= 0) loads.push(said);
        done(index + 1);
      }
      const expected = (times + 3) * 3 * RESOURCES;
      const asked = lesson.asked() - before;
      if (asked !== expected) throw new Error(`${asked} resources were asked for, not ${expected}`);
      figures.push(...figuresOf(loads, where));
    }
    return figures;
  } finally {
    await Promise.all([plain.close(), bare.close()]);
    for (const folder of [...folders, bareFolder])
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

function figuresOf(loads: Loads, where: string): Figure[] {
  const plain = median(loads.map(({ other }) => other)).toFixed(1);
  return [
    medianOf(
      `page load with Keystage${where}`,
      'ms',
      loads.map(({ ours }) => ours),
      { note: `without ${plain} ms; ${RESOURCES} resources` },
    ),
    ratioOf(`page load with and without${where}`, loads, { bound: { atMost: 1.05, of: 'upper end' } }),
    ratioOf(
      `page load with a bare extension and without${where}`,
      loads.map(({ least, other }) => ({ ours: least, other })),
    ),
    ratioOf(
      `page load with Keystage against a bare extension${where}`,
      loads.map(({ ours, least }) => ({ ours, other: least })),
    ),
  ];
}
