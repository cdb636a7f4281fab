import type { Profile } from '../../fixtures/profile.ts';
import type { Site } from '../../fixtures/site.ts';
import { type Figure, median, medianOf } from '../figures.ts';
import { launchRaw, type RawTab } from '../raw-browser.ts';

const openHost = 'thenational.academy';

/**
 * What the guard costs a navigation to an approved page, from the command until the request is at the site: with the
 * worker warm and cold, with and without the guard in turns, in one browser.
 */
export async function navigationCosts(
  kept: Pick<Profile, 'folder' | 'own'>,
  site: Site,
  times: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const browser = await launchRaw({ folder: kept.folder, resolverRules: site.resolverRules });
  const ran = { warm: measured(), cold: measured() };
  try {
    const own = await browser.openTab(kept.own('status.html'));
    const tab = await browser.openTab('about:blank');
    const worker = await followWorker(own, kept.own(''));
    await tab.send('Page.enable');
    let nth = 0;
    const navigate = async (): Promise<number> => {
      nth += 1;
      const path = `/navigation-${nth}`;
      const there = arrival(tab, `https://${openHost}${path}`);
      const began = Date.now();
      await tab.send('Page.navigate', { url: `https://${openHost}${path}` });
      await there;
      const arrived = site.pages(openHost).find((visit) => visit.path === path);
      if (!arrived) throw new Error(`${path} never reached the site`);
      return arrived.at - began;
    };
    await navigate();
    for (let round = 0; round < times; round += 1)
      for (const state of ['warm', 'cold'] as const)
        for (const on of round % 2 === 0 ? [true, false] : [false, true]) {
          await putGuard(own, on);
          if (state === 'cold') await worker.stop();
          ran[state][on ? 'on' : 'off'].push(await navigate());
        }
  } finally {
    await browser.close();
  }
  say(`navigation costs: ${JSON.stringify(ran)}`);
  return (['warm', 'cold'] as const).flatMap((state) => [
    medianOf(`navigation, worker ${state}, no guard`, 'ms', ran[state].off),
    medianOf(`navigation, worker ${state}, guard`, 'ms', ran[state].on),
    {
      name: `guard costs a navigation, worker ${state}`,
      unit: 'ms' as const,
      value: median(ran[state].on) - median(ran[state].off),
      times,
    },
  ]);
}

const measured = () => ({ on: [] as number[], off: [] as number[] });

type Navigated = { frame: { url: string; unreachableUrl?: string } };

/** The page itself: what the guard holds shows Chrome's error page under the same address first. */
const arrival = (tab: RawTab, address: string) =>
  new Promise<void>((resolve) => {
    tab.on<Navigated>('Page.frameNavigated', ({ frame }) => {
      if (frame.url === address && !frame.unreachableUrl) resolve();
    });
  });

/** By a page of the extension; the worker, woken if need be, says when it has done so. */
const putGuard = (own: RawTab, on: boolean) =>
  own.evaluate(`new Promise((resolve) => {
    const wanted = { on: ${on}, id: crypto.randomUUID() };
    chrome.storage.session.onChanged.addListener(function done({ guardIs }) {
      if (guardIs?.newValue?.id !== wanted.id) return;
      chrome.storage.session.onChanged.removeListener(done);
      resolve(true);
    });
    chrome.storage.session.set({ guardWanted: wanted });
  })`);

type Versions = { versions: { scriptURL: string; runningStatus: string }[] };

/** Stops the worker as the browser does when it idles, and knows when it has stopped. */
async function followWorker(own: RawTab, prefix: string): Promise<{ stop(): Promise<void> }> {
  let state = '';
  let look = () => {};
  own.on<Versions>('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const version of versions) if (version.scriptURL.startsWith(prefix)) state = version.runningStatus;
    look();
  });
  await own.send('ServiceWorker.enable');
  const is = (...wanted: string[]) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (wanted.includes(state)) resolve();
      };
      look();
    });
  return {
    stop: async () => {
      await is('running', 'stopped');
      await own.send('ServiceWorker.stopAllWorkers');
      await is('stopped');
    },
  };
}
