import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackFor } from '../../fixtures/unpacked.ts';
import { counting, type Figure, median, medianOf } from '../figures.ts';
import { collectMarks, type Marks, markCopy } from '../marks.ts';
import { launchRaw, type RawBrowser } from '../raw-browser.ts';
import type { Place } from './place.ts';

/** Stops the extension's worker as the browser does when it idles, and resolves when it has stopped. */
async function stopWorker(browser: RawBrowser, extensionId: string): Promise<void> {
  const tab = await browser.openTab('about:blank');
  const stopped = new Promise<void>((resolve) => {
    let ran = false;
    tab.on('ServiceWorker.workerVersionUpdated', ({ versions }: { versions: Version[] }) => {
      const ours = versions.find(({ scriptURL }) => scriptURL.includes(extensionId));
      if (ours?.runningStatus === 'running' && !ran) {
        ran = true;
        void tab.send('ServiceWorker.stopAllWorkers');
      }
      if (ours?.runningStatus === 'stopped') resolve();
    });
  });
  await tab.send('ServiceWorker.enable');
  await stopped;
  await tab.send('Page.close').catch(() => undefined);
}
type Version = { scriptURL: string; runningStatus: string };

/** A navigation wakes a worker that was stopped: from the event to the listener. */
async function wakes(browser: RawBrowser, marks: Marks, extensionId: string, place: Place, times: number) {
  const done = counting(place.say, 'cold starts', times);
  const found: { heard: number; script: number }[] = [];
  const tab = await browser.openTab('about:blank');
  // The beat may wake it between the stop and the navigation: such a try is not cold, and is made again.
  for (let tries = 0; found.length < times && tries < times * 2; tries += 1) {
    await stopWorker(browser, extensionId);
    const since = Date.now();
    const url = `https://thenational.academy/pupils?cold=${tries}`;
    await tab.send('Page.navigate', { url });
    const { at, saying } = await marks.next('heard', since - 5, (mark) => mark.saying.url === url);
    const { happened, began, listening } = saying as Record<'happened' | 'began' | 'listening', number>;
    if (began < since - 5) continue;
    found.push({ heard: at - happened, script: listening - began });
    done(found.length);
  }
  if (found.length < times) throw new Error('The worker was awake already, time and again');
  return found;
}

/** Browser starts on a profile that holds its policy: from the process until rules are in force. */
async function starts(launch: () => Promise<RawBrowser>, marks: Marks, place: Place, times: number) {
  const done = counting(place.say, 'browser starts', times);
  const found: { worker: number; rules: number }[] = [];
  for (let index = 0; index < times; index += 1) {
    const browser = await launch();
    const { launchedAt } = browser;
    const began = await marks.next('began', launchedAt);
    const rules = await marks.next('in force', launchedAt, ({ saying }) => saying.policy !== null);
    found.push({ worker: began.at - launchedAt, rules: rules.at - launchedAt });
    await browser.close();
    done(index + 1);
  }
  return found;
}

export async function coldStart(place: Place, times: number): Promise<Figure[]> {
  const { school, site } = place;
  const marks = await collectMarks();
  const { extensionId, folder: unpacked } = await unpackFor(school, 'KS2', { group: 'cold' });
  await markCopy(unpacked, marks.url);
  const folder = await mkdtemp(join(tmpdir(), 'keystage-profile-'));
  const launch = () => launchRaw({ folder, unpacked, resolverRules: site.resolverRules });
  try {
    const browser = await launch();
    await marks.next('in force', 0, ({ saying }) => saying.lists === true);
    const woken = await wakes(browser, marks, extensionId, place, times);
    await browser.close();
    const started = await starts(launch, marks, place, Math.max(3, Math.floor(times / 2)));
    return [
      medianOf(
        'worker cold start: event to listener',
        'ms',
        woken.map(({ heard }) => heard),
        { note: `of which its script runs ${median(woken.map(({ script }) => script)).toFixed(1)} ms` },
      ),
      medianOf(
        'browser start to worker',
        'ms',
        started.map(({ worker }) => worker),
      ),
      medianOf(
        'browser start to rules in force',
        'ms',
        started.map(({ rules }) => rules),
        { note: 'profile that holds its policy' },
      ),
    ];
  } finally {
    await marks.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}
