import type { Chrome } from './chrome.ts';
import type { Device } from './device.ts';
import { messageOf } from './enforce.ts';
import { type Lessons, setEndAlarm } from './lessons.ts';
import type { Live } from './live.ts';

/** One alarm beats for everything that comes round; another rings for starts and ends (`lessons.ts`). */
const BEAT_ALARM = 'beat';
/** Chrome's documented shortest period, in minutes (CHROME-FACTS 8). */
const BEAT_MINUTES = 0.5;
const LAUNCHED = 'launched';
const SETTLED = 'settled';

/**
 * Wake is not launch (DESIGN §7). A launch reconciles rules, alarms, menus and open tabs; a wake re-judges what has
 * ended and does nothing else. `storage.session` tells them apart: Chrome empties it at every launch and update.
 */
export function createLife(
  browser: Chrome,
  device: Device,
  { menus, lessons, live }: { menus: () => void; lessons: Pick<Lessons, 'look'>; live: Live },
) {
  // A start that fails leaves everything closed and is told; the next beat tries again (promise 1).
  const begun = begin().catch((error) => device.troubles.note('start', 'failed', messageOf(error)));
  void begun.then(settle);
  // Nobody waits for it either. The first of a new profile comes after it has enrolled (`exchange`).
  void begun.then(() => live.stand());
  device.whenInForceChanges(() => void Promise.all([lessons.look(), live.tellInForce()]));

  const did = async (what: string): Promise<boolean> =>
    (await browser.storage.session.get(what))[what] === true;

  async function begin(): Promise<void> {
    await device.ready;
    await ((await did(LAUNCHED)) ? lessons.look() : launch());
  }

  async function launch(): Promise<void> {
    // The first thing of all: what opened before any rule applied (CHROME-FACTS 9). Without documents all is closed.
    await device.watch.sweep();
    await bringInForce(true);
    menus();
    await browser.storage.session.set({ [LAUNCHED]: true });
  }

  /**
   * What a start has to ask of others, once a launch. Nobody waits for it: Chrome takes seconds for the settings
   * (docs/decisions/003) and may stop the worker meanwhile, and a network may not answer at all.
   */
  async function settle(): Promise<void> {
    if (await did(SETTLED)) return;
    await askForSettings();
    await browser.storage.session.set({ [SETTLED]: true });
    await Promise.all([exchange(true), forgetOldReports()]);
  }

  async function askForSettings(): Promise<void> {
    await device.settings.ask();
    await bringInForce(true);
  }

  /** An update loses alarms (CHROME-FACTS 12), so every start looks whether they are there. */
  async function keepAlarms(): Promise<void> {
    if (!(await browser.alarms.get(BEAT_ALARM)))
      await browser.alarms.create(BEAT_ALARM, { periodInMinutes: BEAT_MINUTES });
    const inForce = await device.store.get('inForce');
    if (inForce) await setEndAlarm(browser.alarms, device.clock, inForce);
    await lessons.look();
  }

  async function bringInForce(atOnce = false): Promise<void> {
    await device.bringInForce(atOnce);
    await keepAlarms();
  }

  const forgetOldReports = () => device.store.forgetReports(device.clock.now() - 24 * 3_600_000);
  async function exchange(urgent: boolean): Promise<void> {
    await Promise.all([device.sync.run(urgent), device.outbox.send(urgent)]);
    // The endpoint may have put our clock right: the next worker must know, and the alarm go by it.
    await device.keepTime();
    await keepAlarms();
    await live.stand();
  }

  return {
    /** Resolves when this start is done with what every start does. */
    begun,
    /** Installed, updated or started: `begin` has seen to it; alarms may be gone all the same. */
    started: async () => {
      await begun;
      await keepAlarms();
    },
    rang: async () => {
      await begun;
      await begin();
      // At every beat: what passes while we sleep must not be lost (promise 10).
      await device.keepTime();
      await settle();
      await exchange(false);
      await keepAlarms();
    },
    /** Managed settings arrive seconds late, and change while we run. */
    settingsChanged: async (_: unknown, area: string) => {
      if (area !== 'managed') return;
      await begun;
      await askForSettings();
      // What stands trusts the keys of before.
      await Promise.all([live.anew(), exchange(true)]);
    },
    /** A lid opened or closed, or nobody has touched the computer for a minute. */
    idleChanged: async (state: string) => {
      await begun;
      if (state === 'active') {
        // What ended under a closed lid ends before anybody is asked.
        await lessons.look();
        await Promise.all([live.stand(true), exchange(true)]);
        return;
      }
      await live.stand();
      // Nobody is waiting: the moment for large lists.
      await bringInForce(true);
    },
    online: async () => {
      await begun;
      await Promise.all([live.anew(), exchange(true)]);
    },
  };
}
